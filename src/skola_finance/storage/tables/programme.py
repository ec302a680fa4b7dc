"""Programmes, the rules and settings their verdicts rest on, and the money for partners."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from skola_finance.storage.tables.base import Row, cents, row_id
from skola_finance.storage.types import Identifier


class RulebookRow(Row, table=True):
    """A rulebook kept whole under its digest: the texts of its files."""

    __tablename__ = "rulebook"

    digest: str = Field(primary_key=True)
    programme: str
    texts: dict[str, str] = Field(sa_type=JSON)


class SettingsSetRow(Row, table=True):
    """The settings that a verdict used, kept whole under their digest."""

    __tablename__ = "settings_set"

    digest: str = Field(primary_key=True)
    programme: str
    records: list[dict[str, Any]] = Field(sa_type=JSON)


class ProgrammeRow(Row, table=True):
    """A programme that is run here; locked while its ledger is posted to."""

    __tablename__ = "programme"

    code: str = Field(primary_key=True)
    title_lv: str
    title_en: str
    rulebook_digest: str = Field(foreign_key="rulebook.digest")
    opened_on: date
    closed_on: date | None = None
    last_approval_no: int = Field(default=0, sa_type=Identifier)
    row_version: int = 1


class SettingRow(Row, table=True):
    """A setting as it was proposed, with its source and days; in force once confirmed."""

    __tablename__ = "setting"

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code", index=True)
    key: str = Field(index=True)
    value: str
    starts: date | None = None
    ends: date | None = None
    source: str
    status: str
    illustrative: bool = False
    state: str


class AmendmentRow(Row, table=True):
    """A change of the money for partners: the envelope, a partner's quota, or a reallocation.

    `cents` is signed for the envelope and allocations; a reallocation moves it from `giver`.
    """

    __tablename__ = "amendment"

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code", index=True)
    kind: str
    partner_reg_no: str = Field(default="", index=True)
    quota: str = ""
    giver_reg_no: str = ""
    giver_quota: str = ""
    amount_cents: int = cents()
    effective_on: date
    source: str
    state: str


class RatePeriodRow(Row, table=True):
    """A period of one co-financing rate, and what stands approved in it (D-03)."""

    __tablename__ = "rate_period"
    __table_args__ = (UniqueConstraint("programme", "key"),)

    id: int = row_id()
    programme: str = Field(foreign_key="programme.code")
    key: str
    rate: str
    approved_cents: int = cents(default=0)
