"""Small things that people stumble over: jumping pages, rows of a form, words that promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.visitor import DESKTOP, PHONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

ROOT = "getComputedStyle(document.documentElement)"
CUT_OFF = """() => [...document.querySelectorAll("input[type=search]")].filter((field) => {
  const style = getComputedStyle(field), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return pen.measureText(field.placeholder).width > room;
}).map((field) => field.placeholder)"""
"""What a search says of itself and finds no room for."""


def test_no_page_jumps_for_its_scrollbar(seen: str, visit: Callable[..., Visitor]) -> None:
    """Proves that the room of the scrollbar is kept at its side, and none beside the menu."""
    page = visit(seen, "partner_accountant.daugavpils").open("/admin/")
    assert page.evaluate(f"{ROOT}.marginLeft") == "0px"
    assert page.evaluate(f"{ROOT}.scrollbarGutter") == "stable"


def test_names_and_searches_are_not_cut_off(seen: str, visit: Callable[..., Visitor]) -> None:
    """Proves that a long login and what a search finds are read whole, also on a telephone."""
    accountant = visit(seen, "partner_accountant.daugavpils")
    page = accountant.open("/admin/")
    shown, wide = page.evaluate(
        "(({clientWidth, scrollWidth}) => [clientWidth, scrollWidth])"
        "(document.querySelector('.person-name'))"
    )
    assert wide <= shown
    looks = [
        (accountant, "/admin/claims"),
        (visit(seen, "agency_reviewer"), "/admin/review/SK-00016"),
        (visit(seen, "agency_treasurer"), "/admin/orders?state=all"),
        (visit(seen, "auditor"), "/admin/journal"),
    ]
    for visitor, address in looks:
        for size in (DESKTOP, PHONE):
            visitor.page.set_viewport_size(size)
            assert visitor.open(address).evaluate(CUT_OFF) == [], (address, size)


def test_a_table_is_not_touched_by_what_stands_above(
    seen: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that a sentence and the table that it explains are two things."""
    page = visit(seen, "agency_treasurer").open("/admin/orders")
    said = page.locator("main > .lead").bounding_box()
    table = page.locator(".scroll").bounding_box()
    assert said is not None
    assert table is not None
    assert table["y"] - said["y"] - said["height"] >= 8


def test_what_was_saved_is_told_where_the_person_looks(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that a page stays where it was after saving, with the message in sight."""
    reviewer = visit(base, "agency_reviewer")
    page = reviewer.open("/admin/review/SK-00016?show=sample")
    save = page.locator("form[action$='/checklist'] button[type=submit]")
    page.locator("input[type=radio][name=answer-publicity]").last.check()
    save.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 0
    with page.expect_navigation():
        save.click()
    page.wait_for_function(f"Math.abs(scrollY - {before}) < 80")
    assert page.url.endswith("/admin/review/SK-00016?show=sample")
    told = page.locator(".flashes .note")
    box = told.bounding_box()
    assert "Saglabāta 1 atbilde" in told.inner_text()
    assert box is not None
    assert 0 < box["y"] < 200


def test_a_refused_claim_is_not_called_saved(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves that both days stand in one row, and that a refusal leaves no word of saving."""
    accountant = visit(base, "partner_accountant.daugavpils")
    accountant.expected.update({409, 422})
    page = accountant.open("/admin/claims/new")
    days = [page.locator(f"[name={name}]").bounding_box() for name in ("period_from", "period_to")]
    assert days[0] and days[1] and days[0]["y"] == days[1]["y"]  # noqa: PT018 - one row
    page.fill("[name=period_from]", "2026-05-01")
    page.fill("[name=period_to]", "2026-04-01")
    page.click("button[value=screen]")
    page.locator(".form-problem:visible").wait_for()
    told = page.inner_text("form[data-keep] .kept")
    assert "saglabāts" not in told
    assert "vēl nav nosūtīts" in told
    assert accountant.barriers() == []
