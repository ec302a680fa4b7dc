"""The columns of the lines of a claim: those that are typed, needed, or shown in a grid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from skola_finance.claims.columns import COLUMN, COST_FORM_OF_SHEET, Sheet, Type
from skola_finance.exchange.workbook.layout import is_required, offered_codes, offered_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import polars as pl

    from skola_finance.claims.columns import Column
    from skola_finance.problems import Text

_HIDDEN = frozenset({"line_id", "risk_ground"})
"""The id is no fact, and a ground for support is for coordinators alone."""
_LEADING = ("learner_ref", "document_no", "paid_on", "project_no", "quantity")
_ALWAYS = ("activity", "activity_on", "amount")
_SHEET_OF_COST_FORM = {form: sheet for sheet, form in COST_FORM_OF_SHEET.items()}
_BLANK = ("activity", "cost_form", "activity_on", "learner_ref", "quantity", "amount")


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A column of the grid: its key, its heading, how its cells are typed, and its codes."""

    key: str
    label: Text
    kind: Type
    codes: tuple[tuple[str, Text], ...]

    @property
    def is_figure(self) -> bool:
        """Whether its cells stand at the right."""
        return self.kind in {Type.MONEY, Type.QUANTITY, Type.WHOLE}


def typed_columns(programme: str) -> tuple[LineColumn, ...]:
    """Give every column that people type, in the order of the one-sheet layout."""
    return tuple(_column(COLUMN[key], programme) for key in typed_keys(programme))


@cache
def typed_keys(programme: str) -> tuple[str, ...]:
    """Give the keys of the columns that people type, in the order of the one-sheet layout."""
    return tuple(key for key in offered_columns(Sheet.LINES, programme) if key not in _HIDDEN)


def _column(column: Column, programme: str) -> LineColumn:
    codes = column.codes or {}
    offered = offered_codes(column.key, Sheet.LINES, programme) or tuple(codes)
    return LineColumn(
        key=column.key,
        label=column.label,
        kind=column.type,
        codes=tuple((code, codes[code]) for code in offered),
    )


def columns_of(
    frame: pl.DataFrame,
    programme: str,
    *,
    all_columns: bool,
    for_typing: bool,
    faulty: Collection[str] = (),
    also: Sequence[str] = (),
) -> tuple[LineColumn, ...]:
    """Give the columns of the grid of some lines in the order of the workbook; see `claim_lines`.

    Those in `faulty` are given however empty: what is wrong has to be in sight. Those in `also` are
    too, and stand before the amount: what proves a line is read before what it costs.
    """
    every = typed_keys(programme)
    filled = {
        key for key in every if any(cell not in (None, "") for cell in frame[COLUMN[key].frame])
    }
    shown = {*_ALWAYS, *(filled & {*_LEADING}), *faulty}
    if for_typing and not filled & {*_LEADING}:
        shown |= {*_BLANK}
    if for_typing and single_form(frame) is None:
        shown.add("cost_form")
    if all_columns:
        shown |= set(every) if for_typing else filled
    keys = [key for key in every if key in shown and key not in also]
    place = keys.index("amount")
    return tuple(_column(COLUMN[key], programme) for key in [*keys[:place], *also, *keys[place:]])


def needed_keys(form: str, programme: str) -> frozenset[str]:
    """Give what every usual line of a form of cost fills, as the workbook colours it."""
    sheet = Sheet(_SHEET_OF_COST_FORM.get(form, Sheet.LINES))
    offered = set(offered_columns(sheet, programme)) | {"cost_form"}
    return frozenset(key for key in offered if key == "cost_form" or is_required(key, sheet))


def single_form(frame: pl.DataFrame) -> str | None:
    """Give the cost form that every line has; None where they differ, or there is no line."""
    forms = frame["cost_form"].unique().to_list()
    return forms[0] if len(forms) == 1 else None
