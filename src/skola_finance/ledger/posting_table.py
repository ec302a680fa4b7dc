"""The events of the ledger and the accounts that each of them moves.

One row per event, as the posting table of the specification has them. An entry of an event
cannot hold any other account; `source_rounding` may stand in each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.ledger.accounts import Account, Group

if TYPE_CHECKING:
    from collections.abc import Mapping


class Event(StrEnum):
    """What happened. A submitted claim is no event here: what is in process is computed."""

    ENVELOPE_RAISED = "envelope_raised"
    """The money for partners was set, or raised."""
    ENVELOPE_LOWERED = "envelope_lowered"
    """The money for partners was lowered, by at most what is not yet allocated."""
    ALLOCATION_RAISED = "allocation_raised"
    """A partner was allocated money, or more of it."""
    ALLOCATION_LOWERED = "allocation_lowered"
    """An amendment lowered an allocation, by at most what is free."""
    REALLOCATED = "reallocated"
    """Free allocation went from one partner or quota to another."""
    ADVANCE_ORDERED = "advance_ordered"
    """An advance was ordered to be paid."""
    ADVANCE_EXECUTED = "advance_executed"
    """The bank paid an advance."""
    ADVANCE_REJECTED = "advance_rejected"
    """The order of an advance was rejected, or cancelled before it was executed."""
    ADVANCE_RETURNED = "advance_returned"
    """The bank returned an advance after it was executed."""
    CLAIM_APPROVED = "claim_approved"
    """Costs were approved; advances were cleared and debts set off against them."""
    PAYMENT_ORDERED = "payment_ordered"
    """What is payable was ordered to be paid."""
    PAYMENT_EXECUTED = "payment_executed"
    """The bank paid."""
    PAYMENT_REJECTED = "payment_rejected"
    """The order was rejected, or cancelled before it was executed."""
    PAYMENT_RETURNED = "payment_returned"
    """The bank returned the money after it was executed."""
    SET_OFF = "set_off"
    """A debt was set off against what was already payable."""
    CORRECTED = "corrected"
    """Approved costs were withdrawn without an irregularity; the allocation is refilled."""
    IRREGULARITY = "irregularity"
    """Approved costs were withdrawn as irregular; the project's total shrinks."""
    CORRECTION_UNDONE = "correction_undone"
    """A correction, or an irregularity, had been raised by mistake: its mirror."""
    REPAID = "repaid"
    """A partner paid back what it owed."""
    WRITTEN_OFF = "written_off"
    """What a partner owed will not be recovered."""
    ADVANCE_REPAID = "advance_repaid"
    """A partner paid back what it had not spent of an advance."""
    ADVANCE_OVERDUE = "advance_overdue"
    """An advance that was neither cleared nor repaid in time became recoverable."""
    PARTNER_SUCCEEDED = "partner_succeeded"
    """Another partner took over every balance."""
    PARTNER_CLOSED = "partner_closed"
    """A partner with no open accounts gave back the rest of its allocation."""
    PROGRAMME_CLOSED = "programme_closed"
    """The budget accounts were closed against each other."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: pairs of accounts, debit first.

    `takes_number` is whether the event changes what is approved, and so has a number in the
    gap-free order of D-03.
    """

    pairs: tuple[tuple[Account, Account], ...]
    takes_number: bool = False

    @property
    def accounts(self) -> frozenset[Account]:
        """Every account that an entry of the event may hold."""
        named = {account for pair in self.pairs for account in pair}
        return frozenset(named | {Account.SOURCE_ROUNDING})

    def in_group(self, group: Group) -> tuple[tuple[Account, Account], ...]:
        """Give the pairs of one group."""
        return tuple(pair for pair in self.pairs if pair[0].groups == (group,))


_A = Account
_WITHDRAWAL = ((_A.PAYABLE, _A.WITHDRAWN), (_A.RECOVERABLE, _A.WITHDRAWN))
_EVERY_ACCOUNT = tuple(
    (account, account)
    for account in Account
    if account.is_per_partner or account is _A.SOURCE_ROUNDING
)


POSTING_TABLE: Mapping[Event, Row] = MappingProxyType(
    {
        Event.ENVELOPE_RAISED: Row(((_A.ENVELOPE, _A.APPROPRIATION),)),
        Event.ENVELOPE_LOWERED: Row(((_A.APPROPRIATION, _A.ENVELOPE),)),
        Event.ALLOCATION_RAISED: Row(((_A.ALLOCATION, _A.ENVELOPE),)),
        Event.ALLOCATION_LOWERED: Row(((_A.ENVELOPE, _A.ALLOCATION),)),
        Event.REALLOCATED: Row(((_A.ALLOCATION, _A.ALLOCATION),)),
        Event.ADVANCE_ORDERED: Row(((_A.ADVANCE, _A.ORDERED),)),
        Event.ADVANCE_EXECUTED: Row(((_A.ORDERED, _A.PAID),)),
        Event.ADVANCE_REJECTED: Row(((_A.ORDERED, _A.ADVANCE),)),
        Event.ADVANCE_RETURNED: Row(((_A.PAID, _A.ADVANCE), (_A.PAID, _A.PAYABLE))),
        Event.CLAIM_APPROVED: Row(
            (
                (_A.USED, _A.ALLOCATION),
                (_A.APPROVED, _A.PAYABLE),
                (_A.PAYABLE, _A.ADVANCE),
                (_A.PAYABLE, _A.RECOVERABLE),
            ),
            takes_number=True,
        ),
        Event.PAYMENT_ORDERED: Row(((_A.PAYABLE, _A.ORDERED),)),
        Event.PAYMENT_EXECUTED: Row(((_A.ORDERED, _A.PAID),)),
        Event.PAYMENT_REJECTED: Row(((_A.ORDERED, _A.PAYABLE),)),
        Event.PAYMENT_RETURNED: Row(((_A.PAID, _A.PAYABLE),)),
        Event.SET_OFF: Row(((_A.PAYABLE, _A.RECOVERABLE),)),
        Event.CORRECTED: Row(((_A.ALLOCATION, _A.USED), *_WITHDRAWAL), takes_number=True),
        Event.IRREGULARITY: Row(((_A.APPROPRIATION, _A.USED), *_WITHDRAWAL), takes_number=True),
        Event.CORRECTION_UNDONE: Row(
            (
                (_A.USED, _A.ALLOCATION),
                (_A.USED, _A.APPROPRIATION),
                (_A.WITHDRAWN, _A.PAYABLE),
                (_A.WITHDRAWN, _A.RECOVERABLE),
            ),
            takes_number=True,
        ),
        Event.REPAID: Row(((_A.PAID, _A.RECOVERABLE),)),
        Event.WRITTEN_OFF: Row(((_A.WRITTEN_OFF, _A.RECOVERABLE),)),
        Event.ADVANCE_REPAID: Row(((_A.PAID, _A.ADVANCE),)),
        Event.ADVANCE_OVERDUE: Row(((_A.RECOVERABLE, _A.ADVANCE),)),
        Event.PARTNER_SUCCEEDED: Row(_EVERY_ACCOUNT),
        Event.PARTNER_CLOSED: Row(((_A.ENVELOPE, _A.ALLOCATION),)),
        Event.PROGRAMME_CLOSED: Row(((_A.APPROPRIATION, _A.ENVELOPE), (_A.APPROPRIATION, _A.USED))),
    }
)
"""Debit and credit of every event, the budget group first."""

ACCOUNTS_OF: Mapping[Event, frozenset[Account]] = MappingProxyType(
    {event: row.accounts for event, row in POSTING_TABLE.items()}
)
"""The accounts that an entry of each event may hold."""
