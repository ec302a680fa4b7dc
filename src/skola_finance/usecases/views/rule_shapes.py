"""What the rulebook's pages show: rules, versions, periods, settings, and claims they touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.problems import Citation, Severity, Text
    from skola_finance.rulebook import Boundary
    from skola_finance.usecases.views.rule_words import RuleValue


@dataclass(frozen=True, slots=True)
class RuleListed:
    """A rule as it is listed; `is_doubtful` where the law of some days is not established."""

    code: str
    title: Text
    stage: str
    stage_name: Text
    effect: Text
    severity: Severity
    activities: tuple[Text, ...]
    versions: int
    citation: Citation
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class RulesListed:
    """The rules found, in the order of their codes, and what one may choose among.

    `of` counts all rules of the programme; the choices are of code and name.
    """

    programme: str
    digest: str
    rules: tuple[RuleListed, ...]
    of: int
    stages: tuple[tuple[str, Text], ...]
    families: tuple[tuple[str, Text], ...]
    activities: tuple[tuple[str, Text], ...]
    is_agency: bool


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """What a rule says in one period; an edge that is not established is named by its setting."""

    number: int
    starts: date | None
    ends: date | None
    starts_by: Boundary | None
    ends_by: Boundary | None
    values: tuple[RuleValue, ...]
    citation: Citation
    note: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class RulePeriod:
    """Days `[first, end)` of the time line; more than one version means: not established."""

    first: date | None
    end: date | None
    versions: tuple[int, ...]
    is_today: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether it is not established which version holds."""
        return len(self.versions) > 1


@dataclass(frozen=True, slots=True)
class SettingEntered:
    """A value that holds for a setting, `[starts, ends)`; a default stands in the rules."""

    key: str
    shown: Text
    starts: date | None
    ends: date | None
    source: str
    status: str
    illustrative: bool
    is_default: bool


@dataclass(frozen=True, slots=True)
class SettingNeeded:
    """A blank of the law that a rule asks for; `by_register`: each partner has a value of its own.

    Those stand in registers and books, and are not shown here.
    """

    key: str
    title: Text
    citation: Citation
    values: tuple[SettingEntered, ...]
    by_register: bool

    @property
    def is_unset(self) -> bool:
        """Whether nobody has entered it and nothing answers it."""
        return not self.values and not self.by_register


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What people are told in one of the ways in which the rule can be broken."""

    severity: Severity
    effect: Text
    message: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class RuleTouched:
    """A claim on whose lines the rule spoke, in its last verdict.

    `cut_cents` is what the rule by itself took.
    """

    claim: str
    partner: str
    state: str
    lines: int
    cut_cents: int
    assessed_on: date


@dataclass(frozen=True, slots=True)
class RuleShown:
    """One rule with everything about it; `touched` is empty for whom claims do not concern."""

    programme: str
    digest: str
    listed: RuleListed
    family: Text
    by_assessment_day: bool
    applies: tuple[RuleValue, ...]
    told: tuple[RuleTold, ...]
    versions: tuple[RuleVersion, ...]
    periods: tuple[RulePeriod, ...]
    settings: tuple[SettingNeeded, ...]
    touched: tuple[RuleTouched, ...]
    is_agency: bool
    earlier: str
    later: str
