"""What a figure is made of: entries, documents, claims, lines, rules; each level adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.ledger import Account, Event
    from skola_finance.problems import Citation, Text


@dataclass(frozen=True, slots=True)
class EntryPart:
    """A ledger entry and its part of the figure, in cents.

    `carried` are the entries of the partner that was taken over, where the entry is a succession:
    they add up to it. `approval_no` is None for an event without a number.
    """

    number: int
    effective_on: date
    event: Event
    reference: str
    approval_no: int | None
    cents: int
    carried: tuple[EntryPart, ...] = ()

    def flat(self) -> tuple[EntryPart, ...]:
        """Give the entry, or in its place those that it carries."""
        if not self.carried:
            return (self,)
        return tuple(one for each in self.carried for one in each.flat())


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A claim, advance, correction or recovery that part of the figure stands on, in cents."""

    document: str
    cents: int


@dataclass(frozen=True, slots=True)
class RuleSpoken:
    """A rule that found something on a line, as its version said it; `cut_cents` it took."""

    code: str
    title: Text
    citation: Citation | None
    cut_cents: int


@dataclass(frozen=True, slots=True)
class LinePart:
    """A line and its part of the figure, in cents, with what became of it in all."""

    line_no: int
    line_id: str
    activity: str
    semester: str
    cents: int
    claimed_cents: int
    eligible_cents: int
    approved_cents: int
    withdrawn_cents: int
    rules: tuple[RuleSpoken, ...]


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A claim and its part of the figure, in cents: the lines shown, and `more_cents` of the rest.

    The digests name the rulebook and settings of the verdict that was relied on.
    """

    claim: str
    partner_reg_no: str
    cents: int
    assessed_on: date
    rulebook_digest: str
    settings_digest: str
    illustrative: bool
    lines: tuple[LinePart, ...]
    more_lines: int
    more_cents: int


@dataclass(frozen=True, slots=True)
class CorrectionPart:
    """A correction and its part of the figure, in cents; `amount_cents` is the whole of it."""

    document: str
    kind: str
    rule_code: str
    reason: str
    entry_no: int
    cents: int
    amount_cents: int


@dataclass(frozen=True, slots=True)
class OrderPart:
    """A payment order on a document of the figure, and the cents of the figure that it moved."""

    order: str
    document: str
    state: str
    ordered_on: date
    executed_on: date | None
    amount_cents: int
    cents: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """A figure and everything behind it; amounts in cents.

    The entries add up to `cents`; so do the documents, on accounts that are kept by document; and
    on accounts of costs the claims and `without_lines_cents` do, which is what entries moved on to
    a successor or closed. `account` is None for what stands approved: approved less withdrawn.
    """

    programme: str
    partner_reg_no: str
    account: Account | None
    cents: int
    entries: tuple[EntryPart, ...]
    documents: tuple[DocumentPart, ...]
    claims: tuple[ClaimPart, ...]
    without_lines_cents: int
    corrections: tuple[CorrectionPart, ...]
    orders: tuple[OrderPart, ...]
