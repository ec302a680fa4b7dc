"""Any figure unfolds to entries, documents, claims, lines and rules, and each level adds up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.ledger import Account, Event, Quota
from skola_finance.problems import SkolaError
from skola_finance.usecases.order import Order
from skola_finance.usecases.partners.agreements import prepare_succession, succeed_partner
from skola_finance.usecases.paying.confirming import confirm_correction
from skola_finance.usecases.paying.corrections import undo_correction
from skola_finance.usecases.reports.explanation import explain_line
from skola_finance.usecases.reports.exposure import prefinancing_exposure
from skola_finance.usecases.reports.forecast import run_out_forecast
from skola_finance.usecases.reports.programme_status import programme_status
from skola_finance.usecases.reports.provenance import unfold
from tests.databases import new_store
from tests.usecases.reported import ADVANCE, CORRECTED, CUT, L, R, Scene, scene_on
from tests.usecases.world import (
    LIEPAJA,
    OTHER_SCHOOL,
    REZEKNE,
    SCHOOL,
    SK,
    World,
    actor,
    line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.usecases.reports.parts import EntryPart, Provenance

HOUR = 1320
NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)
COSTS = (None, Account.APPROVED, Account.WITHDRAWN, Account.USED)
BY_DOCUMENT = (*COSTS, Account.PAYABLE, Account.ORDERED, Account.PAID, Account.ADVANCE)
OF_PARTNERS = (*BY_DOCUMENT, Account.ALLOCATION)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Give the scene; reports change nothing, so that it is made once."""
    with scene_on("sqlite", tmp_path_factory.mktemp("provenance")) as found:
        yield found


def by(who: str) -> Order:
    """Make an order of a person on the day of the reports."""
    return Order(actor(who), "read", NOW)


def unfolded(told: Scene, who: str = "auditor", **asked: Any) -> Provenance:  # noqa: ANN401
    """Unfold a figure as somebody sees it."""
    return unfold(told.world.store, by(who), programme=SK, **asked)


def refusal(told: Scene, who: str, **asked: Any) -> str:  # noqa: ANN401
    """Give the code that a figure is refused with."""
    with pytest.raises(SkolaError) as caught:
        unfolded(told, who, **asked)
    return caught.value.problem.code


def assert_adds_up(found: Provenance) -> None:
    """Check each level against the one above."""
    assert sum(one.cents for one in found.entries) == found.cents
    for entry in found.entries:
        _assert_carries(entry)
    if found.account in BY_DOCUMENT:
        assert sum(one.cents for one in found.documents) == found.cents
    if found.account in COSTS:
        claimed = sum(one.cents for one in found.claims)
        assert claimed + found.without_lines_cents == found.cents
    for claim in found.claims:
        assert sum(one.cents for one in claim.lines) + claim.more_cents == claim.cents
        assert bool(claim.more_cents) <= bool(claim.more_lines)
    flat = {one.number: one.cents for entry in found.entries for one in entry.flat()}
    assert all(flat[one.entry_no] == one.cents for one in found.corrections)


def _assert_carries(entry: EntryPart) -> None:
    if entry.carried:
        assert sum(one.cents for one in entry.carried) == entry.cents
        for one in entry.carried:
            _assert_carries(one)


def sees(who: str, claim: str | None) -> bool:
    """Say whether a claim is there for somebody."""
    theirs = claim in {"cleared", "ordered"}
    return claim is None or who == "auditor" or (who == R) == theirs


def is_kept_by(
    account: Account | None, *, quota: str | None, semester: str | None, claim: str | None
) -> bool:
    """Say whether an account is kept by what a figure is narrowed down by."""
    if account in COSTS:
        return True
    by_quota = quota is None or account is Account.ALLOCATION
    return by_quota and semester is None and (claim is None or account in BY_DOCUMENT)


@given(
    who=st.sampled_from(["auditor", L, R]),
    account=st.sampled_from(OF_PARTNERS),
    quota=st.sampled_from([None, Quota.INDIVIDUAL_SUPPORT.value, Quota.PROJECTS.value]),
    semester=st.sampled_from([None, "2025-autumn", "2026-spring"]),
    claim=st.sampled_from([None, "paid", "approved", "filed", "cleared", "ordered"]),
    most_lines=st.integers(0, 12),
)
def test_every_level_adds_up_to_the_one_above(
    told: Scene,
    who: str,
    account: Account | None,
    quota: str | None,
    semester: str | None,
    claim: str | None,
    most_lines: int,
) -> None:
    """Proves it of any account, narrowed down in any way that the account is kept by."""
    asked: dict[str, Any] = {"account": account, "quota": quota, "semester": semester}
    if claim is not None:
        asked["claim"] = told.claims[claim]
    if not sees(who, claim) or not is_kept_by(account, quota=quota, semester=semester, claim=claim):
        assert refusal(told, who, **asked) in {"WFL-583", "AUT-603"}
        return
    found = unfolded(told, who, **asked, most_lines=most_lines)
    assert_adds_up(found)
    assert sum(len(one.lines) for one in found.claims) <= most_lines


