"""Codes in cells: the code itself, or its Latvian or English name as the drop-downs show it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from skola_finance.claims import vocabulary as v
from skola_finance.exchange.workbook.unread import RawCell, Unread, shown, unread
from skola_finance.problems import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.problems import Text

MOST_NAMED = 12
"""So many allowed values are named in a message."""
MOST_WITH_CODE = 5
"""Short lists also name the code of each value."""
_YES_NO_OF_SPREADSHEET = {"true": "yes", "patiess": "yes", "false": "no", "aplams": "no"}


class CodeReader:
    """Reads the codes of one list.

    `offered` are the codes a message names, where a programme or sheet has fewer than the list.
    """

    def __init__(self, codes: Mapping[str, Text], *, offered: tuple[str, ...] = ()) -> None:
        """Prepare the names that are understood."""
        self._codes = codes
        self._offered = offered or tuple(codes)
        self._known = _names(tuple(codes.items()))
        if codes is v.YES_NO:
            self._known = {**self._known, **_YES_NO_OF_SPREADSHEET}

    def __call__(self, raw: RawCell) -> str | Unread:
        """Give the code of a cell, or say which are allowed."""
        code = self._known.get(_plain(shown(raw) if not isinstance(raw, str) else raw))
        if code is not None:
            return code
        return unread(
            "WBK-427",
            raw,
            allowed_lv=self.allowed(Language.LV),
            allowed_en=self.allowed(Language.EN),
        )

    def allowed(self, language: Language) -> str:
        """Name the allowed values, shortened where there are many."""
        named = [
            f"{self._codes[code].in_(language)} ({code})"
            if len(self._offered) <= MOST_WITH_CODE
            else self._codes[code].in_(language)
            for code in self._offered[:MOST_NAMED]
        ]
        more = ["…"] if len(self._offered) > MOST_NAMED else []
        return "; ".join([*named, *more])


@lru_cache(maxsize=64)
def _names(codes: tuple[tuple[str, Text], ...]) -> dict[str, str]:
    names = {_plain(name): code for code, text in codes for name in (text.lv, text.en)}
    # A code wins over a name that happens to be spelled like it.
    return names | {_plain(code): code for code, _ in codes}


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("–", "-").split())
