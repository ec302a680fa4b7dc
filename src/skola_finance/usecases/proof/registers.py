"""What the registers say of a programme, for the invariants to hold the books against."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from skola_finance.funding import AgreementStatus
from skola_finance.ledger import Account, Event, Registers
from skola_finance.money import Rate
from skola_finance.workflow import PaymentState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.ledger import Entry
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ProgrammeRow

ADVANCE_SHARE = Rate(80, 100)
"""The most that may be advanced of a sub-project: 80 % (Regulation 483 par. 21)."""
_BY_ORDER = frozenset(
    {
        *(Event.PAYMENT_EXECUTED, Event.PAYMENT_RETURNED),
        *(Event.ADVANCE_EXECUTED, Event.ADVANCE_RETURNED),
    }
)


def registers_of(
    repositories: Repositories, programme: ProgrammeRow, entries: Sequence[Entry]
) -> Registers:
    """Give the registers of a programme as plain values.

    Payments by order are taken from the orders; what partners paid back has no register but the
    books, and is taken from there.
    """
    code = programme.code
    orders = repositories.payments.orders(code)
    files: Counter[str] = Counter()
    statements: Counter[str] = Counter()
    for order in orders:
        if order.batch:
            files[order.batch] += order.amount_cents
        was_paid = order.state in {PaymentState.EXECUTED.value, PaymentState.RETURNED.value}
        if order.statement and was_paid:
            statements[order.statement] += order.amount_cents
        if order.return_statement and order.state == PaymentState.RETURNED:
            statements[order.return_statement] -= order.amount_cents
    for entry in entries:
        if entry.event in _BY_ORDER or entry.event is Event.PARTNER_SUCCEEDED:
            continue
        for posting in entry.postings:
            if posting.account is Account.PAID and entry.occasion.batch:
                statements[entry.occasion.batch] += posting.grows_cents
    return Registers(
        programme=code,
        rates={row.key: _rate(row.rate) for row in repositories.programmes.rate_periods(code)},
        advance_share=ADVANCE_SHARE,
        sub_projects={
            row.project_no: row.approved_cents for row in repositories.partners.sub_projects(code)
        },
        closed_partners=_closed(repositories, code),
        payment_files=dict(files),
        statements=dict(statements),
        is_closed=programme.closed_on is not None,
    )


def _closed(repositories: Repositories, programme: str) -> frozenset[str]:
    """Give the partners none of whose agreements is in force."""
    in_force: dict[str, bool] = {}
    for row in repositories.partners.agreements(programme):
        is_open = not AgreementStatus(row.state).is_over
        in_force[row.partner_reg_no] = in_force.get(row.partner_reg_no, False) or is_open
    return frozenset(partner for partner, is_open in in_force.items() if not is_open)


def _rate(text: str) -> Rate:
    numerator, _, denominator = text.partition("/")
    return Rate(int(numerator), int(denominator))
