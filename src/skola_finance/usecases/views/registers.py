"""Registers for the agency, as lists that are searched, sorted and paged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skola_finance.claims.vocabulary import FOUNDER
from skola_finance.problems import Text
from skola_finance.storage.repositories.registers import Registers, Slice
from skola_finance.storage.tables import RulebookRow, SettingsSetRow
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import Role, not_found, require_role
from skola_finance.workflow.roles import AGENCY_ROLES

if TYPE_CHECKING:
    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_READERS = AGENCY_ROLES | {Role.AUDITOR}
_NAME = Text(lv="Skatīt reģistrus", en="Read the registers")
_DATABASE_LONGEST = 2**31


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of a register: its key, and its values by the names of the columns."""

    key: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Some rows of a register, and how many were found in all."""

    rows: tuple[RegisterRow, ...]
    total: int


def list_institutions(
    store: Store,
    order: Order,
    *,
    programme: str,
    text: str = "",
    sort: str = "",
    is_descending: bool = False,
    skip: int = 0,
    limit: int = 25,
    key: str = "",
) -> RegisterPage:
    """List the institutions of a programme with the partners that involve them.

    Args:
        text: any part of name, registration number or partner.
        sort: a column; the name, where it is none.
        skip, limit: which rows; all of them where the limit is below zero.
        key: only the row of this key; none is found for what is no key.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for an unknown programme.
    """
    number = int(key) if key.isdecimal() and key.isascii() and len(key) < 10 else 0  # noqa: PLR2004 - more is no row
    with store.reading() as repositories:
        _check(repositories, order, programme)
        rows, total = Registers(repositories.session).institutions(
            programme,
            Slice(text, sort, is_descending, min(skip, _DATABASE_LONGEST), limit),
            number=number if key else None,
        )
    found = (
        RegisterRow(
            str(row.id),
            {
                "name": row.name,
                "reg_no": row.reg_no,
                "partner": row.partner,
                "founder": FOUNDER.get(row.founder, Text(lv=row.founder, en=row.founder)),
                "joined_on": row.joined_on,
                "left_on": row.left_on,
            },
        )
        for row in rows
    )
    return RegisterPage(tuple(found), total)


def list_rulebooks(
    store: Store,
    order: Order,
    *,
    programme: str,
    text: str = "",
    sort: str = "",
    is_descending: bool = False,
    skip: int = 0,
    limit: int = 25,
    key: str = "",
) -> RegisterPage:
    """List the rulebooks that verdicts of a programme rest on, kept whole under their digests.

    Args and raises: as `list_institutions`; `text` is any part of the digest.
    """
    asked = Slice(key or text, sort, is_descending, min(skip, _DATABASE_LONGEST), limit)
    with store.reading() as repositories:
        in_force = _check(repositories, order, programme)
        rows, total = Registers(repositories.session).bases(RulebookRow, programme, asked)
    found = (
        RegisterRow(row.digest, {**row._asdict(), "is_in_force": row.digest == in_force})
        for row in rows
        if not key or row.digest == key
    )
    return RegisterPage(tuple(found), total)


def list_settings_sets(
    store: Store,
    order: Order,
    *,
    programme: str,
    text: str = "",
    sort: str = "",
    is_descending: bool = False,
    skip: int = 0,
    limit: int = 25,
    key: str = "",
) -> RegisterPage:
    """List the sets of settings that verdicts of a programme rest on.

    Args and raises: as `list_rulebooks`.
    """
    asked = Slice(key or text, sort, is_descending, min(skip, _DATABASE_LONGEST), limit)
    with store.reading() as repositories:
        _check(repositories, order, programme)
        rows, total = Registers(repositories.session).bases(SettingsSetRow, programme, asked)
    found = (RegisterRow(row.digest, row._asdict()) for row in rows if not key or row.digest == key)
    return RegisterPage(tuple(found), total)


def _check(repositories: Repositories, order: Order, programme: str) -> str:
    """Check role and programme, and give the digest of the rulebook in force."""
    require_role(order.actor, command=_NAME, may=_READERS)
    row = repositories.programmes.get(programme)
    if row is None:
        raise not_found(PROGRAMME)
    return row.rulebook_digest
