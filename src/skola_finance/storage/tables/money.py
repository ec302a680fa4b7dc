"""The books and what moves them: entries, balances, payments, corrections, recoveries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from skola_finance.storage.tables.base import Row, cents, moment, reference, row_id
from skola_finance.storage.types import Identifier


class LedgerEntryRow(Row, table=True):
    """One event in the books; append-only. `digest` is also in the journal."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("programme", "approval_no"),
        Index("ix_ledger_entry_effective_on", "programme", "effective_on"),
        Index("ix_ledger_entry_reference", "reference"),
    )

    number: int = Field(primary_key=True, sa_type=Identifier)
    programme: str = Field(foreign_key="programme.code")
    event: str
    effective_on: date
    reference: str
    batch: str = ""
    approval_no: int | None = Field(default=None, sa_type=Identifier, nullable=True)
    digest: str
    journal_no: int = Field(index=True, sa_type=Identifier)


class PostingRow(Row, table=True):
    """One movement of one account by one source: debits positive, credits negative."""

    __tablename__ = "posting"
    __table_args__ = (
        CheckConstraint("cents <> 0", name="not_zero"),
        Index("ix_posting_partner", "partner", "account"),
    )

    entry_no: int = Field(primary_key=True, foreign_key="ledger_entry.number", sa_type=Identifier)
    place: int = Field(primary_key=True)
    group: str
    account: str
    partner: str = ""
    quota: str = ""
    semester: str = ""
    rate_period: str = ""
    sub_project: str = ""
    document: str = ""
    source: str
    cents: int = cents()


class BalanceRow(Row, table=True):
    """What postings add up to in one cell of the books; a running sum.

    Only there to be fast: every balance is a sum of postings, and `verify` adds them up anew. Cells
    that came to nothing stay; the index of open ones leaves them out.
    """

    __tablename__ = "balance"
    __table_args__ = (
        UniqueConstraint(
            *("programme", "partner", "account", "group", "quota", "semester"),
            *("rate_period", "sub_project", "document", "source"),
            name="uq_balance_cell",
        ),
        Index(
            "ix_balance_open",
            "programme",
            "partner",
            "account",
            sqlite_where=text("cents <> 0"),
            postgresql_where=text("cents <> 0"),
        ),
    )

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code")
    partner: str
    account: str
    group: str
    quota: str
    semester: str
    rate_period: str
    sub_project: str
    document: str
    source: str
    cents: int = cents()


class PaymentOrderRow(Row, table=True):
    """An order to pay what is payable on one document, or an advance."""

    __tablename__ = "payment_order"
    __table_args__ = (Index("ix_payment_order_state", "programme", "state", "id"),)

    id: int = row_id()
    key: str = Field(unique=True)
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    kind: str
    document: str = Field(index=True)
    sub_project: str = ""
    claim_id: int | None = reference("claim.id", default=None, nullable=True)
    amount_cents: int = cents()
    iban: str
    batch: str = Field(default="", index=True)
    statement: str = Field(default="", index=True)
    return_statement: str = ""
    ordered_on: date
    executed_on: date | None = None
    state: str


class AdvanceRow(Row, table=True):
    """An advance: to a partner in general, or for a sub-project.

    A general one is proposed first and ordered by another person; one for a sub-project rests on
    the approval of the sub-project. `clear_by` is known once the bank has paid.
    """

    __tablename__ = "advance"

    document: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    sub_project: str = ""
    amount_cents: int = cents()
    reason: str
    ordered_on: date | None = None
    clear_by: date | None = None
    state: str = "confirmed"


class CorrectionRow(Row, table=True):
    """Approved costs that were withdrawn, and why; `entry_no` is its entry in the books."""

    __tablename__ = "correction"

    document: str = Field(primary_key=True)
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    kind: str
    method: str
    rule_code: str = ""
    reason: str
    amount_cents: int = cents()
    approval_no: int = Field(sa_type=Identifier)
    entry_no: int = Field(foreign_key="ledger_entry.number", sa_type=Identifier)
    made_at: datetime = moment()
    irregularity_id: int | None = reference("irregularity.id", default=None, nullable=True)
    undone_at: datetime | None = moment(default=None, nullable=True)
    undone_approval_no: int | None = Field(default=None, sa_type=Identifier, nullable=True)


class CorrectionProposalRow(Row, table=True):
    """A correction that one person proposes and another confirms, or the undoing of one.

    `lines` holds `line_no`, `line_id` and `cents` of each line; `of_document` names the correction
    that is to be undone; `evidence_no` is the number of a credit note.
    """

    __tablename__ = "correction_proposal"

    id: int = row_id()
    document: str = Field(unique=True)
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    claim_id: int = reference("claim.id")
    kind: str
    method: str
    rule_code: str = ""
    rate: str = ""
    evidence_no: str = ""
    of_document: str = ""
    reason: str
    amount_cents: int = cents()
    lines: list[dict[str, Any]] = Field(sa_type=JSON)
    state: str
    row_version: int = 1


class LineMovementRow(Row, table=True):
    """What one approval number did to one line: approved, revived, withdrawn or given back.

    What stands approved of a line at any number is the sum of its movements up to that number.
    """

    __tablename__ = "line_movement"

    programme: str = Field(primary_key=True, foreign_key="programme.code")
    approval_no: int = Field(primary_key=True, sa_type=Identifier)
    claim_id: int = Field(primary_key=True, foreign_key="claim.id", index=True, sa_type=Identifier)
    line_no: int = Field(primary_key=True, sa_type=Identifier)
    kind: str
    amount_cents: int = cents()


class IrregularityRow(Row, table=True):
    """A case of irregularity."""

    __tablename__ = "irregularity"

    id: int = row_id()
    key: str = Field(unique=True)
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    claim_id: int = reference("claim.id")
    line_id: str = ""
    suspicion: str
    amount_cents: int = cents(default=0)
    withheld_cents: int = cents(default=0)
    recovered_cents: int = cents(default=0)
    state: str
    row_version: int = 1


class RecoveryRow(Row, table=True):
    """Money that a partner owes back, on one document."""

    __tablename__ = "recovery"

    id: int = row_id()
    key: str = Field(unique=True)
    programme: str = Field(foreign_key="programme.code")
    partner_reg_no: str = Field(foreign_key="partner.reg_no", index=True)
    document: str = Field(index=True)
    irregularity_id: int | None = reference("irregularity.id", default=None, nullable=True)
    amount_cents: int = cents()
    reason: str
    notified_on: date
    repay_by: date | None = None
    write_off_reason: str = ""
    state: str
    row_version: int = 1


class InstalmentRow(Row, table=True):
    """One part of a repayment schedule."""

    __tablename__ = "instalment"

    id: int = row_id()
    recovery_id: int = reference("recovery.id")
    due_on: date
    amount_cents: int = cents()
    is_current: bool = True
