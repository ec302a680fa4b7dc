"""Hasty hands and odd texts: double clicks, the back button, old links, HTML typed into fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.browser.visitor import Visitor

ACCOUNTANT, OTHERS = "partner_accountant.daugavpils", "partner_accountant.liepaja"
DRAFT, REVIEWED = "SK-00037", "SK-00016"
TAG = "<img src=x onerror=alert(1)> <b>treknraksts</b> & „teksts”"


def without_scripts(page: Page) -> None:
    """Serve every script empty, as a browser has it that does not run them."""

    def empty(route: Route) -> None:
        route.fulfill(body="", content_type="text/javascript")

    page.route(re.compile(r"\.js(\?|$)"), empty)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_double_click_makes_one_claim(
    base: str, visit: Callable[..., Visitor], *, has_scripts: bool
) -> None:
    """Proves that two clicks are one command, whether or not scripts run."""
    accountant = visit(base, ACCOUNTANT)
    page = accountant.page
    if not has_scripts:
        without_scripts(page)
    accountant.open("/admin/claims/new")
    page.fill("[name=claim_no]", "P-2026/7")
    page.dblclick("button[value=screen]")
    # The second click may call off the navigation of the first; where the two end is what counts.
    expect(page).to_have_url(re.compile(r"/claims/SK-"))
    page.wait_for_load_state("networkidle")
    accountant.open("/admin/claims")
    assert page.locator("main tr", has_text="P-2026/7").count() == 1


def test_a_double_click_submits_and_takes_up_once(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves it for a claim that is submitted and then taken up: each stands once."""
    accountant = visit(base, ACCOUNTANT)
    page = accountant.open(f"/admin/claims/{DRAFT}/submit")
    page.dblclick("form.submit button[type=submit]")
    page.wait_for_url(f"**/claims/{DRAFT}")
    page = accountant.open(f"/admin/claims/{DRAFT}/history")
    assert page.locator("main .timeline li", has_text="Iesniegts").count() == 1

    reviewer = visit(base, "agency_reviewer")
    page = reviewer.open(f"/admin/review/{DRAFT}")
    with page.expect_navigation():
        page.dblclick("form[action$='/start'] button[type=submit]")
    page.wait_for_load_state("networkidle")
    assert page.locator(".timeline li", has_text="agency_reviewer").count() == 1


def test_a_form_that_was_left_open_is_told_what_happened_since(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that the form of another tab, and the page one goes back to, submit nothing twice."""
    accountant = visit(base, ACCOUNTANT)
    accountant.expected.add(409)
    page = accountant.open(f"/admin/claims/{DRAFT}/submit")
    left = accountant.context.new_page()
    left.goto(f"/admin/claims/{DRAFT}/submit")
    page.click("form.submit button[type=submit]")
    page.wait_for_url(f"**/claims/{DRAFT}")

    left.click("form.submit button[type=submit]")
    left.wait_for_selector(".form-problem:visible")
    assert re.search(r"WFL-5\d\d", left.inner_text(".form-problem"))

    page.go_back()
    page.wait_for_load_state("networkidle")
    assert page.locator("form.submit").count() == 0
    assert "Šo pārskatu pašlaik nevar iesniegt." in page.inner_text("main")


@pytest.mark.parametrize(
    ("language", "foreign", "unknown"),
    [("lv", "nav atrast", "Šādas lapas nav"), ("en", "not found", "There is no such page")],
)
def test_links_to_what_is_foreign_or_gone_lead_to_words(
    seen: str, visit: Callable[..., Visitor], language: str, foreign: str, unknown: str
) -> None:
    """Proves that another's claim and one that never was look the same, in either language."""
    accountant = visit(seen, OTHERS, language)
    accountant.expected.add(404)
    told = []
    for claim in (DRAFT, "SK-99999"):
        for address in (f"/admin/claims/{claim}", f"/admin/claims/{claim}/lines/{claim}-0001"):
            text = accountant.open(address).inner_text("main")
            assert foreign in text.lower()
            assert "AUT-603" in text
            told.append(text.replace(claim, "…"))
    assert told[:2] == told[2:]
    text = accountant.open("/admin/nowhere").inner_text("main")
    assert unknown in text
    assert "WEB-404" in text


def test_a_link_to_a_line_that_was_removed_is_told(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that a bookmark of a line leads to words and a code after the line is gone."""
    accountant = visit(base, ACCOUNTANT)
    accountant.expected |= {404, 409}
    page = accountant.open(f"/admin/claims/{DRAFT}")
    page.click(f"tr[data-line={DRAFT}-0003] [data-remove]")
    page.click("#remove-line button[value=remove]")
    page.wait_for_selector(f"tr[data-line={DRAFT}-0003]", state="detached")
    expect(page.locator(".figures")).to_contain_text("2 rindas")
    expect(page.locator(".figures")).to_contain_text("26,40")
    text = accountant.open(f"/admin/claims/{DRAFT}/lines/{DRAFT}-0003").inner_text("main")
    assert "WFL-533" in text
    assert "26,40" in accountant.open(f"/admin/claims/{DRAFT}").inner_text(".figures")


def shows_as_text(page: Page) -> bool:
    """Say whether the page shows the tag as it was typed, and made no element of it."""
    made = page.locator("img[src=x], main b:text-is('treknraksts')").count()
    return made == 0 and TAG in page.inner_text("main")


def test_html_that_is_typed_is_shown_as_text(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves it for the number of a claim, the note of a line and the reason of a cut."""
    accountant = visit(base, ACCOUNTANT)
    page = accountant.open("/admin/claims/new")
    page.fill("[name=claim_no]", TAG)
    page.click("button[value=screen]")
    expect(page).to_have_url(re.compile(r"/claims/SK-"))
    assert shows_as_text(page)
    assert shows_as_text(accountant.open("/admin/claims"))

    accountant.open(f"/admin/claims/{DRAFT}?columns=all")
    note = page.locator(f"tr[data-line={DRAFT}-0001] td[data-key=note]")
    note.dblclick()
    page.keyboard.type(TAG)
    page.keyboard.press("Enter")
    page.get_by_text(re.compile(r"^saglabāts \d+:\d+$")).wait_for()
    assert shows_as_text(page)
    accountant.open(f"/admin/claims/{DRAFT}?columns=all")
    assert note.inner_text() == TAG
    assert shows_as_text(page)

    reviewer = visit(base, "agency_reviewer")
    page = reviewer.open(f"/admin/review/{REVIEWED}")
    page.check(f"[data-pick][value={REVIEWED}-0001]")
    page.check("#decide [name=kind][value=cut]")
    page.fill("#decide [name=limit]", "6,00")
    page.select_option("#decide [name=rule_code]", index=1)
    page.fill("#decide [name=reason]", TAG)
    with page.expect_navigation():
        page.click("#decide button[type=submit]")
    assert shows_as_text(page)
    assert TAG in page.input_value("#letter")
