"""Settings: proposed by one person with source and days, confirmed by another (D-06)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from skola_finance.problems import CitationStatus, Text
from skola_finance.rulebook import Setting, make_setting
from skola_finance.storage.tables import SettingRow
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import SETTINGS, ProposalCommand, ProposalState, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

WHAT = Text(lv="parametrs", en="setting")


@use_case(
    title=Text(lv="Ierosināt parametru", en="Propose a setting"),
    roles=SETTINGS.may[ProposalCommand.PROPOSE],
)
def propose_setting(
    work: Work,
    *,
    programme: str,
    key: str,
    value: str,
    source: str,
    starts: date | None = None,
    ends: date | None = None,
    illustrative: bool = False,
) -> Answer:
    """Propose a value for a blank of the law; it holds once a second person confirms it.

    Args:
        value: as in a settings file; `none` says that there is no such limit.
        source: the document that sets it.
        starts, ends: from this day, up to but not including that one; open where left out.

    Raises: UnusableRules RUL-4xx for a key or value that the rulebook does not know.
    """
    row = work.programme(programme)
    if not source.strip():
        raise unusable_input("source", lv="nav norādīts avots", en="the source is missing")
    rulebook = work.store.rulebook(work.repositories, row.rulebook_digest)
    setting = make_setting(
        rulebook=rulebook,
        key=key,
        value=value,
        starts=starts,
        ends=ends,
        source=source,
        illustrative=illustrative,
    )
    proposed = SettingRow(
        programme=programme,
        key=setting.key,
        value=setting.text,
        starts=starts,
        ends=ends,
        source=source,
        status=CitationStatus.SOURCED.value,
        illustrative=illustrative,
        state=ProposalState.PROPOSED.value,
    )
    work.repositories.add(proposed)
    proposed.state = work.begin(SETTINGS, thing=str(proposed.id), note=source)
    return Answer(f"setting/{proposed.id}", {"setting": proposed.id, "state": proposed.state})


@use_case(
    title=Text(lv="Apstiprināt parametru", en="Confirm a setting"),
    roles=SETTINGS.may[ProposalCommand.CONFIRM],
)
def confirm_setting(work: Work, *, setting: int) -> Answer:
    """Put a proposed setting in force; the person is not the one who proposed it (WFL-502).

    Settings of the same key that it covers wholly are superseded; others hold on the days that it
    leaves them.
    """
    row = _row(work, setting)
    work.programme(row.programme, lock=True)
    row.state = _step(work, row, ProposalCommand.CONFIRM)
    work.repositories.add(row)
    in_force = work.repositories.programmes.settings(
        row.programme, states=[ProposalState.CONFIRMED.value], key=row.key
    )
    for earlier in in_force:
        if earlier.id != row.id and _covers(row, earlier):
            earlier.state = ProposalState.SUPERSEDED.value
            work.record_act(
                SETTINGS.key, str(earlier.id), ProposalCommand.SUPERSEDE, state=earlier.state
            )
            work.repositories.add(earlier)
    return Answer(f"setting/{row.id}", {"setting": row.id, "state": row.state})


@use_case(
    title=Text(lv="Noraidīt parametru", en="Reject a setting"),
    roles=SETTINGS.may[ProposalCommand.REJECT],
)
def reject_setting(work: Work, *, setting: int, reason: str) -> Answer:
    """Refuse a proposed setting, with a reason."""
    return _decide(work, setting, ProposalCommand.REJECT, reason)


@use_case(
    title=Text(lv="Atsaukt parametra priekšlikumu", en="Withdraw a proposed setting"),
    roles=SETTINGS.may[ProposalCommand.WITHDRAW],
)
def withdraw_setting(work: Work, *, setting: int, reason: str = "") -> Answer:
    """Take back a setting that nobody has decided on."""
    return _decide(work, setting, ProposalCommand.WITHDRAW, reason)


def _decide(work: Work, setting: int, command: ProposalCommand, reason: str) -> Answer:
    row = _row(work, setting)
    row.state = _step(work, row, command, reason)
    work.repositories.add(row)
    return Answer(f"setting/{row.id}", {"setting": row.id, "state": row.state})


def _row(work: Work, setting: int) -> SettingRow:
    row = work.repositories.programmes.setting(setting)
    if row is None:
        raise not_found(WHAT)
    return row


def _step(work: Work, row: SettingRow, command: ProposalCommand, note: str = "") -> str:
    return work.step(
        SETTINGS, command, thing=str(row.id), state=ProposalState(row.state), note=note
    )


def _covers(late: SettingRow, early: SettingRow) -> bool:
    starts = late.starts is None or (early.starts is not None and late.starts <= early.starts)
    ends = late.ends is None or (early.ends is not None and early.ends <= late.ends)
    return starts and ends


def settings_in_force(
    store: Store, repositories: Repositories, programme: str
) -> tuple[Setting, ...]:
    """Give what stands confirmed; of two values for one day the one confirmed later holds."""
    row = repositories.programmes.get(programme)
    if row is None:
        return ()
    rulebook = store.rulebook(repositories, row.rulebook_digest)
    rows = repositories.programmes.settings(programme, states=[ProposalState.CONFIRMED.value])
    return overlay(
        _setting(rulebook, one) for one in sorted(rows, key=lambda each: (each.key, each.id))
    )


def _setting(rulebook: Rulebook, row: SettingRow) -> Setting:
    return make_setting(
        rulebook=rulebook,
        key=row.key,
        value=row.value,
        starts=row.starts,
        ends=row.ends,
        source=row.source,
        status=CitationStatus(row.status),
        illustrative=row.illustrative,
    )


def overlay(settings: Iterable[Setting]) -> tuple[Setting, ...]:
    """Lay settings over one another in their order: a later one takes its days from others."""
    by_key: dict[str, list[Setting]] = {}
    for one in settings:
        kept = [part for early in by_key.get(one.key, []) for part in _without(early, one)]
        by_key[one.key] = [*kept, one]
    return tuple(
        setting
        for key in sorted(by_key)
        for setting in sorted(by_key[key], key=lambda each: each.starts or date.min)
    )


def _without(early: Setting, late: Setting) -> Sequence[Setting]:
    """Give what a later setting leaves of an earlier one."""
    ends_before = early.ends is not None and late.starts is not None and early.ends <= late.starts
    starts_after = late.ends is not None and early.starts is not None and late.ends <= early.starts
    if ends_before or starts_after:
        return [early]
    left = []
    if late.starts is not None and (early.starts is None or early.starts < late.starts):
        left.append(replace(early, ends=late.starts))
    if late.ends is not None and (early.ends is None or late.ends < early.ends):
        left.append(replace(early, starts=late.ends))
    return left
