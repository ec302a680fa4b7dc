"""Payment orders: what is payable, ordering it, what the bank did, in the cents of the books."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

TREASURER = "agency_treasurer"


@pytest.fixture(scope="module")
def lookers(seen_store: Store) -> Iterator[Browser]:
    """Give people who change nothing."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def test_the_list_says_what_waits_and_how_it_came_to_that(lookers: Browser) -> None:
    """Proves that a claim of 39,60 € of which 13,20 € was set off waits with 26,40 €."""
    page = lookers(TREASURER, "lv").get("/admin/orders").text
    row = re.sub(r"\s+", " ", page.split('value="SK-00009"')[1].split("</tr>")[0])
    assert [row.count(cents) for cents in ("39,60", "13,20", "26,40")] == [1, 1, 1]
    assert "142,00" in page


def test_the_claim_page_shows_the_postings_before_the_click(lookers: Browser) -> None:
    """Proves that what is shown beforehand is what the command would post, and nothing is kept."""
    page = lookers(TREASURER).get("/admin/orders/claims/SK-00009").text
    told = page.split('class="will"')[1].split("</form>")[0]
    assert "−€26.40" in told
    assert "+€26.40" in told
    assert "LV74DEMO0000000000043" in page
    assert "€26.40" in lookers(TREASURER).get("/admin/orders/claims/SK-00009").text


@pytest.mark.parametrize("login", ["auditor", "programme_manager", "agency_reviewer"])
def test_who_may_not_pay_reads_and_is_told_why(lookers: Browser, login: str) -> None:
    """Proves that the command is shown shut, with the reason, to those whose role has none."""
    page = lookers(login).get("/admin/orders/MR-SK-00014").text
    assert 'class="act act-shut" data-act="mark_paid"' in page
    assert "AUT-601" in page
    assert "/admin/orders/MR-SK-00014/mark_paid" not in page


def test_partners_do_not_see_the_orders_of_the_agency(lookers: Browser) -> None:
    """Proves that a partner opens neither the list nor an order, its own or not."""
    person = lookers("partner_accountant.liepaja")
    for address in ("/admin/orders", "/admin/orders/MR-SK-00014", "/admin/orders/claims/SK-00009"):
        assert person.get(address).status_code == 403


def test_a_key_that_is_none_is_not_found(lookers: Browser) -> None:
    """Proves that an unknown order and an unknown claim are told as what they are."""
    for address in ("/admin/orders/MR-XX-1", "/admin/orders/claims/SK-99999"):
        answer = lookers(TREASURER).get(address)
        assert answer.status_code == 404
        assert "AUT-603" in answer.text


def test_one_order_is_made_paid_and_returned(people: Browser) -> None:
    """Proves the life of an order through its forms, and that a second payment is refused."""
    person = people(TREASURER)
    made = person.send("/admin/orders/claims/SK-00009/order", batch="MF-1", command_id="a1").json()
    order = made["goto"].removeprefix("/admin/orders/")
    again = person.send("/admin/orders/claims/SK-00009/order", batch="MF-1", command_id="a1").json()
    assert again == made
    other = person.send("/admin/orders/claims/SK-00009/order", command_id="a2")
    assert other.json()["problem"]["code"] == "WFL-501"
    day = "2026-01-01"
    early = person.send(f"/admin/orders/{order}/mark_paid", executed_on=day, statement="KI-1")
    assert early.json()["problem"]["code"] == "WFL-518"
    on = re.search(
        r'name="executed_on"[^>]*value="([^"]+)"', person.get(f"/admin/orders/{order}").text
    )
    assert on
    paid = person.send(f"/admin/orders/{order}/mark_paid", executed_on=on[1], statement="KI-1")
    assert paid.status_code == 200, paid.text
    reason = "<b>konts</b> slēgts"
    person.send(f"/admin/orders/{order}/return_order", returned_on=on[1], reason=reason)
    page = person.get(f"/admin/orders/{order}").text
    assert "&lt;b&gt;konts&lt;/b&gt;" in page
    assert "<b>konts</b>" not in page
    assert "SK-00009" in person.get("/admin/orders").text


