"""The grid under a mouse: one click opens a cell, a new line is calm and has a lawful kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.test_paste import PASTE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

ACCOUNTANT, DRAFT = "partner_accountant.daugavpils", "SK-00037"
LINE = f'tr[data-line="{DRAFT}-0001"]'


def test_one_click_opens_a_cell(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves it for a figure, for the next cell and for a choice, and that leaving keeps all."""
    page = visit(base, ACCOUNTANT).open(f"/admin/claims/{DRAFT}?columns=all")
    amount = page.locator(f"{LINE} td[data-key=amount]")
    before = amount.inner_text()
    amount.click()
    expect(amount.locator("input")).to_be_focused()
    quantity = page.locator(f"{LINE} td[data-key=quantity]")
    quantity.click()
    expect(quantity.locator("input")).to_be_focused()
    expect(amount).to_have_text(before)
    kind = page.locator(f"{LINE} td[data-key=cost_form]")
    kind.click()
    expect(kind.locator("select")).to_be_focused()
    page.keyboard.press("Escape")
    expect(kind).to_be_focused()
    expect(page.locator("[data-status]")).to_be_empty()


def test_a_line_is_copied_but_for_its_day(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves that the copy is a new line with the same cells, and that its day is still open."""
    page = visit(base, ACCOUNTANT).open(f"/admin/claims/{DRAFT}?columns=all")
    rows = page.locator("tr[data-line]")
    before = rows.count()
    page.locator(f"{LINE} [data-copy]").click()
    page.wait_for_url(re.compile("after=last"))
    expect(rows).to_have_count(before + 1)
    for key in ("learner_ref", "plan_no", "amount", "evidence"):
        text = page.locator(f"{LINE} td[data-key={key}]").inner_text()
        expect(rows.last.locator(f"td[data-key={key}]")).to_have_text(text)
    expect(rows.last.locator("td[data-key=activity_on]")).to_have_text("")


def test_a_block_is_pasted_into_a_choice_that_is_open(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that the click before pasting does not swallow the block, nor keep the old kind."""
    page = visit(base, ACCOUNTANT).open(f"/admin/claims/{DRAFT}?columns=all")
    page.get_by_text("Pievienot rindu").click()
    page.wait_for_url(re.compile("after=last"))
    activity = page.locator("tr[data-line] td[data-key=activity]").last
    expect(page.locator(".line-found.line-new")).to_contain_text("Vēl jāaizpilda")
    activity.click()
    block = "pasākuma norises telpas\t\t05.03.2026"
    activity.locator("select").evaluate(PASTE, block)
    expect(activity).to_have_text("pasākuma norises telpas")
    form = page.locator("tr[data-line] td[data-key=cost_form]").last
    expect(form).to_have_text("faktiskās izmaksas")
    expect(page.locator("[data-status]")).to_contain_text("Darbība, Norises diena")
