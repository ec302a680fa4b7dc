"""Ceilings that the books hold: the free envelope, a free allocation, the most of an advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger.legs import check_amount, part_of
from skola_finance.ledger.wording import amount, error
from skola_finance.problems import SkolaError, Text

if TYPE_CHECKING:
    from skola_finance.funding import FundingSplit
    from skola_finance.ledger.dimensions import Quota
    from skola_finance.money import Rate


class FreeAllocationExceeded(SkolaError, ValueError):
    """FUN-716: more would be taken of a partner's quota than is free."""

    def __init__(self, *, partner: str, quota: Quota, asked_cents: int, free_cents: int) -> None:
        """Name partner, quota, what was asked and what is free."""
        asked, free, over = (
            amount(asked_cents),
            amount(free_cents),
            amount(asked_cents - free_cents),
        )
        super().__init__(
            error(
                "FUN-716",
                message=Text(
                    lv=f"Partnera {partner} kvotā „{quota}” brīvi ir {free.lv}, "
                    f"bet vajag {asked.lv}.",
                    en=f"Partner {partner} has {free.en} free in the quota “{quota}”; "
                    f"{asked.en} is needed.",
                ),
                hint=Text(
                    lv=f"Samaziniet summu par {over.lv} vai palieliniet piešķīrumu.",
                    en=f"Lower the amount by {over.en}, or raise the allocation.",
                ),
                subject=quota.value,
            ),
        )


class FreeEnvelopeExceeded(SkolaError, ValueError):
    """FUN-717: more would be taken of the envelope than is not yet allocated."""

    def __init__(self, *, asked_cents: int, free_cents: int) -> None:
        """Name what was asked and what is free."""
        asked, free, over = (
            amount(asked_cents),
            amount(free_cents),
            amount(asked_cents - free_cents),
        )
        super().__init__(
            error(
                "FUN-717",
                message=Text(
                    lv=f"Nesadalīti ir {free.lv}, bet vajag {asked.lv}.",
                    en=f"{free.en} of the envelope is not yet allocated; {asked.en} is needed.",
                ),
                hint=Text(
                    lv=f"Samaziniet summu par {over.lv} vai vispirms samaziniet kādu piešķīrumu.",
                    en=f"Lower the amount by {over.en}, or lower an allocation first.",
                ),
            ),
        )


class AdvanceLimitExceeded(SkolaError, ValueError):
    """FUN-718: more would be advanced than may be out at one time."""

    def __init__(self, *, partner: str, asked_cents: int, out_cents: int, limit_cents: int) -> None:
        """Name partner, what was asked, what is out already and the most."""
        asked, out, limit = amount(asked_cents), amount(out_cents), amount(limit_cents)
        super().__init__(
            error(
                "FUN-718",
                message=Text(
                    lv=f"Partnerim {partner} avansā var izmaksāt {limit.lv}; "
                    f"izmaksāti {out.lv}, vajag vēl {asked.lv}.",
                    en=f"Partner {partner} may be advanced {limit.en}; "
                    f"{out.en} is out, {asked.en} more is asked for.",
                ),
                hint=Text(
                    lv="Samaziniet avansu līdz pieļaujamajai summai.",
                    en="Lower the advance to what is allowed.",
                ),
                subject=partner,
            ),
        )


def take_of_envelope(envelope: FundingSplit, cents: int) -> FundingSplit:
    """Take an amount of the free envelope; gives its legs.

    Raises: UnusableAmount (PAY-804); FreeEnvelopeExceeded (FUN-717).
    """
    check_amount(cents)
    if cents > envelope.total_cents:
        raise FreeEnvelopeExceeded(asked_cents=cents, free_cents=envelope.total_cents)
    return part_of(envelope, cents)


def take_of_allocation(
    free: FundingSplit, cents: int, *, partner: str, quota: Quota
) -> FundingSplit:
    """Take an amount of a partner's free allocation in one quota; gives its legs.

    Raises: UnusableAmount (PAY-804); FreeAllocationExceeded (FUN-716).
    """
    check_amount(cents)
    if cents > free.total_cents:
        raise FreeAllocationExceeded(
            partner=partner, quota=quota, asked_cents=cents, free_cents=free.total_cents
        )
    return part_of(free, cents)


def sub_project_advance_limit(approved_cents: int, *, share: Rate) -> int:
    """Give the most that may be advanced for a sub-project, rounded down to the cent.

    Source: 80 % of the approved sum, Regulation 483 par. 21; the share is a parameter here.
    """
    return share.floor_of(approved_cents)
