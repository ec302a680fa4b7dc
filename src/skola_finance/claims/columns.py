"""The columns of a claim: what stands in a workbook, and what the frame makes of it.

`CLAIM_KEYS` are the keys of the sheet `Claim`; `LINE_COLUMNS` those of a line. A column's
`frame` is its name and type in the line frame: money in whole cents, quantities in
thousandths, hours of the day in minutes, never floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.claims import vocabulary as v
from skola_finance.problems import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Type(StrEnum):
    """How a cell is read, and what it becomes in the frame."""

    TEXT = "text"
    """Text; whole numbers typed as numbers are taken as text."""
    CODE = "code"
    """One of a closed list of codes; text in the frame."""
    DATE = "date"
    """A day."""
    TIME = "time"
    """A time of day; minutes since midnight in the frame."""
    MONEY = "money"
    """Euros with at most two decimals; Int64 cents in the frame."""
    QUANTITY = "quantity"
    """A number with at most three decimals; Int64 thousandths in the frame."""
    WHOLE = "whole"
    """A whole number; Int64 in the frame."""


class Sheet(StrEnum):
    """The sheets a claim's rows may stand in."""

    SESSIONS = "Sessions"
    """Unit costs: one row per learner and session."""
    DOCUMENTS = "Documents"
    """Actual costs: one row per document or part of one."""
    PROJECTS = "Projects"
    """Initiative, partnership and youth projects."""
    PLANS = "Plans"
    """Individual plans, one row per kind of support and semester."""
    LINES = "Lines"
    """The one-sheet layout, with every column of a line."""


COST_FORM_OF_SHEET: Mapping[str, str] = MappingProxyType(
    {Sheet.SESSIONS: "unit_cost", Sheet.DOCUMENTS: "actual", Sheet.PROJECTS: "lump_sum"},
)
"""The cost form that is known from the narrow sheet a row stands in."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a claim: its key, how it is read and what people call it."""

    key: str
    type: Type
    label: Text
    codes: Mapping[str, Text] | None = None

    @property
    def frame(self) -> str:
        """The name in the line frame; it carries the unit."""
        match self.type:
            case Type.MONEY:
                return f"{self.key}_cents"
            case Type.QUANTITY:
                return f"{self.key}_milli"
            case Type.TIME:
                return "starts_min" if self.key == "starts_at" else f"{self.key}_min"
            case _:
                return self.key


def _column(
    key: str, kind: Type, lv: str, en: str, codes: Mapping[str, Text] | None = None
) -> Column:
    return Column(key=key, type=kind, label=Text(lv=lv, en=en), codes=codes)


CLAIM_KEYS = (
    _column("programme", Type.CODE, "Projekts", "Programme", v.PROGRAMMES),
    _column("agreement_no", Type.TEXT, "Sadarbības līguma numurs", "Cooperation agreement no."),
    _column("agreement_on", Type.DATE, "Līguma noslēgšanas diena", "Agreement concluded on"),
    _column("partner_kind", Type.CODE, "Partnera veids", "Kind of partner", v.PARTNER_KIND),
    _column("partner_reg_no", Type.TEXT, "Partnera reģistrācijas numurs", "Partner's reg. no."),
    _column("claim_no", Type.TEXT, "Pārskata numurs", "Claim no."),
    _column("claim_kind", Type.CODE, "Pārskata veids", "Kind of claim", v.CLAIM_KIND),
    _column("period_from", Type.DATE, "Periods no", "Period from"),
    _column("period_to", Type.DATE, "Periods līdz (ieskaitot)", "Period to (inclusive)"),
    _column("declared_total", Type.MONEY, "Pieteiktā kopsumma, EUR", "Declared total, EUR"),
    _column("prepared_by", Type.TEXT, "Sagatavotāja amats", "Prepared by (position)"),
)

