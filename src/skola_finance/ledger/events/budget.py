"""Events of the budget group alone: the envelope, allocations and their amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.funding import split_allocation
from skola_finance.ledger.accounts import Account
from skola_finance.ledger.ceilings import take_of_allocation, take_of_envelope
from skola_finance.ledger.dimensions import Dimensions
from skola_finance.ledger.draft import Draft
from skola_finance.ledger.legs import check_amount, less
from skola_finance.ledger.posting_table import Event
from skola_finance.ledger.wording import error
from skola_finance.money import from_cents
from skola_finance.problems import SkolaError, Text

if TYPE_CHECKING:
    from skola_finance.funding import FundingSplit
    from skola_finance.ledger.dimensions import Quota
    from skola_finance.ledger.entry import Entry, Occasion
    from skola_finance.money import Rate


class SameOnBothSides(SkolaError, ValueError):
    """PAY-809: something would be moved to where it already is."""

    def __init__(self, *names: str) -> None:
        """Name what stands on both sides."""
        name = ", ".join(names)
        super().__init__(
            error(
                "PAY-809",
                message=Text(
                    lv=f"„{name}” ir gan devējs, gan saņēmējs.",
                    en=f"“{name}” both gives and receives.",
                ),
                hint=Text(
                    lv="Norādiet citu partneri vai kvotu, kas saņem.",
                    en="Name another partner or quota to receive.",
                ),
                subject=name,
            ),
        )


def raise_envelope(
    occasion: Occasion, *, cents: int, rate: Rate, appropriation: FundingSplit
) -> Entry:
    """Set the money for partners, or raise it: envelope / appropriation.

    Rounding: the new total is split anew by D-02 (ESF+ down to the whole euro) and the entry
    takes it there; the split of an increase is not the increase of the split.

    Raises: UnusableAmount (PAY-804).
    """
    check_amount(cents)
    legs = less(_target(appropriation.total_cents + cents, rate=rate), appropriation)
    draft = Draft(occasion)
    everyone = Dimensions(occasion.programme)
    draft.debit(Account.ENVELOPE, everyone, legs)
    draft.credit(Account.APPROPRIATION, everyone, legs)
    return draft.entry(Event.ENVELOPE_RAISED)


def lower_envelope(
    occasion: Occasion,
    *,
    cents: int,
    rate: Rate,
    envelope: FundingSplit,
    appropriation: FundingSplit,
) -> Entry:
    """Lower the money for partners, by at most what is not yet allocated.

    Rounding: the new total is split anew by D-02, and the envelope follows it; where nothing is
    left in the envelope, it gives exactly what is there.

    Raises: UnusableAmount (PAY-804); FreeEnvelopeExceeded (FUN-717).
    """
    whole = take_of_envelope(envelope, cents)
    legs = less(appropriation, _target(appropriation.total_cents - cents, rate=rate))
    draft = Draft(occasion)
    everyone = Dimensions(occasion.programme)
    draft.debit(Account.APPROPRIATION, everyone, legs)
    draft.credit(Account.ENVELOPE, everyone, whole if cents == envelope.total_cents else legs)
    return draft.entry(Event.ENVELOPE_LOWERED)


def raise_allocation(
    occasion: Occasion, *, partner: str, quota: Quota, cents: int, envelope: FundingSplit
) -> Entry:
    """Allocate money to a partner, or raise its quota: allocation / envelope.

    Raises: UnusableAmount (PAY-804); FreeEnvelopeExceeded (FUN-717).
    """
    legs = take_of_envelope(envelope, cents)
    draft = Draft(occasion, partner=partner)
    draft.debit(Account.ALLOCATION, Dimensions(occasion.programme, partner, quota), legs)
    draft.credit(Account.ENVELOPE, Dimensions(occasion.programme), legs)
    return draft.entry(Event.ALLOCATION_RAISED)


def lower_allocation(
    occasion: Occasion, *, partner: str, quota: Quota, cents: int, free: FundingSplit
) -> Entry:
    """Lower a partner's quota, by at most what is free: envelope / allocation.

    Raises: UnusableAmount (PAY-804); FreeAllocationExceeded (FUN-716).
    """
    legs = take_of_allocation(free, cents, partner=partner, quota=quota)
    draft = Draft(occasion, partner=partner)
    draft.debit(Account.ENVELOPE, Dimensions(occasion.programme), legs)
    draft.credit(Account.ALLOCATION, Dimensions(occasion.programme, partner, quota), legs)
    return draft.entry(Event.ALLOCATION_LOWERED)


def reallocate(
    occasion: Occasion,
    *,
    giver: tuple[str, Quota],
    receiver: tuple[str, Quota],
    cents: int,
    free: FundingSplit,
) -> Entry:
    """Move free allocation from one partner and quota to another; `free` is the giver's.

    Raises: SameOnBothSides (PAY-809); UnusableAmount (PAY-804); FreeAllocationExceeded (FUN-716).
    """
    if giver == receiver:
        raise SameOnBothSides(*giver)
    legs = take_of_allocation(free, cents, partner=giver[0], quota=giver[1])
    draft = Draft(occasion)
    draft.debit(Account.ALLOCATION, Dimensions(occasion.programme, *receiver), legs)
    draft.credit(Account.ALLOCATION, Dimensions(occasion.programme, *giver), legs)
    return draft.entry(Event.REALLOCATED)


def _target(total_cents: int, *, rate: Rate) -> FundingSplit:
    return split_allocation(from_cents(total_cents), rate=rate)
