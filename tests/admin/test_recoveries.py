"""Recoveries: repaid, on a schedule, written off by two people, each told in cents beforehand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.admin.people import Browser

REVIEWER, APPROVER, TREASURER = "agency_reviewer", "agency_approver", "agency_treasurer"
PARTNER = "partner_accountant.rezekne"
LINE = "SK-00010-0001"


@pytest.fixture
def owed(people: Browser) -> str:
    """Make a partner owe 3,20 € by a correction; gives the address of the recovery."""
    fields = {"claim": "SK-00010", "method": "correct_lines", "line": LINE, f"cents:{LINE}": "3,20"}
    made = people(REVIEWER).send("/admin/corrections", reason="kļūda", **fields)
    document = made.json()["goto"].removeprefix("/admin/corrections/")
    # What is payable to the partner would be lowered first: it is ordered beforehand.
    people(TREASURER).send("/admin/orders/order", claim="SK-00033")
    people(APPROVER).send("/admin/corrections/act/confirm_correction", document=document)
    page = people(APPROVER).get(f"/admin/corrections/{document}").text
    found = re.search(r"/admin/recoveries/ATG-SK-\d+", page)
    assert found, page
    return found[0]


def test_a_debt_is_repaid_in_parts(people: Browser, owed: str) -> None:
    """Proves that a part leaves the rest owed, and that the last cent ends the recovery."""
    treasurer = people(TREASURER)
    told = treasurer.get(owed).text.split('data-act="record_repayment"')[1].split("</form>")[0]
    assert told.count("−€3.20") == 2
    on = re.search(r'name="received_on"[^>]*value="([^"]+)"', told)
    assert on
    part = {"received_on": on[1], "statement": "KI-1"}
    assert treasurer.send(f"{owed}/record_repayment", cents="1,20", **part).status_code == 200
    assert "€2.00" in treasurer.get(owed).text
    many = treasurer.send(f"{owed}/record_repayment", cents="2,01", **part)
    assert many.json()["problem"]["code"] == "PAY-803"
    assert treasurer.send(f"{owed}/record_repayment", cents="2,00", **part).status_code == 200
    assert "this state is final" in treasurer.get(owed).text


def test_the_partner_asks_and_another_agrees_to_instalments(people: Browser, owed: str) -> None:
    """Proves that equal parts come to the cent, and that another sum is refused with its code."""
    partner, manager = people(PARTNER), people("programme_manager")
    reason = "<b>budžets</b>"
    assert partner.send(f"{owed}/request_schedule", reason=reason).status_code == 200
    assert "&lt;b&gt;budžets" in manager.get(owed).text
    page = manager.get(f"{owed}/schedule?instalments=3&first_on=2027-01-31").text
    days = re.findall(r'name="due_on:\d" value="([^"]+)"', page)
    cents = re.findall(r'name="cents:\d" value="([^"]+)"', page)
    assert days == ["2027-01-31", "2027-02-28", "2027-03-31"]
    assert cents == ["1,07", "1,07", "1,06"]
    rows: dict[str, object] = {"row": ["1", "2", "3"]}
    for place, (due_on, amount) in enumerate(zip(days, cents, strict=True), start=1):
        rows |= {f"due_on:{place}": due_on, f"cents:{place}": amount}
    wrong = manager.send(f"{owed}/schedule", **{**rows, "cents:3": "1,05"})
    assert wrong.json()["problem"]["code"] == "WFL-509"
    late = manager.send(f"{owed}/schedule", **{**rows, "due_on:3": "2031-01-01"})
    assert late.json()["problem"]["code"] == "WFL-508"
    assert manager.send(f"{owed}/schedule", **rows).status_code == 200
    assert "Agreed schedule" in partner.get(owed).text


def test_a_write_off_takes_two_people(people: Browser) -> None:
    """Proves that nobody writes off what nobody else has proposed to."""
    treasurer, approver = people(TREASURER), people(APPROVER)
    debt = {"programme": "skola-kopiena", "partner": "99990100343", "document": "NEA-SK-00001"}
    owed = treasurer.send("/admin/recoveries/notify", reason="jāatmaksā", **debt).json()["goto"]
    again = treasurer.send("/admin/recoveries/notify", reason="jāatmaksā", **debt)
    assert again.json()["problem"]["code"] == "PAY-868"
    assert treasurer.send(f"{owed}/write_off_recovery").json()["problem"]["code"] == "AUT-601"
    assert approver.send(f"{owed}/write_off_recovery").json()["problem"]["code"] == "WFL-504"
    assert treasurer.send(f"{owed}/propose_write_off", reason="likvidēts").status_code == 200
    assert approver.send(f"{owed}/write_off_recovery").status_code == 200
    assert "Written off" in approver.get(owed).text


def test_it_is_not_overdue_before_its_day(people: Browser, owed: str) -> None:
    """Proves that the page says beforehand why it cannot be marked, and the command agrees."""
    treasurer = people(TREASURER)
    assert "PAY-864" in treasurer.get(owed).text
    answer = treasurer.send(f"{owed}/mark_recovery_overdue")
    assert answer.json()["problem"]["code"] == "PAY-864"


def test_the_floor_is_explained_and_a_small_case_is_not_claimed(people: Browser) -> None:
    """Proves that the list says up to which sum nothing is claimed back, and why one is not."""
    page = people(TREASURER).get("/admin/recoveries").text
    assert "€250.00" in page
    assert "NEA-SK-00001" in page
    assert "within the floor" in page


def test_a_partner_with_open_matters_is_not_closed(people: Browser) -> None:
    """Proves that the final balance says first what is open, and that closing is refused."""
    manager = people("programme_manager")
    page = manager.get("/admin/final-balance/99990100042").text
    assert "PAY-869" in page
    fields = {"programme": "skola-kopiena", "number": "DEMO-SK-LPX", "reason": "beigas"}
    answer = manager.send("/admin/final-balance/99990100042", **fields)
    assert answer.json()["problem"]["code"] == "PAY-869"
