"""`Money` in euros and whole cents, and the only way in and out of it.

py-moneyed rounds half-even, truncates sub-units and takes floats and NaN, so nothing else in
the product calls its constructor, its `round` or its `/`.
"""

from __future__ import annotations

from decimal import Context, Decimal, Inexact, InvalidOperation

from moneyed import EUR, Money

from skola_finance.money.amount_text import (
    CENTS,
    LIMIT_EUROS,
    UnreadableAmount,
    parse_amount,
    plain,
)
from skola_finance.problems import Problem, Severity, SkolaError, Text

_CENT = Decimal("0.01")
_EXACT = Context(prec=50, traps=[Inexact, InvalidOperation])
"""Refuses instead of rounding, whatever the caller's own decimal context says."""
_LONGEST_SHOWN = 40
_WRITE_EXACTLY = Text(
    lv="Norādiet summu eiro un veselos centos kā tekstu, piemēram, „1234.56”.",
    en="Give the amount in euros and whole cents as text, for example “1234.56”.",
)


class InexactAmount(SkolaError, ValueError):
    """FUN-702: a value that is not an exact amount of euros and cents."""

    def __init__(self, message: Text, *, hint: Text = _WRITE_EXACTLY) -> None:
        """Carry what was found and why it is refused, and the way out."""
        super().__init__(
            Problem(code="FUN-702", severity=Severity.ERROR, message=message, hint=hint),
        )


def eur(value: int | str | Decimal | Money) -> Money:
    """Make an exact amount of euros from whole euros, text or a Decimal.

    A Money in euros and whole cents is given back as it is.

    Raises: InexactAmount (FUN-702) for a bool, a float, NaN, an infinity, another currency, more
    than two decimals, an unreadable text, and 10⁹ € and above (a sum, as Money, may be larger).

    >>> eur("1 234,56") == eur("1234.56") == eur(Decimal("1234.560"))
    True
    """
    match value:
        case Money():
            to_cents(value)
            return value
        case str():
            return from_cents(_text_cents(value))
        case Decimal():
            return from_cents(_bounded_cents(value))
        case int() if type(value) is int:
            return from_cents(_bounded_cents(Decimal(value)))
        case _:
            raise _wrong_type(value)


def from_cents(cents: int) -> Money:
    """Make Money from whole cents; no bound, sums may be large.

    Raises: InexactAmount (FUN-702) for anything but a whole number.

    >>> from_cents(-5)
    Money('-0.05', 'EUR')
    """
    if type(cents) is not int:
        raise _wrong_type(cents)
    return Money(Decimal(plain(cents)), EUR)


def to_cents(money: Money) -> int:
    """Give the whole cents of an amount in euros, exactly.

    Raises: InexactAmount (FUN-702) where there is a fraction of a cent or another currency.

    >>> to_cents(from_cents(1_355_910_600))
    1355910600
    """
    if not isinstance(money, Money):
        raise _wrong_type(money)
    if money.currency != EUR:
        found = f"{money.amount} {money.currency.code}"
        raise _refused(found, lv="valūta nav eiro", en="the currency is not the euro")
    return _decimal_cents(money.amount)


def _text_cents(text: str) -> int:
    try:
        return parse_amount(text)
    except UnreadableAmount as refused:
        raise InexactAmount(refused.problem.message, hint=refused.problem.hint) from refused


def _bounded_cents(value: Decimal) -> int:
    cents = _decimal_cents(value)
    if abs(cents) >= CENTS * LIMIT_EUROS:
        raise _too_large(value)
    return cents


def _decimal_cents(value: Decimal) -> int:
    if not value.is_finite():
        raise _refused(value, lv="tas nav galīgs skaitlis", en="it is not a finite number")
    try:
        return int(_EXACT.scaleb(_EXACT.quantize(value, _CENT), 2))
    except Inexact:
        lv, en = "vairāk nekā divi cipari aiz komata", "more than two decimals"
        raise _refused(value, lv=lv, en=en) from None
    except InvalidOperation:
        raise _too_large(value) from None


def _too_large(value: Decimal) -> InexactAmount:
    return _refused(
        value,
        lv="summai jābūt mazākai par 1 000 000 000 €",
        en="an amount must be below €1,000,000,000",
    )


def _wrong_type(value: object) -> InexactAmount:
    kind = type(value).__name__
    return _refused(
        value,
        lv=f"datu tips {kind} nav pieļaujams",
        en=f"the type {kind} is not accepted",
    )


def _refused(found: object, *, lv: str, en: str) -> InexactAmount:
    shown = str(found)[:_LONGEST_SHOWN]
    return InexactAmount(
        Text(
            lv=f"„{shown}” nav precīza summa eiro: {lv}.",
            en=f"“{shown}” is not an exact amount of euros: {en}.",
        ),
    )
