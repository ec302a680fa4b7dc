"""A rule: what it is called, what it says, which versions it has and where each is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skola_finance.rulebook.kinds import KINDS, Effect, Kind, Stage
from skola_finance.rulebook.timeline import Held, spans

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from skola_finance.problems import Citation, Severity, Text
    from skola_finance.rulebook.timeline import Edge, Span

PROGRAMMES = ("skola-kopiena", "pumpurs")
"""The programmes that rules and settings may name."""

BY_ACTIVITY_DAY = "activity_on"
"""Anchor of most rules: the day of the activity picks the version."""
BY_ASSESSMENT_DAY = "assessed_on"
"""Anchor of rules about the claim itself: the day of assessment picks the version."""
ANCHORS = (BY_ACTIVITY_DAY, BY_ASSESSMENT_DAY)


@dataclass(frozen=True, slots=True)
class Version:
    """What a rule says in one period.

    `values` hold what the kind needs, read into exact types: money in cents, rates as `Rate`.
    The period is half-open and its edges may be boundaries that are not established.
    """

    starts: Edge
    ends: Edge
    values: Mapping[str, Any]
    citation: Citation
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The texts of one kind of finding of a rule, with placeholders in braces."""

    severity: Severity
    effect: Effect
    message: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one programme.

    `applies` narrows the lines it speaks about: column to codes. `findings` holds the texts by
    variant; the empty name is the rule's own text.
    """

    code: str
    kind_name: str
    anchor: str
    stage: Stage
    effect: Effect
    severity: Severity
    title: Text
    findings: Mapping[str, Finding]
    versions: tuple[Version, ...]
    applies: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    file: str = ""

    @property
    def kind(self) -> Kind:
        """The kind's description."""
        return KINDS[self.kind_name]

    def finding(self, variant: str) -> Finding:
        """Give the texts for a variant; a variant without its own text uses the rule's."""
        return self.findings.get(variant, self.findings[""])

    def timeline(self, known: Mapping[str, date]) -> tuple[Span[Version], ...]:
        """Lay the versions on the time line, under the boundaries that have been entered."""
        held = [Held(version.starts, version.ends, version) for version in self.versions]
        return spans(held, known)
