"""What other registers say, which the books must agree with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.money import Rate


@dataclass(frozen=True, slots=True)
class UpwardClaim:
    """A payment claim to the authority: all approvals from one number to another, inclusive."""

    number: str
    first_approval_no: int
    last_approval_no: int
    cents: int


@dataclass(frozen=True, slots=True)
class Registers:
    """The registers of one programme, as plain values in whole cents.

    Attributes:
        programme: whose registers they are; entries of other programmes are not looked at.
        rates: the co-financing rate of every rate period.
        advance_share: the most that may be advanced of a sub-project (80 %, MK 483 par. 21).
        sub_projects: the approved sum of every sub-project.
        closed_partners: partners that are closed, and those that have a successor.
        payment_files: the total of every payment file.
        statements: what was matched of every bank statement, money out less money in.
        upward_claims: the payment claims to the authority.
        is_closed: whether the programme is closed.
    """

    programme: str
    rates: Mapping[str, Rate]
    advance_share: Rate
    sub_projects: Mapping[str, int] = field(default_factory=dict)
    closed_partners: frozenset[str] = frozenset()
    payment_files: Mapping[str, int] = field(default_factory=dict)
    statements: Mapping[str, int] = field(default_factory=dict)
    upward_claims: tuple[UpwardClaim, ...] = ()
    is_closed: bool = False
