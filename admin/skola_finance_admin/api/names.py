"""What the words of a signature mean: annotations of the library, resolved from outside it.

The library keeps its annotations as text and imports many of their names for type checkers alone;
what its module does not hold at run time is looked up among the words that all modules share.
"""

from __future__ import annotations

import collections.abc
import datetime as dt
import decimal
import inspect
import types
import typing
from functools import cache
from typing import TYPE_CHECKING, Any

import skola_finance
from skola_finance.queries import READS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@cache
def _vocabulary() -> Mapping[str, Any]:
    words: dict[str, Any] = {}
    for module, names in (
        (collections.abc, ("Callable", "Collection", "Iterable", "Iterator", "Mapping")),
        (collections.abc, ("MutableMapping", "Sequence", "Set")),
        (dt, ("date", "datetime", "time", "timedelta")),
        (decimal, ("Decimal",)),
        (typing, ("Any", "Literal")),
        (skola_finance, tuple(skola_finance.__all__)),
    ):
        words |= {name: getattr(module, name) for name in names}
    return {**words, **READS}


def meaning(annotation: object, of: object) -> Any:  # noqa: ANN401 - a type, or none known
    """Give the type that an annotation names, or None where nobody outside can know it.

    Args:
        annotation: as it stands in a signature or a class, mostly a text.
        of: the function or class that it stands in.
    """
    if not isinstance(annotation, str):
        return annotation
    module = inspect.getmodule(of)
    holder = types.SimpleNamespace(__annotations__={"it": annotation})
    known = {**_vocabulary(), **(vars(module) if module is not None else {})}
    try:
        return typing.get_type_hints(holder, known, include_extras=True)["it"]
    except (NameError, TypeError, SyntaxError):
        return None


def parameters(function: Callable[..., Any], *, after: int) -> Mapping[str, inspect.Parameter]:
    """Give what a function of the library is asked with, without its first arguments."""
    return dict(list(inspect.signature(function).parameters.items())[after:])


def returned(function: Callable[..., Any]) -> Any:  # noqa: ANN401 - a type, or none known
    """Give the type of what a function of the library answers, or None where it is not known."""
    return meaning(inspect.signature(function).return_annotation, function)
