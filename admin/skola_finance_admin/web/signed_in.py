"""Who asks: the person behind a request, and the orders made in that person's name."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from skola_finance import Order
from skola_finance_admin.edge import edge_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from skola_finance import Actor


def who(request: Request) -> Actor:
    """Give the person who is signed in."""
    actor: Actor = request.state.actor
    return actor


def order_of(request: Request, command_id: str = "") -> Order:
    """Make an order in the name of who is signed in; a read needs no id of its own."""
    return Order(who(request), command_id or uuid.uuid4().hex, edge_of(request).clock())
