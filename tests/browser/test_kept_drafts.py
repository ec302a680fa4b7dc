"""What was typed into one form of a review while another one is sent, or somebody else saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.visitor import Visitor

KEY = "SK-00016"
SAVE = "form[action$='/checklist'] button[type=submit]"


def answer(page: Page, item: str, value: str, note: str = "") -> None:
    """Answer an item of the checklist without saving it."""
    page.check(f"[name=answer-{item}][value={value}]")
    if note:
        page.fill(f"[name=note-{item}]", note)


def answered(page: Page, item: str) -> tuple[str | None, str]:
    """Give what the page shows as answer and note of an item."""
    chosen = page.locator(f"[name=answer-{item}]:checked")
    value = chosen.get_attribute("value") if chosen.count() else None
    return value, page.input_value(f"[name=note-{item}]")


def cut_first_line(page: Page) -> None:
    """Cut a line of the claim: the page is loaded anew, and the letter gets another reason."""
    page.check(f"[data-pick][value={KEY}-0001]")
    page.check("#decide [name=kind][value=cut]")
    page.fill("#decide [name=limit]", "6,00")
    page.select_option("#decide [name=rule_code]", index=1)
    page.fill("#decide [name=reason]", "Trūkst žurnāla")
    with page.expect_navigation():
        page.click("#decide button[type=submit]")


def test_a_decision_costs_no_answer_and_no_letter(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves that answers, notes and the letter come back after a decision about a line."""
    reviewer = visit(base, "agency_reviewer")
    page = reviewer.open(f"/admin/review/{KEY}")
    answer(page, "publicity", "no", "Nav plakāta")
    page.fill("#letter", "Lūdzu, pievienojiet žurnālu.")
    page.check("[name=knows_open]")
    cut_first_line(page)
    assert answered(page, "publicity") == ("no", "Nav plakāta")
    assert page.input_value("#letter") == "Lūdzu, pievienojiet žurnālu."
    assert not page.is_checked("[name=knows_open]"), "what is open is another matter now"
    expect(page.locator("#letter-anew")).to_contain_text("Trūkst žurnāla")
    assert reviewer.barriers() == []
    page.click("[data-take-anew]")
    assert "Trūkst žurnāla" in page.input_value("#letter")
    page.reload()
    assert "Trūkst žurnāla" in page.input_value("#letter")
    expect(page.locator("#letter-anew")).to_be_hidden()

    with page.expect_navigation():
        page.click(SAVE)
    kept = page.evaluate("Object.keys(localStorage).filter((key) => key.includes('checklist'))")
    assert kept == []
    assert answered(page, "publicity") == ("no", "Nav plakāta")


def test_what_was_saved_since_is_not_overwritten(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves that a kept draft yields to an answer saved elsewhere, and to nothing else."""
    slow, fast = visit(base, "agency_reviewer"), visit(base, "agency_reviewer")
    page = slow.open(f"/admin/review/{KEY}")
    answer(page, "publicity", "yes")
    answer(page, "separate_accounts", "yes", "Apskatīts konts")
    other = fast.open(f"/admin/review/{KEY}")
    answer(other, "publicity", "no", "Nav plakāta")
    with other.expect_navigation():
        other.click(SAVE)
    page.reload()
    assert answered(page, "publicity") == ("no", "Nav plakāta")
    assert answered(page, "separate_accounts") == ("yes", "Apskatīts konts")
