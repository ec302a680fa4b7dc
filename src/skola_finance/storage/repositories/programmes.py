"""Programmes, their rulebooks, settings, amendments and rate periods."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import (
    AmendmentRow,
    ProgrammeRow,
    RatePeriodRow,
    RulebookRow,
    SettingRow,
    SettingsSetRow,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlmodel import Session


_SETTINGS = table_of(SettingRow)
_SETTING_KEYS = select_columns(_SETTINGS.c.key).where(
    _SETTINGS.c.programme == bindparam("of_programme"), _SETTINGS.c.state == bindparam("of_state")
)

_HELD = (
    select(ProgrammeRow)
    .where(ProgrammeRow.code == bindparam("of_code"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_APPROVALS = select_columns(col(ProgrammeRow.code), col(ProgrammeRow.last_approval_no))
_PROGRAMMES = select(ProgrammeRow).order_by(col(ProgrammeRow.code))
_RULEBOOKS = (
    select(RulebookRow).order_by(col(RulebookRow.digest)).execution_options(populate_existing=True)
)
_SETTINGS_SETS = (
    select(SettingsSetRow)
    .order_by(col(SettingsSetRow.digest))
    .execution_options(populate_existing=True)
)


class RunningPeriod(NamedTuple):
    """A period of one co-financing rate, and what stands approved in it."""

    key: str
    rate: str
    approved_cents: int


# Moved by statements of their own, never by a flush: no objects are made of the rows.
_RATE_PERIODS = (
    select_columns(*(col(getattr(RatePeriodRow, name)) for name in RunningPeriod._fields))
    .where(col(RatePeriodRow.programme) == bindparam("of_programme"))
    .order_by(col(RatePeriodRow.key))
)


class Programmes:
    """Programmes and what their verdicts rest on."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def get(self, code: str) -> ProgrammeRow | None:
        """Give a programme."""
        return self._session.get(ProgrammeRow, code)

    def lock(self, code: str) -> ProgrammeRow | None:
        """Give a programme that nobody else posts to before this work ends."""
        return self._session.scalars(_HELD, {"of_code": code}).first()

    def all(self) -> Sequence[ProgrammeRow]:
        """Give every programme, by code."""
        return self._session.scalars(_PROGRAMMES).all()

    def last_approvals(self) -> dict[str, int]:
        """Give the last approval number of every programme, by code."""
        rows = self._session.execute(_APPROVALS)
        return {row.code: row.last_approval_no for row in rows}

    def rulebook(self, digest: str) -> RulebookRow | None:
        """Give the rulebook kept under a digest."""
        return self._session.get(RulebookRow, digest)

    def rulebooks(self) -> Sequence[RulebookRow]:
        """Give every rulebook that was kept, as it now stands in the database; there are few."""
        return self._session.scalars(_RULEBOOKS).all()

    def keep_rulebook(self, digest: str, *, programme: str, texts: Mapping[str, str]) -> None:
        """Keep a rulebook whole, once."""
        if self.rulebook(digest) is None:
            self._session.add(RulebookRow(digest=digest, programme=programme, texts=dict(texts)))
            self._session.flush()

    def settings_set(self, digest: str) -> SettingsSetRow | None:
        """Give the settings kept under a digest."""
        return self._session.get(SettingsSetRow, digest)

    def settings_sets(self) -> Sequence[SettingsSetRow]:
        """Give every set of settings that was kept, as it now stands in the database."""
        return self._session.scalars(_SETTINGS_SETS).all()

    def keep_settings(
        self, digest: str, *, programme: str, records: Iterable[Mapping[str, object]]
    ) -> None:
        """Keep a set of settings whole, once."""
        if self.settings_set(digest) is None:
            kept = [dict(record) for record in records]
            self._session.add(SettingsSetRow(digest=digest, programme=programme, records=kept))
            self._session.flush()

    def setting(self, number: int) -> SettingRow | None:
        """Give a setting as it was proposed, held against other changes."""
        return self._session.get(SettingRow, number, with_for_update=True)

    def settings(
        self, programme: str, *, states: Iterable[str] = (), key: str = ""
    ) -> Sequence[SettingRow]:
        """Give settings of a programme, by key and number."""
        wanted = select(SettingRow).where(SettingRow.programme == programme)
        states = tuple(states)
        if states:
            wanted = wanted.where(col(SettingRow.state).in_(states))
        if key:
            wanted = wanted.where(SettingRow.key == key)
        return self._session.exec(wanted.order_by(col(SettingRow.key), col(SettingRow.id))).all()

    def setting_keys(self, programme: str, *, state: str) -> frozenset[str]:
        """Give the keys of the settings of a programme in a state."""
        rows = self._session.connection().execute(
            _SETTING_KEYS, {"of_programme": programme, "of_state": state}
        )
        return frozenset(rows.scalars())

    def amendment(self, number: int) -> AmendmentRow | None:
        """Give a change of the money for partners, held against other changes."""
        return self._session.get(AmendmentRow, number, with_for_update=True)

    def amendments(
        self, programme: str, *, partner: str = "", states: Iterable[str] = ()
    ) -> Sequence[AmendmentRow]:
        """Give changes of the money for partners, in order; those a partner gives or gets."""
        wanted = select(AmendmentRow).where(AmendmentRow.programme == programme)
        if partner:
            wanted = wanted.where(
                (col(AmendmentRow.partner_reg_no) == partner)
                | (col(AmendmentRow.giver_reg_no) == partner)
            )
        states = tuple(states)
        if states:
            wanted = wanted.where(col(AmendmentRow.state).in_(states))
        return self._session.exec(wanted.order_by(col(AmendmentRow.id))).all()

    def rate_periods(self, programme: str) -> Sequence[RunningPeriod]:
        """Give the rate periods of a programme; whoever posts has locked the programme."""
        rows = self._session.connection().execute(_RATE_PERIODS, {"of_programme": programme})
        return [RunningPeriod._make(row) for row in rows]
