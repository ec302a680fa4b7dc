"""Accounts of the demo: one for each role, under the names that its journal knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.usecases.demo.people import SLUGS, person
from skola_finance.usecases.order import Order
from skola_finance.usecases.passwords import hash_password
from skola_finance.usecases.users import SYSTEM_ACTOR, add_user
from skola_finance.workflow import Role

if TYPE_CHECKING:
    from skola_finance.usecases.demo.people import Demo

DEMO_PASSWORD = "skola-kopiena-demo"  # noqa: S105 - printed by `demo`, for invented data alone
"""The password of every demo login."""


def demo_logins() -> tuple[str, ...]:
    """Give every demo login: the agency's roles, and three people for each partner with a name."""
    return (*_agency(), *(f"{role}.{slug}" for slug in SLUGS for role in _partner()))


def add_demo_accounts(demo: Demo) -> None:
    """Add an account for each demo login; the administrator comes first, from the system."""
    for login in demo_logins():
        demo.count += 1
        number = f"demo-{demo.count:05}"
        by = SYSTEM_ACTOR if login == Role.ADMINISTRATOR else person(Role.ADMINISTRATOR)
        hashed = hash_password(
            login=login, password=DEMO_PASSWORD, command_id=number, key=demo.store.key
        )
        actor = person(login)
        add_user(
            demo.store,
            Order(by, number, demo.at),
            login=login,
            role=actor.role.value,
            password_hash=hashed,
            partner=actor.partner_reg_no,
        )


def _agency() -> tuple[str, ...]:
    others = (role.value for role in Role if role is not Role.ADMINISTRATOR)
    return (Role.ADMINISTRATOR.value, *(name for name in others if not name.startswith("partner")))


def _partner() -> tuple[str, ...]:
    return tuple(role.value for role in Role if role.sees_own_partner_only)
