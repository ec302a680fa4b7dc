"""Tokens under which programs act for a person: of some of what the person may, for some time."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.tables import ApiTokenRow
from skola_finance.usecases.access.kept import digest_of
from skola_finance.usecases.order import Answer
from skola_finance.usecases.permissions import every_use_case, folder_of
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.users import WHAT
from skola_finance.usecases.views.access import READ, Scope, Token, TokenHolder
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.workflow import Actor, Role, not_found, riga_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

BEGINNING = "skf_"
"""So that a token that lies about is known for what it is."""
LONGEST_LIFE = timedelta(days=366)
MOST_TOKENS = 20
LONGEST_NAME = 80
NEVER = frozenset({"access"})
"""Groups that no token opens: passwords, second factors and tokens are for people."""
_BYTES = 32

GROUPS: Mapping[str, Text] = {
    "filing": Text(lv="Iesniegt izdevumu pārskatus", en="File claims"),
    "review": Text(lv="Pārbaudīt izdevumu pārskatus", en="Review claims"),
    "deciding": Text(lv="Apstiprināt izdevumu pārskatus", en="Approve claims"),
    "paying": Text(lv="Maksājumi, avansi, korekcijas un atgūšana", en="Payments and recoveries"),
    "partners": Text(lv="Partneri, plāni un iniciatīvu projekti", en="Partners, plans, projects"),
    "programmes": Text(lv="Programmas, piešķīrumi un parametri", en="Programmes and settings"),
    "privacy": Text(lv="Dzēst ziņas par izglītojamajiem", en="Erase learners"),
    "users": Text(lv="Uzturēt lietotājus", en="Keep users"),
}
"""Commands by what they are about, as tokens are given them."""


def new_token() -> tuple[str, str]:
    """Make a token at random.

    Returns: its value, which is shown once, and the digest that is kept.
    """
    value = BEGINNING + secrets.token_urlsafe(_BYTES)
    return value, digest_of(value)


@use_case(
    title=Text(lv="Izsniegt savu piekļuves marķieri", en="Issue an access token of one's own"),
    roles=frozenset(Role),
)
def issue_token(
    work: Work, *, name: str, token_digest: str, scopes: Sequence[str], expires_on: date
) -> Answer:
    """Issue a token for a program that acts in one's own name.

    Args:
        name: what it is for, 1 to 80 characters.
        token_digest: of a random value (`make_token`); the value itself is never kept.
        scopes: `read`, groups of commands, or single commands; each must be open to one's role.
        expires_on: the last day on which it is taken, a year from now at most.

    Raises: CommandRefused WFL-518 (name, digest, day), AUT-616 (a scope); NotFound (AUT-603)
        without an account.
    """
    login = work.order.actor.id
    if work.repositories.records.user(login, for_update=True) is None:
        raise not_found(WHAT)
    _check(work, name.strip(), token_digest, expires_on)
    wanted = sorted(set(scopes))
    _check_scopes(wanted, work.order.actor.role)
    row = ApiTokenRow(
        login=login,
        name=name.strip(),
        digest=token_digest,
        scopes=wanted,
        created_at=work.order.at,
        expires_on=expires_on,
    )
    work.repositories.add(row)
    return Answer(f"user/{login}", {"token": row.id, "name": row.name, "scopes": wanted})


@use_case(
    title=Text(lv="Atsaukt savu piekļuves marķieri", en="Revoke an access token of one's own"),
    roles=frozenset(Role),
)
def revoke_token(work: Work, *, token: int) -> Answer:
    """Let nobody use a token any more.

    Raises: NotFound (AUT-603) where it is not one's own.
    """
    row = work.repositories.access.token_by_number(token)
    if row is None or row.login != work.order.actor.id:
        raise not_found(Text(lv="piekļuves marķieris", en="access token"))
    row.revoked_at = row.revoked_at or work.order.at
    work.repositories.add(row)
    return Answer(f"user/{row.login}", {"token": row.id, "name": row.name})


def make_token(
    store: Store, order: Order, *, name: str, scopes: Sequence[str], expires_on: date
) -> str:
    """Issue a token and give its value, which is shown this once.

    Raises: what `issue_token` refuses.
    """
    value, digest = new_token()
    issue_token(store, order, name=name, token_digest=digest, scopes=scopes, expires_on=expires_on)
    return value


def tokens_of(store: Store, order: Order) -> tuple[Token, ...]:
    """List one's own tokens, the newest first."""
    with store.reading() as repositories:
        rows = repositories.access.tokens_of(order.actor.id)
    return tuple(
        Token(
            number=row.id,
            name=row.name,
            scopes=tuple(row.scopes),
            created_at=row.created_at,
            expires_on=row.expires_on,
            revoked_at=row.revoked_at,
            is_in_force=_is_in_force(row, order.at),
        )
        for row in rows
    )


