"""The work queue: what waits for whom, by which day, and who may not touch it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from skola_finance import Actor, Order, Role, SkolaError
from skola_finance.commands import assign_reviewer, start_review
from skola_finance.queries.review import next_claim, review_page, work_queue

if TYPE_CHECKING:
    from skola_finance import Store
    from tests.admin.people import Browser

PROGRAMME = "skola-kopiena"
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def order(login: str, role: Role, *, at: datetime = AT) -> Order:
    """Make an order of somebody at the agency."""
    return Order(Actor(login, role), f"{login}-{at.isoformat()}", at)


REVIEWER = order("agency_reviewer", Role.AGENCY_REVIEWER)
APPROVER = order("agency_approver", Role.AGENCY_APPROVER)


def test_each_role_sees_what_it_works_on(seen_store: Store) -> None:
    """Proves that a reviewer's queue holds claims to review, an approver's those to approve."""
    reviewing = work_queue(seen_store, REVIEWER, programme=PROGRAMME)
    approving = work_queue(seen_store, APPROVER, programme=PROGRAMME)
    assert {one.state for one in reviewing.claims} == {"submitted", "in_review", "clarification"}
    assert {one.state for one in approving.claims} == {"recommended"}
    assert reviewing.found == len(reviewing.claims) == 9
    assert reviewing.cents == sum(one.eligible_cents for one in reviewing.claims) == 31_680


def test_the_most_urgent_comes_first_and_a_stopped_clock_last(seen_store: Store) -> None:
    """Proves that the order is that of the working days left, stopped clocks after running ones."""
    claims = work_queue(seen_store, REVIEWER, programme=PROGRAMME, state="all").claims
    clocks = [one.clock for one in claims if one.clock is not None]
    running = [one.term.days_left for one in clocks if not one.is_stopped and one.term]
    assert running == sorted(running)
    assert running[0] < 0
    assert [one.is_stopped for one in clocks] == sorted(one.is_stopped for one in clocks)
    assert clocks[-1].is_stopped


def test_pages_follow_each_other_without_a_gap_or_a_repeat(seen_store: Store) -> None:
    """Proves that paging by key gives every claim once, in every order."""
    for by in ("urgency", "amount", "risk"):
        whole = work_queue(seen_store, REVIEWER, programme=PROGRAMME, state="all", by=by)
        met: list[str] = []
        after = ""
        while True:
            page = work_queue(
                seen_store, REVIEWER, programme=PROGRAMME, state="all", by=by, after=after, limit=4
            )
            met += [one.claim for one in page.claims]
            after = page.next_after
            if not after:
                break
        assert met == [one.claim for one in whole.claims], by


def test_a_mistyped_place_begins_at_the_beginning(seen_store: Store) -> None:
    """Proves that an address somebody changed by hand shows the first page."""
    whole = work_queue(seen_store, REVIEWER, programme=PROGRAMME)
    assert work_queue(seen_store, REVIEWER, programme=PROGRAMME, after="x.y") == whole


def test_whoever_reviewed_is_told_in_words_why_they_may_not_approve(seen_store: Store) -> None:
    """Proves that a claim barred by four eyes is shown, with the reason, and is not taken."""
    both = replace(APPROVER, actor=Actor("agency_reviewer", Role.AGENCY_APPROVER))
    queue = work_queue(seen_store, both, programme=PROGRAMME)
    assert queue.claims
    for one in queue.claims:
        assert one.next is not None
        assert one.next.is_barred
        assert one.next.reason is not None
        assert one.next.reason.code == "WFL-502"
        assert "agency_reviewer" in one.next.reason.message.en
    assert next_claim(seen_store, both, programme=PROGRAMME) == ""


def test_a_claim_given_to_another_reviewer_is_not_the_next_one(store: Store) -> None:
    """Proves that the button leaves to others what was given to them."""
    now = datetime.now(UTC)
    first = next_claim(store, REVIEWER, programme=PROGRAMME)
    assign_reviewer(
        store,
        order("agency_approver", Role.AGENCY_APPROVER, at=now),
        claim=first,
        reviewer="somebody_else",
    )
    second = next_claim(store, REVIEWER, programme=PROGRAMME)
    assert second not in {"", first}
    third = next_claim(store, REVIEWER, programme=PROGRAMME, without=(second,))
    assert third not in {"", first, second}


def test_an_overdue_claim_is_told_with_the_days(seen_store: Store) -> None:
    """Proves that the day after the last one counts as late, and the last one does not."""
    start = work_queue(seen_store, REVIEWER, programme=PROGRAMME, state="submitted").claims[0]
    assert start.clock is not None
    assert start.clock.term is not None
    last = datetime.combine(start.clock.term.due_on, AT.timetz())
    on_time = replace(REVIEWER, at=last)
    late = replace(REVIEWER, at=last + timedelta(days=1))
    for asked, is_late in ((on_time, False), (late, True)):
        again = work_queue(seen_store, asked, programme=PROGRAMME, state="submitted").claims[0]
        assert again.clock is not None
        assert again.clock.term is not None
        assert again.clock.term.is_overdue is is_late


@pytest.mark.parametrize("role", [Role.AGENCY_TREASURER, Role.ADMINISTRATOR])
def test_others_at_the_agency_have_no_queue(seen_store: Store, role: Role) -> None:
    """Proves that the read itself refuses a role that decides on nothing."""
    with pytest.raises(SkolaError, match="AUT-601"):
        work_queue(seen_store, order("x", role), programme=PROGRAMME)


def test_the_page_shows_the_queue_and_takes_the_next_claim(people: Browser, store: Store) -> None:
    """Proves the page, its button, and that a second click leads to another claim."""
    reviewer = people("agency_reviewer")
    page = reviewer.get("/admin/queue")
    assert page.status_code == 200
    assert "9 claims wait, €316.80" in page.text
    assert "3 clocks stopped" in page.text
    first = next_claim(store, REVIEWER, programme=PROGRAMME)
    answer = reviewer.send("/admin/queue/next", command_id="take-1")
    assert answer.json()["goto"] == f"/admin/review/{first}"
    assert review_page(store, REVIEWER, claim=first).sampled
    again = reviewer.send("/admin/queue/next", command_id="take-2")
    assert again.json()["goto"] not in {f"/admin/review/{first}", "/admin/queue"}


def test_a_claim_that_another_took_first_is_passed_over(people: Browser, store: Store) -> None:
    """Proves that nobody is given a claim whose review has begun."""
    first = next_claim(store, REVIEWER, programme=PROGRAMME)
    start_review(
        store,
        Order(Actor("second_reviewer", Role.AGENCY_REVIEWER), "theirs", datetime.now(UTC)),
        claim=first,
    )
    answer = people("agency_reviewer").send("/admin/queue/next", command_id="mine")
    assert answer.status_code == 200
    assert answer.json()["goto"] != f"/admin/review/{first}"


def test_filters_are_kept_and_shown_as_text(people: Browser) -> None:
    """Proves that a search is echoed as text, and that it finds by a part of the number."""
    reviewer = people("agency_reviewer")
    page = reviewer.get("/admin/queue", params={"text": "<b>00016"})
    assert "&lt;b&gt;00016" in page.text
    assert "<b>00016" not in page.text
    assert "Nothing waits here" in page.text
    found = reviewer.get("/admin/queue", params={"text": "00016"})
    assert "SK-00016" in found.text
    assert "SK-00015</a>" not in found.text


def test_partners_have_no_queue(people: Browser) -> None:
    """Proves that a partner's person is sent away, in their language."""
    for address in ("/admin/queue", "/admin/queue?state=all"):
        assert people("partner_accountant.liepaja").get(address).status_code == 403
