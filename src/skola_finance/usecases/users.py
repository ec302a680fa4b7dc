"""Accounts of people: one role each, and for a partner's people their partner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.tables import UserRow
from skola_finance.usecases.access.failures import forget_tries
from skola_finance.usecases.order import Answer
from skola_finance.usecases.passwords import NOBODYS, is_hash, is_password
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.workflow import (
    TASK_NAMES,
    TASKS,
    Actor,
    Role,
    Task,
    not_found,
    require_role,
)

if TYPE_CHECKING:
    from datetime import datetime

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

WHAT = Text(lv="lietotājs", en="user")
SYSTEM = "system"
"""Who adds the first administrator, from the command line; nobody can sign in under this name."""
SYSTEM_ACTOR = Actor(SYSTEM, Role.ADMINISTRATOR)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,79}")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is listed; its password's hash never leaves the table."""

    login: str
    role: Role
    partner_reg_no: str | None
    is_active: bool
    created_at: datetime


@use_case(
    title=Text(lv="Pievienot lietotāju", en="Add a user"),
    roles=TASKS[Task.KEEP_USERS],
)
def add_user(
    work: Work, *, login: str, role: str, password_hash: str, partner: str | None = None
) -> Answer:
    """Add an account.

    Where there is no user at all, the system itself adds the first one, an administrator.

    Args:
        login: 2 to 80 of a–z, 0–9 and `. _ @ -`; capital letters are made small. It stands in the
            journal for good, so it names an office rather than a person.
        role: one of the nine.
        password_hash: what `hash_password` gave for this login; never the password.
        partner: the registration number, for a partner's roles alone.

    Raises: CommandRefused WFL-518 (login, role, hash), AUT-606 (the login is taken), AUT-607 (the
        first user is an administrator, and only that one is added by the system); ImpossibleActor
        (AUT-602); NotFound (AUT-603) for an unknown partner.
    """
    name = login.strip().lower()
    if not _LOGIN.fullmatch(name) or name == SYSTEM:
        raise unusable_input(
            "login",
            lv=f"„{name[:80]}” nav lietotājvārds (2–80 zīmes: a–z, 0–9, . _ @ -)",
            en=f"“{name[:80]}” is no login (2 to 80 of a–z, 0–9, . _ @ -)",
        )
    if role not in set(Role):
        raise unusable_input("role", lv=f"nav lomas „{role}”", en=f"there is no role “{role}”")
    _check_hash(password_hash)
    actor = Actor(name, Role(role), partner or None)
    if actor.partner_reg_no is not None:
        work.partner(actor.partner_reg_no)
    _check_first(work, actor)
    if work.repositories.records.user(name) is not None:
        raise refuse(
            "AUT-606",
            lv=f"Lietotājs „{name}” jau ir.",
            en=f"There is a user “{name}” already.",
            hint_lv="Izvēlieties citu lietotājvārdu vai atbloķējiet esošo lietotāju.",
            hint_en="Choose another login, or unlock the user that is there.",
            subject=name,
        )
    row = UserRow(
        login=name,
        role=role,
        partner_reg_no=actor.partner_reg_no,
        password_hash=password_hash,
        created_at=work.order.at,
    )
    return _keep(work, row)


@use_case(
    title=Text(lv="Nomainīt lietotāja paroli", en="Set a user's password"),
    roles=TASKS[Task.KEEP_USERS],
)
def set_password(work: Work, *, login: str, password_hash: str) -> Answer:
    """Give an account another password, by its hash, and end its sessions.

    Raises: CommandRefused WFL-518 where it is no hash; NotFound (AUT-603).
    """
    row = _row(work, login)
    _check_hash(password_hash)
    row.password_hash = password_hash
    work.repositories.access.end_sessions(row.login)
    return _keep(work, row)


