"""Reports over a scene in which much has happened: sums that agree with the books."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.ledger import Account, Quota
from skola_finance.problems import SkolaError
from skola_finance.usecases.order import Order
from skola_finance.usecases.reports.ageing import ageing_of_claims, pauses_of
from skola_finance.usecases.reports.exposure import own_money_since, prefinancing_exposure
from skola_finance.usecases.reports.forecast import run_out_forecast
from skola_finance.usecases.reports.journal_view import journal_line, search_journal
from skola_finance.usecases.reports.programme_status import ProgrammeStatus, programme_status
from skola_finance.usecases.reports.results import (
    ALL_INDIVIDUAL,
    TooFew,
    results_achieved,
)
from skola_finance.usecases.reports.run_out import EndsOn
from skola_finance.usecases.reports.statement import partner_statement
from skola_finance.workflow import ClaimState, Duty, Pause
from tests.databases import KINDS
from tests.usecases.reported import ADVANCE, ALLOCATED, CORRECTED, CUT, L, Scene, scene_on
from tests.usecases.world import LIEPAJA, REZEKNE, SK, actor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOUR = 1320
NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)
APPROVED = 8 * HOUR - CUT
"""Of Liepāja: six lines of the paid claim, one of them cut, and two of the approved one."""


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Scene]]:
    """Give the scene on a kind of database; reports change nothing, so that it is made once."""
    with ExitStack() as stack:

        @cache
        def on(kind: str) -> Scene:
            return stack.enter_context(scene_on(kind, tmp_path_factory.mktemp(kind)))

        yield on
        on.cache_clear()


@pytest.fixture(scope="module", params=KINDS)
def told(request: pytest.FixtureRequest, scenes: Callable[[str], Scene]) -> Scene:
    """Give the scene on both databases."""
    return scenes(request.param)


@pytest.fixture(scope="module")
def small(scenes: Callable[[str], Scene]) -> Scene:
    """Give the scene on SQLite."""
    return scenes("sqlite")


def by(who: str, at: datetime = NOW) -> Order:
    """Make an order of a person on the day of the reports."""
    return Order(actor(who), "read", at)


def refusal(read: Callable[..., Any], told: Scene, who: str, **inputs: Any) -> str:  # noqa: ANN401
    """Give the code that a read is refused with."""
    with pytest.raises(SkolaError) as caught:
        read(told.world.store, by(who), **inputs)
    return caught.value.problem.code


# ── the statement ────────────────────────────────────────────────────────────────────────────


def test_a_statement_opens_moves_and_closes_to_the_cent(told: Scene) -> None:
    """On every account the opening and the movements come to the balance of the books."""
    shown = partner_statement(
        told.world.store,
        by(L),
        programme=SK,
        partner=LIEPAJA,
        since=date(2026, 1, 16),
        until=date(2026, 2, 10),
    )
    with told.world.store.reading() as repositories:
        books = repositories.books.balances(SK, partner=LIEPAJA)
    moved = {row.account: 0 for row in shown.accounts}
    for one in shown.movements:
        moved[one.account] += one.amount.total_cents
    for row in shown.accounts:
        assert row.closing == books.split(row.account), row.account
        assert row.opening.total_cents + moved[row.account] == row.closing.total_cents, row.account
    assert shown.of(Account.APPROVED).total_cents == APPROVED
    assert shown.of(Account.WITHDRAWN).total_cents == CORRECTED
    assert shown.of(Account.PAYABLE).total_cents == 2 * HOUR - CORRECTED
    assert shown.of(Account.PAID).total_cents == 6 * HOUR - CUT
    assert shown.illustrative


def test_a_statement_shows_the_allocation_by_quota(told: Scene) -> None:
    """Allocated is used and free."""
    shown = partner_statement(
        told.world.store, by("auditor"), programme=SK, partner=LIEPAJA, until=date(2026, 2, 10)
    )
    (row,) = shown.quotas
    assert row.quota is Quota.INDIVIDUAL_SUPPORT
    assert row.allocated.total_cents == ALLOCATED
    assert row.used.total_cents == APPROVED - CORRECTED
    assert row.free.total_cents == ALLOCATED - APPROVED + CORRECTED


def test_a_movement_carries_the_running_balance_of_its_account(told: Scene) -> None:
    """The balance after the last movement is the balance at the end, and days never go back."""
    shown = partner_statement(
        told.world.store, by("auditor"), programme=SK, partner=REZEKNE, until=date(2026, 2, 10)
    )
    last = {one.account: one.balance_cents for one in shown.movements}
    assert last == {account: shown.of(account).total_cents for account in last}
    assert last[Account.ADVANCE] == 0
    assert last[Account.ORDERED] == 6 * HOUR - ADVANCE
    assert [one.on for one in shown.movements] == sorted(one.on for one in shown.movements)


def test_a_statement_before_the_first_entry_is_empty(told: Scene) -> None:
    """A day before anything happened has no balances and no movements."""
    shown = partner_statement(
        told.world.store, by(L), programme=SK, partner=LIEPAJA, until=date(2025, 1, 1)
    )
    assert (shown.movements, shown.quotas) == ((), ())
    assert {row.closing.total_cents for row in shown.accounts} == {0}


def test_a_partner_reads_its_own_statement_only(small: Scene) -> None:
    """Another's partner is not found, as one that does not exist; an administrator reads none."""
    asked: dict[str, Any] = {"programme": SK, "until": date(2026, 2, 1)}
    read = partner_statement
    assert refusal(read, small, L, partner=REZEKNE, **asked) == "AUT-603"
    assert refusal(read, small, L, partner="99990100001", **asked) == "AUT-603"
    assert refusal(read, small, "administrator", partner=LIEPAJA, **asked) == "AUT-601"
    backwards = asked | {"since": date(2026, 2, 2)}
    assert refusal(read, small, L, partner=LIEPAJA, **backwards) == "WFL-580"


