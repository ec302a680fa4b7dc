"""Accounts of the demo: one for each role, under the names that its journal knows.

Whoever must have a second factor has one whose codes the sign-in page shows in demo mode, so that
nobody needs a telephone.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from skola_finance.usecases.access.codes import (
    DEMO_DRIFT,
    is_the_demos,
    kept_secret,
    new_secret,
    steps_around,
    wrapped,
)
from skola_finance.usecases.access.factors import enrol_second_factor, must_have_second_factor
from skola_finance.usecases.demo.people import FIRST, SLUGS, is_demo, person
from skola_finance.usecases.order import Order
from skola_finance.usecases.passwords import hash_password
from skola_finance.usecases.users import SYSTEM_ACTOR, add_user
from skola_finance.usecases.views.access import DemoOffer, NewSecondFactor
from skola_finance.workflow import Role

if TYPE_CHECKING:
    from datetime import datetime

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.access.codes import Secret
    from skola_finance.usecases.demo.people import Demo
    from skola_finance.usecases.store import Store

DEMO_PASSWORD = "skola-kopiena-demo"  # noqa: S105 - printed by `demo`, for invented data alone
"""The password of every demo login."""


def demo_logins() -> tuple[str, ...]:
    """Give every demo login: the agency's roles, and three people for each partner with a name."""
    return (*_agency(), *(f"{role}.{slug}" for slug in SLUGS for role in _partner()))


def add_demo_accounts(demo: Demo) -> None:
    """Add an account for each demo login; the administrator comes first, from the system.

    The password is the same and printed for all to read, so one hash of it serves.
    """
    hashed = hash_password(
        login=Role.ADMINISTRATOR, password=DEMO_PASSWORD, command_id="demo", key=demo.store.key
    )
    for login in demo_logins():
        demo.count += 1
        number = f"demo-{demo.count:05}"
        by = SYSTEM_ACTOR if login == Role.ADMINISTRATOR else person(Role.ADMINISTRATOR)
        actor = person(login)
        add_user(
            demo.store,
            Order(by, number, demo.at),
            login=login,
            role=actor.role.value,
            password_hash=hashed,
            partner=actor.partner_reg_no,
        )


def enrol_demo_factors(demo: Demo) -> None:
    """Enrol a second factor for every demo login whose role must have one."""
    for login in demo_logins():
        with demo.store.reading() as repositories:
            is_enrolled = repositories.access.factor(login) is not None
        if is_enrolled or not must_have_second_factor(person(login).role):
            continue
        key = demo.store.key
        secret = new_secret(key, login, is_demo=True)
        enrol_second_factor(
            demo.store,
            Order(person(login), f"demo-factor-{login}", demo.at),
            wrapped_secret=wrapped(secret, key),
            code=secret.code(steps_around(demo.at, 0)[0]),
        )


def demo_offer(store: Store) -> DemoOffer | None:
    """Give what a sign-in page offers, where the store holds the demo; nothing anywhere else.

    The server asks for it in demo mode alone; where it was set by mistake, nothing is given away.
    """
    with store.reading() as repositories:
        if not is_demo(repositories):
            return None
        names = {row.reg_no: row.name for row in repositories.partners.all()}
    partners = {
        names[reg_no]: tuple(f"{role}.{slug}" for role in _partner())
        for slug, reg_no in sorted(SLUGS.items(), key=lambda one: one[0] != FIRST)
    }
    return DemoOffer(DEMO_PASSWORD, _agency(), partners)


def demo_code(store: Store, *, login: str, at: datetime) -> str:
    """Give a code that is not used yet of a demo login; empty for a secret that is not the demo's.

    Many people share a demo login, and each code lets in once: so the demo's codes are taken for
    half an hour to either side, and this gives the nearest that is left.
    """
    with store.reading() as repositories:
        secret = kept_secret(repositories, login, store.key)
        if secret is None or not is_the_demos(store.key, login, secret.text):
            return ""
        return _unused_code(repositories, secret, at)


def new_demo_factor(store: Store, order: Order) -> tuple[NewSecondFactor, str] | None:
    """Begin the enrolment of a demo login, and give the code that ends it; nothing for others."""
    with store.reading() as repositories:
        if order.actor.id not in demo_logins() or not is_demo(repositories):
            return None
        secret = new_secret(store.key, order.actor.id, is_demo=True)
        # The next but one: where the same secret is enrolled already, the next confirms that.
        code = _unused_code(repositories, secret, order.at, skipped=1)
    return NewSecondFactor(wrapped(secret, store.key), secret.text, secret.address), code


def _unused_code(
    repositories: Repositories, secret: Secret, at: datetime, *, skipped: int = 0
) -> str:
    used = repositories.access.used_marks(secret.login, f"{secret.beginning}:")
    left = (
        step for step in steps_around(at, DEMO_DRIFT) if f"{secret.beginning}:{step}" not in used
    )
    step = next(islice(left, skipped, None), None)
    return "" if step is None else secret.code(step)


def _agency() -> tuple[str, ...]:
    others = (role.value for role in Role if role is not Role.ADMINISTRATOR)
    return (Role.ADMINISTRATOR.value, *(name for name in others if not name.startswith("partner")))


def _partner() -> tuple[str, ...]:
    return tuple(role.value for role in Role if role.sees_own_partner_only)