@pytest.mark.parametrize("account", OF_PARTNERS)
@pytest.mark.parametrize("partner", [None, LIEPAJA, REZEKNE])
def test_a_figure_is_the_balance_of_the_books(
    told: Scene, account: Account | None, partner: str | None
) -> None:
    """What unfolds is what the ledger holds; what stands approved is approved less withdrawn."""
    found = unfolded(told, account=account, partner=partner)
    with told.world.store.reading() as repositories:
        books = repositories.books.balances(SK, partner=partner)
    if account is not None:
        assert found.cents == books.split(account).total_cents
        return
    approved, withdrawn = books.split(Account.APPROVED), books.split(Account.WITHDRAWN)
    assert found.cents == approved.total_cents - withdrawn.total_cents


def test_what_stands_approved_leads_to_lines_rules_and_corrections(told: Scene) -> None:
    """The paid claim: six lines approved, one cut, one corrected; its digests are named."""
    found = unfolded(told, L, claim=told.claims["paid"])
    (claim,) = found.claims
    lines = {one.line_id: one.cents for one in claim.lines}
    assert found.cents == claim.cents == 6 * HOUR - CUT - CORRECTED
    assert lines[told.claims["cut"]] == HOUR - CUT
    assert lines[told.claims["corrected"]] == HOUR - CORRECTED
    assert "reject" not in lines
    assert len(claim.rulebook_digest) == len(claim.settings_digest) == 64
    assert [one.event for one in found.entries] == [Event.CLAIM_APPROVED, Event.CORRECTED]
    (correction,) = found.corrections
    assert (correction.cents, correction.reason) == (-CORRECTED, "held twice")
    (order,) = found.orders
    assert (order.document, order.amount_cents) == (claim.claim, 6 * HOUR - CUT)


def test_a_line_that_a_rule_warned_about_carries_its_citation(told: Scene) -> None:
    """What was said of a line that was approved is told with the rule's title and paragraph."""
    key = told.world.approved(L, [line(amount="14.00")])["claim"]
    (claim,) = unfolded(told, L, claim=key).claims
    rules = {one.code: one for one in claim.lines[0].rules}
    assert rules["ELG-140"].cut_cents == 80
    assert rules["ELG-140"].citation is not None
    assert rules["ELG-140"].citation.uri.startswith("https://likumi.lv/")
    assert "ELG-140" not in rules["ELG-140"].title.lv


def test_money_leads_to_documents_and_orders(told: Scene) -> None:
    """What was paid to Rēzekne is its advance; the order that moved it is named."""
    found = unfolded(told, R, account=Account.PAID)
    (document,) = found.documents
    assert document.cents == found.cents == ADVANCE
    assert found.claims == ()
    assert [one.cents for one in found.orders] == [ADVANCE]


def test_what_a_partner_may_not_see_is_not_found(told: Scene) -> None:
    """Another's partner, another's claim, and accounts that belong to no partner."""
    assert refusal(told, L, partner=REZEKNE) == "AUT-603"
    assert refusal(told, L, claim=told.claims["cleared"]) == "AUT-603"
    assert refusal(told, "auditor", partner=REZEKNE, claim=told.claims["paid"]) == "AUT-603"
    assert refusal(told, L, account=Account.ENVELOPE) == "WFL-583"
    assert refusal(told, "auditor", account=Account.PAID, semester="2025-autumn") == "WFL-583"
    assert refusal(told, "administrator") == "AUT-601"
    assert unfolded(told, account=Account.ENVELOPE).cents > 0


def assert_status_is_the_books(told: Scene) -> None:
    """Check the status of the programme, and of each partner, against the ledger."""
    for partner in (None, LIEPAJA, REZEKNE):
        shown = programme_status(told.world.store, by("auditor"), programme=SK, partner=partner)
        with told.world.store.reading() as repositories:
            books = repositories.books.balances(SK, partner=partner)
        assert shown.approved == books.split(Account.APPROVED)
        assert shown.withdrawn == books.split(Account.WITHDRAWN)
        assert shown.paid == books.split(Account.PAID)