# ── the status ───────────────────────────────────────────────────────────────────────────────


def status_of(told: Scene, who: str, partner: str | None = None) -> ProgrammeStatus:
    """Give the status as somebody sees it."""
    return programme_status(told.world.store, by(who), programme=SK, partner=partner)


def test_the_status_adds_up_to_the_ledger(told: Scene) -> None:
    """Approved, withdrawn, paid, allocated and free, source by source."""
    shown = status_of(told, "manager")
    with told.world.store.reading() as repositories:
        books = repositories.books.balances(SK)
    assert shown.approved == books.split(Account.APPROVED)
    assert shown.withdrawn == books.split(Account.WITHDRAWN)
    assert shown.paid == books.split(Account.PAID)
    assert shown.free == books.split(Account.ALLOCATION)
    assert shown.envelope == books.split(Account.ENVELOPE)
    used, free = books.split(Account.USED), shown.free
    assert shown.allocated.total_cents == used.total_cents + free.total_cents
    assert shown.allocated.esf_plus_cents == used.esf_plus_cents + free.esf_plus_cents
    assert {row.semester for row in shown.rows if row.activity} == {"2025-autumn"}


def test_the_status_tells_activities_apart(told: Scene) -> None:
    """What is approved, withdrawn and in process stands with the support that it is for."""
    rows = {row.activity: row for row in status_of(told, "auditor", LIEPAJA).rows}
    reading, specialist = rows["reading_support"], rows["specialist_support"]
    assert reading.approved.total_cents == APPROVED - HOUR
    assert specialist.approved.total_cents == HOUR
    assert reading.withdrawn.total_cents == CORRECTED
    assert reading.paid.total_cents == 5 * HOUR - CUT
    assert specialist.paid.total_cents == HOUR
    states = {one.state: one.claimed_cents for one in reading.in_process}
    assert states == {
        ClaimState.SUBMITTED: HOUR,
        ClaimState.IN_REVIEW: HOUR,
        ClaimState.RETURNED: HOUR,
    }
    assert reading.claimed_cents == reading.eligible_cents == 2 * HOUR
    assert specialist.claimed_cents == HOUR


def test_an_advance_has_no_activity(told: Scene) -> None:
    """What was paid in advance stands in a row of its own, whatever it cleared."""
    rows = {row.activity: row for row in status_of(told, "auditor", REZEKNE).rows}
    assert rows[""].paid.total_cents == ADVANCE
    assert rows["reading_support"].paid.total_cents == 0
    assert rows["reading_support"].approved.total_cents == 6 * HOUR


def test_a_partner_sees_its_own_status(small: Scene) -> None:
    """Without naming itself, and nobody else's; the envelope is not its own."""
    shown = status_of(small, L)
    assert {row.partner_reg_no for row in shown.rows} == {LIEPAJA}
    assert shown.envelope.total_cents == 0
    assert refusal(programme_status, small, L, programme=SK, partner=REZEKNE) == "AUT-603"
    assert refusal(programme_status, small, L, programme="pumpurs") == "AUT-603"


