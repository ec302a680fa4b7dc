"""The same claim in two tabs: who is told of whom, and what the lines are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.visitor import Visitor

KEY = "SK-00025"
LINE = f"{KEY}-0002"


def mend(page: Page, amount: str) -> None:
    """Type another amount into the second line."""
    page.locator(f'tr[data-line="{LINE}"] td[data-key="amount"]').dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type(amount)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("other", "title"),
    [
        ("partner_accountant.rezekne", "Šīs rindas ir mainītas jūsu citā cilnē vai logā"),
        ("partner_coordinator.rezekne", "Šīs rindas ir mainījis kāds cits"),
    ],
)
def test_who_was_slower_learns_who_was_faster(
    base: str, visit: Callable[..., Visitor], other: str, title: str
) -> None:
    """Proves that one's own other tab is called so, and that a line goes by its number."""
    slow, fast = visit(base, "partner_accountant.rezekne"), visit(base, other)
    slow.expected.add(409)
    page = slow.open(f"/admin/claims/{KEY}")
    first = fast.open(f"/admin/claims/{KEY}")
    mend(first, "12,00")
    first.locator("[data-status]").filter(has_text="saglabāts").wait_for()
    mend(page, "11,00")
    dialog = page.locator("#both-versions[open]")
    dialog.wait_for()
    assert dialog.locator("h2").inner_text() == title
    assert dialog.locator("tbody td").first.inner_text().startswith(f"2. rinda ({LINE})")
    assert slow.barriers() == []
