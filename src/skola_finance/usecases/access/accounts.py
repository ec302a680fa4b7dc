"""Accounts as people see them: one's own, and all of them for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.usecases.access.codes import RECOVERY_CODES, unwrapped
from skola_finance.usecases.access.factors import must_have_second_factor, not_enrolled
from skola_finance.usecases.users import WHAT
from skola_finance.usecases.views.access import ListedUser, OwnAccount, UserPage
from skola_finance.workflow import TASK_NAMES, TASKS, Role, Task, not_found, require_role

if TYPE_CHECKING:
    from datetime import datetime

    from skola_finance.storage.tables import UserRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

PAGE = 50


def my_account(store: Store, order: Order) -> OwnAccount:
    """Give one's own account.

    Raises: NotFound (AUT-603) for a person without one; CommandRefused AUT-612 where the store's
        key is another.
    """
    actor = order.actor
    with store.reading() as repositories:
        row = repositories.records.user(actor.id)
        if row is None:
            raise not_found(WHAT)
        partner = repositories.partners.get(actor.partner_reg_no) if actor.partner_reg_no else None
        factor = repositories.access.factor(actor.id)
        used = 0
        if factor is not None:
            secret = unwrapped(factor.secret, login=actor.id, key=store.key)
            used = len(repositories.access.used_marks(actor.id, f"{secret.beginning}:r"))
    return OwnAccount(
        actor=actor,
        partner_name=partner.name if partner is not None else "",
        created_at=row.created_at,
        enrolled_at=factor.enrolled_at if factor is not None else None,
        must_have_one=must_have_second_factor(actor.role),
        recovery_codes_left=RECOVERY_CODES - used if factor is not None else 0,
    )


def recovery_codes(store: Store, order: Order, *, wrapped_secret: bytes) -> tuple[str, ...]:
    """Give the recovery codes of a second factor that was enrolled just now.

    They are shown this once: only who still holds the form of the enrolment can ask for them.

    Raises: CommandRefused AUT-611 where it is not the one that is enrolled, AUT-612.
    """
    secret = unwrapped(wrapped_secret, login=order.actor.id, key=store.key)
    with store.reading() as repositories:
        row = repositories.access.factor(order.actor.id)
    if row is None or row.secret != wrapped_secret:
        raise not_enrolled()
    return secret.recovery_codes()


def find_users(
    store: Store, order: Order, *, text: str = "", role: str = "", after: str = ""
) -> UserPage:
    """Search accounts by login, partner's name or registration number.

    Args:
        text: part of any of them.
        role: one of the nine, empty for all.
        after: the login after which the page begins.

    Raises: RoleNotAllowed (AUT-601).
    """
    require_role(order.actor, command=TASK_NAMES[Task.KEEP_USERS], may=TASKS[Task.KEEP_USERS])
    with store.reading() as repositories:
        rows = repositories.access.find_users(
            text=text.replace("\x00", "").strip(),
            role=role,
            after=after.replace("\x00", ""),
            limit=PAGE + 1,
        )
    users = tuple(_listed(*row) for row in rows[:PAGE])
    return UserPage(users, users[-1].login if len(rows) > PAGE else "")


def find_user(store: Store, order: Order, *, login: str) -> ListedUser:
    """Give one account.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    require_role(order.actor, command=TASK_NAMES[Task.KEEP_USERS], may=TASKS[Task.KEEP_USERS])
    with store.reading() as repositories:
        row = repositories.records.user(login.strip().lower())
        if row is None:
            raise not_found(WHAT)
        partner = repositories.partners.get(row.partner_reg_no) if row.partner_reg_no else None
        factor = repositories.access.factor(row.login)
    return _listed(
        row,
        partner.name if partner is not None else None,
        factor.enrolled_at if factor is not None else None,
    )


def partner_choices(store: Store, order: Order) -> tuple[tuple[str, str], ...]:
    """Give number and name of every partner, for the account of one of its people.

    Raises: RoleNotAllowed (AUT-601).
    """
    require_role(order.actor, command=TASK_NAMES[Task.KEEP_USERS], may=TASKS[Task.KEEP_USERS])
    with store.reading() as repositories:
        return tuple((row.reg_no, row.name) for row in repositories.partners.all())


def _listed(row: UserRow, partner_name: str | None, enrolled_at: datetime | None) -> ListedUser:
    role = Role(row.role)
    return ListedUser(
        login=row.login,
        role=role,
        partner_reg_no=row.partner_reg_no,
        partner_name=partner_name or "",
        is_active=row.is_active,
        created_at=row.created_at,
        enrolled_at=enrolled_at,
        must_have_one=must_have_second_factor(role),
    )
