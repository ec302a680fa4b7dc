"""A block copied from a spreadsheet and pasted into the grid, as a browser hands it over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.visitor import Visitor

ACCOUNTANT, DRAFT = "partner_accountant.daugavpils", "SK-00037"
PASTE = """(cell, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const told = { clipboardData, bubbles: true, cancelable: true };
  cell.dispatchEvent(new ClipboardEvent("paste", told));
}"""


def paste(cell: Locator, *rows: str) -> None:
    """Paste rows of cells."""
    cell.focus()
    cell.evaluate(PASTE, "\n".join(rows))


def test_a_block_is_pasted_whole_or_not_at_all(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves that headings find their columns, that no cell is lost, and that too much is told."""
    accountant = visit(base, ACCOUNTANT)
    accountant.expected.add(422)
    page = accountant.open(f"/admin/claims/{DRAFT}")
    amount = page.locator("tbody tr[data-line] td[data-key=amount]")
    status = page.locator("[data-status]")
    paste(amount.last, "\t".join("x" * 60))
    expect(status).to_contain_text("WBK-440")

    paste(
        amount.last,
        "Daudzums\tPieteiktā summa, EUR\tNorises diena",
        "1\t12,00\t05.03.2026",
        "1\t13,20\t31.02.2026",
    )
    page.wait_for_url(re.compile("after=last"))
    expect(amount).to_have_count(4)
    expect(amount.nth(2)).to_have_text("12,00")
    day = page.locator(f"tr[data-line={DRAFT}-0004] td[data-key=activity_on]")
    expect(day).to_have_text("31.02.2026")
    expect(day).to_have_class(re.compile("is-unread"))
    expect(status).to_contain_text("nav nolas")
    page.reload()
    expect(day).to_have_text("31.02.2026")
