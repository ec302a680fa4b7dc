"""The form of one line under somebody's hands: it follows the kind, and a plan fills it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page, Response, Route

    from tests.browser.visitor import Visitor

ACCOUNTANT, DRAFT = "partner_accountant.rezekne", "SK-00025"


def cell(page: Page, key: str) -> Locator:
    """Give the field of a cell."""
    return page.locator(f'[name="cell:{key}"]')


@pytest.fixture
def begun(base: str, visit: Callable[..., Visitor]) -> Visitor:
    """Add a line on the screen, and open its form."""
    visitor = visit(base, ACCOUNTANT)
    page = visitor.open(f"/admin/claims/{DRAFT}")
    page.get_by_text("Pievienot rindu").click()
    page.wait_for_url(re.compile("after=last"))
    visitor.open(f"/admin/claims/{DRAFT}/edit/line/{DRAFT}-0004")
    return visitor


def test_stars_and_invoice_follow_the_kind(begun: Visitor) -> None:
    """Proves it there and back, and that nothing is red before anything was typed."""
    page = begun.page
    assert page.locator(".is-invalid").count() == 0
    star = page.locator(".field", has=cell(page, "document_no")).locator(".needed")
    expect(star).to_have_count(0)
    cell(page, "activity").select_option("pasākuma norises telpas")
    expect(cell(page, "cost_form")).to_have_value("faktiskās izmaksas")
    expect(star).to_have_count(1)
    expect(cell(page, "document_no")).to_be_visible()
    cell(page, "activity").select_option("lasītprasmes atbalsts")
    expect(cell(page, "cost_form")).to_have_value("vienības izmaksas")
    expect(star).to_have_count(0)
    expect(cell(page, "document_no")).to_be_hidden()


def test_a_plan_is_offered_and_fills_its_learner(begun: Visitor) -> None:
    """Proves that another plan brings another learner, and that a typed pseudonym stays."""
    page = begun.page
    cell(page, "plan_no").focus()
    options = page.locator("datalist#known-plan_no option")
    expect(options.first).to_be_attached()
    plans = options.evaluate_all("all => all.slice(0, 2).map((one) => [one.value, one.label])")
    learner = cell(page, "learner_ref")
    for plan_no, told in plans:
        cell(page, "plan_no").fill(plan_no)
        expect(learner).to_have_value(str(told).partition(" · ")[0])
    expect(page.locator("[data-line-status]")).to_contain_text("Izglītojamā pseidonīms")
    learner.fill("REZ-X")
    with page.expect_response("**/check"):
        cell(page, "plan_no").fill(plans[0][0])
    expect(learner).to_have_value("REZ-X")
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        assert begun.barriers() == []
        assert not begun.is_wider_than_the_screen()


def test_an_answer_that_comes_late_takes_no_letter(begun: Visitor) -> None:
    """Proves that what was typed while a check was on its way is not overwritten by it."""
    page = begun.page
    cell(page, "plan_no").focus()
    options = page.locator("datalist#known-plan_no option")
    expect(options.first).to_be_attached()
    plan_no = options.first.get_attribute("value")
    assert plan_no is not None
    held: list[Route] = []
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one) if one.url.endswith("/check") else None)

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/check", hold, times=1)
    with page.expect_request("**/check"):
        cell(page, "plan_no").fill(plan_no)
    learner = cell(page, "learner_ref")
    # As whoever types and is in the next field already.
    learner.evaluate(
        "(field) => { field.value = 'REZ-X'; "
        "field.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    held[0].continue_()
    for _ in range(100):
        if len(answers) > 1:
            break
        page.wait_for_timeout(100)
    assert len(answers) > 1
    expect(learner).to_have_value("REZ-X")
