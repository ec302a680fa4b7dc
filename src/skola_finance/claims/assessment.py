"""What an assessment says: amounts and problems, line by line and in total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.money import Money, from_cents

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.problems import Citation, Problem, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Claimed euros and what became of them, in whole cents.

    Cannot exist unless `claimed = eligible + ineligible + unfunded`.
    """

    claimed_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int

    def __post_init__(self) -> None:
        """Refuse amounts that lose or make a cent."""
        parts = self.eligible_cents + self.ineligible_cents + self.unfunded_cents
        if parts != self.claimed_cents:
            msg = f"{self.claimed_cents} cents claimed, but the parts sum to {parts}"
            raise ValueError(msg)

    @property
    def claimed(self) -> Money:
        """What the partner asked for."""
        return from_cents(self.claimed_cents)

    @property
    def eligible(self) -> Money:
        """What may be approved."""
        return from_cents(self.eligible_cents)

    @property
    def ineligible(self) -> Money:
        """What the rules take away for good."""
        return from_cents(self.ineligible_cents)

    @property
    def unfunded(self) -> Money:
        """What is eligible but above a ceiling; it revives when the ceiling is raised."""
        return from_cents(self.unfunded_cents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals(Amounts):
    """The amounts of a whole claim, with the preview of their split by source.

    `esf_plus + state = eligible`: money borne by the state alone is in `state`.
    """

    esf_plus_cents: int
    state_cents: int

    def __post_init__(self) -> None:
        """Refuse a split that is not the eligible total."""
        Amounts.__post_init__(self)
        if self.esf_plus_cents + self.state_cents != self.eligible_cents:
            msg = "the sources do not sum to the eligible amount"
            raise ValueError(msg)

    @property
    def esf_plus(self) -> Money:
        """The share of ESF+ (ESF for PuMPuRS)."""
        return from_cents(self.esf_plus_cents)

    @property
    def state(self) -> Money:
        """The share of the state budget."""
        return from_cents(self.state_cents)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVerdict(Amounts):
    """The verdict on one line, with everything that was found on it."""

    line_no: int
    sheet: str | None
    row: int | None
    line_id: str | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """A rule version that judged at least one line of the claim."""

    code: str
    title: Text
    citation: Citation | None
    lines: int
    cut_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The verdict on a claim.

    Attributes:
        programme: the programme whose rules judged.
        on: the day of assessment.
        rulebook_digest: SHA-256 of the rulebook that judged, the same on every machine.
        settings_digest: SHA-256 of the settings laid over it.
        illustrative: whether a setting that was used is only an example.
        totals: the amounts of the whole claim and their split.
        lines: one verdict a line, in the order of the claim.
        problems: everything found, lines first in their order, then the whole claim.
        rules: the rules that judged, with citation, in the order of their codes.

    """

    programme: str
    on: date
    rulebook_digest: str
    settings_digest: str
    illustrative: bool
    totals: Totals
    lines: tuple[LineVerdict, ...]
    problems: tuple[Problem, ...]
    rules: tuple[RuleUse, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything found is an error."""
        return any(problem.severity == "error" for problem in self.problems)
