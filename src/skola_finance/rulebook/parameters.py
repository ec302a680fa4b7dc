"""Parameters: what the law leaves to the programme, and what was entered for it.

A parameter is declared in `rules/**/parameters.toml`: its key (with `<placeholders>`), the shape
of its value, and where the law leaves it open. It may carry dated default values with their own
citation; most have none. It may also carry offered values, which the law gives for another relation
(authority and beneficiary): they are shown where the setting is entered, and hold for nobody until
then. A `Setting` is a value somebody with authority entered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from skola_finance.money import Rate, parse_amount
from skola_finance.problems import SkolaError
from skola_finance.rulebook.timeline import Boundary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skola_finance.problems import Citation, CitationStatus, Text

NONE = "none"
"""Entered to say that no such limit exists; unset is not the same."""


class ValueShape(StrEnum):
    """How the text of a setting is read."""

    MONEY = "money"
    """Euros; whole cents."""
    HOURS = "hours"
    """Hours with at most three decimals; thousandths."""
    WHOLE = "whole"
    """A whole number that is not negative."""
    RATE = "rate"
    """A share."""
    DAY = "day"
    """A date, `2025-05-08`."""
    DAY_OF_YEAR = "day_of_year"
    """A month and day, `09-01`; month times 100 plus day."""
    LIST = "list"
    """Texts with spaces between."""
    MEMBER = "member"
    """`yes` or `no`."""


Parsed: TypeAlias = "int | Rate | date | tuple[str, ...] | bool"

_QUANTITY = re.compile(r"([0-9]{1,5})(?:[.,]([0-9]{1,3}))?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEAP_YEAR = 2000


def _money(text: str) -> int:
    try:
        cents = parse_amount(text)
    except SkolaError as error:
        raise ValueError(text) from error
    if cents < 0:
        raise ValueError(text)
    return cents


def _rate(text: str) -> Rate:
    try:
        return Rate.parse(text)
    except SkolaError as error:
        raise ValueError(text) from error


def _thousandths(text: str) -> int:
    found = _QUANTITY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def parse_day(text: str) -> date:
    """Read a day written as `2025-05-08`, and in no other way.

    Raises:
        ValueError: it is no such day.

    """
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _day_of_year(text: str) -> int:
    """Give month times 100 plus day; a leap year has every day there is."""
    day = parse_day(f"{_LEAP_YEAR}-{text}")
    return day.month * 100 + day.day


def _member(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(text)
    return text == "yes"


def _texts(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PARSERS: Mapping[ValueShape, Callable[[str], Parsed]] = MappingProxyType(
    {
        ValueShape.MONEY: _money,
        ValueShape.HOURS: _thousandths,
        ValueShape.WHOLE: _whole,
        ValueShape.RATE: _rate,
        ValueShape.DAY: parse_day,
        ValueShape.DAY_OF_YEAR: _day_of_year,
        ValueShape.LIST: _texts,
        ValueShape.MEMBER: _member,
    },
)


def parse_value(shape: ValueShape, text: str) -> Parsed:
    """Read the text of a setting exactly.

    Raises:
        ValueError: the text is not of the shape.

    """
    return _PARSERS[shape](text)


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that was entered, with its source and the days it holds, `[starts, ends)`.

    `value` is None where `none` was entered: no such limit exists.
    """

    key: str
    text: str
    value: Parsed | None
    starts: date | None
    ends: date | None
    source: str
    status: CitationStatus
    illustrative: bool = False

    def covers(self, day: date) -> bool:
        """Whether the setting holds on the day."""
        return (self.starts is None or day >= self.starts) and (
            self.ends is None or day < self.ends
        )


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank of the law: its key, the shape of its value, and where the blank is left.

    `among` lists what the last placeholder of the key may be, where that is a closed list.
    `defaults` hold where nothing was entered; `offered` never hold by themselves.
    """

    key: str
    shape: ValueShape
    title: Text
    citation: Citation
    defaults: tuple[Setting, ...] = ()
    offered: tuple[Setting, ...] = ()
    not_before: date | None = None
    not_after: date | None = None
    is_boundary: bool = False
    among: tuple[str, ...] = ()

    @property
    def boundary(self) -> Boundary | None:
        """The edge between two versions that the parameter stands for, if it is one."""
        return Boundary(self.key, self.not_before, self.not_after) if self.is_boundary else None

    def matches(self, key: str) -> bool:
        """Whether a key is one of this parameter's."""
        return _pattern(self.key, self.among).fullmatch(key) is not None


@lru_cache(maxsize=256)
def _pattern(key: str, among: tuple[str, ...]) -> re.Pattern[str]:
    """Give the keys a parameter stands for; a placeholder is anything without a dot.

    A semester has a form of its own, the last placeholder may be one of a list, and numbers of
    projects may hold dots, as the numbers of EU projects do.
    """
    shown = re.escape(key)
    names = re.findall(r"<[a-z_]+>", key)
    for place, name in enumerate(names, start=1):
        is_last = place == len(names)
        if name == "<project_no>":
            form = r".+"
        elif name == "<semester>":
            form = r"\d{4}-(?:autumn|spring)"
        elif is_last and among:
            form = f"(?:{'|'.join(map(re.escape, among))})"
        else:
            form = r"[^.]+"
        shown = shown.replace(re.escape(name), form, 1)
    return re.compile(shown)
