"""One column of cells: each distinct value is read once, and what cannot be read is kept apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from skola_finance.claims.columns import LEARNER_BORN_ON, Column, Type
from skola_finance.claims.personal_data import find_identifier, find_identifier_in_number
from skola_finance.exchange.workbook.codes import CodeReader
from skola_finance.exchange.workbook.moments import read_birth_date, read_date, read_time
from skola_finance.exchange.workbook.numbers import (
    read_amount,
    read_quantity,
    read_unit_cost,
    read_whole,
)
from skola_finance.exchange.workbook.unread import (
    PERSONAL,
    RawCell,
    Unread,
    number_text,
    unread,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = str | int | date
CellReader = Callable[[RawCell], Value | Unread]

NUMBERS_EXPECTED = frozenset({"document_no", "payment_document_no", "evidence", "line_id"})
"""Columns where long runs of digits are at home: numbers of documents."""
_DATES_AS_TEXT = frozenset({"note", "evidence"})
_MOST_EXACT_DIGITS = 15
_LIKE_SPACE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\ufeff": None})


def clean_text(text: str) -> str:
    """Trim a cell: spaces of every kind around it, and the apostrophe that only marks text."""
    if not text.isascii():
        text = text.translate(_LIKE_SPACE)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip()
    return text.removeprefix("'").strip() if text.startswith("'") else text


class TextReader:
    """Reads text; whole numbers typed as numbers are taken, personal identifiers are not."""

    def __init__(self, key: str) -> None:
        """Know the column, for what its cells may hold."""
        self._key = key
        self._numbers_expected = key in NUMBERS_EXPECTED

    def __call__(self, raw: RawCell) -> str | Unread:
        """Give the text of a cell."""
        if isinstance(raw, str):
            is_personal = find_identifier(raw, numbers_expected=self._numbers_expected)
            return PERSONAL if is_personal else raw
        if isinstance(raw, float):
            return self._number(raw)
        if isinstance(raw, date) and self._key in _DATES_AS_TEXT:
            return f"{raw:%d.%m.%Y.}"
        return unread(
            "WBK-428",
            raw,
            reason_lv="lietotne to ir pārvērtusi par datumu vai laiku",
            reason_en="the program has turned it into a date or a time",
        )

    def _number(self, number: float) -> str | Unread:
        text = number_text(number)
        if self._key == "vat_pro_rata":
            # A cell formatted as per cent holds the fraction: 0.45 is shown as 45 %.
            return f"{number_text(number * 100 if abs(number) <= 1 else number)} %"
        digits = text.removeprefix("-")
        if not digits.isdigit():
            return unread(
                "WBK-428",
                number,
                reason_lv="tas ir skaitlis, nevis teksts, un nav vesels",
                reason_en="it is a number, not a text, and not a whole one",
            )
        if len(digits) > _MOST_EXACT_DIGITS:
            return unread(
                "WBK-428",
                number,
                reason_lv="garā skaitlī cipari pēc 15. ir zaudēti",
                reason_en="the digits after the 15th are lost in a long number",
            )
        return PERSONAL if find_identifier_in_number(digits) else text


def read_unknown(raw: RawCell) -> str | Unread:
    """Look at a cell of a column that is not read: only for personal data."""
    if isinstance(raw, str):
        kind = find_identifier(raw)
    else:
        kind = find_identifier_in_number(number_text(raw)) if isinstance(raw, float) else None
    return PERSONAL if kind else "content"


_READERS: dict[Type, CellReader] = {
    Type.DATE: read_date,
    Type.TIME: read_time,
    Type.MONEY: read_amount,
    Type.QUANTITY: read_quantity,
    Type.WHOLE: read_whole,
}


def reader_of(column: Column, *, offered: tuple[str, ...] = ()) -> CellReader:
    """Choose how the cells of a column are read."""
    if column.codes is not None:
        return CodeReader(column.codes, offered=offered)
    if column.key == "unit_cost":
        return read_unit_cost
    if column.key == LEARNER_BORN_ON.key:
        return read_birth_date
    return _READERS.get(column.type) or TextReader(column.key)


class Memo(dict[RawCell, Value | None]):
    """Reads each distinct cell once; `unread` keeps what could not be read."""

    def __init__(self, read: CellReader) -> None:
        """Start empty."""
        super().__init__()
        self._read = read
        self.unread: dict[RawCell, Unread] = {}

    def __missing__(self, raw: RawCell) -> Value | None:
        """Read a value that was not met before."""
        plain = clean_text(raw) if isinstance(raw, str) else raw
        value = None if plain == "" else self._read(plain)
        if isinstance(value, Unread):
            self.unread[raw] = value
            value = None
        self[raw] = value
        return value

    def read_all(self, raw: Sequence[RawCell]) -> list[Value | None]:
        """Read many cells of one column."""
        return list(map(self.__getitem__, raw))


def without_booleans(raw: Sequence[RawCell]) -> Sequence[RawCell]:
    """Write yes and no as text: as keys of a memo they would be taken for 1 and 0."""
    if True in raw or False in raw:
        return [("TRUE" if cell else "FALSE") if isinstance(cell, bool) else cell for cell in raw]
    return raw
