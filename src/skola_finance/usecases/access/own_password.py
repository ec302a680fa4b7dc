"""Passwords that people or the administrator set: hashed here, so that no command is given one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.access.failures import count_try, take_back
from skola_finance.usecases.access.kept import in_one_step
from skola_finance.usecases.order import Answer
from skola_finance.usecases.passwords import hash_password, is_hash
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.users import WHAT, add_user, check_password, set_password
from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import Role, not_found, require_role

if TYPE_CHECKING:
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work


@use_case(
    title=Text(lv="Nomainīt savu paroli", en="Change one's own password"),
    roles=frozenset(Role),
)
def set_own_password(work: Work, *, password_hash: str, session: int = 0) -> Answer:
    """Give one's own account another password, by its hash, and end one's other sessions.

    Whether the present password was given is looked at before: `change_password`.

    Args:
        password_hash: what `hash_password` gave; never the password.
        session: the number of the session that goes on.

    Raises: CommandRefused WFL-518 where it is no hash; NotFound (AUT-603) without an account.
    """
    login = work.order.actor.id
    row = work.repositories.records.user(login, for_update=True)
    if row is None:
        raise not_found(WHAT)
    if not is_hash(password_hash):
        raise unusable_input(
            "password_hash", lv="tā nav paroles kontrolsumma", en="that is no hash of a password"
        )
    row.password_hash = password_hash
    work.repositories.add(row)
    work.repositories.access.end_sessions(login, but=session)
    return Answer(f"user/{login}", {"login": login})


def change_password(
    store: Store, order: Order, *, present: str, password: str, session: int = 0
) -> Answer:
    """Change one's own password, after a look at the present one; tries that fail are counted.

    Raises: CommandRefused AUT-604 (the present one is wrong), AUT-605 (the new one will not do),
        AUT-609 (too many tries).
    """
    login = order.actor.id
    hashed = _hashed(store, order, login, password)
    count_try(store=store, login=login, address="", at=order.at)
    check_password(store, login=login, password=present)
    in_one_step(
        lambda unit: take_back(unit, store, login=login, address="", at=order.at, is_whole=True),
        store=store,
    )
    return set_own_password(store, order, password_hash=hashed, session=session)


def set_users_password(store: Store, order: Order, *, login: str, password: str) -> Answer:
    """Give somebody else's account another password.

    Raises: RoleNotAllowed (AUT-601); CommandRefused AUT-605; NotFound (AUT-603).
    """
    require_role(order.actor, command=set_password.title, may=set_password.roles)
    hashed = _hashed(store, order, login, password)
    return set_password(store, order, login=login, password_hash=hashed)


def add_user_with_password(
    store: Store, order: Order, *, login: str, role: str, password: str, partner: str | None = None
) -> Answer:
    """Add an account with a first password.

    Raises: RoleNotAllowed (AUT-601); CommandRefused AUT-605, and what `add_user` refuses.
    """
    require_role(order.actor, command=add_user.title, may=add_user.roles)
    hashed = _hashed(store, order, login, password)
    return add_user(store, order, login=login, role=role, password_hash=hashed, partner=partner)


def _hashed(store: Store, order: Order, login: str, password: str) -> str:
    return hash_password(login=login, password=password, command_id=order.command_id, key=store.key)
