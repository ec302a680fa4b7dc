"""What the template offers: sheets, columns and codes of each programme. No file library here."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from skola_finance.claims import vocabulary as v
from skola_finance.claims.columns import SHEET_COLUMNS, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping


class Layout(StrEnum):
    """The two ways a claim is spread over sheets."""

    SHEETS = "sheets"
    """Narrow sheets, each with only the columns its rows need."""
    LINES = "lines"
    """One sheet with every column."""


SHEETS: Mapping[Layout, tuple[Sheet, ...]] = {
    Layout.SHEETS: (Sheet.SESSIONS, Sheet.DOCUMENTS, Sheet.PROJECTS, Sheet.PLANS),
    Layout.LINES: (Sheet.LINES,),
}

_NOT_NEEDED: Mapping[str, frozenset[str]] = {
    v.SKOLA_KOPIENA: frozenset(
        {
            "institution_kind",
            "ticket_kind",
            "income_status",
            "has_disability",
            "employment_form",
            "budget_bucket",
        }
    ),
    v.PUMPURS: frozenset({"mentor_certified_on", "study_form"}),
}
"""Columns that no rule of the programme asks a partner for."""

_ACTIVITIES: Mapping[str, Mapping[Sheet, tuple[str, ...]]] = {
    v.SKOLA_KOPIENA: {
        Sheet.SESSIONS: (
            "reading_support",
            "subject_consultation",
            "specialist_support",
            "mentor_support",
        ),
        Sheet.DOCUMENTS: (
            "cooperation_event",
            "education_event",
            "reading_event",
            "venue",
            "specialist_support",
        ),
        Sheet.PROJECTS: ("initiative_project", "partnership_project"),
        Sheet.PLANS: (
            "reading_support",
            "subject_consultation",
            "specialist_support",
            "mentor_support",
        ),
    },
    v.PUMPURS: {
        Sheet.SESSIONS: ("consultation", "meals"),
        Sheet.DOCUMENTS: (
            "transport",
            "special_transport",
            "lodging",
            "meals",
            "learning_materials",
            "individual_items",
            "consultation",
            "management",
        ),
        Sheet.PROJECTS: ("youth_project",),
        Sheet.PLANS: (
            "consultation",
            "transport",
            "special_transport",
            "lodging",
            "meals",
            "learning_materials",
            "individual_items",
        ),
    },
}
"""Activities a partner may claim on each sheet.

Specialist support by document is that of a sign-language interpreter or occupational therapist.
"""

_FLAT_RATE_ACTIVITIES: Mapping[str, tuple[str, ...]] = {v.PUMPURS: ("indirect",)}
"""Claimed at a flat rate, which only the one-sheet layout can say."""

_SPECIALISTS_NOT_OFFERED: Mapping[str, frozenset[str]] = {
    v.SKOLA_KOPIENA: frozenset({"assistant", "supervisor"}),
    v.PUMPURS: frozenset({"mentor", "supervisor"}),
}

_FILLED: Mapping[Sheet, frozenset[str]] = {
    Sheet.SESSIONS: frozenset(
        {
            "activity",
            "activity_on",
            "institution_reg_no",
            "institution_founder",
            "education_programme",
            "study_form",
            "learner_ref",
            "learner_grade",
            "plan_no",
            "specialist",
            "specialist_ref",
            "group_size",
            "quantity",
            "amount",
            "other_funding",
            "budget_bucket",
            "evidence",
        }
    ),
    Sheet.DOCUMENTS: frozenset(
        {
            "activity",
            "activity_on",
            "document_no",
            "document_on",
            "document_total",
            "paid_on",
            "supplier_kind",
            "supplier_reg_no",
            "economic_code",
            "amount",
            "other_funding",
            "evidence",
        }
    ),
    Sheet.PROJECTS: frozenset({"project_no", "activity", "amount", "evidence"}),
    Sheet.PLANS: frozenset(
        {"plan_no", "learner_ref", "risk_ground", "plan_from", "plan_to", "activity", "semester"}
    ),
    Sheet.LINES: frozenset({"activity", "cost_form", "activity_on", "amount", "evidence"}),
}
"""Columns that are coloured as required: every usual line of the sheet needs them."""

REQUIRED_IN_CLAIM = frozenset(
    {
        "programme",
        "agreement_no",
        "agreement_on",
        "partner_kind",
        "partner_reg_no",
        "claim_no",
        "claim_kind",
        "period_from",
        "period_to",
        "declared_total",
    }
)


def offered_columns(sheet: Sheet, programme: str) -> tuple[str, ...]:
    """Give the columns a sheet has in the template of a programme, in order."""
    return tuple(key for key in SHEET_COLUMNS[sheet] if key not in _NOT_NEEDED[programme])


def offered_codes(key: str, sheet: Sheet, programme: str) -> tuple[str, ...]:
    """Give the codes that a programme offers in a column; empty means the whole list."""
    if key == "specialist":
        left_out = _SPECIALISTS_NOT_OFFERED[programme]
        return tuple(code for code in v.SPECIALIST if code not in left_out)
    if key != "activity":
        return ()
    by_sheet = _ACTIVITIES[programme]
    if sheet is not Sheet.LINES:
        return by_sheet[sheet]
    everywhere = (code for codes in by_sheet.values() for code in codes)
    return tuple(dict.fromkeys((*everywhere, *_FLAT_RATE_ACTIVITIES.get(programme, ()))))


def is_required(key: str, sheet: Sheet) -> bool:
    """Tell whether a column is coloured as required."""
    return key in _FILLED[sheet]


_SEMESTERS = {v.SKOLA_KOPIENA: (2024, 2029), v.PUMPURS: (2016, 2023)}
"""First and last year in which a plan of the programme may run."""


def semesters(programme: str) -> tuple[str, ...]:
    """Give the semesters of a programme, as plans write them."""
    first, last = _SEMESTERS[programme]
    return tuple(
        f"{year}-{part}" for year in range(first, last + 1) for part in ("spring", "autumn")
    )
