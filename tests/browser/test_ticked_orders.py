"""Lists that are ticked: the button says what is chosen, by mouse, by keys and aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.keyboard import Hands

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.visitor import Visitor


def plain(place: Locator) -> str:
    """Give a text with spaces that break."""
    return place.inner_text().replace("\N{NO-BREAK SPACE}", " ")


def test_the_button_says_how_many_claims_are_chosen_and_their_sum(
    seen: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that nothing is chosen at first, and every tick changes number, sum and words."""
    treasurer = visit(seen, "agency_treasurer")
    page = treasurer.open("/admin/orders")
    button = page.locator("form[action$='/orders/order'] button[type=submit]")
    everything = page.get_by_label("Izvēlēties visus")
    boxes = page.locator("input[name=claim]").all()
    assert plain(button) == "Izveidot rīkojumus"
    page.locator("input[value=SK-00009]").check()
    assert plain(button) == "Izveidot rīkojumus: 1 pārskats, 26,40 €"
    assert everything.evaluate("it => it.indeterminate")
    page.locator("input[value=SK-00021]").check()
    assert plain(button) == "Izveidot rīkojumus: 2 pārskati, 66,00 €"
    page.get_by_text("Izvēlēti 2 pārskati, 66,00 €").wait_for(state="attached")
    everything.check()
    assert all(box.is_checked() for box in boxes)
    assert plain(button) == f"Izveidot rīkojumus: {len(boxes)} pārskati, 142,00 €"
    everything.uncheck()
    assert not any(box.is_checked() for box in boxes)
    assert plain(button) == "Izveidot rīkojumus"
    assert treasurer.barriers() == []


def test_all_orders_are_chosen_by_keys(seen: str, visit: Callable[..., Visitor]) -> None:
    """Proves that Tab reaches the box that ticks all, and Space works it."""
    treasurer = visit(seen, "agency_treasurer", "en")
    page = treasurer.open("/admin/orders?state=ordered")
    Hands(treasurer).tab_to("checkbox: Choose all").press("Space")
    Hands(treasurer).tab_to("submit: Mark 3 orders paid, €118.80")
    assert page.locator("input[name=order]:checked").count() == 3
