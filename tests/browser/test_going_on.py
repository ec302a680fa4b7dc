"""Going on from the grid: what was typed last goes along, and nothing is submitted without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.visitor import Visitor

ACCOUNTANT, DRAFT = "partner_accountant.daugavpils", "SK-00037"
CLAIM, SUBMIT = f"/admin/claims/{DRAFT}", f"/admin/claims/{DRAFT}/submit"
LINE = f'tr[data-line="{DRAFT}-0001"]'


def type_amount(page: Page, text: str) -> None:
    """Type an amount into the first line, and leave the cell open."""
    page.locator(f"{LINE} td[data-key=amount]").click()
    page.locator(f"{LINE} td[data-key=amount] input").fill(text)


def submit(page: Page) -> None:
    """Click the button that leads to the page from which the claim is submitted."""
    page.locator(f".claim-foot a[href='{SUBMIT}']").click()


def test_a_cell_that_is_still_open_is_submitted_too(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves it with a click on “Submit…” right after typing: the sum there is the typed one."""
    page = visit(base, ACCOUNTANT).open(CLAIM)
    expect(page.locator(".claim-figures")).to_contain_text("39,60")
    type_amount(page, "12,20")
    submit(page)
    page.wait_for_url(f"**{SUBMIT}")
    expect(page.locator(".figures")).to_contain_text("38,60")
    expect(page.locator("form.submit button[type=submit]")).to_be_enabled()


def test_what_cannot_be_read_is_not_submitted_in_silence(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that the first click says so, the second leaves, and nothing can be submitted there.

    Back on the lines the text is put back; once it is mended the claim can be submitted.
    """
    page = visit(base, ACCOUNTANT).open(CLAIM)
    type_amount(page, "trīspadsmit")
    submit(page)
    expect(page.locator("[data-status]")).to_contain_text("vēl nav pārskatā")
    expect(page.locator(f"{LINE} td.is-unread")).to_be_focused()
    assert page.url.endswith(CLAIM)
    submit(page)
    page.wait_for_url(f"**{SUBMIT}")
    expect(page.locator("[data-kept-lines]")).to_be_visible()
    expect(page.locator("form.submit button[type=submit]")).to_be_disabled()

    page.locator("[data-kept-lines] a").click()
    expect(page.locator(f"{LINE} td[data-key=amount]")).to_have_text("trīspadsmit")
    expect(page.locator(f"{LINE} td.is-unread")).to_have_count(1)
    type_amount(page, "13,20")
    submit(page)
    page.wait_for_url(f"**{SUBMIT}")
    expect(page.locator("[data-kept-lines]")).to_be_hidden()
    expect(page.locator("form.submit button[type=submit]")).to_be_enabled()


def test_the_foot_of_a_filter_follows_its_lines(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves that mending the one line in sight changes the sum below it, and no other is added."""
    page = visit(base, ACCOUNTANT).open(f"{CLAIM}?q=0001")
    expect(page.locator("tr[data-line]")).to_have_count(1)
    type_amount(page, "12,20")
    page.keyboard.press("Enter")
    expect(page.locator("tfoot [data-total=claimed]")).to_have_text(re.compile(r"^12,20"))
    expect(page.locator(".claim-figures")).to_contain_text("38,60")


def test_mending_begins_in_the_cell_that_is_at_fault(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that “Mend what was found” leads to the lines and into the first faulty cell."""
    page = visit(base, ACCOUNTANT).open(f"{CLAIM}?columns=all")
    page.locator(f"{LINE} td[data-key=plan_no]").click()
    page.locator(f"{LINE} td[data-key=plan_no] input").fill("")
    page.keyboard.press("Enter")
    mend = page.get_by_role("link", name="Labot konstatēto")
    mend.first.click()
    page.wait_for_url(re.compile("mark=mend#first"))
    expect(page.locator("td.is-faulty").first).to_be_focused()
