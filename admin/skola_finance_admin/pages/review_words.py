"""What the pages of the agency call quotas, sources, levels of risk and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance_admin.i18n import lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

RISKS: Mapping[str, tuple[str, str, str]] = {
    "low": (_("Low"), "fa-shield", "green"),
    "medium": (_("Medium"), "fa-circle-exclamation", "amber"),
    "high": (_("High"), "fa-triangle-exclamation", "red"),
}
"""What a level of risk is called, its icon and its tone."""

QUOTAS: Mapping[str, str] = {
    "individual_support": _("Individual support"),
    "projects": _("Initiative and partnership projects"),
    "events": _("The partners' own events"),
    "central": _("The beneficiary's own costs"),
    "undivided": _("One allocation for every action"),
    "": "",
}
"""What an action quota is called."""

CUT_KINDS: Mapping[str, str] = {
    "ineligible": _("Ineligible"),
    "unfunded": _("Unfunded"),
}
"""What becomes of what a cut took."""
