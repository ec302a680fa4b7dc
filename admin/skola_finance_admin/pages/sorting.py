"""Tables that are sorted by a click on a heading, without a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.requests import Request

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Sorted(Generic[R]):
    """Rows in the order that was asked for, and the addresses of the other orders."""

    rows: tuple[R, ...]
    by: str
    is_down: bool
    others: Mapping[str, str]

    def mark(self, column: str) -> str:
        """Give the value of `aria-sort` for a heading."""
        if column != self.by:
            return "none"
        return "descending" if self.is_down else "ascending"


def sorted_by(
    request: Request, rows: Iterable[R], columns: Mapping[str, Callable[[R], Any]]
) -> Sorted[R]:
    """Order rows by the column that the address names, the first one otherwise.

    A second click on the same heading turns the order round; amounts begin with the largest.
    """
    asked = request.query_params.get("sort", "")
    first = next(iter(columns))
    by = asked.removeprefix("-")
    is_down = asked.startswith("-")
    if by not in columns:
        by, is_down = first, False
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "sort"]
    others = {}
    for name in columns:
        turned = (name == by and not is_down) or (name not in {by, first})
        others[name] = "?" + urlencode([*kept, ("sort", f"-{name}" if turned else name)])
    return Sorted(tuple(sorted(rows, key=columns[by], reverse=is_down)), by, is_down, others)
