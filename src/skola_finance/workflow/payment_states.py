"""A payment order: with the bank, carried out, refused, returned, or called back.

One order pays one approved claim, or one advance. Who may order is kept apart from who approved
by the machine of the claim or sub-project; what its order does, the claim follows.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from skola_finance.problems import Text
from skola_finance.workflow.machine import Machine, named
from skola_finance.workflow.roles import Role


class PaymentState(StrEnum):
    """Where a payment order stands."""

    ORDERED = "ordered"
    """With the bank, or on the way there."""
    EXECUTED = "executed"
    """The bank has paid."""
    REJECTED = "rejected"
    """The bank refused it; no money moved."""
    RETURNED = "returned"
    """The money went out and came back."""
    CANCELLED = "cancelled"
    """Called back before the bank carried it out."""


class PaymentCommand(StrEnum):
    """What can be done to a payment order."""

    ORDER = "order"
    """Order the payment."""
    EXECUTE = "execute"
    """Record, by the statement, that the bank has paid."""
    REJECT = "reject"
    """Record that the bank refused it."""
    CANCEL = "cancel"
    """Call it back."""
    RETURN = "return"
    """Record that the money came back."""


PAYMENT_ORDERS: Machine[PaymentState, PaymentCommand] = Machine(
    key="payment_order",
    title=Text(lv="Maksājuma rīkojums", en="Payment order"),
    opening=PaymentCommand.ORDER,
    initial=PaymentState.ORDERED,
    transitions=MappingProxyType(
        {
            (PaymentState.ORDERED, PaymentCommand.EXECUTE): PaymentState.EXECUTED,
            (PaymentState.ORDERED, PaymentCommand.REJECT): PaymentState.REJECTED,
            (PaymentState.ORDERED, PaymentCommand.CANCEL): PaymentState.CANCELLED,
            (PaymentState.EXECUTED, PaymentCommand.RETURN): PaymentState.RETURNED,
        }
    ),
    may=MappingProxyType(dict.fromkeys(PaymentCommand, frozenset({Role.AGENCY_TREASURER}))),
    state_names=named(
        {
            PaymentState.ORDERED: ("Nodots bankai", "Ordered"),
            PaymentState.EXECUTED: ("Izpildīts", "Executed"),
            PaymentState.REJECTED: ("Noraidīts bankā", "Refused by the bank"),
            PaymentState.RETURNED: ("Atgriezts", "Returned"),
            PaymentState.CANCELLED: ("Atcelts", "Cancelled"),
        }
    ),
    command_names=named(
        {
            PaymentCommand.ORDER: ("Sagatavot rīkojumu", "Order"),
            PaymentCommand.EXECUTE: ("Reģistrēt izpildi", "Record the payment"),
            PaymentCommand.REJECT: ("Reģistrēt bankas noraidījumu", "Record the refusal"),
            PaymentCommand.CANCEL: ("Atcelt rīkojumu", "Cancel"),
            PaymentCommand.RETURN: ("Reģistrēt atgrieztu maksājumu", "Record the payment back"),
        }
    ),
)
"""The life of a payment order."""
