"""What partners, quotas and the states of proposals are called on the pages of the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance_admin.i18n import lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTNER_KINDS: Mapping[str, str] = {
    "municipality": _("Municipality"),
    "vocational_institution": _("Vocational education institution"),
    "general_institution": _("General education institution"),
    "beneficiary": _("Beneficiary"),
}
QUOTAS: Mapping[str, str] = {
    "individual_support": _("Individual support"),
    "projects": _("Initiative and partnership projects"),
    "events": _("Events"),
    "central": _("The beneficiary's own costs"),
    "undivided": _("Undivided"),
}
AGREEMENT_TONES: Mapping[str, str] = {
    "active": "green",
    "suspended": "amber",
    "ended": "grey",
    "succeeded": "grey",
}
PROPOSAL_TONES: Mapping[str, str] = {
    "proposed": "amber",
    "confirmed": "green",
    "rejected": "red",
    "withdrawn": "grey",
    "superseded": "grey",
}
