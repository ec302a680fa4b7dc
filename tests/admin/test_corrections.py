"""Corrections: every line's cents before the click, two people, and the way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.admin.people import Browser, Person

REVIEWER, APPROVER = "agency_reviewer", "agency_approver"
CLAIM, FIRST = "SK-00010", "SK-00010-0001"


def previewed(person: Person, **fields: object) -> str:
    """Give the page that shows a correction before it is proposed, as text without gaps."""
    answer = person.client.post(
        "/admin/corrections/preview",
        data={"claim": CLAIM, "reason": "kļūda", **fields},
        headers={"X-CSRFToken": person.token()},
    )
    return re.sub(r"\s+", " ", answer.text)


def test_a_rate_is_shared_out_over_the_lines_before_anything_is_proposed(people: Browser) -> None:
    """Proves that 5 % of 26,40 € comes to 1,32 €, 66 cents of each line, and nothing is kept."""
    reviewer = people(REVIEWER)
    page = previewed(reviewer, method="correct_proportionally", rate="5 %")
    assert page.count("€0.66") == 2
    assert "€1.32" in page
    assert "€1.32" not in reviewer.get("/admin/corrections").text


def test_lines_are_corrected_by_two_people_and_that_is_undone(people: Browser) -> None:
    """Proves the life of a correction: proposed, confirmed by another, kept back, undone again."""
    reviewer, approver = people(REVIEWER), people(APPROVER)
    fields = {"claim": CLAIM, "method": "correct_lines", "line": FIRST, f"cents:{FIRST}": "3,20"}
    assert "€3.20" in previewed(reviewer, **fields)
    made = reviewer.send("/admin/corrections", reason="<i>kļūda</i>", **fields)
    address = made.json()["goto"]
    document = address.removeprefix("/admin/corrections/")
    page = reviewer.get(address).text
    assert "&lt;i&gt;kļūda" in page
    assert 'act-shut" data-act="confirm_correction"' in page
    told = approver.get(address).text.split('data-act="confirm_correction"')[1].split("</form>")[0]
    assert "+€3.20" in told
    act = "/admin/corrections/act"
    assert approver.send(f"{act}/confirm_correction", document=document).status_code == 200
    waiting = approver.get("/admin/orders").text
    assert "€36.40" in waiting, "39.60 were payable to the partner: the sum is kept back of them"
    again = approver.send(f"{act}/confirm_correction", document=document)
    assert again.json()["problem"]["code"] == "WFL-501"
    undoing = reviewer.send(f"{act}/undo_correction", document=document, reason="tomēr pareizi")
    back = undoing.json()["goto"]
    number = back.removeprefix("/admin/corrections/")
    assert approver.send(f"{act}/confirm_correction", document=number).status_code == 200
    assert "Undone" in approver.get(address).text


def test_a_credit_note_asks_for_its_number_and_never_takes_more_than_stands(
    people: Browser,
) -> None:
    """Proves two refusals of the preview, each with its code."""
    reviewer = people(REVIEWER)
    lines = {"method": "enter_credit_note", "line": FIRST}
    assert "WEB-422" in previewed(reviewer, **lines, **{f"cents:{FIRST}": "1"})
    much = {**lines, f"cents:{FIRST}": "13,21", "credit_note_no": "KR-1"}
    assert "PAY-860" in previewed(reviewer, **much)
    assert "PAY-862" in previewed(reviewer, **lines, credit_note_no="KR-1")
    assert "PAY-861" in previewed(reviewer, method="correct_by_rule", rule_code="ELG-105")


def test_only_what_is_approved_can_be_corrected(people: Browser) -> None:
    """Proves that a draft is refused with its code, and an unknown claim is not found."""
    reviewer = people(REVIEWER)
    assert "WFL-560" in reviewer.get("/admin/corrections/new?claim=SK-00013").text
    assert reviewer.get("/admin/corrections/new?claim=SK-99999").status_code == 404


@pytest.mark.parametrize("command", ["reject_correction", "withdraw_correction"])
def test_a_proposal_ends_without_a_posting(people: Browser, command: str) -> None:
    """Proves that what is refused or taken back leaves no entry in the books."""
    reviewer = people(REVIEWER)
    fields = {"claim": CLAIM, "method": "correct_lines", "line": FIRST, f"cents:{FIRST}": "1"}
    made = reviewer.send("/admin/corrections", reason="kļūda", **fields)
    document = made.json()["goto"].removeprefix("/admin/corrections/")
    person = reviewer if command == "withdraw_correction" else people(APPROVER)
    answer = person.send(f"/admin/corrections/act/{command}", document=document, reason="nē")
    assert answer.status_code == 200
    assert "Nothing has been posted" in person.get(f"/admin/corrections/{document}").text
