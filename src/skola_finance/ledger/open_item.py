"""What stands open on one document, and drawing on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger.legs import check_amount, part_of
from skola_finance.ledger.wording import account_of, amount, error
from skola_finance.problems import SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.funding import FundingSplit
    from skola_finance.ledger.accounts import Account
    from skola_finance.ledger.dimensions import Dimensions


class BalanceExceeded(SkolaError, ValueError):
    """PAY-803: more would be taken from an account than stands on it."""

    def __init__(
        self,
        account: Account,
        *,
        partner: str,
        asked_cents: int,
        available_cents: int,
        document: str = "",
    ) -> None:
        """Name the account, whose it is, what was asked and what there is."""
        named, asked, there = (
            account_of(account, partner),
            amount(asked_cents),
            amount(available_cents),
        )
        on_lv, on_en = (f" (dokuments {document})", f" (document {document})")
        super().__init__(
            error(
                "PAY-803",
                message=Text(
                    lv=f"No konta {named.lv}{on_lv if document else ''} nevar ņemt {asked.lv}: "
                    f"pieejami {there.lv}.",
                    en=f"{asked.en} cannot be taken from {named.en}{on_en if document else ''}: "
                    f"{there.en} is available.",
                ),
                hint=Text(
                    lv=f"Samaziniet summu līdz {there.lv} vai pārbaudiet, kas jau iegrāmatots.",
                    en=f"Lower the amount to {there.en}, or check what has been posted already.",
                ),
                subject=account.value,
            ),
        )


class OtherPartner(SkolaError, ValueError):
    """PAY-806: an open item of another partner than the one the event is about."""

    def __init__(self, *, partner: str, found: str) -> None:
        """Name both partners."""
        super().__init__(
            error(
                "PAY-806",
                message=Text(
                    lv=f"Summa pieder partnerim {found}, nevis {partner}.",
                    en=f"The amount belongs to partner {found}, not to {partner}.",
                ),
                hint=Text(
                    lv="Izvēlieties šī paša partnera dokumentu.",
                    en="Choose a document of the same partner.",
                ),
                subject=found,
            ),
        )


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What stands on one document of a partner: payable, ordered, advanced, recoverable, paid.

    `in_transit_cents` is the part of an advance that the bank has not paid yet: it is no money
    in the partner's hands, so it can be neither cleared, repaid nor overdue.
    """

    dimensions: Dimensions
    balance: FundingSplit
    in_transit_cents: int = 0

    @property
    def available_cents(self) -> int:
        """What may be taken."""
        return self.balance.total_cents - self.in_transit_cents


@dataclass(frozen=True, slots=True)
class Drawing:
    """An amount to be drawn on open items in the order given, each as far as it reaches.

    Raises: UnusableAmount (PAY-804) below zero; zero draws nothing.
    """

    cents: int = 0
    items: tuple[OpenItem, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is neither zero nor an amount."""
        if self.cents != 0:
            check_amount(self.cents)


NO_DRAWING = Drawing()
"""Draws nothing."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from an open item, by source."""

    item: OpenItem
    legs: FundingSplit


def take(item: OpenItem, cents: int, *, account: Account) -> FundingSplit:
    """Take an amount from one open item; gives its legs.

    Raises: UnusableAmount (PAY-804); BalanceExceeded (PAY-803).
    """
    check_amount(cents)
    if cents > item.available_cents:
        raise BalanceExceeded(
            account,
            partner=item.dimensions.partner,
            asked_cents=cents,
            available_cents=item.available_cents,
            document=item.dimensions.document,
        )
    return part_of(item.balance, cents)


def draw(drawing: Drawing, *, account: Account, partner: str) -> tuple[Taken, ...]:
    """Take an amount from open items.

    Raises: BalanceExceeded (PAY-803) where the items do not hold it; OtherPartner (PAY-806).
    """
    taken, left_cents = draw_as_far_as_it_reaches(drawing.items, drawing.cents, partner=partner)
    if left_cents:
        raise BalanceExceeded(
            account,
            partner=partner,
            asked_cents=drawing.cents,
            available_cents=drawing.cents - left_cents,
        )
    return taken


def draw_as_far_as_it_reaches(
    items: Sequence[OpenItem], cents: int, *, partner: str
) -> tuple[tuple[Taken, ...], int]:
    """Take up to an amount from open items in the order given; gives also what was not there.

    Raises: OtherPartner (PAY-806).
    """
    taken = []
    for item in items:
        if item.dimensions.partner != partner:
            raise OtherPartner(partner=partner, found=item.dimensions.partner)
        part = min(cents, item.available_cents)
        if part > 0:
            taken.append(Taken(item, part_of(item.balance, part)))
            cents -= part
    return tuple(taken), cents
