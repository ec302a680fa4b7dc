"""One movement of one account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger.dimensions import Dimension
from skola_finance.ledger.wording import error
from skola_finance.problems import SkolaError, Text

if TYPE_CHECKING:
    from skola_finance.funding import FundingSource
    from skola_finance.ledger.accounts import Account, Group
    from skola_finance.ledger.dimensions import Dimensions

_CARRIED = tuple(each for each in Dimension if each not in {Dimension.PROGRAMME, Dimension.SOURCE})
"""The dimensions that an account may ask for or refuse."""


class UnusablePosting(SkolaError, ValueError):
    """PAY-802: a posting that its account cannot hold."""

    def __init__(self, account: Account, *, lv: str, en: str) -> None:
        """Name the account and say in both languages what is wrong."""
        super().__init__(
            error(
                "PAY-802",
                message=Text(
                    lv=f"Kontā „{account.label.lv}” nevar iegrāmatot: {lv}.",
                    en=f"Account “{account.label.en}” cannot take this posting: {en}.",
                ),
                hint=Text(
                    lv="Pārbaudiet summu un to, uz ko tā attiecas.",
                    en="Check the amount and what it belongs to.",
                ),
                subject=account.value,
            ),
        )


@dataclass(frozen=True, slots=True)
class Posting:
    """A movement of one account by one source, in whole cents: debits positive, credits negative.

    `group` is the account's own; only `source_rounding` stands in both and says in which.

    Raises: UnusablePosting (PAY-802) for no cents or a fraction, another group than the
    account's, a dimension that is missing, and one that the account does not carry.
    """

    group: Group
    account: Account
    dimensions: Dimensions
    source: FundingSource
    cents: int

    def __post_init__(self) -> None:
        """Refuse what the account cannot hold."""
        if type(self.cents) is not int or self.cents == 0:
            self._refuse(
                lv=f"summa {self.cents} nav veseli centi, kas nav nulle",
                en=f"{self.cents} is not a whole number of cents other than zero",
            )
        if self.group not in self.account.groups:
            self._refuse(
                lv=f"tas nepieder grupai {self.group}", en=f"it is not in the group {self.group}"
            )
        required, allowed = self.account.required, self.account.allowed
        where = self.dimensions
        for dimension in _CARRIED:
            if not getattr(where, dimension):
                if dimension in required:
                    self._refuse(lv=f"trūkst dimensijas {dimension}", en=f"{dimension} is missing")
            elif dimension not in allowed:
                self._refuse(
                    lv=f"kontam nav dimensijas {dimension}", en=f"it does not carry {dimension}"
                )

    def _refuse(self, *, lv: str, en: str) -> None:
        raise UnusablePosting(self.account, lv=lv, en=en)

    @property
    def grows_cents(self) -> int:
        """By how many cents the posting makes its account grow, below zero where it shrinks."""
        return self.account.normal_side.sign * self.cents