LINE_COLUMNS = (
    _column("line_id", Type.TEXT, "Rindas identifikators", "Line id"),
    _column("activity", Type.CODE, "Darbība", "Activity", v.ACTIVITY),
    _column("cost_form", Type.CODE, "Izmaksu veids", "Form of cost", v.COST_FORM),
    _column("activity_on", Type.DATE, "Norises diena", "Day of the activity"),
    _column("starts_at", Type.TIME, "Sākums", "Starts at"),
    _column("session_ref", Type.TEXT, "Nodarbības apzīmējums", "Session"),
    _column("document_no", Type.TEXT, "Dokumenta numurs", "Document no."),
    _column("document_on", Type.DATE, "Dokumenta datums", "Document date"),
    _column("document_total", Type.MONEY, "Dokumenta kopsumma, EUR", "Document total, EUR"),
    _column("paid_on", Type.DATE, "Samaksas diena", "Paid on"),
    _column("supplier_kind", Type.CODE, "Piegādātāja veids", "Kind of supplier", v.SUPPLIER_KIND),
    _column("supplier_reg_no", Type.TEXT, "Piegādātāja reģ. nr.", "Supplier's reg. no."),
    _column(
        "institution_reg_no", Type.TEXT, "Izglītības iestādes reģ. nr.", "Institution reg. no."
    ),
    _column("institution_founder", Type.CODE, "Iestādes dibinātājs", "Founder", v.FOUNDER),
    _column(
        "education_programme",
        Type.CODE,
        "Izglītības programma",
        "Education programme",
        v.EDUCATION_PROGRAMME,
    ),
    _column("study_form", Type.CODE, "Izglītības ieguves forma", "Form of study", v.STUDY_FORM),
    _column("learner_ref", Type.TEXT, "Izglītojamā pseidonīms", "Learner (pseudonym)"),
    _column("learner_grade", Type.WHOLE, "Klase vai kurss", "Grade or year"),
    _column("learner_age", Type.WHOLE, "Vecums norises dienā", "Age on the day"),
    _column("risk_ground", Type.CODE, "Atbalsta pamats", "Ground for support", v.RISK_GROUND),
    _column("plan_no", Type.TEXT, "Individuālā plāna numurs", "Individual plan no."),
    _column("specialist", Type.CODE, "Speciālists", "Specialist", v.SPECIALIST),
    _column("specialist_ref", Type.TEXT, "Speciālista pseidonīms", "Specialist (pseudonym)"),
    _column("mentor_certified_on", Type.DATE, "Mentora apliecības datums", "Mentor certified on"),
    _column("group_size", Type.WHOLE, "Izglītojamo skaits grupā", "Learners in the group"),
    _column("quantity", Type.QUANTITY, "Daudzums", "Quantity"),
    _column("unit_cost", Type.MONEY, "Vienības izmaksas, EUR", "Unit cost, EUR"),
    _column("amount", Type.MONEY, "Pieteiktā summa, EUR", "Amount claimed, EUR"),
    _column("vat_amount", Type.MONEY, "t. sk. PVN, EUR", "of which VAT, EUR"),
    _column("vat_recoverable", Type.CODE, "PVN atgūstams", "VAT recoverable", v.VAT_RECOVERABLE),
    _column("vat_recoverable_amount", Type.MONEY, "Atgūstamais PVN, EUR", "Recoverable VAT, EUR"),
    _column("payment_document_no", Type.TEXT, "Maksājuma dokuments", "Payment document no."),
    _column("supplier_vat_no", Type.TEXT, "Piegādātāja PVN numurs", "Supplier's VAT no."),
    _column("vat_pro_rata", Type.TEXT, "PVN proporcija", "VAT pro rata"),
    _column("other_funding", Type.CODE, "Cits finansējums", "Other funding", v.OTHER_FUNDING),
    _column("economic_code", Type.TEXT, "EKK kods", "Economic code"),
    _column("project_no", Type.TEXT, "Projekta numurs", "Project no."),
    _column(
        "institution_kind", Type.CODE, "Iestādes veids", "Kind of institution", v.INSTITUTION_KIND
    ),
    _column("ticket_kind", Type.CODE, "Biļetes veids", "Kind of ticket", v.TICKET_KIND),
    _column("income_status", Type.CODE, "Ienākumu statuss", "Income status", v.INCOME_STATUS),
    _column("has_disability", Type.CODE, "Invaliditāte", "Disability", v.YES_NO),
    _column("employment_form", Type.CODE, "Nodarbinātības forma", "Employment", v.EMPLOYMENT_FORM),
    _column("budget_bucket", Type.CODE, "Finansējuma daļa", "Budget bucket", v.BUDGET_BUCKET),
    _column("corrects_line_id", Type.TEXT, "Labo rindu", "Corrects line"),
    _column("evidence", Type.TEXT, "Pamatojošie dokumenti", "Evidence"),
    _column("note", Type.TEXT, "Piezīmes", "Note"),
)

