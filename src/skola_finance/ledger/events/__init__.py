"""One function for each event of the posting table.

Each takes the occasion, plain values and the balances that it needs, and returns an Entry or
refuses. Nothing here reads a book: the caller hands in balances that it has locked.
"""

from skola_finance.ledger.events.advances import (
    execute_advance,
    make_advance_overdue,
    order_advance,
    reject_advance,
    repay_advance,
    return_advance,
)
from skola_finance.ledger.events.budget import (
    SameOnBothSides,
    lower_allocation,
    lower_envelope,
    raise_allocation,
    raise_envelope,
    reallocate,
)
from skola_finance.ledger.events.claims import Approval, approve_claim, set_off
from skola_finance.ledger.events.corrections import Withdrawal, correct, record_irregularity
from skola_finance.ledger.events.endings import (
    AccountsStillOpen,
    close_partner,
    close_programme,
    succeed_partner,
)
from skola_finance.ledger.events.mistakes import undo_correction
from skola_finance.ledger.events.payments import (
    execute_payment,
    order_payment,
    reject_payment,
    return_payment,
)
from skola_finance.ledger.events.recoveries import repay, write_off

__all__ = [
    "AccountsStillOpen",
    "Approval",
    "SameOnBothSides",
    "Withdrawal",
    "approve_claim",
    "close_partner",
    "close_programme",
    "correct",
    "execute_advance",
    "execute_payment",
    "lower_allocation",
    "lower_envelope",
    "make_advance_overdue",
    "order_advance",
    "order_payment",
    "raise_allocation",
    "raise_envelope",
    "reallocate",
    "record_irregularity",
    "reject_advance",
    "reject_payment",
    "repay",
    "repay_advance",
    "return_advance",
    "return_payment",
    "set_off",
    "succeed_partner",
    "undo_correction",
    "write_off",
]
