"""Ceilings and flat rates: what is unfunded, what is ineligible, and in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.claims.desk import (
    PARTNER,
    PUMPURS,
    SKOLA,
    Cell,
    approved,
    assess,
    cents,
    codes,
    not_checked,
    problem_of,
    record,
)

ALLOCATION, SEMESTER, QUOTA, ENVELOPE, SHARE = "ELG-170", "ELG-171", "ELG-172", "ELG-173", "ELG-174"
RATE = "ELG-150"
MINE, THEIRS = f"allocation.{PARTNER[SKOLA]}", f"allocation.{PARTNER[PUMPURS]}"
OF_EVENTS = f"quota.{PARTNER[SKOLA]}.events"


def event(amount: str, day: int = 10, **changes: Cell) -> dict[str, Any]:
    """Give an event."""
    return record("event", amount=amount, activity_on=date(2026, 2, day), **changes)


def pay(amount: str, **changes: Cell) -> dict[str, Any]:
    """Give pay that the flat rate of PuMPuRS is taken on."""
    return record("management", PUMPURS, amount=amount, **changes)


def indirect(amount: str, **changes: Cell) -> dict[str, Any]:
    """Give a flat-rate line of PuMPuRS."""
    return record("indirect", PUMPURS, amount=amount, **changes)


def unfunded(found: Cell) -> list[int]:
    """Give the unfunded cents of each line."""
    return [line.unfunded_cents for line in found.lines]


# ── rooms ────────────────────────────────────────────────────────────────────────────────────


def test_what_a_ceiling_cuts_is_unfunded_and_not_ineligible() -> None:
    """Proves that what a ceiling cuts is unfunded and not ineligible."""
    found = assess(event("60.00"), event("50.00"), settings={MINE: "100.00"}, only={ALLOCATION})
    assert cents(found) == [6000, 4000]
    assert unfunded(found) == [0, 1000]
    assert found.totals.ineligible_cents == 0
    assert problem_of(found, ALLOCATION).cut_cents == 1000


def test_what_a_rule_rejects_is_ineligible_and_takes_no_room() -> None:
    """Proves that what a rule rejects is ineligible and takes no room."""
    rows = [event("60.00", other_funding="eu"), event("100.00")]
    found = assess(*rows, settings={MINE: "100.00"}, only={ALLOCATION, "ELG-130"})
    assert cents(found) == [0, 10000]
    assert found.totals.ineligible_cents == 6000


def test_approved_lines_use_a_room_first_and_are_not_cut_by_it() -> None:
    """Proves that approved lines use a room first and are not cut by it."""
    history = [approved(event("130.00", 28))]
    found = assess(event("1.00", 1), settings={MINE: "100.00"}, history=history, only={ALLOCATION})
    assert cents(found) == [0]


def test_an_unset_room_is_said_and_none_is_no_limit() -> None:
    """Proves that an unset room is said and none is no limit."""
    unset = assess(event("60.00"), only={ALLOCATION}, history=[])
    none = assess(event("60.00"), only={ALLOCATION}, history=[], settings={MINE: "none"})
    assert cents(unset) == cents(none) == [6000]
    assert not_checked(unset)
    assert not not_checked(none)


def test_a_room_given_without_history_is_applied_and_that_is_said() -> None:
    """Proves that a room given without history is applied and that is said."""
    found = assess(event("60.00"), settings={MINE: "10.00"}, only={ALLOCATION})
    assert cents(found) == [1000]
    assert not_checked(found)


def test_the_quota_comes_first_then_semester_then_allocation_then_envelope() -> None:
    """Proves that the quota comes first then semester then allocation then envelope."""
    found = assess(
        event("100.00"),
        settings={
            OF_EVENTS: "90.00",
            f"{MINE}.2026-spring": "70.00",
            MINE: "40.00",
            "envelope": "15.00",
        },
        only={QUOTA, SEMESTER, ALLOCATION, ENVELOPE},
    )
    assert cents(found) == [1500]
    assert unfunded(found) == [8500]
    taken = {one.code: one.cut_cents for one in found.problems if one.code.startswith("ELG")}
    assert taken == {QUOTA: 1000, SEMESTER: 2000, ALLOCATION: 3000, ENVELOPE: 2500}


def test_a_wider_room_later_cuts_nothing_more() -> None:
    """Proves that a wider room later cuts nothing more."""
    settings = {OF_EVENTS: "10.00", MINE: "10.00", "envelope": "10.00"}
    found = assess(event("100.00"), settings=settings, only={QUOTA, ALLOCATION, ENVELOPE})
    assert codes(found) == [QUOTA]


def test_each_quota_and_semester_has_its_own_lines() -> None:
    """Proves that each quota and semester has its own lines."""
    autumn = record("event", amount="50.00", activity_on=date(2025, 11, 4))
    rows = [event("50.00"), autumn, record("reading_support")]
    quota = assess(*rows, settings={OF_EVENTS: "60.00"}, only={QUOTA})
    assert cents(quota) == [1000, 5000, 1320]
    spring = assess(*rows, settings={f"{MINE}.2026-spring": "60.00"}, only={SEMESTER})
    assert cents(spring) == [5000, 5000, 1000]


def test_room_is_used_by_day_and_then_by_row() -> None:
    """Proves that room is used by day and then by row."""
    rows = [event("60.00", 11), event("60.00", 10), event("60.00", 10)]
    assert cents(assess(*rows, settings={MINE: "100.00"}, only={ALLOCATION})) == [0, 6000, 4000]


def test_a_correction_gives_room_back_to_the_lines_after_it() -> None:
    """Proves that a correction gives room back to the lines after it."""
    rows = [event("100.00", 1), event("-30.00", 2, corrects_line_id="R-1"), event("31.00", 3)]
    assert cents(assess(*rows, settings={MINE: "100.00"}, only={ALLOCATION})) == [
        10000,
        -3000,
        3000,
    ]


def test_the_law_names_the_envelope_where_no_setting_does() -> None:
    """Proves that the law names the envelope where no setting does."""
    found = assess(event("8380000.01"), only={ENVELOPE}, history=[])
    assert unfunded(found) == [1]
    raised = assess(event("8380000.01"), only={ENVELOPE}, settings={"envelope": "9000000.00"})
    assert unfunded(raised) == [0]


def test_money_of_the_state_alone_has_an_envelope_of_its_own() -> None:
    """Proves that money of the state alone has an envelope of its own."""
    rows = [
        record("consultation", PUMPURS, amount="50.00"),
        record("consultation", PUMPURS, amount="1151038.01", budget_bucket="state_only"),
    ]
    found = assess(*rows, programme=PUMPURS, settings={"envelope": "20.00"}, only={ENVELOPE})
    assert cents(found) == [2000, 115103800]


def test_the_sources_of_a_claim_leave_out_what_the_state_bears_alone() -> None:
    """Proves that the sources of a claim leave out what the state bears alone."""
    rows = [
        record("consultation", PUMPURS, amount="100.01"),
        record("consultation", PUMPURS, amount="50.00", budget_bucket="state_only"),
    ]
    totals = assess(*rows, programme=PUMPURS, only={"ELG-102"}).totals
    assert (totals.esf_plus_cents, totals.state_cents) == (8500, 6501)
    assert totals.esf_plus + totals.state == totals.eligible


# ── access support, a share of the rest ──────────────────────────────────────────────────────


@pytest.mark.parametrize(("meals", "left"), [("150.00", 15000), ("150.01", 15000)])
def test_access_support_is_at_most_three_seventeenths_of_the_rest(meals: str, left: int) -> None:
    """Proves that access support is at most three seventeenths of the rest."""
    rows = [
        record("consultation", PUMPURS, amount="850.00"),
        record("meals", PUMPURS, amount=meals),
    ]
    assert cents(assess(*rows, programme=PUMPURS, only={SHARE})) == [85000, left]


def test_the_semester_cuts_access_support_before_its_share_is_taken() -> None:
    """Proves that the semester cuts access support before its share is taken."""
    rows = [
        record("consultation", PUMPURS, amount="850.00"),
        record("meals", PUMPURS, amount="200.00"),
    ]
    found = assess(
        *rows,
        programme=PUMPURS,
        only={SHARE, SEMESTER},
        settings={f"{THEIRS}.2020-autumn": "901.00"},
    )
    assert cents(found) == [85000, 5100]
    assert codes(found) == [SEMESTER]


def test_one_partner_is_not_judged_on_the_share_unless_a_setting_says_so() -> None:
    """Proves that one partner is not judged on the share unless a setting says so."""
    row = record("meals", PUMPURS)
    for setting in ("", "no"):
        found = assess(
            row, programme=PUMPURS, only={SHARE}, settings={"access_support.partner_level": setting}
        )
        assert cents(found) == [2840]
        assert not_checked(found)
    consultations = assess(record("consultation", PUMPURS), programme=PUMPURS, only={SHARE})
    assert not not_checked(consultations)


# ── the flat rate ────────────────────────────────────────────────────────────────────────────


def test_a_flat_rate_is_capped_at_its_base_and_the_rest_is_ineligible() -> None:
    """Proves that a flat rate is capped at its base and the rest is ineligible."""
    found = assess(pay("1000.00"), indirect("150.01"), programme=PUMPURS, only={RATE})
    assert cents(found) == [100000, 15000]
    assert found.totals.ineligible_cents == 1


def test_a_cut_in_the_base_flows_on() -> None:
    """Proves that a cut in the base flows on."""
    rows = [
        pay("1000.00", vat_amount="100.00", vat_recoverable="yes"),
        indirect("150.00"),
    ]
    assert cents(assess(*rows, programme=PUMPURS, only={RATE, "ELG-160"})) == [90000, 13500]


def test_a_semester_cuts_the_base_and_not_the_rate_which_then_follows() -> None:
    """Proves that a semester cuts the base and not the rate which then follows."""
    found = assess(
        pay("1000.00"),
        indirect("150.00"),
        programme=PUMPURS,
        settings={f"{THEIRS}.2020-autumn": "100.00"},
        only={RATE, SEMESTER},
    )
    assert cents(found) == [10000, 1500]
    assert unfunded(found) == [90000, 0]
    assert found.lines[1].ineligible_cents == 13500


def test_the_rate_does_not_drift_over_a_thousand_cents() -> None:
    """Proves that the rate does not drift over a thousand cents."""
    history = [
        approved(pay("0.03"), indirect("0.00"), eligible=[3, 0], programme=PUMPURS),
        approved(pay("0.03", activity_on=date(2020, 11, 2)), eligible=[3], programme=PUMPURS),
    ]
    found = assess(pay("0.01"), indirect("0.02"), programme=PUMPURS, history=history, only={RATE})
    # 15 % of 0.07 is 0.0105: one cent so far, though each claim alone gives none.
    assert cents(found) == [1, 1]


def test_what_was_derived_earlier_is_taken_off() -> None:
    """Proves that what was derived earlier is taken off."""
    history = [approved(pay("100.00"), indirect("15.00"), programme=PUMPURS)]
    found = assess(pay("10.00"), indirect("2.00"), programme=PUMPURS, history=history, only={RATE})
    assert cents(found) == [1000, 150]


def test_each_bucket_of_money_has_a_base_of_its_own() -> None:
    """Proves that each bucket of money has a base of its own."""
    rows = [
        pay("100.00", budget_bucket="state_only"),
        indirect("15.00"),
        indirect("15.00", budget_bucket="state_only"),
    ]
    assert cents(assess(*rows, programme=PUMPURS, only={RATE})) == [10000, 0, 1500]


def test_only_pay_under_employment_is_a_base() -> None:
    """Proves that only pay under employment is a base."""
    rows = [
        pay("100.00", employment_form=None),
        pay("10.00", employment_form="other"),
        indirect("1.00"),
    ]
    assert cents(assess(*rows, programme=PUMPURS, only={RATE}))[2] == 0


def test_an_allocation_cuts_base_and_rate_together() -> None:
    """Proves that an allocation cuts base and rate together."""
    found = assess(
        pay("1000.00"),
        indirect("150.00"),
        programme=PUMPURS,
        settings={THEIRS: "1000.00"},
        only={RATE, ALLOCATION},
    )
    assert cents(found) == [86957, 13043]
    assert unfunded(found) == [13043, 1957]
    assert found.totals.ineligible_cents == 0


def test_a_partners_rooms_do_not_take_what_is_another_partners() -> None:
    """Proves that a partner's rooms do not take what is another partners."""
    other = approved(pay("900.00"), programme=PUMPURS, partner_reg_no=PARTNER[SKOLA])
    found = assess(
        pay("100.00"),
        programme=PUMPURS,
        history=[other],
        settings={THEIRS: "100.00", "envelope": "950.00"},
        only={ALLOCATION, ENVELOPE},
    )
    assert cents(found) == [5000]
    assert codes(found) == [ENVELOPE]
