"""What the pages of money call the entries of the books and the kinds of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance_admin.i18n import lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

EVENTS: Mapping[str, str] = {
    "envelope_raised": _("The envelope is raised"),
    "envelope_lowered": _("The envelope is lowered"),
    "allocation_raised": _("The allocation is raised"),
    "allocation_lowered": _("The allocation is lowered"),
    "reallocated": _("Allocation is moved"),
    "advance_ordered": _("The advance is ordered"),
    "advance_executed": _("The advance is paid"),
    "advance_rejected": _("The order of the advance comes to nothing"),
    "advance_returned": _("The advance came back"),
    "claim_approved": _("The claim is approved"),
    "payment_ordered": _("The payment is ordered"),
    "payment_executed": _("The payment is made"),
    "payment_rejected": _("The order comes to nothing"),
    "payment_returned": _("The payment came back"),
    "set_off": _("The debt is set off"),
    "corrected": _("Approved costs are withdrawn; the allocation is refilled"),
    "irregularity": _("Irregular costs are withdrawn; the project's total shrinks"),
    "correction_undone": _("What was withdrawn is given back"),
    "repaid": _("The partner repays"),
    "written_off": _("The debt is written off"),
    "advance_repaid": _("The partner repays the advance"),
    "advance_overdue": _("The advance becomes a debt"),
    "partner_succeeded": _("A successor takes over the balances"),
    "partner_closed": _("The free allocation goes back to the envelope"),
    "programme_closed": _("The programme is closed"),
}
"""What an entry of the books records."""

ORDER_KINDS: Mapping[str, str] = {
    "claim": _("Claim"),
    "advance": _("Advance"),
    "owed_again": _("Advance, owed again"),
    "refund": _("Refund to the partner"),
}
"""What a payment order pays."""

ORDER_TONES: Mapping[str, str] = {
    "ordered": "blue",
    "executed": "green",
    "rejected": "red",
    "returned": "amber",
    "cancelled": "grey",
}
PROPOSAL_TONES: Mapping[str, str] = {
    "proposed": "amber",
    "confirmed": "green",
    "rejected": "red",
    "withdrawn": "grey",
    "superseded": "grey",
}
CASE_TONES: Mapping[str, str] = {
    "suspected": "amber",
    "established": "red",
    "withheld": "blue",
    "recovered": "green",
    "not_recovered": "grey",
    "dismissed": "grey",
}
RECOVERY_TONES: Mapping[str, str] = {
    "notified": "amber",
    "schedule_agreed": "blue",
    "overdue": "red",
    "repaid": "green",
    "written_off": "grey",
    "annulled": "grey",
}

ACCOUNTS: Mapping[str, str] = {
    "envelope": _("Envelope"),
    "allocation": _("Free allocation"),
    "used": _("Used allocation"),
    "appropriation": _("Appropriation"),
    "approved": _("Approved costs"),
    "advance": _("Advance out"),
    "recoverable": _("Owed back"),
    "written_off": _("Written off"),
    "payable": _("Payable"),
    "ordered": _("Ordered payments"),
    "paid": _("Paid to the partner"),
    "withdrawn": _("Withdrawn costs"),
    "source_rounding": _("Rounding between the sources"),
}
"""The accounts of a partner."""

MATTERS: Mapping[str, str] = {
    "account": _("Account"),
    "claim": _("Claim"),
    "payment_order": _("Payment order"),
    "correction": _("Correction"),
    "recovery": _("Recovery"),
    "irregularity": _("Irregularity"),
}
"""What keeps a partner from being closed."""

CORRECTION_KINDS: Mapping[str, str] = {
    "correction": _("Financial correction"),
    "credit_note": _("Credit note"),
    "undoing": _("Undoing of a correction"),
    "irregularity": _("Irregularity"),
}
CORRECTION_METHODS: Mapping[str, str] = {
    "line": _("by lines"),
    "rule": _("by a rule"),
    "rate": _("by a rate"),
}
