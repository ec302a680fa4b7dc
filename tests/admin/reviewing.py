"""A claim of the demo in review, and what tests of its review share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from skola_finance import Actor, Order, Role
from skola_finance.queries.review import review_page

if TYPE_CHECKING:
    from skola_finance import Store
    from skola_finance.usecases.views.review import ReviewPage

KEY = "SK-00016"
ADDRESS = f"/admin/review/{KEY}"
LINES = [f"{KEY}-{number:04}" for number in (1, 2, 3)]


def order(login: str, role: Role, number: str = "1") -> Order:
    """Make an order of somebody at the agency, now."""
    return Order(Actor(login, role), f"{login}-{number}", datetime.now(UTC))


def reviewer(number: str = "1", login: str = "agency_reviewer") -> Order:
    """Make an order of a reviewer."""
    return order(login, Role.AGENCY_REVIEWER, number)


def page_of(store: Store, key: str = KEY) -> ReviewPage:
    """Read the review page."""
    return review_page(store, reviewer(), claim=key)
