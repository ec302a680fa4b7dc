"""Two reviewers at one claim: the second learns of the first, and keeps every word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.visitor import Visitor

KEY = "SK-00016"
ADDRESS = f"/admin/review/{KEY}"
FIRST, SECOND = f"{KEY}-0001", f"{KEY}-0002"
MINE = "Līgums ir par citu skolu; gaidām skaidrojumu"


def choose(page: Page, line_id: str, kind: str, reason: str) -> None:
    """Tick a line, choose what is decided about it, and say why."""
    page.check(f"[data-pick][value={line_id}]")
    page.check(f"#decide [name=kind][value={kind}]")
    page.fill("#decide [name=reason]", reason)


def table_of(page: Page) -> list[str]:
    """Read the lines with their decisions, and the figures above; ticks are one's own."""
    return [
        *page.locator("table.lines :is(tbody, tfoot) tr").all_inner_texts(),
        page.inner_text(".of-review"),
    ]


def test_the_second_reviewer_is_told_of_the_first_and_keeps_what_was_typed(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that nobody decides over what they have not read, and that no typed word is lost."""
    first = visit(base, "agency_reviewer")
    second = visit(base)
    # The code of the second factor is good once, so the second browser takes the session along.
    second.context.add_cookies(first.context.cookies())  # type: ignore[arg-type]
    second.expected.add(409)
    one, other = first.open(ADDRESS), second.open(ADDRESS)

    choose(one, FIRST, "park", "Plāns vēl nav apstiprināts")
    choose(other, SECOND, "park", MINE)
    with one.expect_navigation():
        one.click("#decide button[type=submit]")
    assert "Plāns vēl nav apstiprināts" in one.inner_text(f"tr[data-line={FIRST}] .decided")

    with other.expect_response(lambda answer: answer.request.method == "POST") as waiting:
        other.click("#decide button[type=submit]")
    assert waiting.value.status == 409
    other.wait_for_selector("#decide .form-problem:visible")
    told = other.inner_text("#decide .form-problem")
    assert "WFL-517" in told
    assert other.input_value("#decide [name=reason]") == MINE
    assert other.is_checked("#decide [name=kind][value=park]")
    assert other.is_checked(f"[data-pick][value={SECOND}]")
    assert other.inner_text(f"tr[data-line={SECOND}] .decided") == ""

    first.open(ADDRESS)
    second.open(ADDRESS)
    assert table_of(one) == table_of(other)
    assert other.input_value("#decide [name=reason]") == MINE
    assert other.is_checked(f"[data-pick][value={SECOND}]")
    assert not other.is_checked(f"[data-pick][value={FIRST}]")

    with other.expect_navigation():
        other.click("#decide button[type=submit]")
    assert MINE in other.inner_text(f"tr[data-line={SECOND}] .decided")
    first.open(ADDRESS)
    assert table_of(one) == table_of(other)


def test_what_was_typed_is_put_back_on_the_lines_it_was_typed_for(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that under a filter, where other lines stand first, no other line is ticked."""
    reviewer = visit(base, "agency_reviewer")
    page = reviewer.open(ADDRESS)
    choose(page, FIRST, "park", MINE)
    reviewer.open(f"{ADDRESS}?q={SECOND}")
    assert page.locator("[data-pick]").count() == 1
    assert not page.is_checked(f"[data-pick][value={SECOND}]")
    assert page.input_value("#decide [name=reason]") == MINE
    assert page.is_checked("#decide [name=kind][value=park]")
    reviewer.open(ADDRESS)
    assert page.is_checked(f"[data-pick][value={FIRST}]")
    assert page.inner_text("[data-picked]") == "1"
