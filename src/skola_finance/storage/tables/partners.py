"""Partners: who they are, their institutions, agreements, bank accounts and individual plans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from skola_finance.storage.tables.base import Row, cents, moment, reference, row_id


class PartnerRow(Row, table=True):
    """A cooperation partner."""

    __tablename__ = "partner"

    reg_no: str = Field(primary_key=True)
    name: str
    kind: str
    iso_code: str = ""
    registered_at: datetime = moment()
    row_version: int = 1


class InstitutionRow(Row, table=True):
    """An educational institution that a partner involves, from one day to another.

    Both days are inclusive; `left_on` is open while it belongs to the partner.
    """

    __tablename__ = "institution"

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    reg_no: str = Field(index=True)
    name: str
    founder: str
    kind: str = ""
    joined_on: date
    left_on: date | None = None


class AgreementRow(Row, table=True):
    """A cooperation agreement (Regulation 483 par. 15 and 17 to 19)."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("programme", "number"),)

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    number: str
    signed_on: date
    in_force_until: date | None = None
    signing_body: str
    checklist: dict[str, Any] = Field(sa_type=JSON)
    retention_until: date | None = None
    dispute_clause: str = ""
    recovery_terms: str = ""
    state: str
    ended_on: date | None = None
    successor_reg_no: str = ""
    succession_on: date | None = None
    succession_source: str = ""
    row_version: int = 1


class BankAccountRow(Row, table=True):
    """An account of a partner; it may be paid to from `usable_from` on, once confirmed."""

    __tablename__ = "bank_account"

    id: int = row_id()
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    iban: str
    source: str
    state: str
    usable_from: date | None = None


class SupportPlanRow(Row, table=True):
    """An individual support plan of a learner, known by a pseudonym; both days inclusive."""

    __tablename__ = "support_plan"
    __table_args__ = (UniqueConstraint("programme", "plan_no"),)

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code")
    plan_no: str
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    learner_ref: str = Field(index=True)
    risk_ground: str | None = None
    starts: date
    ends: date
    institution_reg_no: str | None = None
    registered_at: datetime = moment()
    row_version: int = 1


class PlanSupportRow(Row, table=True):
    """One kind of support in one semester of a plan; hours in thousandths."""

    __tablename__ = "plan_support"

    id: int = row_id()
    plan_id: int = reference("support_plan.id")
    activity: str
    semester: str | None = None
    planned_hours_milli: int | None = cents(default=None, nullable=True)


class SubProjectRow(Row, table=True):
    """An initiative, partnership or youth project of a partner."""

    __tablename__ = "sub_project"
    __table_args__ = (
        UniqueConstraint("programme", "project_no"),
        Index("ix_sub_project_partner_reg_no", "partner_reg_no"),
    )

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code")
    project_no: str
    partner_reg_no: str = Field(foreign_key="partner.reg_no")
    activity: str
    title: str
    asked_cents: int = cents()
    recommended_cents: int = cents(default=0)
    approved_cents: int = cents(default=0)
    allocated_cents: int = cents(default=0)
    """What its approval took from the envelope and has not been given back."""
    reported_cents: int = cents(default=0)
    final_cents: int = cents(default=0)
    """What it may cost in the end, once the report is approved or it is abandoned or settled."""
    advance_document: str = ""
    approved_on: date | None = None
    report_approved_on: date | None = None
    state: str
    row_version: int = 1
