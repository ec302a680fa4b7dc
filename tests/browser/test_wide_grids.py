"""A grid that is wider than the screen: what it is about stays in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.visitor import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.visitor import Visitor

DRAFT = "/admin/claims/SK-00025"


def is_in_sight(one: Locator, region: Locator) -> bool:
    """Say whether something stands between the left and the right edge of a region."""
    inner, outer = one.bounding_box(), region.bounding_box()
    assert inner
    assert outer
    return (
        inner["x"] >= outer["x"] - 1
        and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
    )


@pytest.mark.parametrize("moved", [0, 900])
@pytest.mark.parametrize("columns", ["", "?columns=all"])
def test_amount_verdict_and_finding_stay_in_sight(
    base: str, visit: Callable[..., Visitor], columns: str, moved: int
) -> None:
    """Proves it with few columns and all of them, at the beginning and moved to the right."""
    accountant = visit(base, "partner_accountant.rezekne")
    page = accountant.open(DRAFT)
    page.locator('td[data-key="amount"]').first.dblclick()
    page.keyboard.type("999")
    page.keyboard.press("Enter")
    page.locator("tr[data-found] .found").first.wait_for()
    page.locator("[data-status]").filter(has_text=":").wait_for()
    accountant.open(f"{DRAFT}{columns}")
    grid = page.locator(".lines-scroll")
    grid.evaluate(f"one => one.scrollLeft = {moved}")
    for place in ("td.line-amount", "td.line-eligible", "td.line-why a", "tr[data-found] .found"):
        assert is_in_sight(grid.locator(place).first, grid), place
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert accountant.barriers() == []
        assert not accountant.is_wider_than_the_screen()
