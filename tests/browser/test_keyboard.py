"""The life of a claim by keyboard alone: nobody here touches a mouse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.keyboard import Hands

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

DRAFT = "SK-00037"
"""A draft of Daugavpils; its first line is typed again with another day."""


def first_line_of_the_draft(accountant: Visitor) -> dict[str, str]:
    """Read what is typed again: the texts of the cells by their columns."""
    page = accountant.open(f"/admin/claims/{DRAFT}?columns=all")
    cells = page.locator("tr[data-line] >> nth=0").locator("td[data-key]").all()
    line = {str(cell.get_attribute("data-key")): cell.inner_text() for cell in cells}
    return line | {"activity_on": "16.04.2026."}


def type_a_line(hands: Hands, line: dict[str, str]) -> None:
    """Fill the row whose first cell has the focus, cell by cell; choices are walked with arrows."""
    typed: set[str] = set()
    while typed != set(line):
        column, before = hands.cell()
        assert column not in typed
        typed.add(column)
        text = line[column]
        if text == before:
            hands.press("ArrowRight")
            continue
        hands.press("Enter")
        if hands.focused().startswith("select-one"):
            hands.press("Home")
            hands.tab_to(rf"= {re.escape(text)}$", key="ArrowDown")
        else:
            hands.write(text)
        hands.press("Tab")
    hands.page.get_by_text(re.compile(r"^saved \d+:\d+$")).wait_for()
    found = hands.page.locator(".line-found")
    assert found.count() == 0, found.all_inner_texts()


def file_a_claim(accountant: Visitor) -> str:
    """Create a claim on the screen, type its line, submit it."""
    line = first_line_of_the_draft(accountant)
    accountant.open("/admin/claims")
    hands = Hands(accountant)
    hands.follow("a: New claim").follow("submit: Begin on the screen")
    found = re.search(r"SK-\d+", hands.page.url)
    assert found
    hands.follow("a: All columns").follow("button: Add a line")
    type_a_line(hands, line)
    hands.follow(r"a: Submit…")
    while not hands.press("Tab").focused().startswith("submit: Submit €"):
        if hands.focused().startswith("checkbox: "):
            hands.press("Space")
    with hands.page.expect_navigation():
        hands.press("Enter")
    assert "Submitted" in hands.page.inner_text(".head")
    return found[0]


def find(agent: Visitor, claim: str) -> Hands:
    """Search the work queue for a claim, and open it from there."""
    agent.open("/admin/queue?state=all")
    hands = Hands(agent).press("/").write(claim)
    with hands.page.expect_navigation():
        hands.press("Enter")
    return hands.follow(f"^a: {claim}$")


def review(reviewer: Visitor, claim: str) -> None:
    """Take the claim up, answer the checklist with “yes”, pass it on."""
    hands = find(reviewer, claim).follow("submit: Start the review")
    while not hands.press("Tab").focused().startswith("submit: Keep the answers"):
        if hands.focused().startswith("radio: Yes"):
            hands.press("Space")
    with hands.page.expect_navigation():
        hands.press("Enter")
    hands.follow("submit: Pass on for approval")


def approve(approver: Visitor, claim: str) -> None:
    """Approve the claim; the demo has the code of the second factor filled in."""
    hands = find(approver, claim).tab_to("submit: Approve €")
    with hands.page.expect_navigation():
        hands.press("Enter")
    assert "Approved" in hands.page.inner_text(".facts")


def tick_only(hands: Hands, wanted: str) -> None:
    """Tick one box of a list, and take the ticks off those that stand before it or behind."""
    hands.tab_to("checkbox")
    while hands.focused().startswith("checkbox"):
        if (wanted in hands.focused()) != hands.focused().startswith("checkbox, ticked"):
            hands.press("Space")
        hands.press("Tab").tab_to("^(checkbox|text|date)")


def pay(treasurer: Visitor, claim: str) -> None:
    """Order the payment of the claim, and mark it paid."""
    treasurer.open("/admin/orders")
    hands = Hands(treasurer)
    tick_only(hands, f"Order {claim}")
    hands.follow("submit: Order 1 payment, €13.20")
    treasurer.open("/admin/orders?state=ordered")
    row = hands.page.locator("tr", has_text=claim)
    order = row.locator("a").first.inner_text()
    tick_only(hands, f"Mark {order} paid")
    hands.follow("submit: Mark 1 order paid, €13.20")


def test_a_claim_is_filed_reviewed_approved_and_paid_by_keyboard(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that every control of a claim's life is reached by Tab and worked by keys."""
    accountant = visit(base, "partner_accountant.daugavpils", "en")
    claim = file_a_claim(accountant)
    review(visit(base, "agency_reviewer", "en"), claim)
    approve(visit(base, "agency_approver", "en"), claim)
    pay(visit(base, "agency_treasurer", "en"), claim)
    page = accountant.open(f"/admin/claims/{claim}")
    assert "Paid" in page.inner_text(".head")
    assert "€13.20" in page.inner_text(".figures")
