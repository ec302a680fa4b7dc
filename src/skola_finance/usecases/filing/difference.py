"""What a workbook would change in a claim: lines added, changed, removed, and conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA
from skola_finance.claims.columns import CLAIM_KEYS, LINE_COLUMNS
from skola_finance.claims.shown import show_value
from skola_finance.problems import Language, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from skola_finance.claims.claim import ClaimHeader
    from skola_finance.claims.columns import Column
    from skola_finance.problems import Problem

_PLACE = frozenset({"sheet", "row", "line_no", "line_id"})
FACTS = tuple(name for name in LINE_SCHEMA if name not in _PLACE)
_COLUMNS: Mapping[str, Column] = {column.frame: column for column in LINE_COLUMNS}
_HIDDEN = Text(lv="•••", en="•••")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of a line, before and after, as people read it; a risk ground is not shown."""

    column: str
    label: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that a workbook adds, changes or leaves out."""

    line_id: str
    sheet: str | None
    row: int | None
    before_cents: int
    after_cents: int
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a workbook would do to the lines that are kept.

    Attributes:
        added, changed, removed: lines, in the order of the workbook.
        unchanged: how many lines stay as they are.
        conflicts: ids of lines changed or removed by the workbook that were also changed on the
            screen since the last workbook was read.
        header: what changes of the claim itself, its declared total for one.
        unread: what could not be read of cells, each with its place.
        unknown_plans: numbers of plans on the sheet `Plans` that are not in the register; reading
            a claim enters no plans.
    """

    added: tuple[LineChange, ...]
    changed: tuple[LineChange, ...]
    removed: tuple[LineChange, ...]
    unchanged: int
    conflicts: tuple[str, ...]
    header: tuple[FieldChange, ...] = ()
    unread: tuple[Problem, ...] = ()
    unknown_plans: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed or self.header)

    @property
    def unread_places(self) -> frozenset[tuple[str | None, int | None]]:
        """Sheet and row of every line with a cell that could not be read."""
        return frozenset((one.where.sheet, one.where.row) for one in self.unread)


def match_ids(stored: pl.DataFrame, incoming: pl.DataFrame) -> pl.DataFrame:
    """Give incoming lines without an id that of the stored line they are.

    A line is known by its id; else by being the same in every column; else by its sheet and row,
    where no other line claims them. So a workbook without ids may be read twice.
    """
    given = set(incoming["line_id"].drop_nulls().to_list())
    free = [row for row in stored.iter_rows(named=True) if row["line_id"] not in given]
    rows = list(incoming.iter_rows(named=True))
    ids: list[str | None] = [row["line_id"] for row in rows]
    for key_of in (_content, _place):
        open_rows: dict[Any, list[str]] = {}
        for row in free:
            if row["line_id"] not in set(filter(None, ids)):
                open_rows.setdefault(key_of(row), []).append(row["line_id"])
        for place, row in enumerate(rows):
            waiting = open_rows.get(key_of(row), [])
            if ids[place] is None and waiting:
                ids[place] = waiting.pop(0)
    return incoming.with_columns(pl.Series("line_id", ids, dtype=pl.String))


def _content(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in FACTS)


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    # A row typed on the screen has no place, and is never taken for another.
    return (row["sheet"], row["row"]) if row["row"] is not None else (object(),)


def difference(
    stored: pl.DataFrame, incoming: pl.DataFrame, *, edited: Iterable[str]
) -> Difference:
    """Compare stored lines with those of a workbook, whose ids have been matched."""
    before = {row["line_id"]: row for row in stored.iter_rows(named=True)}
    added: list[LineChange] = []
    changed: list[LineChange] = []
    seen: set[str] = set()
    for row in incoming.iter_rows(named=True):
        line_id = row["line_id"]
        old = before.get(line_id) if line_id else None
        if old is None:
            added.append(_change(row, before_cents=0, after_cents=row["amount_cents"] or 0))
            continue
        seen.add(line_id)
        fields = _fields(old, row)
        if fields:
            amounts = (old["amount_cents"] or 0, row["amount_cents"] or 0)
            changed.append(
                _change(row, before_cents=amounts[0], after_cents=amounts[1], fields=fields)
            )
    removed = [
        _change(row, before_cents=row["amount_cents"] or 0, after_cents=0)
        for line_id, row in before.items()
        if line_id not in seen
    ]
    on_screen = set(edited)
    conflicts = [one.line_id for one in (*changed, *removed) if one.line_id in on_screen]
    return Difference(
        added=tuple(added),
        changed=tuple(changed),
        removed=tuple(removed),
        unchanged=len(seen) - len(changed),
        conflicts=tuple(sorted(conflicts)),
    )


def _change(
    row: Mapping[str, Any],
    *,
    before_cents: int,
    after_cents: int,
    fields: Sequence[FieldChange] = (),
) -> LineChange:
    return LineChange(
        line_id=row["line_id"] or "",
        sheet=row["sheet"],
        row=row["row"],
        before_cents=before_cents,
        after_cents=after_cents,
        fields=tuple(fields),
    )


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldChange]:
    found = []
    for name in FACTS:
        if old[name] == new[name] or name not in _COLUMNS:
            continue
        column = _COLUMNS[name]
        is_hidden = column.key == "risk_ground"
        found.append(
            FieldChange(
                column=column.key,
                label=column.label,
                before=_HIDDEN if is_hidden else _shown(column, old[name]),
                after=_HIDDEN if is_hidden else _shown(column, new[name]),
            )
        )
    return found


def header_changes(before: ClaimHeader, after: ClaimHeader) -> tuple[FieldChange, ...]:
    """Say what changes of a claim itself."""
    return tuple(
        FieldChange(
            column.key,
            column.label,
            _shown(column, getattr(before, column.frame)),
            _shown(column, getattr(after, column.frame)),
        )
        for column in CLAIM_KEYS
        if getattr(before, column.frame) != getattr(after, column.frame)
    )


def _shown(column: Column, value: Any) -> Text:  # noqa: ANN401 - a cell
    """Write a cell; what says that it is empty agrees with every label of a column."""
    if value is None or value == "":
        return Text(lv="nav ieraksta", en="not given")
    return Text(
        lv=show_value(column, value, Language.LV), en=show_value(column, value, Language.EN)
    )


def resolved(
    stored: pl.DataFrame, incoming: pl.DataFrame, *, keep_stored: Iterable[str]
) -> pl.DataFrame:
    """Give the lines of the workbook, with some left as they are kept."""
    kept = list(keep_stored)
    mine = stored.filter(pl.col("line_id").is_in(kept))
    theirs = incoming.filter(~pl.col("line_id").is_in(kept).fill_null(value=False))
    return pl.concat([theirs.select(*LINE_SCHEMA), mine.select(*LINE_SCHEMA)])
