"""The lines of a review: what proves each is in sight, and one box chooses them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.visitor import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

ADDRESS = "/admin/review/SK-00016"


def test_the_documents_of_a_line_stand_before_its_amount(
    seen: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that the reviewer reads what the checklist asks about, in full where it is cut."""
    page = visit(seen, "agency_reviewer").open(ADDRESS)
    keys = page.locator("th[data-column]").evaluate_all("all => all.map(it => it.dataset.column)")
    assert keys.index("evidence") + 1 == keys.index("amount")
    cell = page.locator("td.line-proof").first
    assert "nodarbību žurnāls" in cell.inner_text()
    assert cell.locator("span").get_attribute("title") == cell.inner_text()
    row = page.locator("tr[data-line]").first
    row.focus()
    assert cell.locator("span").evaluate("it => it.scrollHeight <= it.clientHeight + 1")


def test_one_box_chooses_every_line_of_the_page(seen: str, visit: Callable[..., Visitor]) -> None:
    """Proves it by keys: all, some, none, and how many are chosen is told."""
    reviewer = visit(seen, "agency_reviewer")
    page = reviewer.open(ADDRESS)
    every = page.get_by_role("checkbox", name="Izvēlēties visas šīs lapas rindas")
    boxes = page.locator("[data-pick]")
    told = page.locator("#picked-of")
    expect(told).to_have_text("0 no 3")
    every.focus()
    page.keyboard.press("Space")
    expect(told).to_have_text("3 no 3")
    expect(page.locator("[data-picked]")).to_have_text("3")
    assert boxes.evaluate_all("all => all.every(box => box.checked)")
    boxes.first.uncheck()
    expect(told).to_have_text("2 no 3")
    assert every.evaluate("box => box.indeterminate && !box.checked")
    every.check()
    every.uncheck()
    expect(told).to_have_text("0 no 3")
    assert not boxes.evaluate_all("all => all.some(box => box.checked)")
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert reviewer.barriers() == []
    assert page.locator("[data-pick-all]").count() == 1
    closed = visit(seen, "auditor").open(ADDRESS)
    assert closed.locator("[data-pick-all]").count() == 0