def scopes_for(store: Store, order: Order) -> tuple[Scope, ...]:  # noqa: ARG001 - a read of the facade is asked with a store
    """Give what a token of one's own may be allowed: what one's role may do at all."""
    return _scopes_of(order.actor.role)


def actor_of_token(store: Store, *, token: str, at: datetime) -> TokenHolder:
    """Say for whom a program acts, and what its token allows.

    Raises: CommandRefused AUT-615 for a token that is unknown, revoked or past its day, and for one
        of an account that is locked: all alike.
    """
    with store.reading() as repositories:
        found = repositories.access.token(digest_of(token)) if token else None
    if found is None or not found[1].is_active or not _is_in_force(found[0], at):
        raise _not_taken()
    row, user = found
    actor = Actor(user.login, Role(user.role), user.partner_reg_no)
    open_to_role = {scope.name: scope.commands for scope in _scopes_of(actor.role)}
    commands = {name for scope in row.scopes for name in open_to_role.get(scope, ())}
    commands |= {one for one in row.scopes if any(one in each for each in open_to_role.values())}
    return TokenHolder(row.id, actor, READ in row.scopes, frozenset(commands))


@cache
def _scopes_of(role: Role) -> tuple[Scope, ...]:
    by_group: dict[str, list[str]] = {name: [] for name in GROUPS}
    for name, case in sorted(every_use_case().items()):
        group = folder_of(case)
        if role in case.roles and group not in NEVER:
            by_group.setdefault(group, []).append(name)
    groups = (
        Scope(name, GROUPS.get(name, Text(lv=name, en=name)), tuple(commands))
        for name, commands in by_group.items()
        if commands
    )
    return (Scope(READ, Text(lv="Skatīt", en="Read")), *groups)


def _check(work: Work, name: str, digest: str, expires_on: date) -> None:
    if not 0 < len(name) <= LONGEST_NAME:
        raise unusable_input(
            "name",
            lv=f"vajag 1 līdz {LONGEST_NAME} zīmes",
            en=f"1 to {LONGEST_NAME} characters are needed",
        )
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):  # noqa: PLR2004 - of SHA-256
        raise unusable_input("token_digest", lv="tas nav SHA-256", en="that is no SHA-256")
    if not work.on <= expires_on <= work.on + LONGEST_LIFE:
        raise unusable_input(
            "expires_on",
            lv="termiņš ir no šodienas līdz gadam uz priekšu",
            en="it lasts until today or up to a year from now",
        )
    held = work.repositories.access.tokens_of(work.order.actor.id)
    if sum(_is_in_force(row, work.order.at) for row in held) >= MOST_TOKENS:
        raise unusable_input(
            "name",
            lv=f"jums jau ir {MOST_TOKENS} derīgi marķieri; atsauciet kādu",
            en=f"you have {MOST_TOKENS} tokens in force already; revoke one",
        )


def _check_scopes(scopes: Iterable[str], role: Role) -> None:
    offered = _scopes_of(role)
    known = {scope.name for scope in offered} | {one for each in offered for one in each.commands}
    unknown = [scope for scope in scopes if scope not in known]
    if unknown or not list(scopes):
        named = ", ".join(unknown) or "–"
        raise refuse(
            "AUT-616",
            lv=f"Marķierim nav dodams tvērums: {named}.",
            en=f"A token cannot be given the scope: {named}.",
            hint_lv="Izvēlieties vismaz vienu no tvērumiem, kas pieejami jūsu lomai.",
            hint_en="Choose one or more of the scopes that are open to your role.",
            subject=named,
        )


def _is_in_force(row: ApiTokenRow, at: datetime) -> bool:
    return row.revoked_at is None and riga_day(at) <= row.expires_on


def _not_taken() -> CommandRefused:
    return refuse(
        "AUT-615",
        lv="Piekļuves marķieris nav derīgs.",
        en="The access token is not valid.",
        hint_lv="Pārbaudiet to vai izsniedziet jaunu savā kontā.",
        hint_en="Check it, or issue a new one in your account.",
    )
