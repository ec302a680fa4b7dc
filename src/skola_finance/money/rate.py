"""`Rate`: an exact share between 0 and 1, such as 85 % or 3/17."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import gcd

from skola_finance.money.rounding import floor_ratio, half_up_ratio
from skola_finance.problems import Problem, Severity, SkolaError, Text

FINEST = 10**9
"""The largest denominator of a reduced rate: a billionth is finer than any law's."""

_LONGEST = 40
_PERCENT = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?[ \u00a0\u202f]?%")
_FRACTION = re.compile(r"([0-9]+)/([0-9]+)")
_PERCENT_DECIMALS = 7


class RateOutOfRange(SkolaError, ValueError):
    """FUN-703: not a rate, or not one from 0 to 1."""

    def __init__(self, found: object) -> None:
        """Name what was found, shortened, and how a rate is written."""
        shown = str(found)[:_LONGEST]
        super().__init__(
            Problem(
                code="FUN-703",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"„{shown}” nav likme no 0 % līdz 100 %.",
                    en=f"“{shown}” is not a rate from 0 % to 100 %.",
                ),
                hint=Text(
                    lv="Ierakstiet likmi kā tekstu, piemēram, „15 %”, „0,5 %” vai „3/17”.",
                    en="Write the rate as text, for example “15 %”, “0.5 %” or “3/17”.",
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """A share numerator/denominator from 0 to 1, kept in lowest terms; never a float.

    >>> Rate(85, 100) == Rate(17, 20)
    True
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        """Refuse what is not an exact share from 0 to 1, and reduce it."""
        parts = (self.numerator, self.denominator)
        if any(type(part) is not int for part in parts):
            raise RateOutOfRange("/".join(map(str, parts)))
        if not 0 <= self.numerator <= self.denominator or self.denominator == 0:
            raise RateOutOfRange("/".join(map(str, parts)))
        common = gcd(*parts)
        object.__setattr__(self, "numerator", self.numerator // common)
        object.__setattr__(self, "denominator", self.denominator // common)
        if self.denominator > FINEST:
            raise RateOutOfRange("/".join(map(str, parts)))

    @classmethod
    def parse(cls, text: str) -> Rate:
        """Read a rate from a percentage or a fraction written as text.

        Raises: RateOutOfRange (FUN-703) for anything else, a float and a bare number among it.

        >>> Rate.parse("0,5 %"), Rate.parse("3/17")
        (Rate(numerator=1, denominator=200), Rate(numerator=3, denominator=17))
        """
        if type(text) is not str or len(text) > _LONGEST:
            raise RateOutOfRange(text)
        if percent := _PERCENT.fullmatch(text.strip()):
            whole, decimals = percent[1], percent[2] or ""
            numerator, denominator = int(whole + decimals), 100 * 10 ** len(decimals)
        elif fraction := _FRACTION.fullmatch(text.strip()):
            numerator, denominator = int(fraction[1]), int(fraction[2])
        else:
            raise RateOutOfRange(text)
        try:
            return cls(numerator, denominator)
        except RateOutOfRange:
            raise RateOutOfRange(text) from None

    def floor_of(self, cents: int) -> int:
        """Take this share of an amount, rounded down to the cent."""
        return floor_ratio(cents, numerator=self.numerator, denominator=self.denominator)

    def half_up_of(self, cents: int) -> int:
        """Take this share of an amount, rounded half up (away from zero) to the cent."""
        return half_up_ratio(cents, numerator=self.numerator, denominator=self.denominator)

    def __str__(self) -> str:
        """Write a percentage as Latvian law does, `15 %`; else the fraction.

        >>> str(Rate(1, 200)), str(Rate(3, 17))
        ('0,5 %', '3/17')
        """
        scaled, rest = divmod(self.numerator * 10 ** (2 + _PERCENT_DECIMALS), self.denominator)
        if rest:
            return f"{self.numerator}/{self.denominator}"
        whole, decimals = divmod(scaled, 10**_PERCENT_DECIMALS)
        # No mutants here: strip takes a set of characters, and one of theirs is the same set.
        tail = f",{decimals:0{_PERCENT_DECIMALS}}".rstrip("0").rstrip(",")  # pragma: no mutate
        return f"{whole}{tail} %"