# ── the clock ────────────────────────────────────────────────────────────────────────────────


def test_open_claims_age_without_their_pauses(small: Scene) -> None:
    """Filed on 15.01., asked on 20.01., answered on 27.01.: seven days less on 10.02.

    Saturday 17.01.2026 is a working day, moved from the 2nd.
    """
    shown = ageing_of_claims(small.world.store, by("manager"), programme=SK, partner=LIEPAJA)
    ages = {one.claim: one for one in shown.claims}
    asked, waiting = ages[small.claims["asked"]], ages[small.claims["approved"]]
    assert (asked.calendar_days, asked.working_days) == (26 - 7, 19 - 5)
    assert (waiting.calendar_days, waiting.working_days) == (26, 19)
    assert asked.reviewer == "reviewer"
    assert not asked.is_stopped
    assert [one.duty for one in asked.duties] == [Duty.REVIEW_CLAIM, Duty.CHECK_CLAIM]
    assert [one.duty for one in waiting.duties] == [Duty.CHECK_CLAIM]
    assert waiting.duties[0].due_on == date(2026, 4, 7)
    assert asked.duties[1].due_on == date(2026, 4, 13)
    assert shown.claims[0] == waiting
    assert small.claims["returned"] not in ages


def test_buckets_hold_every_open_claim_once(small: Scene) -> None:
    """Claims and cents of the buckets are those of the list, whatever the bounds."""
    for bounds in ((20, 40, 60, 80), (0,), (19, 25)):
        shown = ageing_of_claims(small.world.store, by("reviewer"), programme=SK, bounds=bounds)
        assert sum(one.claims for one in shown.buckets) == len(shown.claims)
        assert sum(one.cents for one in shown.buckets) == sum(one.cents for one in shown.claims)
        assert len(shown.buckets) == len(bounds) + 1
    assert refusal(ageing_of_claims, small, "reviewer", programme=SK, bounds=()) == "WFL-581"
    assert refusal(ageing_of_claims, small, "reviewer", programme=SK, bounds=(9, 9)) == "WFL-581"
    mine = ageing_of_claims(small.world.store, by("reviewer"), programme=SK, reviewer="nobody")
    assert mine.claims == ()


def test_the_clock_stands_while_a_question_is_open(small: Scene) -> None:
    """A second question in the same pause opens no other; acts before the filing count nothing."""
    with small.world.store.reading() as repositories:
        acts = repositories.records.acts("claim", small.claims["asked"])
    since = acts[0].at
    assert pauses_of(acts, since=since) == (Pause(date(2026, 1, 20), date(2026, 1, 27)),)
    asked = [act for act in acts if act.state == ClaimState.CLARIFICATION]
    assert pauses_of([*asked, *asked], since=since) == (Pause(date(2026, 1, 20)),)
    assert pauses_of(acts, since=acts[-1].at.replace(year=2027)) == ()


# ── money to come, and money out ─────────────────────────────────────────────────────────────


def test_a_forecast_counts_what_is_approved_and_in_process(small: Scene) -> None:
    """By quota and in all, of what is allocated."""
    (shown,) = run_out_forecast(small.world.store, by(L), programme=SK)
    in_process = 3 * HOUR
    assert shown.in_all.spent_cents == APPROVED - CORRECTED + in_process
    assert shown.in_all.allocated_cents == ALLOCATED
    assert shown.in_all.months == 3
    assert isinstance(shown.in_all.outlook, EndsOn)
    assert [quota for quota, _ in shown.quotas] == [Quota.INDIVIDUAL_SUPPORT]
    everybody = run_out_forecast(small.world.store, by("manager"), programme=SK)
    assert [one.partner_reg_no for one in everybody] == [LIEPAJA, REZEKNE]


def test_own_money_is_out_from_the_oldest_day_that_nobody_paid(small: Scene) -> None:
    """Filed and not paid, less what was set against it; a draft is not counted."""
    (shown,) = prefinancing_exposure(small.world.store, by(L), programme=SK)
    out = {one.claim: one.out_cents for one in shown.claims}
    assert out == {
        small.claims["approved"]: 2 * HOUR - CORRECTED,
        small.claims["asked"]: HOUR,
        small.claims["returned"]: HOUR,
        small.claims["filed"]: 2 * HOUR,
    }
    assert shown.net_cents == 6 * HOUR - CORRECTED
    assert shown.advances_cents == 0
    first = min(day for one in shown.claims if (day := one.since) is not None)
    assert first == date(2025, 9, 9)
    # What was corrected is kept back of the oldest costs, of which 3.20 are left.
    assert shown.since == date(2025, 9, 9)


