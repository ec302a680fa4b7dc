"""What can be done with a paper: the form of each command, and what it would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from skola_finance.commands import COMMANDS
from skola_finance.queries.approval import Rehearsal, rehearse
from skola_finance_admin.i18n import lazy as _
from skola_finance_admin.web.page import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request

    from skola_finance.commands import UseCase
    from skola_finance_admin.web.forms import Form


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: `kind` is that of `ui.field`; `read` gives its value."""

    name: str
    label: str
    kind: str
    read: Callable[[Form, str], Any]
    hint: str = ""
    is_required: bool = True


def _optional(form: Form, name: str) -> str:
    return form.text(name, default="")


def _text(form: Form, name: str) -> str:
    return form.text(name)


def _day(form: Form, name: str) -> Any:  # noqa: ANN401 - a day
    return form.day(name)


def _cents(form: Form, name: str) -> int:
    return form.cents(name)


TRIED = "…"
"""Stands for a reason that is still to be typed, when a command is tried."""

REASON = Field("reason", _("Reason"), "textarea", _text, _("It stays in the journal."))
NOTE = Field("reason", _("Reason"), "textarea", _optional, is_required=False)
EXECUTED_ON = Field("executed_on", _("Paid by the bank on"), "date", _day)
RETURNED_ON = Field("returned_on", _("Came back on"), "date", _day)
RECEIVED_ON = Field("received_on", _("Received on"), "date", _day)
REPAID_ON = Field("repaid_on", _("Received on"), "date", _day)
STATEMENT = Field(
    *("statement", _("Bank statement"), "text", _optional),
    hint=_("Its number, such as KI-20260703."),
    is_required=False,
)
BATCH = Field(
    *("batch", _("Payment file"), "text", _optional),
    hint=_("Its name, such as MF-20260702, if it is known."),
    is_required=False,
)
CENTS = Field("cents", _("Amount"), "money", _cents)
SUSPICION = (
    Field("suspicion", _("What is suspected"), "textarea", _text, _("It stays in the journal.")),
    Field(
        *("line_id", _("Line"), "text", _optional),
        hint=_("The line's number, where one is suspected."),
        is_required=False,
    ),
    Field(
        *("cents", _("Sum as it is thought of now"), "money", _cents),
        hint=_("It can be left empty; establishing the case fixes it."),
        is_required=False,
    ),
)

_PAID = (EXECUTED_ON, STATEMENT)
_RETURNED = (RETURNED_ON, REASON, STATEMENT)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "order_claim_payment": (BATCH,),
    "settle_claim": (),
    "mark_paid": _PAID,
    "mark_advance_paid": _PAID,
    "mark_refund_paid": _PAID,
    "cancel_order": (REASON,),
    "reject_order": (REASON,),
    "cancel_advance_order": (REASON,),
    "reject_advance_order": (REASON,),
    "take_back_refund": (REASON,),
    "return_order": _RETURNED,
    "return_advance_payment": _RETURNED,
    "propose_advance": (CENTS, REASON),
    "order_advance": (BATCH,),
    "reject_advance": (REASON,),
    "withdraw_advance": (NOTE,),
    "order_owed_again": (BATCH,),
    "repay_unspent_advance": (CENTS, REPAID_ON, STATEMENT),
    "mark_advance_overdue": (REASON,),
    "confirm_correction": (),
    "reject_correction": (REASON,),
    "withdraw_correction": (NOTE,),
    "undo_correction": (REASON,),
    "order_refund": (BATCH,),
    "suspect_irregularity": SUSPICION,
    "establish_irregularity": (),
    "dismiss_irregularity": (REASON,),
    "withhold_irregularity": (),
    "recover_irregularity": (),
    "close_irregularity": (REASON,),
    "agree_schedule": (),
    "request_schedule": (REASON,),
    "record_repayment": (CENTS, RECEIVED_ON, STATEMENT),
    "mark_recovery_overdue": (),
    "propose_write_off": (REASON,),
    "write_off_recovery": (),
    "annul_recovery": (REASON,),
    "set_off_open_debts": (),
    "close_final_balance": (REASON,),
}
"""What each command of these pages asks for, besides the paper itself."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that a page offers.

    Attributes:
        command: its name.
        address: where its form goes.
        rehearsal: what it would do now, or why it is refused.
        fields: what it asks for.
        values: what stands in the fields at first, by name.
    """

    command: str
    address: str
    rehearsal: Rehearsal
    fields: tuple[Field, ...]
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A command to be offered: what it is tried with, and what its fields begin with."""

    command: str
    address: str
    inputs: Mapping[str, Any]
    values: Mapping[str, str] = field(default_factory=dict)


async def offers(request: Request, *wanted: Wanted) -> tuple[Offer, ...]:
    """Try every command without doing it, so that the page can say what each would do.

    Returns: those that are open to the person first, each part in the order asked for.
    """
    tried = await ask(
        request,
        rehearse,
        wanted={one.command: (use_case(one.command), one.inputs) for one in wanted},
    )
    made = [
        Offer(one.command, one.address, tried[one.command], FIELDS[one.command], one.values)
        for one in wanted
    ]
    return tuple(sorted(made, key=lambda one: not one.rehearsal.is_open))


def use_case(name: str) -> UseCase[Any]:
    """Give a command by its name."""
    return COMMANDS[name]


def typed(form: Form, command: str) -> dict[str, Any]:
    """Read what a command asks for.

    Raises: UnusableField (WEB-422).
    """
    return {one.name: one.read(form, one.name) for one in FIELDS[command]}
