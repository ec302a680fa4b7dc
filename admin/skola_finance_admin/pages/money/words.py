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
