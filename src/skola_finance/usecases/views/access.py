"""What people see of their access: who is signed in, where else, with which tokens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from skola_finance.usecases.wording import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from skola_finance.problems import Text
    from skola_finance.workflow import Actor, Role

READ = "read"
"""The scope of a token that looks and changes nothing."""


class Stage(StrEnum):
    """How far somebody has come in."""

    CODE = "code"
    """The password was right; a code of the second factor is awaited."""
    ENROLLING = "enrolling"
    """The password was right; the role needs a second factor, and there is none yet."""
    IN = "in"
    """Signed in."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that begins.

    Attributes:
        session_id: what the browser shows from now on; only its digest is kept.
        stage: how far it lets its bearer.
        actor: whose it is.
    """

    session_id: str
    stage: Stage
    actor: Actor


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a request.

    Attributes:
        number: of the session, to end it by; it lets nobody in.
        actor: the person.
        stage: how far the person has come in.
        seconds_left: until the session ends if nothing more is done.
    """

    number: int
    actor: Actor
    stage: Stage
    seconds_left: int


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner sees it."""

    number: int
    created_at: datetime
    seen_at: datetime
    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it; its value was shown once."""

    number: int
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_on: date
    revoked_at: datetime | None
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """What a token may be allowed: to read, or the commands of a group that are open to a role."""

    name: str
    label: Text
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """The person for whom a program acts, and what the token allows of what the person may.

    Attributes:
        number: of the token.
        actor: for whom it acts.
        may_read: whether it reads.
        commands: those it may ask for.
    """

    number: int
    actor: Actor
    may_read: bool
    commands: frozenset[str]

    def require(self, command: str = "") -> None:
        """Let the program go on where the token allows the command, or reading if none is named.

        Raises: CommandRefused AUT-617.
        """
        if self.may_read if not command else command in self.commands:
            return
        wanted = command or READ
        raise refuse(
            "AUT-617",
            lv=f"Marķieris neļauj veikt „{wanted}”.",
            en=f"The token does not allow “{wanted}”.",
            hint_lv="Izsniedziet marķieri ar šo tvērumu savā kontā.",
            hint_en="Issue a token with this scope in your account.",
            subject=wanted,
        )


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """A person's own account.

    Attributes:
        has_second_factor: whether one is enrolled.
        must_have_one: whether the role cannot do without.
        recovery_codes_left: how many of them are unused.
    """

    actor: Actor
    partner_name: str
    created_at: datetime
    enrolled_at: datetime | None
    must_have_one: bool
    recovery_codes_left: int

    @property
    def has_second_factor(self) -> bool:
        """Whether one is enrolled."""
        return self.enrolled_at is not None


@dataclass(frozen=True, slots=True)
class ListedUser:
    """An account as the administrator sees it."""

    login: str
    role: Role
    partner_reg_no: str | None
    partner_name: str
    is_active: bool
    created_at: datetime
    enrolled_at: datetime | None
    must_have_one: bool


@dataclass(frozen=True, slots=True)
class UserPage:
    """A page of accounts, in the order of their logins.

    Attributes:
        users: those of this page.
        next_after: the login after which the next page begins, empty on the last one.
    """

    users: tuple[ListedUser, ...]
    next_after: str


@dataclass(frozen=True, slots=True)
class NewSecondFactor:
    """A second factor that is about to be enrolled.

    Attributes:
        wrapped: the secret, encrypted; the form carries it until a code proves the authenticator.
        secret: as it is typed into an authenticator that reads no pictures.
        address: what the picture says to the authenticator (`otpauth://…`).
    """

    wrapped: bytes
    secret: str
    address: str


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """What a sign-in page offers in the demo: its logins, and their password.

    Attributes:
        password: the same for all.
        agency: logins of the agency's roles and the administrator.
        partners: a partner's logins, by its name.
    """

    password: str
    agency: tuple[str, ...]
    partners: Mapping[str, tuple[str, ...]]
