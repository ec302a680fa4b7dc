"""Tables at a desk: what a person came for is seen without moving the table sideways."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.admin.agency import Agency
from tests.browser.conftest import STORES
from tests.usecases.world import line

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

OUTSIDE = """places => places.filter(place => {
  const seen = place.closest('.scroll').getBoundingClientRect();
  const its = place.getBoundingClientRect();
  return its.left < seen.left || its.right > seen.right + 1;
}).map(place => place.className + ' ' + place.textContent)"""
"""What of some places reaches beyond the part of their table that is seen."""


@pytest.mark.parametrize(
    ("login", "address"),
    [
        ("agency_reviewer", "/admin/queue"),
        ("agency_reviewer", "/admin/queue?state=all"),
        ("agency_reviewer", "/admin/claims"),
        ("agency_treasurer", "/admin/orders"),
        ("agency_treasurer", "/admin/orders?state=ordered"),
        ("agency_treasurer", "/admin/orders?state=executed"),
        ("agency_reviewer", "/admin/review/SK-00016"),
    ],
)
def test_a_list_fits_a_desk(
    seen: str, visit: Callable[..., Visitor], login: str, address: str
) -> None:
    """Proves that at 1400 pixels the last column is in sight with the first."""
    page = visit(seen, login).open(address)
    assert page.locator(".scroll td").count()
    assert page.locator(".scroll th, .scroll td").evaluate_all(OUTSIDE) == []


def test_amount_and_decision_stay_in_sight_however_many_columns_there_are(
    seen: str, visit: Callable[..., Visitor]
) -> None:
    """Proves that what is claimed, eligible and decided stays, and the others pass below."""
    page = visit(seen, "agency_reviewer").open("/admin/review/SK-00003?columns=all")
    assert page.locator("table.lines").evaluate("it => it.scrollWidth > it.parentNode.clientWidth")
    stays = page.locator(".line-amount, .line-eligible, .line-why, .line-extra")
    assert stays.count() > 12
    assert stays.evaluate_all(OUTSIDE) == []


def test_what_was_found_wraps_in_what_is_seen(base: str, visit: Callable[..., Visitor]) -> None:
    """Proves that a finding is read whole, also where the table is wider than its place."""
    day, grade = date(2025, 12, 18), {"learner_grade": 9, "learner_age": 15}
    disputed = line(activity="subject_consultation", activity_on=day, **grade)
    key = Agency(STORES[base]).in_review(disputed)
    reviewer = visit(base, "agency_reviewer")
    page = reviewer.open(f"/admin/review/{key}?columns=all")
    assert page.locator(".line-found .found").count() == 1
    assert page.locator(".line-found .found").evaluate_all(OUTSIDE) == []
    page.locator(".lines-scroll").evaluate("it => { it.scrollLeft = 10000; }")
    assert page.locator(".line-found .found").evaluate_all(OUTSIDE) == []
    assert reviewer.barriers() == []