@use_case(title=Text(lv="Bloķēt lietotāju", en="Lock a user"), roles=TASKS[Task.KEEP_USERS])
def lock_user(work: Work, *, login: str) -> Answer:
    """Let nobody sign in to an account any more; what it did stays under its name.

    Raises: CommandRefused AUT-608 for the last administrator; NotFound (AUT-603).
    """
    held = work.repositories.records.users(for_update=True)
    row = _row(work, login)
    others = [
        one
        for one in held
        if one.is_active and one.role == Role.ADMINISTRATOR and one.login != row.login
    ]
    if row.role == Role.ADMINISTRATOR and not others:
        raise refuse(
            "AUT-608",
            lv=f"„{row.login}” ir vienīgais sistēmas administrators.",
            en=f"“{row.login}” is the only system administrator.",
            hint_lv="Vispirms pievienojiet citu administratoru.",
            hint_en="Add another administrator first.",
            subject=row.login,
        )
    row.is_active = False
    work.repositories.access.end_sessions(row.login)
    return _keep(work, row)


@use_case(title=Text(lv="Atbloķēt lietotāju", en="Unlock a user"), roles=TASKS[Task.KEEP_USERS])
def unlock_user(work: Work, *, login: str) -> Answer:
    """Let somebody sign in again, also after too many tries.

    Raises: NotFound (AUT-603).
    """
    row = _row(work, login)
    row.is_active = True
    forget_tries(work.repositories, work.store, login=row.login)
    return _keep(work, row)


def users_of(store: Store, order: Order) -> tuple[Account, ...]:
    """List every account by login.

    Raises: RoleNotAllowed (AUT-601).
    """
    require_role(order.actor, command=TASK_NAMES[Task.KEEP_USERS], may=TASKS[Task.KEEP_USERS])
    with store.reading() as repositories:
        rows = repositories.records.users()
    return tuple(
        Account(row.login, Role(row.role), row.partner_reg_no, row.is_active, row.created_at)
        for row in rows
    )


def check_password(store: Store, *, login: str, password: str) -> Actor:
    """Give who signs in; an unknown login, a wrong password and a locked account answer alike.

    Each takes as long as the others, so that nobody learns which logins there are. It counts no
    tries: people come in by `sign_in`, which does.

    Raises: CommandRefused AUT-604.
    """
    name = login.strip().lower()
    with store.reading() as repositories:
        row = repositories.records.user(name)
    is_right = is_password(password, of=row.password_hash if row is not None else NOBODYS)
    if row is None or not row.is_active or not is_right:
        raise _not_signed_in()
    return Actor(row.login, Role(row.role), row.partner_reg_no)


def _not_signed_in() -> CommandRefused:
    return refuse(
        "AUT-604",
        lv="Lietotājvārds vai parole nav pareiza, vai lietotājs ir bloķēts.",
        en="The login or the password is wrong, or the user is locked.",
        hint_lv="Pārbaudiet abus un mēģiniet vēlreiz vai sazinieties ar sistēmas administratoru.",
        hint_en="Check both and try again, or speak to the system administrator.",
    )


def _check_first(work: Work, actor: Actor) -> None:
    is_first = not work.repositories.records.users()
    by_system = work.order.actor.id == SYSTEM
    if (is_first and actor.role is Role.ADMINISTRATOR) or not (is_first or by_system):
        return
    raise refuse(
        "AUT-607",
        lv="Pirmais lietotājs ir sistēmas administrators; pārējos pievieno viņš.",
        en="The first user is a system administrator, who adds all others.",
        hint_lv="Pievienojiet administratoru vai rīkojieties tā vārdā.",
        hint_en="Add an administrator, or act as the one there is.",
        subject=actor.id,
    )


def _check_hash(password_hash: str) -> None:
    if not is_hash(password_hash):
        raise unusable_input(
            "password_hash", lv="tā nav paroles kontrolsumma", en="that is no hash of a password"
        )


def _row(work: Work, login: str) -> UserRow:
    row = work.repositories.records.user(login.strip().lower(), for_update=True)
    if row is None:
        raise not_found(WHAT)
    return row


def _keep(work: Work, row: UserRow) -> Answer:
    work.repositories.add(row)
    return Answer(
        f"user/{row.login}",
        {"login": row.login, "role": row.role, "is_active": row.is_active},
    )
