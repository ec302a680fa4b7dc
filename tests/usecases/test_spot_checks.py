"""Checks on the spot: announced in time, held, reported, and seen by the partner when it may."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.usecases.review.spot_checks import (
    cancel_spot_check,
    hold_spot_check,
    hold_unannounced_check,
    notify_spot_check,
    plan_spot_check,
    record_finding,
    report_spot_check,
    spot_checks_of,
)
from tests.databases import KINDS
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.use_case import UseCase

NOTICE = "deadline.spot_check_notice.working_days"


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it, on both databases."""
    with prepared(without_term, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone, where five working days of notice were entered."""
    with prepared(made, tmp_path) as world:
        yield world


def without_term(world: World) -> None:
    """Open the programme, where nobody has entered a notice."""
    world.open().add_partner(LIEPAJA, SCHOOL)


def made(world: World) -> None:
    """Open the programme, with five working days of notice."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    world.set(NOTICE, "5")


def refused(world: World, who: str, case: UseCase[Any], **inputs: Any) -> str:  # noqa: ANN401
    """Give the code that a person is refused with."""
    with pytest.raises(SkolaError) as error:
        world.do(who, case, **inputs)
    return error.value.problem.code


def planned(world: World, day: date = date(2026, 1, 22), claim: str = "") -> int:
    """Plan a check; gives its number."""
    made = world.do(
        "reviewer",
        plan_spot_check,
        programme=SK,
        partner=LIEPAJA,
        place="the school",
        subject="reading support",
        planned_on=day,
        claim=claim,
    )
    number = made["spot_check"]
    assert isinstance(number, int)
    return number


def seen(world: World, who: str) -> list[tuple[str, int]]:
    """Give state and number of findings of every check that a person sees."""
    found = spot_checks_of(world.store, world.order(who), programme=SK)
    return [(one.row.state, len(one.findings)) for one in found]


def test_a_check_is_planned_announced_held_and_reported(world: World) -> None:
    """The partner learns of it when it is announced, and of the findings when they are reported."""
    claim = world.filed("liepaja.accountant", [line(line_id="L-1")])["claim"]
    check = planned(world, claim=claim)
    assert (seen(world, "reviewer"), seen(world, "liepaja.accountant")) == ([("planned", 0)], [])
    world.do("reviewer", notify_spot_check, spot_check=check)
    world.clock.go_to(2026, 1, 23)
    world.do("manager", hold_spot_check, spot_check=check, held_on=date(2026, 1, 22))
    for line_id, cents in (("L-1", 1320), ("", 0)):
        world.do(
            "reviewer",
            record_finding,
            spot_check=check,
            finding="No session took place.",
            line_id=line_id,
            amount_cents=cents,
        )
    assert seen(world, "liepaja.accountant") == [("held", 0)]
    world.do("reviewer", report_spot_check, spot_check=check)
    assert seen(world, "liepaja.accountant") == seen(world, "auditor") == [("reported", 2)]
    with world.store.reading() as repositories:
        row = repositories.cases.spot_check(check)
        assert row is not None
        days = (row.planned_on, row.notified_on, row.held_on, row.reported_on)
        (journal,) = repositories.records.journal(command="record_finding", limit=1)
    assert days == (date(2026, 1, 22), date(2026, 1, 15), date(2026, 1, 22), date(2026, 1, 23))
    assert journal.subject == f"spot_check/{check}"


def test_a_notice_leaves_the_working_days_that_were_entered(embedded: World) -> None:
    """From Thursday 15.01.2026 the fifth is Wednesday 21.01.2026: Saturday 17.01. was worked."""
    early, in_time = planned(embedded, date(2026, 1, 20)), planned(embedded, date(2026, 1, 21))
    assert refused(embedded, "reviewer", notify_spot_check, spot_check=early) == "WFL-506"
    embedded.do("reviewer", notify_spot_check, spot_check=in_time)
    moved = embedded.do(
        "reviewer", notify_spot_check, spot_check=early, planned_on=date(2026, 1, 22)
    )
    assert moved["planned_on"] == "2026-01-22"
    embedded.clock.go_to(2026, 1, 20)
    held = {"spot_check": in_time, "held_on": date(2026, 1, 20)}
    assert refused(embedded, "reviewer", hold_spot_check, **held) == "WFL-506"
    late = {"spot_check": in_time, "held_on": date(2026, 1, 21)}
    assert refused(embedded, "reviewer", hold_spot_check, **late) == "WFL-518"


def test_a_day_off_that_was_entered_is_no_day_of_notice(embedded: World) -> None:
    """Days that the government moves are entered as a setting, and counted."""
    check = planned(embedded, date(2026, 1, 21))
    embedded.set("calendar.days_off", "2026-01-19")
    assert refused(embedded, "reviewer", notify_spot_check, spot_check=check) == "WFL-506"
    embedded.do("reviewer", notify_spot_check, spot_check=check, planned_on=date(2026, 1, 22))


def test_without_a_setting_a_notice_of_any_length_will_do(world: World) -> None:
    """The law binds the authority: what binds the agency is what was entered."""
    check = planned(world, date(2026, 1, 15))
    world.do("reviewer", notify_spot_check, spot_check=check)
    past = {"spot_check": check, "held_on": date(2026, 1, 14)}
    assert refused(world, "reviewer", hold_spot_check, **past) == "WFL-518"
    world.do("reviewer", hold_spot_check, spot_check=check, held_on=date(2026, 1, 15))


def test_lessons_may_be_visited_unannounced_for_a_reason(embedded: World) -> None:
    """A check that nobody was told of is seen by the partner once it was held."""
    check = planned(embedded, date(2026, 1, 15))
    inputs = {"spot_check": check, "held_on": date(2026, 1, 15)}
    assert refused(embedded, "reviewer", hold_unannounced_check, reason=" ", **inputs) == "WFL-518"
    embedded.do("reviewer", hold_unannounced_check, reason="the timetable", **inputs)
    assert seen(embedded, "liepaja.coordinator") == [("held", 0)]


def test_a_check_that_was_called_off_is_over(embedded: World) -> None:
    """Nothing can follow, and a partner that was not told never sees it."""
    check = planned(embedded)
    embedded.do("manager", cancel_spot_check, spot_check=check, reason="a duplicate")
    assert refused(embedded, "reviewer", notify_spot_check, spot_check=check) == "WFL-501"
    assert seen(embedded, "liepaja.signatory") == []


def test_what_makes_no_sense_is_refused(embedded: World) -> None:
    """Days of the past, lines of no claim or not of this one, others' people and claims."""
    claim = embedded.filed("liepaja.accountant", [line(line_id="L-1")])["claim"]
    embedded.add_partner(REZEKNE, OTHER_SCHOOL, iban="LV17DEMO0000000000002")
    plan: dict[str, Any] = {
        "programme": SK,
        "partner": LIEPAJA,
        "place": "a school",
        "subject": "support",
        "planned_on": date(2026, 1, 20),
    }
    for changes, code in (
        ({"planned_on": date(2026, 1, 14)}, "WFL-518"),
        ({"place": " "}, "WFL-518"),
        ({"partner": "99990100999"}, "AUT-603"),
        ({"partner": REZEKNE, "claim": claim}, "AUT-603"),
        ({"programme": "pumpurs"}, "AUT-603"),
    ):
        assert refused(embedded, "reviewer", plan_spot_check, **{**plan, **changes}) == code
    assert refused(embedded, "approver", plan_spot_check, **plan) == "AUT-601"
    of_claim, of_none = planned(embedded, claim=claim), planned(embedded)
    for check in (of_claim, of_none):
        today = {"spot_check": check, "held_on": date(2026, 1, 15), "reason": "lessons"}
        embedded.do("reviewer", hold_unannounced_check, **today)
    for check, changes, code in (
        (of_claim, {"line_id": "L-2"}, "WFL-533"),
        (of_none, {"line_id": "L-1"}, "WFL-570"),
        (of_claim, {"finding": ""}, "WFL-518"),
        (of_claim, {"amount_cents": -1}, "WFL-518"),
        (999, {}, "AUT-603"),
    ):
        inputs = {"spot_check": check, "finding": "a finding", **changes}
        assert refused(embedded, "reviewer", record_finding, **inputs) == code
    other = embedded.order("rezekne.accountant")
    assert spot_checks_of(embedded.store, other, programme=SK) == []
    with pytest.raises(SkolaError, match="AUT-603"):
        spot_checks_of(embedded.store, other, programme=SK, partner=LIEPAJA)
    with pytest.raises(SkolaError, match="AUT-601"):
        spot_checks_of(embedded.store, embedded.order("administrator"), programme=SK)
