"""Words of a partner's pages that depend on a value: months that are reached, hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance import Language
from skola_finance_admin.i18n import language
from skola_finance_admin.i18n import lazy as _

if TYPE_CHECKING:
    from datetime import date

_REACHED = (
    _("it lasts until January %(year)s if you spend as until now"),
    _("it lasts until February %(year)s if you spend as until now"),
    _("it lasts until March %(year)s if you spend as until now"),
    _("it lasts until April %(year)s if you spend as until now"),
    _("it lasts until May %(year)s if you spend as until now"),
    _("it lasts until June %(year)s if you spend as until now"),
    _("it lasts until July %(year)s if you spend as until now"),
    _("it lasts until August %(year)s if you spend as until now"),
    _("it lasts until September %(year)s if you spend as until now"),
    _("it lasts until October %(year)s if you spend as until now"),
    _("it lasts until November %(year)s if you spend as until now"),
    _("it lasts until December %(year)s if you spend as until now"),
)


def month_reached(ends_on: date) -> str:
    """Say until which month the allocation lasts at the present pace."""
    return str(_REACHED[ends_on.month - 1]) % {"year": ends_on.year}


def hours(thousandths: int | None) -> str:
    """Write hours kept in thousandths: `12`, `1,5`, in English `1.5`; nothing for none."""
    if thousandths is None:
        return ""
    whole, rest = divmod(abs(thousandths), 1000)
    sign = "−" if thousandths < 0 else ""
    mark = "," if language() is Language.LV else "."
    return f"{sign}{whole}{mark}{rest:03}".rstrip("0").rstrip(mark) if rest else f"{sign}{whole}"


def typed(cents: int) -> str:
    """Write an amount as people type it into a field: `4600,00`, in English `4600.00`."""
    mark = "," if language() is Language.LV else "."
    return f"{cents // 100}{mark}{cents % 100:02}"
