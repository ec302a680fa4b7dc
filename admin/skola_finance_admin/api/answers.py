"""From an answer of the library to JSON: whole cents, ISO days, texts in both languages."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache, singledispatch
from typing import Any

from skola_finance import BulkVerdict, Money, Rate, Rulebook, Store

CURRENCY = "EUR"
_PLAIN = frozenset({"int", "str", "bool", "date", "datetime", "int | None", "str | None"})
_MACHINERY = (BulkVerdict, Rulebook, Store)
"""What some answers carry along for the library's own use, and no program can do anything with."""


@singledispatch
def as_json(value: Any) -> Any:  # noqa: ANN401 - any answer, any JSON
    """Give a value as JSON can hold it.

    Raises: TypeError for what no answer should hold.
    """
    if is_dataclass(value):
        return {name: as_json(getattr(value, name)) for name in shown(type(value), value)}
    if hasattr(value, "model_dump"):
        return as_json(value.model_dump())
    msg = f"JSON has no {type(value).__name__}"
    raise TypeError(msg)


@as_json.register(str | int | None)
def _as_it_is(value: str | int | None) -> str | int | None:
    return value


@as_json.register(Decimal | Rate | float)
def _digits(value: Decimal | Rate | float) -> str:
    return str(value)


@as_json.register
def _choice(value: Enum) -> str:
    return str(value.value)


@as_json.register(date | time)
def _day(value: date | time) -> str:
    return value.isoformat()


@as_json.register
def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


@as_json.register
def _content(value: bytes) -> str:
    return b64encode(value).decode("ascii")


@as_json.register
def _money(value: Money) -> dict[str, str]:
    return {"amount": str(value.amount), "currency": CURRENCY}


@as_json.register(Iterable)
def _list(value: Iterable[Any]) -> list[Any]:
    return [as_json(each) for each in value]


@as_json.register(AbstractSet)
def _set(value: AbstractSet[Any]) -> list[Any]:
    return sorted((as_json(each) for each in value), key=str)


@as_json.register(Mapping)
def _mapping(value: Mapping[Any, Any]) -> Any:  # noqa: ANN401 - any JSON
    """Give an object; where its keys are no simple names, a list of pairs."""
    if all(isinstance(key, str | int | date) for key in value):
        return {str(as_json(key)): as_json(each) for key, each in value.items()}
    return [{"key": as_json(key), "value": as_json(each)} for key, each in value.items()]


def shown(kind: type, value: object) -> list[str]:
    """Give what is shown of an answer: its fields, and its properties that are plain values."""
    return [
        name
        for name in (*_names(kind), *plain_properties(kind))
        if not is_machinery(getattr(value, name))
    ]


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.repr)


@cache
def plain_properties(kind: type) -> Mapping[str, str]:
    """Give what a class computes of itself and is a plain value, with its type as it is written."""
    return {
        name: str(each.fget.__annotations__["return"])
        for base in reversed(kind.__mro__)
        for name, each in vars(base).items()
        if isinstance(each, property)
        and not name.startswith("_")
        and each.fget is not None
        and str(each.fget.__annotations__.get("return")) in _PLAIN
    }


def is_machinery(value: object) -> bool:
    """Say whether something is for the library's own use."""
    return is_machinery_type(type(value))


def is_machinery_type(kind: object) -> bool:
    """Say whether values of a type are for the library's own use."""
    if not isinstance(kind, type):
        return False
    return issubclass(kind, _MACHINERY) or kind.__module__.startswith("polars")


def document(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - any answer
    """Give an answer as the object that a program gets; amounts in it are cents of `currency`."""
    found = as_json(answer)
    if isinstance(found, list):
        found = {"items": found}
    elif not isinstance(found, dict):
        found = {"value": found}
    return {"currency": CURRENCY, **found} if _has_cents(found) else found


def _has_cents(found: Any) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(found, dict):
        return any(name.endswith("cents") or _has_cents(each) for name, each in found.items())
    return isinstance(found, list) and any(_has_cents(each) for each in found)


def encoded(content: Any) -> bytes:  # noqa: ANN401 - any JSON
    """Write JSON; half of a surrogate pair, which is no character, becomes a question mark."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors="replace")