def test_a_correction_that_was_undone_is_shown_twice(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Once as it was made and once as it was taken back; together they come to nothing."""
    with scene_on("sqlite", tmp_path_factory.mktemp("undone")) as told:
        store = told.world.store
        made = unfold(store, by("auditor"), programme=SK, claim=told.claims["paid"])
        (correction,) = made.corrections
        proposed = told.world.do(
            "manager", undo_correction, document=correction.document, reason="held once after all"
        )
        told.world.do("approver_2", confirm_correction, correction=proposed["correction"])
        found = unfolded(told, claim=told.claims["paid"])
        assert_adds_up(found)
        assert [one.cents for one in found.corrections] == [-CORRECTED, CORRECTED]
        assert found.cents == 6 * HOUR - CUT
        for account in OF_PARTNERS:
            assert_adds_up(unfolded(told, account=account))
        assert_status_is_the_books(told)


def test_a_successors_figure_leads_to_what_it_took_over(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """The entry of the succession carries the entries of the partner that is gone."""
    with new_store("sqlite", tmp_path_factory.mktemp("heirs")) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        world.add_partner(REZEKNE, OTHER_SCHOOL, iban="LV17DEMO0000000000002")
        old = world.approved(R, [line(institution_reg_no=OTHER_SCHOOL) for _ in range(2)])
        agreement = {"programme": SK, "number": f"L-{REZEKNE}"}
        world.do(
            "manager",
            prepare_succession,
            **agreement,
            successor=LIEPAJA,
            on=date(2026, 1, 10),
            source="a law",
        )
        world.do("manager_2", succeed_partner, **agreement)
        world.approved(L, [line()])
        told = Scene(world)
        for account in OF_PARTNERS:
            for who in ("auditor", L, R):
                assert_adds_up(unfolded(told, who, account=account))
        mine = unfolded(told, L, account=Account.USED)
        carried = next(one for one in mine.entries if one.event is Event.PARTNER_SUCCEEDED)
        assert (mine.cents, carried.cents) == (3 * HOUR, 2 * HOUR)
        assert old["claim"] in {one.claim for one in mine.claims}
        assert unfolded(told, R, account=Account.USED).without_lines_cents == -2 * HOUR
        assert_status_is_the_books(told)
        (forecast,) = run_out_forecast(store, by(L), programme=SK)
        assert forecast.in_all.spent_cents == 3 * HOUR
        (exposure,) = prefinancing_exposure(store, by(L), programme=SK)
        assert exposure.net_cents == 3 * HOUR
        named = {"claim": old["claim"], "line_id": f"{old['claim']}-0001"}
        assert explain_line(store, by(L), **named).approved_cents == HOUR


def test_a_cent_is_explained_by_the_rules_that_looked(told: Scene) -> None:
    """A line cut by a reviewer: who cut it and why, what looked and was silent, what moved."""
    found = explain_line(
        told.world.store, by(L), claim=told.claims["paid"], line_id=told.claims["cut"]
    )
    assert (found.claimed_cents, found.eligible_cents) == (HOUR, HOUR - CUT)
    (decision,) = found.decisions
    assert (decision.limit_cents, decision.rule_code) == (HOUR - CUT, "ELG-140")
    assert [(one.kind, one.cents) for one in found.movements] == [("approved", HOUR - CUT)]
    silent = {one.code: one for one in found.silent}
    assert {"ELG-101", "ELG-110", "ELG-140"} <= silent.keys()
    assert "ELG-120" not in silent, "mentors' rules do not look at reading support"
    assert silent["ELG-170"].of_claim
    assert silent["ELG-110"].citation is not None
    assert not {one.code for one in found.spoke} & silent.keys()
    assert found.basis == {SK: 0}


def test_a_rejected_line_names_the_rule_that_took_it(told: Scene) -> None:
    """Grade 5 is outside reading support: all of it is cut, and nothing moved."""
    found = explain_line(
        told.world.store, by("reviewer"), claim=told.claims["paid"], line_id="reject"
    )
    assert [(one.code, one.cut_cents) for one in found.cut_by] == [("ELG-110", HOUR)]
    assert (found.eligible_cents, found.ineligible_cents, found.movements) == (0, HOUR, ())


def test_earlier_claims_of_the_same_learner_are_told_to_the_agency_alone(told: Scene) -> None:
    """By their key, never the learner; a partner's people are not told."""
    learner = {"learner_ref": "IZG-shared", "plan_no": "P-shared"}
    first = told.world.approved(L, [line(**learner, activity_on=date(2025, 12, 1))])
    second = told.world.filed(L, [line(**learner, activity_on=date(2025, 12, 2))])
    asked = {"claim": second["claim"], "line_id": f"{second['claim']}-0001"}
    (shared,) = explain_line(told.world.store, by("auditor"), **asked).shared
    assert (shared.claim, shared.what) == (first["claim"], "learner_ref")
    assert explain_line(told.world.store, by(L), **asked).shared == ()


def test_only_lines_that_were_filed_and_are_ones_own_are_explained(told: Scene) -> None:
    """A draft has no verdict; an unknown line and another's claim are refused."""

    def code(who: str, claim: str, line_id: str) -> str:
        with pytest.raises(SkolaError) as caught:
            explain_line(told.world.store, by(who), claim=claim, line_id=line_id)
        return caught.value.problem.code

    assert code(L, told.claims["draft"], f"{told.claims['draft']}-0001") == "AUT-603"
    assert code(L, told.claims["paid"], "none") == "WFL-533"
    assert code(R, told.claims["paid"], told.claims["cut"]) == "AUT-603"
    assert code(L, "SK-99999", "none") == "AUT-603"
