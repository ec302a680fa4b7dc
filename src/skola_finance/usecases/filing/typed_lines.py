"""Cells typed on the screen, read as those of a workbook are: each as its column wants it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from skola_finance.claims.columns import LINE_COLUMNS, Sheet, Type
from skola_finance.claims.shown import show_number, show_time
from skola_finance.exchange.workbook.cells import clean_text, reader_of
from skola_finance.exchange.workbook.faults import fault_of
from skola_finance.exchange.workbook.layout import offered_codes
from skola_finance.exchange.workbook.unread import Unread
from skola_finance.money import plain
from skola_finance.problems import Language, Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from skola_finance.claims.columns import Column
    from skola_finance.problems import Problem

NOT_TYPED = frozenset({"line_id", "risk_ground"})
"""The id is no fact, and a ground for support comes from the plan."""
TYPED = {column.key: column for column in LINE_COLUMNS if column.key not in NOT_TYPED}
LONGEST_CELL = 2_000
_PERSONAL = {
    "value": "•••",
    "reason_lv": "tajā ir personas dati",
    "reason_en": "it holds personal data",
}


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line as it was typed.

    Attributes:
        line_id: of the line it changes; another one is a new line.
        values: what could be read, as `edit_lines` takes it; None empties a cell.
        problems: what could not be read, by column.
    """

    line_id: str
    values: Mapping[str, Any]
    problems: Mapping[str, Problem]


def read_typed(lines: Iterable[Mapping[str, str]], *, programme: str) -> tuple[TypedLine, ...]:
    """Read lines as people type them: column keys to texts, and `line_id`.

    Keys that no line has are left out, as a workbook's unknown columns are.
    """
    return tuple(_line(one, programme) for one in lines)


def _line(typed: Mapping[str, str], programme: str) -> TypedLine:
    values: dict[str, Any] = {}
    problems: dict[str, Problem] = {}
    for key, text in typed.items():
        column = TYPED.get(key)
        if column is None:
            continue
        read = _cell(column, text, programme)
        if isinstance(read, Unread):
            found = read.problem or fault_of("WBK-428", _PERSONAL)
            problems[key] = replace(found, where=Where(column=key))
        else:
            values[key] = read
    return TypedLine(typed.get("line_id", ""), values, problems)


def _cell(column: Column, text: str, programme: str) -> Any:  # noqa: ANN401 - the column decides
    plain_text = clean_text(text[:LONGEST_CELL])
    if not plain_text:
        return None
    if column.type is Type.TEXT:
        # Personal data in a text is taken out, and told, where lines are kept.
        return plain_text
    offered = offered_codes(column.key, Sheet.LINES, programme)
    read = reader_of(column, offered=offered)(plain_text)
    write = _WRITTEN.get(column.type)
    return write(read) if write is not None and isinstance(read, int) else read


_WRITTEN: Mapping[Type, Callable[[int], str]] = {
    Type.MONEY: plain,
    Type.QUANTITY: lambda milli: show_number(milli, Language.EN),
    Type.TIME: show_time,
}
"""How `edit_lines` takes what is read as a whole number of cents, thousandths or minutes."""
