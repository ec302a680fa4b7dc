"""Accounts of people."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from skola_finance.storage.tables.base import Row, moment


class UserRow(Row, table=True):
    """A person's account: one role, and for a partner's people their partner."""

    __tablename__ = "user_account"

    login: str = Field(primary_key=True, max_length=80)
    role: str
    partner_reg_no: str | None = Field(default=None, foreign_key="partner.reg_no", index=True)
    password_hash: str
    is_active: bool = True
    created_at: datetime = moment()