def test_several_orders_are_marked_paid_at_once_and_one_refusal_stops_no_other(
    people: Browser,
) -> None:
    """Proves that each ticked order is recorded, and what is refused is named with its code."""
    person = people(TREASURER)
    keys = ["MR-SK-00014", "MR-SK-00016", "MR-SK-00001"]
    answer = person.send(
        "/admin/orders/paid", order=keys, executed_on="2026-11-04", statement="KI-7"
    )
    assert answer.json()["goto"] == "/admin/orders?state=ordered"
    page = person.get("/admin/orders?state=ordered").text
    assert "2 payments are recorded: MR-SK-00014 – €39.60, MR-SK-00016 – €39.60." in page
    assert "MR-SK-00001:" in page
    assert "WFL-501" in page
    assert "MR-SK-00018" in page
    assert "/admin/orders/MR-SK-00014" not in page
    assert person.get("/admin/orders?state=executed&text=KI-7").text.count("/admin/orders/MR-") == 2


def test_several_claims_are_ordered_at_once(people: Browser) -> None:
    """Proves that every ticked claim has its order, all in one payment file."""
    person = people(TREASURER)
    person.send("/admin/orders/order", claim=["SK-00021", "SK-00033"], batch="MF-77")
    page = person.get("/admin/orders?state=ordered&text=MF-77").text
    assert page.count("/admin/orders/MR-") == 2
    assert "€79.20" in page
    assert re.search(r"2 payments are ordered: MR-SK-\d+ – €39\.60, MR-SK-\d+ – €39\.60\.", page)


@pytest.mark.parametrize(
    ("address", "fields", "told"),
    [("order", {}, "No claim is chosen."), ("paid", {"executed_on": "2026-11-04"}, "No order is")],
)
def test_nothing_ticked_is_told_as_that(
    lookers: Browser, address: str, fields: dict[str, str], told: str
) -> None:
    """Proves that nobody orders or pays by accident, and the refusal speaks of the list."""
    problem = lookers(TREASURER).send(f"/admin/orders/{address}", **fields).json()["problem"]
    assert problem["code"] == "WEB-422"
    assert problem["message"].startswith(told)
    assert "Tick at least one row" in problem["hint"]


def test_no_claim_is_ticked_before_somebody_ticks_it(lookers: Browser) -> None:
    """Proves that the list begins with empty boxes, and only for whoever may order."""
    page = lookers(TREASURER).get("/admin/orders").text
    boxes = re.findall(r'<input[^>]*name="claim"[^>]*>', page)
    assert len(boxes) > 2
    assert not [box for box in boxes if "checked" in box]
    assert 'name="claim"' not in lookers("auditor").get("/admin/orders").text


def test_the_payment_file_holds_what_waits_in_its_batch(people: Browser) -> None:
    """Proves that two orders of 39,60 € come to 79,20 €, and who may not make a file."""
    person = people(TREASURER)
    person.send("/admin/orders/order", claim=["SK-00021", "SK-00033"], batch="MF-78")
    on = re.search(
        r'name="pay_on"[^>]*value="([^"]+)"', person.get("/admin/orders?state=ordered").text
    )
    assert on
    fields = {
        "programme": "skola-kopiena",
        "batch": "MF-78",
        "payer": "VIAA",
        "payer_iban": "LV74DEMO0000000000043",
        "pay_on": on[1],
    }
    answer = person.send("/admin/orders/file", **fields)
    assert answer.headers["content-type"] == "application/xml"
    assert "<CtrlSum>79.20</CtrlSum>" in answer.text
    assert answer.text.count("<CdtTrfTxInf>") == 2
    wrong = person.send("/admin/orders/file", **{**fields, "payer_iban": "LV00DEMO0000000000043"})
    assert wrong.json()["problem"]["code"] == "WFL-530"
    other = people("auditor").send("/admin/orders/file", **fields)
    assert other.json()["problem"]["code"] == "AUT-601"
