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

ANSWERS: Mapping[str, str] = {
    "yes": _("Yes"),
    "no": _("No"),
    "not_applicable": _("Does not apply"),
}
"""What can be answered to an item of the checklist."""

QUESTION_STATES: Mapping[str, tuple[str, str]] = {
    "asked": (_("With the partner"), "amber"),
    "answered": (_("Answered"), "blue"),
    "closed": (_("Accepted"), "green"),
    "unanswered": (_("Not answered"), "red"),
    "withdrawn": (_("Withdrawn"), "grey"),
}
"""What a state of a question is called, and its tone."""

SHARED: Mapping[str, str] = {
    "document_key": _("The same document"),
    "learner_ref": _("The same learner"),
    "specialist_ref": _("The same specialist"),
}
"""What two lines of different claims can have to do with each other."""

GROUNDS: Mapping[str, str] = {
    "social_exclusion": _("Risk of social exclusion"),
    "early_leaving": _("Risk of early leaving"),
    "repeats_grade_9": _("Repeats grade 9"),
    "vet_entrant_report_card": _("Entered vocational education with a report card"),
    "none": _("No ground"),
}
"""What a risk ground is called; shown only to whoever opened it with a reason."""
