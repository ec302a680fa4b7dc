"""Pages of a list: how an answer of the library says where the next one begins."""

from __future__ import annotations

import collections.abc
import typing
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NEXT = "next_"


def inputs_of_next(answer: Any, first: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - any answer
    """Give the inputs that ask for the page after an answer; none after the last one.

    A page of the library says `next_before` where the next page is asked for with `before`.

    Args:
        answer: a page, or anything else.
        first: the inputs that ask for the first page, where they are left out.
    """
    if not is_dataclass(answer):
        return {}
    told = {
        field.name.removeprefix(_NEXT): getattr(answer, field.name)
        for field in fields(answer)
        if field.name.startswith(_NEXT)
    }
    return {
        name: value
        for name, value in told.items()
        if name in first and value is not None and value != first[name]
    }


def is_page(kind: object) -> bool:
    """Say whether answers of a type are pages, or come one row after the other."""
    return typing.get_origin(kind) is collections.abc.Iterator or (
        isinstance(kind, type)
        and is_dataclass(kind)
        and any(field.name.startswith(_NEXT) for field in fields(kind))
    )


def rows_of(answer: Any) -> Sequence[Any] | None:  # noqa: ANN401 - any answer
    """Give the rows of an answer that is a list, or a page of one; none for anything else."""
    if isinstance(answer, list | tuple):
        return answer
    if not is_dataclass(answer):
        return None
    lists = {
        field.name: value
        for field in fields(answer)
        if isinstance(value := getattr(answer, field.name), list | tuple)
    }
    if len(lists) == 1:
        return next(iter(lists.values()))
    return next((lists[name] for name in _ROWS if name in lists), None)


_ROWS = ("items", "rows", "lines", "claims", "entries")
"""What the rows of a page are called, where it holds other lists beside them."""
