"""Pages of a list: how an answer of the library says where the next one begins."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEXT = "next_"


def inputs_of_next(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - any answer
    """Give the inputs that ask for the page after an answer; none after the last one.

    A page of the library says `next_before` where the next page is asked for with `before`.
    """
    if not is_dataclass(answer):
        return {}
    return {
        field.name.removeprefix(_NEXT): getattr(answer, field.name)
        for field in fields(answer)
        if field.name.startswith(_NEXT) and getattr(answer, field.name)
    }


def rows_of(answer: Any) -> Sequence[Any] | None:  # noqa: ANN401 - any answer
    """Give the rows of an answer that is a list, or a page of one; none for anything else."""
    if isinstance(answer, list | tuple):
        return answer
    if not is_dataclass(answer):
        return None
    lists = [
        value
        for value in (getattr(answer, field.name) for field in fields(answer))
        if isinstance(value, list | tuple)
    ]
    return lists[0] if len(lists) == 1 else None
