"""Decisions that few claims ever need, each by its form: objection, second review, law, revival."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from skola_finance.queries.approval import approval_page, revival_page
from skola_finance.queries.claims import claim_page
from skola_finance.queries.review import objections_page, review_page
from skola_finance.signing_in import demo_code
from tests.admin.agency import (
    ACCOUNTANT,
    APPROVER,
    LIEPAJA,
    REVIEWER,
    SECOND_REVIEWER,
    SIGNATORY,
    SK,
    Agency,
)
from tests.usecases.world import line

if TYPE_CHECKING:
    from skola_finance import Store
    from tests.admin.people import Browser, Person

WAITING = "SK-00016"
"""A claim of Liepāja that is in review."""
CODE = re.compile(r'data-demo-code="(\d+)"')


@pytest.fixture
def agency(store: Store) -> Agency:
    """Give the people of the demo."""
    return Agency(store)


def refusal(person: Person, address: str, **fields: str) -> str:
    """Give the code that a form is refused with."""
    sent = {"command_id": uuid.uuid4().hex, **fields}
    return str(person.send(address, **sent).json()["problem"]["code"])


def test_an_objection_upheld_on_the_page_reopens_the_claim(people: Browser, agency: Agency) -> None:
    """Proves the whole way by forms: rejected, objected to, decided by a third person."""
    store = agency.store
    head = review_page(store, agency.order(REVIEWER), claim=WAITING).head
    reviewer, approver = people(REVIEWER), people(APPROVER)
    reject = f"/admin/review/{WAITING}/reject"
    version = str(head.row_version)
    assert refusal(reviewer, reject, row_version=version, letter=" ") == "WEB-422"
    reviewer.send(reject, row_version=version, letter="Not our project.")
    assert claim_page(store, agency.order("auditor"), claim=WAITING).head.state == "rejected"

    objecting = f"/admin/claims/{WAITING}/decision/objection"
    partner = people(SIGNATORY)
    assert refusal(partner, objecting, reasons="") == "WEB-422"
    partner.send(objecting, reasons="It is <b>ours</b>.")
    assert refusal(partner, objecting, reasons="Again.") == "WFL-572"

    shown = approver.get("/admin/objections").text
    assert "It is &lt;b&gt;ours&lt;/b&gt;." in shown
    (waiting,) = objections_page(store, agency.order(APPROVER), programme=SK)
    deciding = f"/admin/objections/{waiting.number}"
    said = {"kind": "uphold", "decision": "The partner is right."}
    assert refusal(reviewer, deciding, **said) == "AUT-601"
    assert refusal(approver, deciding, kind="uphold", decision=" ") == "WEB-422"
    assert approver.send(deciding, **said).json() == {"goto": "/admin/objections"}
    assert review_page(store, agency.order(REVIEWER), claim=WAITING).is_open
    assert "The partner is right." in partner.get(f"/admin/claims/{WAITING}/decision").text


def test_an_objection_dismissed_leaves_the_rejection(people: Browser, agency: Agency) -> None:
    """Proves the other button, and that an address of no objection is not found."""
    agency.did(REVIEWER, "reject_claim", claim=WAITING, reason="Not our project.")
    made = agency.did(
        ACCOUNTANT, "file_objection", machine="claim", thing=WAITING, reasons="It is ours."
    )
    approver = people(APPROVER)
    said = {"kind": "dismiss", "decision": "The decision stands."}
    for nowhere in ("9999", "x", "-1", "9" * 40):
        assert approver.send(f"/admin/objections/{nowhere}", **said).status_code == 404, nowhere
    approver.send(f"/admin/objections/{made['objection']}", **said)
    page = claim_page(agency.store, agency.order("auditor"), claim=WAITING)
    assert page.head.state == "rejected"
    assert "The decision stands." in approver.get("/admin/objections").text


def test_a_second_reviewer_confirms_where_the_programme_asks_for_two(
    people: Browser, agency: Agency
) -> None:
    """Proves that one reviewer is not enough then, and that nobody confirms the own review."""
    agency.set("review.reviewers", "2")
    agency.add_second_reviewer()
    agency.did(REVIEWER, "recommend_claim", claim=WAITING)
    address, approving = f"/admin/review/{WAITING}", f"/admin/approvals/{WAITING}"
    page = approval_page(agency.store, agency.order(APPROVER), claim=WAITING)
    version = {"row_version": str(page.row_version)}
    approver, first, second = people(APPROVER), people(REVIEWER), people(SECOND_REVIEWER)
    assert f'action="{approving}/approve"' not in approver.get(approving).text
    code = demo_code(agency.store, login=APPROVER, at=datetime.now(UTC))
    sent = {"expected_cents": "3960", "code": code, **version}
    assert refusal(approver, f"{approving}/approve", **sent) == "WFL-504"

    endorsing = f'action="{address}/endorse"'
    assert endorsing not in first.get(address).text
    assert refusal(first, f"{address}/endorse", **version) == "WFL-502"
    assert endorsing in second.get(address).text
    assert second.send(f"{address}/endorse", note="Agreed.", **version).json() == {"goto": address}

    page = approval_page(agency.store, agency.order(APPROVER), claim=WAITING)
    made = agency.did(
        APPROVER, "approve_claim_payment", claim=WAITING, row_version=page.row_version
    )
    assert made["approved_cents"] == 3_960


@pytest.mark.parametrize(("holds", "cents"), [("spares", 1320), ("applies", 0)])
def test_a_reviewer_says_which_version_of_the_law_holds(
    people: Browser, agency: Agency, holds: str, cents: int
) -> None:
    """Proves that a line of disputed days waits for a person, and both answers, to the cent."""
    day, grade = date(2025, 12, 18), {"learner_grade": 9, "learner_age": 15}
    key = agency.in_review(line(activity="subject_consultation", activity_on=day, **grade))
    address = f"/admin/review/{key}"
    reviewer = people(REVIEWER)
    page = review_page(agency.store, agency.order(REVIEWER), claim=key)
    assert page.disputed == ((f"{key}-0001", "ELG-112"),)
    read = {"row_version": str(page.head.row_version)}
    assert f"{key}-0001 · ELG-112" in reviewer.get(address).text
    assert refusal(reviewer, f"{address}/recommend", knows_open="1", **read) == "WFL-542"
    said = {"disputed": f"{key}-0001|ELG-112", "holds": holds, **read}
    assert refusal(reviewer, f"{address}/law", reason=" ", **said) == "WEB-422"
    assert reviewer.send(f"{address}/law", reason="A letter says so.", **said).status_code == 200
    page = review_page(agency.store, agency.order(REVIEWER), claim=key)
    assert (page.disputed, page.head.eligible_cents) == ((), cents)
    read = {"row_version": str(page.head.row_version)}
    assert reviewer.send(f"{address}/recommend", knows_open="1", **read).json()["goto"]


def test_the_page_revives_what_a_raised_allocation_has_room_for(
    people: Browser, agency: Agency
) -> None:
    """Proves the form: the sum that was seen, the code, and the cents that come back."""
    key = agency.in_review(*[line() for _ in range(3)])
    agency.did(REVIEWER, "recommend_claim", claim=key)
    agency.allocate(2_000 - agency.free_cents(key))
    version = claim_page(agency.store, agency.order("auditor"), claim=key).head.row_version
    made = agency.did(APPROVER, "approve_claim_payment", claim=key, row_version=version)
    assert (made["approved_cents"], made["unfunded_cents"]) == (2_000, 1_960)
    agency.allocate(1_000)

    address = f"/admin/approvals/unfunded/{LIEPAJA}"
    person = people(APPROVER)
    shown = person.get(address).text
    assert "Revive €10.00" in shown
    code = CODE.search(shown)
    assert code
    wrong = {"expected_cents": "1000", "code": "000000"}
    assert refusal(person, address, **wrong) == "AUT-610"
    assert refusal(person, address, expected_cents="999", code=code[1]) == "WFL-563"
    code = CODE.search(person.get(address).text)
    assert code
    done = person.send(address, command_id="revive", expected_cents="1000", code=code[1])
    assert done.json() == {"goto": "/admin/approvals/unfunded"}
    assert "€10.00 was revived." in person.get("/admin/approvals/unfunded").text
    figures = claim_page(agency.store, agency.order("auditor"), claim=key).figures
    assert (figures.approved_cents, figures.unfunded_cents) == (3_000, 960)
    page = revival_page(agency.store, agency.order(APPROVER), programme=SK, partner=LIEPAJA)
    assert page.cents == 0


def test_a_cut_says_that_the_freed_quota_went_to_other_lines(
    people: Browser, agency: Agency
) -> None:
    """Proves it to the cent: of 20,00 € 7,20 € go from a line that is cut to those above."""
    key = agency.in_review(*[line() for _ in range(3)])
    agency.did(REVIEWER, "recommend_claim", claim=key)
    agency.allocate(2_000 - agency.free_cents(key))
    agency.did(APPROVER, "send_back", claim=key, reason="Look again.")
    first = f"{key}-0001"
    agency.did(REVIEWER, "keep_line", claim=key, line_id=first, reason="Well.")
    page = review_page(agency.store, agency.order(REVIEWER), claim=key)
    assert (page.head.eligible_cents, page.head.unfunded_cents) == (2_000, 1_960)

    person = people(REVIEWER)
    read = {"row_version": str(page.head.row_version), "rule_code": "ELG-140"}
    cut = {"kind": "cut", "limit": "6,00", "reason": "Shorter.", "line": first, **read}
    person.send(f"/admin/review/{key}/lines", **cut)
    page = review_page(agency.store, agency.order(REVIEWER), claim=key)
    assert (page.head.eligible_cents, page.head.unfunded_cents) == (2_000, 1_240)
    told = person.get(f"/admin/review/{key}").text
    assert "the freed quota of €7.20 now covers other lines of the claim" in told

    read["row_version"] = str(page.head.row_version)
    cut = {"kind": "cut", "limit": "0", "reason": "None.", **read}
    person.send(f"/admin/review/{key}/lines", line=[first, f"{key}-0002", f"{key}-0003"], **cut)
    told = person.get(f"/admin/review/{key}").text
    assert "3 lines decided · eligible now: €0.00" in told
    assert "freed quota" not in told
