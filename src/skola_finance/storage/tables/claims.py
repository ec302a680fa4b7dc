"""Claims: their versions, lines, verdicts, decisions, questions and evidence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from skola_finance.storage.tables.base import Row, cents, content, moment, reference, row_id
from skola_finance.storage.types import Identifier


class ClaimRow(Row, table=True):
    """An expenditure claim; what it holds is in its versions.

    `version` is the one in work or last filed; `row_version` counts every change and is what
    somebody who edits must know.
    """

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("programme", "partner_reg_no", "claim_no"),
        Index("ix_claim_state", "programme", "state", "id"),
        # The list of claims, in each of its orders, of everybody and of one partner.
        Index("ix_claim_newest", "programme", "id"),
        Index("ix_claim_period", "programme", "period_to", "id"),
        Index("ix_claim_claimed", "programme", "claimed_cents", "id"),
        Index("ix_claim_partner_state", "programme", "partner_reg_no", "state", "id"),
        Index(
            "ix_claim_no",
            "programme",
            "claim_no",
            postgresql_ops={"claim_no": "text_pattern_ops"},
        ),
    )

    id: int = row_id()
    key: str = Field(unique=True)
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    claim_no: str
    kind: str
    period_from: date | None = None
    period_to: date | None = None
    state: str
    version: int = 1
    row_version: int = 1
    created_at: datetime = moment()
    filed_at: datetime | None = moment(default=None, nullable=True)
    reviewer: str = ""
    approval_no: int | None = Field(default=None, index=True, sa_type=Identifier, nullable=True)
    approved_at: datetime | None = moment(default=None, nullable=True)
    lines: int = 0
    claimed_cents: int = cents(default=0)
    eligible_cents: int = cents(default=0)
    ineligible_cents: int = cents(default=0)
    unfunded_cents: int = cents(default=0)
    approved_cents: int = cents(default=0)
    esf_plus_cents: int = cents(default=0)
    cleared_cents: int = cents(default=0)
    set_off_cents: int = cents(default=0)
    risk_score: int = 0
    errors: int = 0
    warnings: int = 0


class ClaimVersionRow(Row, table=True):
    """One version of a claim: its header, lines and plans as they were, immutable once filed.

    `frame` holds every column of every line (Parquet), `plans` the individual plans they were
    judged by; `edited` are the lines changed on the screen since a workbook was read; `erased_at`
    says that a learner's columns were taken out.
    """

    __tablename__ = "claim_version"

    claim_id: int = Field(primary_key=True, foreign_key="claim.id", sa_type=Identifier)
    version: int = Field(primary_key=True)
    header: dict[str, Any] = Field(sa_type=JSON)
    frame: bytes = content()
    plans: bytes | None = content(default=None, nullable=True)
    reading: list[dict[str, Any]] = Field(sa_type=JSON)
    edited: list[str] = Field(default_factory=list, sa_type=JSON)
    filed_at: datetime | None = moment(default=None, nullable=True)
    filed_by: str = ""
    note: str = ""
    erased_at: datetime | None = moment(default=None, nullable=True)


class ClaimLineRow(Row, table=True):
    """A filed line: what ledger, lists and later claims ask for; the rest is in the frame.

    `approved_cents` is what was approved, `withdrawn_cents` what was taken back since.
    """

    __tablename__ = "claim_line"
    __table_args__ = (
        Index("ix_claim_line_learner_ref", "learner_ref"),
        Index("ix_claim_line_document_key", "document_key"),
        Index("ix_claim_line_specialist_ref", "specialist_ref"),
        Index("ix_claim_line_project_no", "project_no"),
    )

    claim_id: int = Field(primary_key=True, foreign_key="claim.id", sa_type=Identifier)
    version: int = Field(primary_key=True)
    line_no: int = Field(primary_key=True, sa_type=Identifier)
    line_id: str
    sheet: str | None = None
    row: int | None = None
    activity: str | None = None
    cost_form: str | None = None
    activity_on: date | None = None
    semester: str = ""
    quota: str = ""
    rate_period: str = ""
    learner_ref: str | None = None
    specialist_ref: str | None = None
    document_key: str | None = None
    project_no: str | None = None
    institution_reg_no: str | None = None
    claimed_cents: int = cents()
    eligible_cents: int = cents()
    ineligible_cents: int = cents()
    unfunded_cents: int = cents()
    approved_cents: int = cents(default=0)
    withdrawn_cents: int = cents(default=0)
    stands: bool = True
    codes: str = ""


class AssessmentRow(Row, table=True):
    """A verdict that was relied on: under which rules, settings, history and decisions.

    `basis` holds the last approval number of each programme that it knew, `family` the partner and
    those it had taken over by then; `result_digest` covers
    the amounts of every line, so that a later recomputation can be compared in one look.
    """

    __tablename__ = "assessment"

    id: int = row_id()
    claim_id: int = reference("claim.id")
    version: int
    purpose: str
    made_at: datetime = moment()
    assessed_on: date
    rulebook_digest: str = Field(foreign_key="rulebook.digest")
    settings_digest: str = Field(foreign_key="settings_set.digest")
    basis: dict[str, int] = Field(sa_type=JSON)
    family: list[str] = Field(sa_type=JSON)
    decisions_no: int = Field(default=0, sa_type=Identifier)
    illustrative: bool = False
    claimed_cents: int = cents()
    eligible_cents: int = cents()
    ineligible_cents: int = cents()
    unfunded_cents: int = cents()
    result_digest: str
    problems: list[dict[str, Any]] = Field(sa_type=JSON)
    rules: list[dict[str, Any]] = Field(sa_type=JSON)


class LineDecisionRow(Row, table=True):
    """What a reviewer decided about a line: a cut, parking, which law holds, or undoing it."""

    __tablename__ = "line_decision"
    __table_args__ = (Index("ix_line_decision_claim", "claim_id", "version"),)

    id: int = row_id()
    claim_id: int = reference("claim.id", index=False)
    version: int
    line_id: str
    kind: str
    limit_cents: int | None = cents(default=None, nullable=True)
    rule_code: str = ""
    reason: str
    actor: str
    at: datetime = moment()


class ClarificationRow(Row, table=True):
    """A question to the partner about a line, or about the whole claim."""

    __tablename__ = "clarification"

    id: int = row_id()
    claim_id: int = reference("claim.id")
    version: int
    line_id: str = ""
    question: str
    answer_by: date
    answer: str = ""
    asked_at: datetime = moment()
    answered_at: datetime | None = moment(default=None, nullable=True)
    state: str


class SampleRow(Row, table=True):
    """A drawn sample: seed, risk factors and the lines chosen, so that it can be drawn again."""

    __tablename__ = "sample"

    id: int = row_id()
    claim_id: int = reference("claim.id")
    version: int
    drawn_at: datetime = moment()
    seed: str
    size: int
    factors: list[dict[str, Any]] = Field(sa_type=JSON)
    chosen: list[str] = Field(sa_type=JSON)


class ChecklistRow(Row, table=True):
    """An answer to one item of the reviewer's checklist."""

    __tablename__ = "checklist_answer"
    __table_args__ = (UniqueConstraint("claim_id", "version", "item"),)

    id: int = row_id()
    claim_id: int = reference("claim.id")
    version: int
    item: str
    answer: str
    note: str = ""
    actor: str
    at: datetime = moment()