def test_an_advance_pays_for_the_oldest_costs_first(small: Scene) -> None:
    """What the bank has not carried out is still the partner's own money."""
    (shown,) = prefinancing_exposure(
        small.world.store, by("auditor"), programme=SK, partner=REZEKNE
    )
    (claim,) = shown.claims
    assert claim.covered_cents == ADVANCE - 2 * HOUR
    assert shown.net_cents == claim.out_cents == 6 * HOUR - ADVANCE
    days = [(date(2025, 11, 3), 100), (date(2025, 12, 1), 50)]
    assert own_money_since(days, covered_cents=99) == date(2025, 11, 3)
    assert own_money_since(days, covered_cents=100) == date(2025, 12, 1)
    assert own_money_since(days, covered_cents=150) is None


# ── results ──────────────────────────────────────────────────────────────────────────────────


def test_results_count_approved_support_against_targets(small: Scene) -> None:
    """Seven learners of Liepāja had reading support approved; one learner is too few to tell."""
    shown = results_achieved(small.world.store, by(L), programme=SK)
    found = {(one.activity, one.semester): one for one in shown.achieved}
    reading = found["reading_support", "2025-autumn"]
    assert (reading.learners, reading.schools, reading.sessions) == (7, 1, 7)
    assert found["specialist_support", ""].learners == TooFew()
    assert found[ALL_INDIVIDUAL, ""].learners == 8
    assert shown.targets == ()
    assert shown.erased_lines == 0


def test_a_target_is_a_setting_of_the_programme_or_of_a_partner(small: Scene) -> None:
    """Each is compared with what it is a target of."""
    small.world.set("target.individual_support.learners", "20000")
    small.world.set(f"target.{LIEPAJA}.reading_support.sessions", "10")
    (target,) = results_achieved(small.world.store, by("manager"), programme=SK).targets
    assert (target.activity, target.what) == (ALL_INDIVIDUAL, "learners")
    assert (target.target, target.achieved, target.illustrative) == (20_000, 14, True)
    (own,) = results_achieved(small.world.store, by(L), programme=SK).targets
    assert (own.what, own.target, own.achieved) == ("sessions", 10, 7)


def test_the_journal_is_read_page_by_page_without_a_gap(small: Scene) -> None:
    """The pages together are every entry, the newest first."""
    store, seen, before = small.world.store, [], 0
    while True:
        page = search_journal(store, by("auditor"), before=before, limit=20)
        seen += [one.number for one in page.lines]
        before = page.next_before
        if not before:
            break
    assert seen == list(range(len(seen), 0, -1))
    assert journal_line(store, by("auditor"), number=1).command == "open_programme"


def test_the_journal_is_searched_by_subject_person_command_and_time(small: Scene) -> None:
    """Each narrows it down; titles are those of the commands."""
    store = small.world.store
    page = search_journal(store, by("manager"), subject=small.claims["paid"], actor="approver")
    (approval,) = page.lines
    assert approval.title.en == "Approve a claim"
    assert approval.amounts["approved"] == 6 * HOUR - CUT
    january = datetime(2026, 1, 16, tzinfo=UTC)
    late = search_journal(store, by("manager"), command="answer_clarification", since=january)
    assert [one.actor for one in late.lines] == [L]
    assert not search_journal(store, by("manager"), command="submit_claim", until=NOW).next_before


def test_a_search_that_cannot_be_made_is_refused(small: Scene) -> None:
    """A page of nothing, a moment without a zone, another role, an entry that is not there."""
    assert refusal(search_journal, small, "auditor", limit=0) == "WFL-582"
    assert refusal(search_journal, small, "auditor", limit=501) == "WFL-582"
    naive = NOW.replace(tzinfo=None)
    assert refusal(search_journal, small, "auditor", since=naive) == "WFL-582"
    assert refusal(search_journal, small, "reviewer") == "AUT-601"
    assert refusal(search_journal, small, L) == "AUT-601"
    assert refusal(journal_line, small, "auditor", number=10_000) == "AUT-603"
