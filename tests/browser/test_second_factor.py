"""The code that an approval asks for: a demonstration never leaves a useless one in its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

FIELD = "#second-factor"
APPROVE = "form.approve button[type=submit]"


def test_after_a_refusal_the_next_code_is_filled_in(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves it for a wrong code, and for a code that was right while the sum was another."""
    approver = visit(base, "agency_approver")
    approver.expected |= {401, 409}
    page = approver.open("/admin/approvals")
    page.locator("main table a[href*='/approvals/']").first.click()
    hint = page.locator("#second-factor-hint")
    expect(hint).to_contain_text("Demonstrācijā kods jau ir ierakstīts")
    first = page.input_value(FIELD)
    page.fill(FIELD, "000000")
    page.click(APPROVE)
    expect(page.locator("form.approve .form-problem")).to_contain_text("AUT-610")
    expect(page.locator(FIELD)).to_have_value(first)
    expect(hint).to_have_text("Ierakstīts jauns demonstrācijas kods: katrs kods der vienu reizi.")
    assert approver.barriers() == []

    asked = page.locator("form.approve [name=expected_cents]")
    right = asked.get_attribute("value")
    asked.evaluate("(field) => { field.value = '1'; }")
    page.click(APPROVE)
    expect(page.locator("form.approve .form-problem")).not_to_contain_text("AUT-610")
    expect(page.locator(FIELD)).not_to_have_value(first)
    second = page.input_value(FIELD)
    assert len(second) == 6
    assert second.isdecimal()

    asked.evaluate("(field, value) => { field.value = value; }", right)
    with page.expect_navigation():
        page.click(APPROVE)
    expect(page.locator(".flashes")).to_contain_text("Apstiprināts")
