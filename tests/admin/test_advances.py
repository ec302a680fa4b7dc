"""Advances: proposed by one person, ordered by another, cleared, repaid, and never too large."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.people import Browser

MANAGER, TREASURER = "programme_manager", "agency_treasurer"
DAUGAVPILS = "99990100019"
KEPT = {"programme": "skola-kopiena", "partner": DAUGAVPILS}


def test_an_advance_goes_through_two_people_and_comes_back(people: Browser) -> None:
    """Proves the life of an advance: proposed, ordered, paid, repaid in part, the rest is out."""
    manager, treasurer = people(MANAGER), people(TREASURER)
    room = manager.get(f"/admin/advances/new?partner={DAUGAVPILS}").text
    assert "€72,490.56" in room
    reason = "<script>alert(1)</script>"
    made = manager.send("/admin/advances", cents="1000.00", reason=reason, **KEPT)
    address = made.json()["goto"]
    page = manager.get(address).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert 'class="act act-shut" data-act="order_advance"' in page
    told = treasurer.get(address).text.split('data-act="order_advance"')[1].split("</form>")[0]
    assert told.count("+€1,000.00") == 2
    assert treasurer.send(f"{address}/order_advance", batch="MF-9").status_code == 200
    order = re.search(r"/admin/orders/(MR-SK-\d+)", treasurer.get(address).text)
    assert order
    pay = f"/admin/orders/{order[1]}"
    on = re.search(r'name="executed_on"[^>]*value="([^"]+)"', treasurer.get(pay).text)
    assert on
    treasurer.send(f"{pay}/mark_advance_paid", executed_on=on[1], statement="KI-9")
    repaid = {"cents": "250,00", "repaid_on": on[1]}
    assert treasurer.send(f"{address}/repay_unspent_advance", **repaid).status_code == 200
    page = treasurer.get(address).text
    assert "€750.00" in page
    assert "PAY-853" in page, "it is not overdue yet, and the page says why"
    many = treasurer.send(f"{address}/repay_unspent_advance", cents="750.01", repaid_on=on[1])
    assert many.json()["problem"]["code"] == "PAY-803"


def test_more_than_the_share_of_the_allocation_is_refused(people: Browser) -> None:
    """Proves that a cent too much is refused with its code, and an unread amount with its own."""
    manager = people(MANAGER)
    above = manager.send("/admin/advances", cents="72490.57", reason="x", **KEPT)
    assert above.json()["problem"]["code"] == "FUN-718"
    unread = manager.send("/admin/advances", cents="1.234", reason="x", **KEPT)
    assert unread.json()["problem"]["code"].startswith("WBK-43")


def test_a_proposed_advance_is_refused_by_the_treasurer_or_taken_back(people: Browser) -> None:
    """Proves both ends of a proposal, and that it cannot be ordered afterwards."""
    manager, treasurer = people(MANAGER), people(TREASURER)
    addresses = [
        manager.send("/admin/advances", cents="10", reason="x", **KEPT).json()["goto"]
        for _ in range(2)
    ]
    assert (
        treasurer.send(f"{addresses[0]}/reject_advance", reason="nav vajadzīgs").status_code == 200
    )
    assert manager.send(f"{addresses[1]}/withdraw_advance").status_code == 200
    for address in addresses:
        code = treasurer.send(f"{address}/order_advance").json()["problem"]["code"]
        assert code == "WFL-501"
    listed = manager.get("/admin/advances").text
    assert all(address in listed for address in addresses)


def test_what_was_cleared_and_repaid_stands_in_cents(people: Browser) -> None:
    """Proves that a project's advance of 3 680 € shows 3 000 € cleared, 680 € repaid, none out."""
    page = re.sub(r"\s+", " ", people("auditor", "lv").get("/admin/advances").text)
    row = page.split("/admin/advances/AV-SK-00002")[1].split("</tr>")[0]
    assert [row.count(cents) for cents in ("3 680,00", "3 000,00", "> 680,00", ">680,00")] == [
        1,
        1,
        0,
        1,
    ]
    assert "<strong>0,00" in row
