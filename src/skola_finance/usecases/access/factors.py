"""The second factor: enrolled with a code that proves the authenticator, confirmed, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.tables import SecondFactorRow, UsedCodeRow
from skola_finance.usecases.access.codes import (
    kept_secret,
    new_secret,
    unwrapped,
    wrapped,
    wrong_code,
)
from skola_finance.usecases.access.failures import count_try, take_back
from skola_finance.usecases.access.kept import in_one_step
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.users import WHAT
from skola_finance.usecases.views.access import NewSecondFactor
from skola_finance.usecases.wording import CommandRefused, refuse
from skola_finance.workflow import TASKS, Role, Task, not_found

if TYPE_CHECKING:
    from datetime import datetime

    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.access.codes import Secret
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

EVERYBODY = frozenset(Role)


def must_have_second_factor(role: Role) -> bool:
    """Say whether a role cannot sign in without one: all but a partner's own people."""
    return not role.sees_own_partner_only


def new_second_factor(store: Store, order: Order) -> NewSecondFactor:
    """Begin an enrolment: nothing is kept before a code has proven the authenticator."""
    secret = new_secret(store.key, order.actor.id)
    return NewSecondFactor(wrapped(secret, store.key), secret.text, secret.address)


@use_case(
    title=Text(lv="Reģistrēt otro faktoru", en="Enrol a second factor"),
    roles=EVERYBODY,
)
def enrol_second_factor(
    work: Work, *, wrapped_secret: bytes, code: str, present_code: str = ""
) -> Answer:
    """Enrol one's own second factor, in place of an earlier one.

    Args:
        wrapped_secret: as `new_second_factor` gave it.
        code: that the authenticator shows for it; it is used up.
        present_code: of the second factor that is enrolled already, where there is one; the same
            order has confirmed it (`confirm_second_factor`), where tries are counted.

    Raises: CommandRefused AUT-610 for a wrong or unconfirmed code, AUT-612 for a secret that is not
        one's own; NotFound (AUT-603) for a person without an account.
    """
    login, at = work.order.actor.id, work.order.at
    _check_account(work, login)
    secret = unwrapped(wrapped_secret, login=login, key=work.store.key)
    row = work.repositories.access.factor(login, for_update=True)
    if row is not None:
        _check_confirmed(work, row, present_code)
    use_code(work.repositories, secret, code, used_for=_used_for(work.order), at=at)
    row = row or SecondFactorRow(login=login, secret=wrapped_secret, enrolled_at=at)
    row.secret, row.enrolled_at = wrapped_secret, at
    work.repositories.add(row)
    return Answer(f"user/{login}", {"login": login})


@use_case(
    title=Text(lv="Noņemt savu otro faktoru", en="Remove one's own second factor"),
    roles=EVERYBODY,
)
def remove_second_factor(work: Work, *, code: str) -> Answer:
    """Do without a second factor again, where the role may.

    Args:
        code: that the same order has confirmed (`confirm_second_factor`).

    Raises: CommandRefused AUT-610, AUT-611 (there is none), AUT-613 (the role must have one).
    """
    login = work.order.actor.id
    if must_have_second_factor(work.order.actor.role):
        raise refuse(
            "AUT-613",
            lv="Jūsu lomai otrais faktors ir obligāts.",
            en="Your role must have a second factor.",
            hint_lv="To var aizstāt ar citu: reģistrējiet jaunu autentifikatoru.",
            hint_en="It can be replaced by another: enrol a new authenticator.",
            subject=login,
        )
    row = work.repositories.access.factor(login, for_update=True)
    if row is None:
        raise not_enrolled()
    _check_confirmed(work, row, code)
    work.repositories.remove(row)
    return Answer(f"user/{login}", {"login": login})


@use_case(
    title=Text(lv="Atiestatīt lietotāja otro faktoru", en="Reset a user's second factor"),
    roles=TASKS[Task.KEEP_USERS],
)
def reset_second_factor(work: Work, *, login: str) -> Answer:
    """Take away the second factor of somebody who has lost it, and end that person's sessions.

    Whoever must have one enrols another at the next sign-in.

    Raises: CommandRefused AUT-611 (there is none); NotFound (AUT-603).
    """
    name = login.strip().lower()
    _check_account(work, name)
    row = work.repositories.access.factor(name, for_update=True)
    if row is None:
        raise not_enrolled()
    work.repositories.remove(row)
    work.repositories.access.end_sessions(name)
    return Answer(f"user/{name}", {"login": name})


_ASKED_AGAIN = frozenset({"approve_claim_payment", "revive_unfunded"})


def asks_for_a_code(command: str) -> bool:
    """Say whether a command is only done once its second factor was asked for again.

    These commit public money. Whoever hands the command in, a page or a program, calls
    `confirm_second_factor` before it.
    """
    return command in _ASKED_AGAIN


def confirm_second_factor(store: Store, order: Order, *, code: str) -> None:
    """Ask for a code once more, before something that cannot be taken back.

    The code is used up; the same order sent again with it passes again, so that a double click
    does no harm. It is called before the command that it confirms.

    Raises: CommandRefused AUT-609 (too many tries), AUT-610 (wrong or used), AUT-611 (no second
        factor is enrolled).
    """
    check_code(
        store=store,
        login=order.actor.id,
        code=code,
        used_for=_used_for(order),
        address="",
        at=order.at,
    )


def check_code(
    *, store: Store, login: str, code: str, used_for: str, address: str, at: datetime
) -> None:
    """Check a code and use it up; a try that fails is counted.

    Raises: CommandRefused AUT-609, AUT-610, AUT-611.
    """
    count_try(store=store, login=login, address=address, at=at)

    def check(unit: UnitOfWork) -> None:
        secret = kept_secret(unit, login, store.key)
        if secret is None:
            raise not_enrolled()
        use_code(unit, secret, code, used_for=used_for, at=at)
        take_back(unit, store, login=login, address=address, at=at, is_whole=True)

    in_one_step(check, store=store)


def use_code(unit: UnitOfWork, secret: Secret, code: str, *, used_for: str, at: datetime) -> None:
    """Use a code up.

    Raises: CommandRefused AUT-610 where it is wrong, or was used for something else.
    """
    mark, is_recovery = secret.mark_of(code, at)
    used = unit.access.use_of(secret.login, mark) if mark else None
    if not mark or (used is not None and used.used_for != used_for):
        raise wrong_code()
    if used is None:
        unit.add(
            UsedCodeRow(
                login=secret.login, mark=mark, used_for=used_for, at=at, is_for_good=is_recovery
            )
        )


def not_enrolled() -> CommandRefused:
    """AUT-611: there is no second factor."""
    return refuse(
        "AUT-611",
        lv="Otrais faktors nav reģistrēts.",
        en="No second factor is enrolled.",
        hint_lv="Reģistrējiet autentifikatoru savā kontā un mēģiniet vēlreiz.",
        hint_en="Enrol an authenticator in your account, then try again.",
    )


def _used_for(order: Order) -> str:
    return f"command/{order.command_id}"


def _check_confirmed(work: Work, row: SecondFactorRow, code: str) -> None:
    """Let a command pass only where its code was confirmed for it: tries are counted there."""
    secret = unwrapped(row.secret, login=row.login, key=work.store.key)
    mark, _ = secret.mark_of(code, work.order.at)
    used = work.repositories.access.use_of(row.login, mark) if mark else None
    if used is None or used.used_for != _used_for(work.order):
        raise wrong_code()


def _check_account(work: Work, login: str) -> None:
    if work.repositories.records.user(login) is None:
        raise not_found(WHAT)
