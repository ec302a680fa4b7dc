"""What is due beside the claims: objections, debts, sub-projects, advances, checks on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance.ledger import Account, Dimension
from skola_finance.usecases.reports.claims_due import MOST_CLAIMS, decided_on
from skola_finance.workflow import (
    CLAIMS,
    IRREGULARITIES,
    RECOVERIES,
    Duty,
    IrregularityCommand,
    IrregularityState,
    ObjectionState,
    RecoveryCommand,
    RecoveryState,
    SpotCheckState,
    SubProjectState,
    riga_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import RecoveryRow
    from skola_finance.usecases.reports.scope import Scope
    from skola_finance.usecases.reports.terms_due import Due, Terms

NOTICE = "paziņojums par atmaksu · notice of recovery"
SCHEDULE = "atmaksas grafiks · repayment schedule"
ADVANCE = "avanss · advance"
_TO_REPAY = frozenset({RecoveryState.NOTIFIED, RecoveryState.OVERDUE})
_CASES = frozenset(
    {IrregularityState.ESTABLISHED, IrregularityState.WITHHELD, IrregularityState.RECOVERED}
)


def objections_due(repositories: Repositories, scope: Scope, terms: Terms) -> Iterator[Due]:
    """Give what may still be objected to, until its last day, and objections to decide on."""
    rows = repositories.cases.objections(scope.programme)
    filed = {
        (one.machine, one.thing, riga_day(one.filed_at))
        for one in rows
        if one.state != ObjectionState.WITHDRAWN
    }
    for machine, thing, partner, day in _decisions(repositories, scope):
        if any(one[:2] == (machine, thing) and one[2] >= day for one in filed):
            continue
        found = terms.due(Duty.OBJECT, subject=thing, since=day, partner=partner)
        yield from (one for one in found if not one.is_overdue)
    for row in rows:
        if row.state == ObjectionState.FILED and row.partner_reg_no in scope.claimants:
            yield from terms.due(
                Duty.DECIDE_OBJECTION,
                subject=row.thing,
                since=riga_day(row.filed_at),
                partner=row.partner_reg_no,
            )


def _decisions(repositories: Repositories, scope: Scope) -> Iterator[tuple[str, str, str, date]]:
    """Give what was decided: the machine, the thing, its partner and the day."""
    claims = repositories.claims.find(
        programme=scope.programme, partners=scope.claimants, limit=MOST_CLAIMS
    )
    for claim in claims:
        day = decided_on(repositories, claim)
        if day is not None:
            yield CLAIMS.key, claim.key, claim.partner_reg_no, day
    for case in repositories.cases.irregularities(scope.programme):
        if case.state not in _CASES or case.partner_reg_no not in scope.claimants:
            continue
        for act in repositories.records.acts(IRREGULARITIES.key, case.key):
            if act.command == IrregularityCommand.ESTABLISH:
                yield IRREGULARITIES.key, case.key, case.partner_reg_no, riga_day(act.at)
    for debt in repositories.payments.recoveries(scope.programme):
        if debt.state != RecoveryState.ANNULLED and debt.partner_reg_no in scope.claimants:
            yield RECOVERIES.key, debt.key, debt.partner_reg_no, debt.notified_on


def recoveries_due(repositories: Repositories, scope: Scope, terms: Terms) -> Iterator[Due]:
    """Give repayments and instalments that are still owed, and what goes before a schedule."""
    owed = _open(repositories, scope, Account.RECOVERABLE)
    for row in repositories.payments.recoveries(scope.programme):
        if row.partner_reg_no not in scope.claimants:
            continue
        if row.state == RecoveryState.SCHEDULE_AGREED:
            yield from _instalments(repositories, terms, row, owed.get(row.document, 0))
        elif row.state in _TO_REPAY:
            yield from _repayment(repositories, terms, row)


def _instalments(
    repositories: Repositories, terms: Terms, row: RecoveryRow, left_cents: int
) -> Iterator[Due]:
    """Give the instalments that what was repaid so far does not cover, the first ones first."""
    instalments = repositories.payments.instalments(row.id)
    to_come = sum(one.amount_cents for one in instalments)
    for one in instalments:
        to_come -= one.amount_cents
        if left_cents > to_come:
            yield terms.by_day(
                Duty.REPAY,
                subject=row.key,
                since=row.notified_on,
                due_on=one.due_on,
                source=f"{SCHEDULE} {row.key}",
                partner=row.partner_reg_no,
            )


def _repayment(repositories: Repositories, terms: Terms, row: RecoveryRow) -> Iterator[Due]:
    of_debt: dict[str, Any] = {"subject": row.key, "partner": row.partner_reg_no}
    if row.repay_by is not None:
        source = f"{NOTICE} {row.key}"
        found = [
            terms.by_day(
                Duty.REPAY, since=row.notified_on, due_on=row.repay_by, source=source, **of_debt
            )
        ]
    else:
        found = list(terms.due(Duty.REPAY, since=row.notified_on, **of_debt))
    yield from found
    acts = repositories.records.acts(RECOVERIES.key, row.key)
    asked = [act for act in acts if act.command == RecoveryCommand.REQUEST_SCHEDULE]
    agreed = [act for act in acts if act.command == RecoveryCommand.AGREE_SCHEDULE]
    if asked and (not agreed or agreed[-1].at < asked[-1].at):
        yield from terms.due(Duty.AGREE_SCHEDULE, since=riga_day(asked[-1].at), **of_debt)
    elif found and not asked and row.state == RecoveryState.NOTIFIED:
        before = terms.due(Duty.ASK_FOR_SCHEDULE, since=found[0].due_on, **of_debt)
        yield from (one for one in before if not one.is_overdue)


def sub_projects_due(repositories: Repositories, scope: Scope, terms: Terms) -> Iterator[Due]:
    """Give the advances and rests of sub-projects that are to be paid."""
    for row in repositories.partners.sub_projects(scope.programme, partners=scope.claimants):
        of_project: dict[str, Any] = {"subject": row.project_no, "partner": row.partner_reg_no}
        if row.state == SubProjectState.APPROVED and row.approved_on is not None:
            yield from terms.due(Duty.PAY_PROJECT_ADVANCE, since=row.approved_on, **of_project)
        if row.state == SubProjectState.REPORT_APPROVED and row.report_approved_on is not None:
            yield from terms.due(Duty.PAY_PROJECT_REST, since=row.report_approved_on, **of_project)


def advances_due(repositories: Repositories, scope: Scope, terms: Terms) -> Iterator[Due]:
    """Give general advances that claims are to come up to, by the day set at the payment."""
    out = _open(repositories, scope, Account.ADVANCE)
    for row in repositories.payments.advances(scope.programme):
        is_open = row.partner_reg_no in scope.claimants and out.get(row.document, 0) > 0
        if is_open and row.clear_by is not None and row.ordered_on is not None:
            yield terms.by_day(
                Duty.CLEAR_ADVANCE,
                subject=row.document,
                since=row.ordered_on,
                due_on=row.clear_by,
                source=f"{ADVANCE} {row.document}",
                partner=row.partner_reg_no,
            )


def spot_checks_due(repositories: Repositories, scope: Scope, terms: Terms) -> Iterator[Due]:
    """Give checks on the spot whose result the partner does not have yet."""
    for row in repositories.cases.spot_checks(scope.programme):
        is_open = row.state == SpotCheckState.HELD and row.held_on is not None
        if is_open and row.held_on is not None and row.partner_reg_no in scope.claimants:
            yield from terms.due(
                Duty.REPORT_SPOT_CHECK,
                subject=f"spot_check/{row.id}",
                since=row.held_on,
                partner=row.partner_reg_no,
            )


def _open(repositories: Repositories, scope: Scope, account: Account) -> Mapping[str, int]:
    """Give what stands on an account by document, in cents."""
    balances = repositories.books.balances(scope.programme, accounts=[account])
    sums = balances.sums(account, by=(Dimension.DOCUMENT,))
    return {document: split.total_cents for (document,), split in sums.items()}
