"""A store with three people and a clock, for tests of who may come in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.usecases.access.codes import Secret, steps_around, unwrapped
from skola_finance.usecases.access.factors import (
    enrol_second_factor,
    new_second_factor,
)
from skola_finance.usecases.access.failures import count_try
from skola_finance.usecases.access.sessions import (
    finish_sign_in,
    sign_in,
    signed_in,
)
from skola_finance.usecases.order import Order
from skola_finance.usecases.passwords import hash_password
from skola_finance.usecases.users import SYSTEM_ACTOR, add_user
from skola_finance.workflow import Actor, Role
from tests.databases import KEY
from tests.usecases.world import LIEPAJA

if TYPE_CHECKING:
    from collections.abc import Callable

    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.access import Opened, SignedIn

WORDS = "četri nesaistīti vārdi kopā"
OTHER_WORDS = "pavisam citi vārdi te"
CHIEF = Actor("chief", Role.ADMINISTRATOR)
APPROVER = Actor("approver", Role.AGENCY_APPROVER)
CLERK = Actor("clerk.liepaja", Role.PARTNER_ACCOUNTANT, LIEPAJA)
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=10)
LIMITS: dict[str, Any] = {"idle": IDLE, "absolute": ABSOLUTE}


@cache
def hashed(password: str = WORDS) -> str:
    """Hash a password, once: it takes its time."""
    return hash_password(login="chief", password=password, command_id="c", key=KEY)


class Door:
    """A store with three people, and a clock that a test moves."""

    def __init__(self, store: Store) -> None:
        """Add the people."""
        self.store, self.number = store, 0
        self.at = datetime(2026, 2, 2, 8, tzinfo=UTC)
        for by, who in ((SYSTEM_ACTOR, CHIEF), (CHIEF, APPROVER), (CHIEF, CLERK)):
            add_user(
                store,
                self.order(by),
                login=who.id,
                role=who.role.value,
                partner=who.partner_reg_no,
                password_hash=hashed(),
            )

    def later(self, **span: float) -> datetime:
        """Let time pass; gives the moment."""
        self.at += timedelta(**span)
        return self.at

    def order(self, who: Actor) -> Order:
        """Make an order."""
        self.number += 1
        return Order(who, f"d-{self.number}", self.at)

    def try_in(self, login: str, password: str = WORDS, address: str = "10.0.0.1") -> Opened:
        """Take the first step."""
        return sign_in(
            self.store, login=login, password=password, at=self.at, address=address, **LIMITS
        )

    def count(self, login: str) -> str:
        """Count a try; gives the code and the seconds to wait where it is refused."""
        try:
            count_try(store=self.store, login=login, address="10.0.0.1", at=self.at)
        except SkolaError as error:
            return f"{error.problem.code} {error.problem.subject}"
        return ""

    def who(self, session_id: str) -> SignedIn | None:
        """Say who is behind a session."""
        return signed_in(self.store, session_id=session_id, at=self.at, **LIMITS)

    def enrolled(self, who: Actor) -> Secret:
        """Enrol a second factor."""
        new = new_second_factor(self.store, self.order(who))
        secret = unwrapped(new.wrapped, login=who.id, key=KEY)
        enrol_second_factor(
            self.store, self.order(who), wrapped_secret=new.wrapped, code=self.code(secret)
        )
        self.later(seconds=90)
        return secret

    def code(self, secret: Secret, step: int = 0) -> str:
        """Give the code of the moment, or of some steps later."""
        return secret.code(steps_around(self.at, 0)[0] + step)

    def step_two(self, session_id: str, code: str) -> Opened:
        """Take the second step."""
        return finish_sign_in(self.store, session_id=session_id, code=code, at=self.at)


def refused(act: Callable[..., object], *args: Any, **inputs: Any) -> str:  # noqa: ANN401 - any
    """Give the code that something is refused with."""
    with pytest.raises(SkolaError) as error:
        act(*args, **inputs)
    return error.value.problem.code
