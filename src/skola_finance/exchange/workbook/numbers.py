"""Amounts, quantities and whole numbers in cells: exact, at 15 significant digits, bounded.

A number cell is read as a spreadsheet shows it; more decimals than a column may have are an
error that names the value, never a rounding (D-01). No arithmetic is done on the float itself.
"""

from __future__ import annotations

import re
from math import isfinite

from skola_finance.exchange.workbook.unread import (
    PERSONAL,
    RawCell,
    Unread,
    is_personal,
    number_text,
    shown,
    unread,
)
from skola_finance.money import LIMIT_EUROS, Unreadable, UnreadableAmount, parse_amount

LIMIT = 10**5
"""Unit costs (euros), quantities and whole numbers are below this."""
_CENTS = 100
_THOUSANDTHS = 1000
_QUANTITY = re.compile(r"([+-]?)([0-9]+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:([.,])([0-9]+))?")
_WHOLE = re.compile(r"([0-9]+)\.?")
_DECIMALS_OF_CENTS = 2
_DECIMALS_OF_QUANTITY = 3


def read_amount(raw: RawCell) -> int | Unread:
    """Read euros as whole cents; below 10⁹ €."""
    try:
        # What is neither text nor number is shown as text, which then is no amount.
        return _cents(raw) if isinstance(raw, float) else parse_amount(_as_text(raw))
    except UnreadableAmount as error:
        return PERSONAL if is_personal(raw) else Unread(error.problem)


def read_unit_cost(raw: RawCell) -> int | Unread:
    """Read a unit cost as whole cents; below 10⁵ €."""
    cents = read_amount(raw)
    if isinstance(cents, int) and abs(cents) >= LIMIT * _CENTS:
        return unread("WBK-429", raw)
    return cents


def read_quantity(raw: RawCell) -> int | Unread:
    """Read a number with at most three decimals as whole thousandths; below 10⁵."""
    text = number_text(raw) if isinstance(raw, float) else raw
    found = _QUANTITY.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return unread("WBK-426", raw)
    sign, whole, point, decimals = found[1], found[2].replace(" ", ""), found[3], found[4] or ""
    is_ambiguous = isinstance(raw, str) and point == "." and len(decimals) == _DECIMALS_OF_QUANTITY
    if is_ambiguous or len(decimals) > _DECIMALS_OF_QUANTITY:
        return unread("WBK-426", raw)
    if len(whole.lstrip("0")) > len(str(LIMIT - 1)):
        return unread("WBK-429", raw)
    thousandths = int(whole) * _THOUSANDTHS + int(f"{decimals:0<3}")
    return -thousandths if sign == "-" else thousandths


def read_whole(raw: RawCell) -> int | Unread:
    """Read a whole number from 0 to 99 999; `9.` is how Latvian writes an ordinal."""
    text = number_text(raw) if isinstance(raw, float) else raw
    found = _WHOLE.fullmatch(text) if isinstance(text, str) else None
    if found is None or len(found[1].lstrip("0")) > len(str(LIMIT - 1)):
        return unread("WBK-425", raw)
    return int(found[1])


def _as_text(raw: RawCell) -> str:
    return raw if isinstance(raw, str) else shown(raw)


def _cents(number: float) -> int:
    text = number_text(number)
    if not isfinite(number):
        raise UnreadableAmount(text, reason=Unreadable.NOT_A_NUMBER)
    if abs(number) >= LIMIT_EUROS:
        raise UnreadableAmount(text, reason=Unreadable.OUT_OF_BOUNDS)
    whole, _, decimals = text.partition(".")
    if len(decimals) > _DECIMALS_OF_CENTS or "e" in text:
        raise UnreadableAmount(text, reason=Unreadable.DECIMALS)
    return int(f"{whole}{decimals:0<2}")
