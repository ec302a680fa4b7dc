"""Cases of irregularity as pages show them: the sums, the steps, and the project's total."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Balances
from skola_finance.storage.repositories.cash import Cash
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.paying.irregularities import FLOOR, WHAT
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.terms import entered
from skola_finance.usecases.views.posted import Deed, PostedEntry, deeds_of, entries_of
from skola_finance.workflow import (
    IRREGULARITIES,
    IrregularityCommand,
    IrregularityState,
    not_found,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.problems import Text
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import IrregularityRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_COMMANDS: Mapping[IrregularityCommand, str] = MappingProxyType(
    {
        IrregularityCommand.ESTABLISH: "establish_irregularity",
        IrregularityCommand.WITHHOLD: "withhold_irregularity",
        IrregularityCommand.RECOVER: "recover_irregularity",
        IrregularityCommand.CLOSE: "close_irregularity",
        IrregularityCommand.DISMISS: "dismiss_irregularity",
    }
)


@dataclass(frozen=True, slots=True)
class RecoveryFloor:
    """Up to which sum nothing is claimed back, in cents; None where none exists or is known."""

    cents: int | None
    is_entered: bool
    source: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of irregularity in a list, in cents; `owed_cents` is still to come back."""

    key: str
    partner_reg_no: str
    partner: str
    claim: str
    line_id: str
    suspicion: str
    amount_cents: int
    withheld_cents: int
    recovered_cents: int
    owed_cents: int
    state: str
    state_label: Text


@dataclass(frozen=True, slots=True)
class CaseList:
    """Every case, the newest first; what was established, and is still owed, in cents."""

    lines: tuple[CaseLine, ...]
    suspected: int
    established_cents: int
    owed_cents: int
    illustrative: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case: entries, acts, the project's total, and the commands that its state knows.

    Attributes:
        total_cents: the project's total as it stands now.
        other_total_cents: before it was established; of a suspected case, what it would become.
    """

    programme: str
    line: CaseLine
    entries: tuple[PostedEntry, ...]
    deeds: tuple[Deed, ...]
    recoveries: tuple[str, ...]
    total_cents: int
    other_total_cents: int
    floor: RecoveryFloor
    possible: tuple[str, ...]
    illustrative: bool


def irregularities_of(store: Store, order: Order, *, programme: str) -> CaseList:
    """List cases of irregularity, the newest first; a partner's people see their own.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        rows = [
            row
            for row in repositories.cases.irregularities(programme)
            if scope.is_whole or row.partner_reg_no in scope.claimants
        ]
        names = {one.reg_no: one.name for one in repositories.partners.all()}
        books = repositories.books.balances(programme, accounts=[Account.RECOVERABLE])
        keys = Cash(repositories.session).claim_keys(row.claim_id for row in rows)
        lines = [
            _line(row, names, keys, books, scope.holders.get(row.partner_reg_no, ""))
            for row in reversed(rows)
        ]
    counted = [one for one in lines if one.state not in {"suspected", "dismissed"}]
    return CaseList(
        tuple(lines),
        sum(one.state == IrregularityState.SUSPECTED for one in lines),
        sum(one.amount_cents for one in counted),
        sum(one.owed_cents for one in lines),
        scope.illustrative,
    )


def irregularity_page(store: Store, order: Order, *, key: str) -> CaseView:
    """Give one case with everything behind it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another partner's.
    """
    with reading_reports(store, order) as repositories:
        cash = Cash(repositories.session)
        row = cash.case_by_key(key)
        if row is None or not order.actor.sees(row.partner_reg_no):
            raise not_found(WHAT)
        programme = row.programme
        scope = scope_of(repositories, order, programme=programme, partner=row.partner_reg_no)
        holder = repositories.partners.holder(programme, partner=row.partner_reg_no)
        books = repositories.books.balances(
            programme, partner=holder, accounts=[Account.RECOVERABLE]
        )
        line = _line(row, scope.names, cash.claim_keys([row.claim_id]), books, holder)
        common = repositories.books.balances(programme, partner="")
        total = common.split(Account.APPROPRIATION).total_cents
        state = IrregularityState(row.state)
        return CaseView(
            programme,
            line,
            entries_of(repositories, programme, documents=[key]),
            deeds_of(repositories, IRREGULARITIES.key, key),
            tuple(one.key for one in repositories.payments.recoveries(programme, document=key)),
            total,
            _other_total(total, line),
            recovery_floor(store, repositories, programme, order),
            tuple(name for one, name in _COMMANDS.items() if one in IRREGULARITIES.possible(state)),
            scope.illustrative,
        )


def recovery_floor(
    store: Store, repositories: Repositories, programme: str, order: Order
) -> RecoveryFloor:
    """Give the sum up to which nothing is claimed back, as the setting has it today."""
    rulebook = rulebook_now(store, repositories, programme)
    if rulebook.parameter(FLOOR) is None:
        return RecoveryFloor(None, is_entered=False, source="", illustrative=False)
    setting = entered(rulebook, FLOOR, on=order.on)
    if setting is None:
        return RecoveryFloor(None, is_entered=False, source="", illustrative=False)
    cents = setting.value if isinstance(setting.value, int) else None
    return RecoveryFloor(
        cents, is_entered=True, source=setting.source, illustrative=setting.illustrative
    )


def _other_total(total: int, line: CaseLine) -> int:
    match IrregularityState(line.state):
        case IrregularityState.SUSPECTED:
            return total - line.amount_cents
        case IrregularityState.DISMISSED:
            return total
        case _:
            return total + line.amount_cents


def _line(
    row: IrregularityRow,
    names: Mapping[str, str],
    keys: Mapping[int, str],
    books: Balances,
    holder: str,
) -> CaseLine:
    owed = books.open_item(
        Account.RECOVERABLE, programme=row.programme, partner=holder, document=row.key
    )
    return CaseLine(
        key=row.key,
        partner_reg_no=row.partner_reg_no,
        partner=names.get(row.partner_reg_no, row.partner_reg_no),
        claim=keys.get(row.claim_id, ""),
        line_id=row.line_id,
        suspicion=row.suspicion,
        amount_cents=row.amount_cents,
        withheld_cents=row.withheld_cents,
        recovered_cents=row.recovered_cents,
        owed_cents=owed.available_cents,
        state=row.state,
        state_label=IRREGULARITIES.state_names[IrregularityState(row.state)],
    )
