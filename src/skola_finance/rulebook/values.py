"""Reading the values of a version into exact types, by the shapes its kind asks for."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skola_finance.money import Rate, parse_amount
from skola_finance.problems import SkolaError
from skola_finance.rulebook.kinds import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from skola_finance.rulebook.kinds import Kind
    from skola_finance.rulebook.strict import Reader

VERSION_KEYS = ("from", "to", "citation", "note")


def read_values(reader: Reader, kind: Kind) -> Mapping[str, Any]:
    """Read what a version of this kind holds; refuse what is missing or unknown."""
    reader.only([*VERSION_KEYS, *kind.needs, *kind.may])
    shapes = {**kind.needs, **{key: shape for key, shape in kind.may.items() if reader.has(key)}}
    return MappingProxyType({key: _READERS[shape](reader, key) for key, shape in shapes.items()})


def _whole(reader: Reader, key: str) -> int:
    return _number(reader, key, reader.table.get(key))


def _number(reader: Reader, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise reader.wrong(
            "RUL-407", "jābūt veselam skaitlim", "a whole number is expected", key=key
        )
    return value


def _day(reader: Reader, key: str) -> date:
    day = reader.day(key)
    if day is None:
        raise reader.wrong("RUL-405", "trūkst datuma", "a date is missing", key=key)
    return day


def _cents(reader: Reader, key: str) -> int:
    text = reader.text(key)
    try:
        cents = parse_amount(text)
    except SkolaError as error:
        raise reader.wrong("RUL-407", "jābūt summai eiro", "euros are expected", key=key) from error
    if cents < 0:
        raise reader.wrong(
            "RUL-407", "summa nedrīkst būt negatīva", "an amount is not negative", key=key
        )
    return cents


def _rate(reader: Reader, key: str) -> Rate:
    text = reader.text(key)
    try:
        return Rate.parse(text)
    except SkolaError as error:
        raise reader.wrong("RUL-407", "jābūt likmei", "a rate is expected", key=key) from error


def _table(reader: Reader, key: str) -> Mapping[str, tuple[str, ...]]:
    table = reader.sub(key)
    return MappingProxyType({code: table.texts(code) for code in table.table})


def _amounts(reader: Reader, key: str) -> Mapping[str, int]:
    table = reader.sub(key)
    return MappingProxyType({code: _cents(table, code) for code in table.table})


def _ranges(reader: Reader, key: str) -> Mapping[str, tuple[int, int]]:
    table = reader.sub(key)
    result = {}
    for code, value in table.table.items():
        if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - lowest and highest
            raise table.wrong("RUL-407", "jābūt [no, līdz]", "expected is [low, high]", key=code)
        low, high = (_number(table, code, number) for number in value)
        if low > high:
            raise table.wrong("RUL-407", "„no” pārsniedz „līdz”", "low exceeds high", key=code)
        result[code] = (low, high)
    return MappingProxyType(result)


_READERS: Mapping[Shape, Callable[[Reader, str], Any]] = MappingProxyType(
    {
        Shape.TEXT: lambda reader, key: reader.text(key),
        Shape.TEXTS: lambda reader, key: reader.texts(key),
        Shape.WHOLE: _whole,
        Shape.DAY: _day,
        Shape.MONEY: _cents,
        Shape.RATE: _rate,
        Shape.TABLE: _table,
        Shape.RANGES: _ranges,
        Shape.AMOUNTS: _amounts,
    },
)
"""How each shape is read from the table it stands in."""
