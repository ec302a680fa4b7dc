"""Orders of the command line: by the person who runs it, on the server itself."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from uuid import uuid4

from skola_finance.cli.options import RIGA
from skola_finance.usecases.order import Order
from skola_finance.workflow import Actor, Role

if TYPE_CHECKING:
    from datetime import date


def who() -> str:
    """Give the name under which the journal knows the person at the command line."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return "cli"


def order_now(role: Role) -> Order:
    """Make an order of the person at the command line, in a role, now."""
    return Order(Actor(who(), role), str(uuid4()), datetime.now(tz=UTC))


def order_as(actor: Actor) -> Order:
    """Make an order of somebody else than the person at the command line, now."""
    return Order(actor, str(uuid4()), datetime.now(tz=UTC))


def order_on(day: date) -> Order:
    """Make an order to read, as of noon of a day."""
    at = datetime.combine(day, time(12), tzinfo=RIGA).astimezone(UTC)
    return Order(Actor(who(), Role.AUDITOR), str(uuid4()), at)
