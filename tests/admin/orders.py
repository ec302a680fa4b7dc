"""Orders of people of the demo, for asking the library what a page ought to show."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from skola_finance import Actor, Order, Role


def order_of(role: str, *, partner: str | None = None) -> Order:
    """Make an order of a person in a role, now."""
    login = role if partner is None else f"{role}.{partner}"
    return Order(Actor(login, Role(role), partner), uuid.uuid4().hex, datetime.now(UTC))
