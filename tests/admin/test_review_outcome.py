"""How a review ends: passed on, returned, or passed on knowingly with something open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.commands import fill_checklist
from tests.admin.reviewing import ADDRESS, KEY, page_of, reviewer

if TYPE_CHECKING:
    from skola_finance import Store
    from tests.admin.people import Browser


def test_recommending_and_returning_end_the_review(people: Browser, store: Store) -> None:
    """Proves that the letter goes along, and that the claim leaves the reviewer's hands."""
    send = people("agency_reviewer").send
    version = page_of(store).head.row_version
    sent = send(
        f"{ADDRESS}/recommend",
        command_id="r1",
        row_version=str(version),
        letter="All well.",
        knows_open="1",
    )
    assert sent.json() == {"goto": "/admin/queue"}
    assert page_of(store).acts[-1].note == "All well."
    other = "SK-00028"
    empty = send(f"/admin/review/{other}/return", row_version="1", letter=" ")
    assert empty.json()["problem"]["code"] == "WEB-422"
    version = page_of(store, other).head.row_version
    send(f"/admin/review/{other}/return", row_version=str(version), letter="Mend line 2.")
    assert page_of(store, other).head.state == "returned"


def ask_and_answer(people: Browser, store: Store) -> None:
    """Ask about the claim, and answer as its partner."""
    page = page_of(store)
    read = {"row_version": str(page.head.row_version), "reason": "Which lesson?"}
    day = page.earliest_answer.isoformat()
    people("agency_reviewer").send(f"{ADDRESS}/ask", answer_by=day, **read)
    number = page_of(store).questions[-1].number
    partner = people("partner_accountant.liepaja")
    sent = partner.send(f"/admin/claims/{KEY}/questions/{number}", answer="The second.")
    assert sent.status_code == 200, sent.text


def test_what_is_left_open_is_passed_on_knowingly(people: Browser, store: Store) -> None:
    """Proves that an answer nobody accepted, or an open item, asks for a tick, and the page too."""
    ask_and_answer(people, store)
    page = page_of(store)
    assert page.unaccepted == 1
    assert page.unanswered > 0
    person = people("agency_reviewer")
    told = person.get(ADDRESS).text
    assert "1 answer of the partner is not accepted." in told
    assert 'name="knows_open"' in told
    read = {"row_version": str(page.head.row_version), "letter": "All well."}
    problem = person.send(f"{ADDRESS}/recommend", **read).json()["problem"]
    assert problem["code"] == "WEB-422"
    assert f"without an answer – {page.unanswered}, answers" in problem["message"]
    assert page_of(store).head.state == "in_review"
    sent = person.send(f"{ADDRESS}/recommend", knows_open="1", **read)
    assert sent.json() == {"goto": "/admin/queue"}


def test_a_complete_review_asks_for_no_tick(people: Browser, store: Store) -> None:
    """Proves that whoever answered all and accepted all passes the claim on with one click."""
    ask_and_answer(people, store)
    person = people("agency_reviewer")
    number = page_of(store).questions[-1].number
    person.send(f"{ADDRESS}/questions/{number}/accept")
    answers = [{"item": one.key, "answer": "yes"} for one in page_of(store).checklist]
    fill_checklist(store, reviewer("all"), claim=KEY, answers=answers)
    page = page_of(store)
    assert (page.unaccepted, page.unanswered) == (0, 0)
    assert 'name="knows_open"' not in person.get(ADDRESS).text
    sent = person.send(f"{ADDRESS}/recommend", row_version=str(page.head.row_version))
    assert sent.json() == {"goto": "/admin/queue"}
