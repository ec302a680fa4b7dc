"""A block copied from a spreadsheet: which of its cells belongs to which column of a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.columns import COLUMN, LINE_COLUMNS, Sheet
from skola_finance.exchange.workbook.layout import offered_columns
from skola_finance.usecases.filing.typed_lines import NOT_TYPED, TYPED, read_typed
from skola_finance.usecases.wording import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.problems import Text
    from skola_finance.usecases.wording import CommandRefused

_SHEETS = (Sheet.SESSIONS, Sheet.DOCUMENTS, Sheet.PROJECTS, Sheet.LINES)
_LOOKED_AT = 20
"""Rows by which the order of the columns is told."""
_HEADINGS = {
    text.casefold(): column.key
    for column in LINE_COLUMNS
    for text in (column.key, column.label.lv, column.label.en)
}


@dataclass(frozen=True, slots=True)
class PastedBlock:
    """A block as lines.

    Attributes:
        rows: texts by column key, a mapping for each row that is not empty.
        columns: names of the columns that any of its cells stand in, in their order.
        has_headings: whether the first row named the columns.
        left_out: how many filled cells stand under a heading that no line has.
    """

    rows: tuple[Mapping[str, str], ...]
    columns: tuple[Text, ...]
    has_headings: bool
    left_out: int


def read_pasted(
    block: Sequence[Sequence[str]], *, first: str, shown: Sequence[str], programme: str
) -> PastedBlock:
    """Say what the cells of a block are.

    A first row of headings, in either language, names the columns. Without one they follow the
    grid from the cell that was pasted into, with the form of cost or without it since that follows
    from the activity, or a sheet of the workbook where more cells can be read that way. Of two
    orders that read as well, that one is taken by which more cells stay in sight.

    Args:
        block: rows of cells, as a spreadsheet copies them.
        first: key of the column that was pasted into.
        shown: keys of the columns of the grid, in their order.

    Raises: CommandRefused WBK-440 where the block fits neither, WBK-441 where it is empty.
    """
    rows = [[cell.strip() for cell in row] for row in block]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise _empty()
    named = _named(rows[0])
    keys = named or _in_order(rows, first=first, shown=shown, programme=programme)
    rows = rows[1:] if named else rows
    left_out = sum(
        bool(cell) for row in rows for key, cell in _cells(keys, row) if key not in TYPED
    )
    taken = tuple({key: cell for key, cell in _cells(keys, row) if key in TYPED} for row in rows)
    filled = {key: None for row in taken for key, cell in row.items() if cell}
    columns = tuple(COLUMN[key].label for key in filled)
    return PastedBlock(taken, columns, named is not None, left_out)


def _cells(keys: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
    """Pair cells with their columns; the id and the ground for support are the registers'."""
    padded = [*row, *[""] * (len(keys) - len(row))]
    return [(key, cell) for key, cell in zip(keys, padded, strict=False) if key not in NOT_TYPED]


def _width(row: Sequence[str]) -> int:
    return max((place + 1 for place, cell in enumerate(row) if cell), default=0)


def _named(row: Sequence[str]) -> list[str] | None:
    """Give the columns that a row of headings names, empty for one unknown; None for no headings.

    Two known headings make a row of headings: no line has such words in two of its cells.
    """
    keys = [_HEADINGS.get(cell.casefold(), "") for cell in row]
    return keys if sum(map(bool, keys)) > 1 else None


def _in_order(
    rows: Sequence[Sequence[str]], *, first: str, shown: Sequence[str], programme: str
) -> Sequence[str]:
    width = max(_width(row) for row in rows)
    without_form = [key for key in shown if key != "cost_form"]
    sheets = [offered_columns(sheet, programme) for sheet in _SHEETS]
    orders = [shown, without_form, *sheets]
    from_first = [order[list(order).index(first) :] for order in orders if first in order]
    wide_enough = [keys[:width] for keys in from_first if len(keys) >= width]
    if not wide_enough:
        raise _too_wide(width, len(from_first[0]) if from_first else 0)
    looked_at = rows[:_LOOKED_AT]
    return min(
        wide_enough,
        key=lambda keys: (_unread(looked_at, keys, programme), _unseen(looked_at, keys, shown)),
    )


def _unread(rows: Sequence[Sequence[str]], keys: Sequence[str], programme: str) -> int:
    """Count the cells that could not be read if they stood in these columns."""
    lines = [{key: cell for key, cell in _cells(keys, row) if cell} for row in rows]
    return sum(len(one.problems) for one in read_typed(lines, programme=programme))


def _unseen(rows: Sequence[Sequence[str]], keys: Sequence[str], shown: Sequence[str]) -> int:
    """Count the cells that would stand in columns that the grid does not show."""
    return sum(bool(cell) and key not in shown for row in rows for key, cell in _cells(keys, row))


def _too_wide(width: int, there: int) -> CommandRefused:
    return refuse(
        "WBK-440",
        lv=f"Nekas nav ielīmēts: blokā kolonnu skaits ir {width}, bet no izvēlētās šūnas to ir "
        f"{there}.",
        en=f"Nothing was pasted: the block has {width} columns, and there are {there} from the "
        "chosen cell on.",
        hint_lv="Kopējiet kopā ar virsrakstu rindu, tad kolonnu secībai nav nozīmes, vai "
        "izvēlieties šūnu vairāk pa kreisi.",
        hint_en="Copy it with its row of headings, then the order of columns does not matter; or "
        "choose a cell further to the left.",
    )


def _empty() -> CommandRefused:
    return refuse(
        "WBK-441",
        lv="Nekas nav ielīmēts: starpliktuvē nav teksta.",
        en="Nothing was pasted: there is no text to paste.",
        hint_lv="Iezīmējiet šūnas izklājlapā, kopējiet tās un ielīmējiet vēlreiz.",
        hint_en="Select cells in the spreadsheet, copy them, and paste again.",
    )