class EvidenceRow(Row, table=True):
    """A document behind a line: kept by the partner (its digest only), or handed in."""

    __tablename__ = "evidence"

    id: int = row_id()
    claim_id: int = reference("claim.id")
    line_id: str = ""
    kind: str = ""
    name: str
    media_type: str = ""
    size: int = cents()
    sha256: str = Field(index=True)
    is_held: bool = False
    added_by: str
    added_at: datetime = moment()


class EvidenceFileRow(Row, table=True):
    """A file that was handed in: encrypted under a key of its own, which the master key wraps."""

    __tablename__ = "evidence_file"

    sha256: str = Field(primary_key=True)
    size: int = cents()
    media_type: str
    wrapped_key: bytes = content()
    added_at: datetime = moment()


class ObjectionRow(Row, table=True):
    """An objection to a decision on a claim, an irregularity or a recovery."""

    __tablename__ = "objection"

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    machine: str
    thing: str = Field(index=True)
    reasons: str
    filed_at: datetime = moment()
    decision: str = ""
    state: str


class SpotCheckRow(Row, table=True):
    """A check on the spot."""

    __tablename__ = "spot_check"

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    claim_id: int | None = reference("claim.id", default=None, nullable=True)
    place: str
    subject: str
    planned_on: date
    notified_on: date | None = None
    held_on: date | None = None
    reported_on: date | None = None
    state: str


class SpotFindingRow(Row, table=True):
    """What a check on the spot found, on a line or in general."""

    __tablename__ = "spot_finding"

    id: int = row_id()
    spot_check_id: int = reference("spot_check.id")
    line_id: str = ""
    finding: str
    amount_cents: int = cents(default=0)
    actor: str
    at: datetime = moment()
