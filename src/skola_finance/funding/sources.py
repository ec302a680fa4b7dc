"""Who pays, and an amount divided between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from skola_finance.money import format_amount, from_cents
from skola_finance.problems import Language, Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from skola_finance.money import Money


class FundingSource(StrEnum):
    """The two sources of every eligible cost."""

    ESF_PLUS = "esf_plus"
    """The European Social Fund: ESF+ in 4.2.3.1, ESF in 8.3.4 (PuMPuRS), under the same key."""
    STATE = "state"
    """The state budget's co-financing of eligible costs."""


class UnbalancedSplit(SkolaError, ValueError):
    """FUN-708: parts that do not add up to their total."""

    def __init__(self, *, total_cents: int, parts_cents: int) -> None:
        """Name the total and what the parts come to."""
        total = {language: format_amount(total_cents, language) for language in Language}
        parts = {language: format_amount(parts_cents, language) for language in Language}
        super().__init__(
            Problem(
                code="FUN-708",
                severity=Severity.ERROR,
                message=Text(
                    lv="ESF+ un valsts budžeta daļu summa "
                    f"{parts[Language.LV]} nesakrīt ar kopsummu {total[Language.LV]}.",
                    en=f"The ESF+ and state parts come to {parts[Language.EN]}, "
                    f"the total is {total[Language.EN]}.",
                ),
                hint=Text(
                    lv="Aprēķiniet sadalījumu no kopsummas, nevis katru daļu atsevišķi.",
                    en="Work the split out from the total, not each part by itself.",
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class FundingSplit:
    """An amount and its two parts, in cents; it cannot exist unless the parts are the total."""

    total_cents: int
    esf_plus_cents: int
    state_cents: int

    def __post_init__(self) -> None:
        """Refuse parts that are not the total."""
        parts_cents = self.esf_plus_cents + self.state_cents
        if parts_cents != self.total_cents:
            raise UnbalancedSplit(total_cents=self.total_cents, parts_cents=parts_cents)

    @property
    def total(self) -> Money:
        """The whole amount."""
        return from_cents(self.total_cents)

    @property
    def esf_plus(self) -> Money:
        """What the European Social Fund pays."""
        return from_cents(self.esf_plus_cents)

    @property
    def state(self) -> Money:
        """What the state budget pays."""
        return from_cents(self.state_cents)

    def of(self, source: FundingSource) -> Money:
        """Give the part of one source."""
        match source:
            case FundingSource.ESF_PLUS:
                return self.esf_plus
            case FundingSource.STATE:
                return self.state
            # No mutants here: the type checker proves that nothing gets this far.
            case _:  # pragma: no mutate
                assert_never(source)  # pragma: no mutate