LEARNER_BORN_ON = _column("learner_born_on", Type.DATE, "Dzimšanas diena", "Born on")
"""Read from a workbook, turned into `learner_age` at once and dropped; never in a frame."""

PLAN_COLUMNS = (
    _column("plan_no", Type.TEXT, "Individuālā plāna numurs", "Individual plan no."),
    _column("learner_ref", Type.TEXT, "Izglītojamā pseidonīms", "Learner (pseudonym)"),
    _column("risk_ground", Type.CODE, "Atbalsta pamats", "Ground for support", v.RISK_GROUND),
    _column("plan_from", Type.DATE, "Plāns no", "Plan from"),
    _column("plan_to", Type.DATE, "Plāns līdz (ieskaitot)", "Plan to (inclusive)"),
    _column(
        "institution_reg_no", Type.TEXT, "Izglītības iestādes reģ. nr.", "Institution reg. no."
    ),
    _column("activity", Type.CODE, "Darbība", "Activity", v.ACTIVITY),
    _column("semester", Type.TEXT, "Semestris", "Semester"),
    _column("planned_hours", Type.QUANTITY, "Plānotās stundas", "Planned hours"),
)

COLUMN: Mapping[str, Column] = MappingProxyType(
    {column.key: column for column in (*CLAIM_KEYS, *LINE_COLUMNS, *PLAN_COLUMNS, LEARNER_BORN_ON)},
)
"""Every column by its key."""

_SCHOOL = ("institution_reg_no", "institution_founder", "education_programme", "study_form")
_LEARNER = ("learner_ref", "learner_grade", "learner_age")
_PUMPURS = ("institution_kind", "employment_form", "budget_bucket")

SHEET_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Sheet.SESSIONS: (
            "line_id",
            "activity",
            "activity_on",
            "starts_at",
            "session_ref",
            *_SCHOOL,
            *_LEARNER,
            "plan_no",
            "specialist",
            "specialist_ref",
            "mentor_certified_on",
            "group_size",
            "quantity",
            "unit_cost",
            "amount",
            "other_funding",
            *_PUMPURS,
            "evidence",
            "corrects_line_id",
            "note",
        ),
        Sheet.DOCUMENTS: (
            "line_id",
            "activity",
            "activity_on",
            "document_no",
            "document_on",
            "document_total",
            "paid_on",
            "payment_document_no",
            "supplier_kind",
            "supplier_reg_no",
            "supplier_vat_no",
            "economic_code",
            *_SCHOOL,
            *_LEARNER,
            "plan_no",
            "specialist",
            "specialist_ref",
            "ticket_kind",
            "income_status",
            "has_disability",
            *_PUMPURS,
            "amount",
            "vat_amount",
            "vat_recoverable",
            "vat_recoverable_amount",
            "vat_pro_rata",
            "other_funding",
            "evidence",
            "corrects_line_id",
            "note",
        ),
        Sheet.PROJECTS: (
            "line_id",
            "project_no",
            "activity",
            "activity_on",
            "amount",
            "other_funding",
            "evidence",
            "corrects_line_id",
            "note",
        ),
        Sheet.PLANS: tuple(column.key for column in PLAN_COLUMNS),
        Sheet.LINES: tuple(column.key for column in LINE_COLUMNS),
    },
)
"""The columns each sheet offers, in the order of the template. Any order is read."""
