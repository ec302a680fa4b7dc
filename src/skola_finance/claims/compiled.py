"""A rulebook compiled for one day of assessment: every line rule as expressions, ready to run.

Building expressions costs more than running them on a small claim, so compiled plans are kept.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import narwhals as nw

from skola_finance.claims.checks import CHECKS
from skola_finance.claims.judgement import Flag, everything
from skola_finance.rulebook.kinds import Effect, Stage
from skola_finance.rulebook.model import BY_ASSESSMENT_DAY
from skola_finance.rulebook.timeline import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.judgement import Judgement
    from skola_finance.rulebook import Rule, Setting, Version

OWN_CODE = frozenset({"plan_no", "paid_on", "evidence", "document_total_cents"})
"""Columns whose emptiness has a code of its own, so that CLM-201 stays silent about them."""

OF_HEADER = frozenset({"partner_kind", "agreement_on", "period_from", "period_to"})
"""Facts of the claim's header; bulk frames may come without one, which is said (RUL-302)."""

NOT_OF_LINES = ("allocation.", "quota.", "envelope", "institution.")
"""Settings that no line expression asks: ceilings read them when they cut, the register when lines
are prepared. They change with every approval, and a kept plan must not."""

MISSING, UNSET, UNSETTLED = "CLM-201", "RUL-301", "RUL-303"
UNREADABLE = ""
"""No code: the reader has already said what is wrong with the line."""
_NO = nw.lit(False)  # noqa: FBT003 - a literal column


K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Mark:
    """One boolean column of the judged frame, and the finding it stands for."""

    name: str
    code: str
    variant: str
    subject: str | None
    effect: Effect
    stage: Stage
    when: nw.Expr
    limit: nw.Expr | None = None
    used: nw.Expr | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The lines one version of a rule speaks about."""

    code: str
    version: Version
    where: nw.Expr


@dataclass(frozen=True, slots=True)
class Compiled:
    """Everything that is asked of each line, alone.

    `unchecked` and `settings` are asked of the claim as a whole: does any line stand there?
    """

    facts: Facts
    codes: frozenset[str]
    marks: tuple[Mark, ...]
    applied: tuple[Applied, ...]
    unchecked: tuple[tuple[str, str, nw.Expr], ...]
    settings: tuple[tuple[Setting, nw.Expr], ...]

    def rules(self, stage: Stage, *effects: Effect) -> Iterator[Rule]:
        """Give the rules of a stage with one of the effects, in the order of their codes."""
        for code in sorted(self.codes):
            rule = self.facts.rulebook.rules[code]
            if rule.stage is stage and rule.effect in effects:
                yield rule


@lru_cache(maxsize=32)
def _kept(key: tuple[object, ...], holder: _Holder) -> Compiled:  # noqa: ARG001 - the key is the identity
    return _compile(holder.facts, holder.codes)


class _Holder:
    """Carries what a kept plan is built from, without taking part in its identity."""

    def __init__(self, facts: Facts, codes: frozenset[str]) -> None:
        self.facts, self.codes = facts, codes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder)

    def __hash__(self) -> int:
        return 0


def compile_rules(facts: Facts, *, only: frozenset[str] | None = None) -> Compiled:
    """Compile a rulebook, or only some of its rules with those that speak for them.

    What was compiled is kept for all days between which nothing in the rulebook turns: a rule that
    looks at the day of assessment itself reads it from the column `assessed_on`.
    """
    codes = frozenset(facts.rulebook.rules)
    codes = codes if only is None else only & codes
    book = facts.rulebook.with_settings(
        one for one in facts.rulebook.settings if not one.key.startswith(NOT_OF_LINES)
    )
    key = (
        book.programme,
        book.digest,
        book.settings_digest,
        bisect_right(book.turning_days, facts.on),
        facts.has_history,
        facts.has_plans,
        facts.whole_programme,
        codes,
    )
    return replace(_kept(key, _Holder(facts, codes)), facts=facts)


def _compile(facts: Facts, codes: frozenset[str]) -> Compiled:
    builder = _Builder(facts)
    for code in sorted(codes):
        rule = facts.rulebook.rules[code]
        if rule.kind_name in CHECKS:
            builder.add(rule)
    return builder.build(codes)


def spans_of(rule: Rule, facts: Facts) -> tuple[Span[Version], ...]:
    """Give the spans of a rule; the day of assessment alone may pick the version."""
    if rule.anchor == BY_ASSESSMENT_DAY:
        return (Span(None, None, facts.rulebook.candidates(rule.code, on=facts.on)),)
    return facts.rulebook.timeline(rule.code)


def within(span: Span[Version]) -> nw.Expr | None:
    """Give the lines of a span by the day of their activity; None where it has no edges."""
    day = nw.col("activity_on")
    result: nw.Expr | None = None
    if span.first is not None:
        result = day >= nw.lit(span.first)
    if span.end is not None:
        before = day < nw.lit(span.end)
        result = before if result is None else result & before
    return result


class _Builder:
    """Gathers the judgements of all rules into columns."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.marks: list[Mark] = []
        self.applied: list[Applied] = []
        self.missing: dict[str, nw.Expr] = {}
        self.unset: dict[str, nw.Expr] = {}
        self.unchecked: dict[tuple[str, str], nw.Expr] = {}
        self.settings: dict[Setting, nw.Expr] = {}

    def add(self, rule: Rule) -> None:
        """Add a rule, span by span."""
        judge = CHECKS[rule.kind_name].judge
        for span in spans_of(rule, self.facts):
            days = within(span)
            judged = [(version, judge(rule, version, self.facts)) for version in span.versions]
            for version, judgement in judged:
                self.applied.append(Applied(rule.code, version, _and(days, judgement.applies)))
                self._gather(rule, judgement, days)
            if len(judged) == 1:
                for flag in judged[0][1].flags:
                    self._mark(rule, flag, _and(days, flag.when))
            elif judged:
                self._settle(rule, [judgement for _, judgement in judged], days)

    def _settle(self, rule: Rule, judgements: list[Judgement], days: nw.Expr | None) -> None:
        """Where versions may both be in force: what they agree on stands, the rest is said."""
        verdicts = [_any_of([flag.when for flag in one.flags]) for one in judgements]
        all_of = verdicts[0]
        some_of = verdicts[0]
        for verdict in verdicts[1:]:
            all_of, some_of = all_of & verdict, some_of | verdict
        for flag in judgements[-1].flags:
            self._mark(rule, flag, _and(days, all_of & flag.when))
        differ = _and(days, some_of & ~all_of)
        if hasattr(CHECKS[rule.kind_name], "suspects"):
            # The walks do not choose between versions, so every line is left to a person.
            differ = _and(days, _any_of([one.applies for one in judgements]))
        self._special(UNSETTLED, rule.code, differ, Effect.NONE, Stage.LINE)

    def _gather(self, rule: Rule, judgement: Judgement, days: nw.Expr | None) -> None:
        for need in judgement.needs:
            where = _and(days, need.where)
            if need.column in OF_HEADER:
                unknown = where & ~nw.col("is_header_given")
                _merge(self.unchecked, (rule.code, "claim"), unknown)
                where = where & nw.col("is_header_given")
            if need.column not in OWN_CODE:
                _merge(self.missing, need.column, where)
        for unset in judgement.unset:
            _merge(self.unset, unset.key, _and(days, unset.where))
        for unchecked in judgement.unchecked:
            _merge(self.unchecked, (rule.code, unchecked.variant), _and(days, unchecked.where))
        for setting, where in judgement.settings:
            _merge(self.settings, setting, _and(days, where))
        check = CHECKS[rule.kind_name]
        walks = hasattr(check, "suspects") and getattr(check, "LOOKS_AT_HISTORY", True)
        if walks and not self.facts.has_history and not self.facts.whole_programme:
            where = _and(days, judgement.applies)
            _merge(self.unchecked, (rule.code, "history"), where)

    def _mark(self, rule: Rule, flag: Flag, when: nw.Expr) -> None:
        finding = rule.finding(flag.variant)
        self.marks.append(
            Mark(
                name=f"_{len(self.marks)}",
                code=rule.code,
                variant=flag.variant,
                subject=flag.subject,
                effect=finding.effect,
                stage=flag.stage or rule.stage,
                when=when.fill_null(value=False),
                limit=flag.limit,
                used=flag.used,
            ),
        )

    def _special(
        self, code: str, subject: str, when: nw.Expr, effect: Effect, stage: Stage
    ) -> None:
        self.marks.append(
            Mark(
                name=f"_{len(self.marks)}",
                code=code,
                variant="",
                subject=subject,
                effect=effect,
                stage=stage,
                when=when.fill_null(value=False),
            ),
        )

    def build(self, codes: frozenset[str]) -> Compiled:
        """Turn what was gathered into findings of the rules that speak for others."""
        for column, where in self.missing.items():
            empty = where.fill_null(value=False) & _is_empty(column)
            if column == "risk_ground":  # it stands in the plan; without a plan ELG-106 speaks
                unknown = (nw.col("plan_check") == "unknown").fill_null(value=False)
                empty = empty & ~nw.col("plan_no").is_null() & ~unknown
            self._special(MISSING, column, empty, Effect.REJECT, Stage.LINE)
        for key, where in self.unset.items():
            self._special(UNSET, key, where, Effect.REJECT, Stage.LINE)
        self._special(UNREADABLE, "", nw.col("is_unreadable"), Effect.REJECT, Stage.LINE)
        return Compiled(
            facts=self.facts,
            codes=codes,
            marks=tuple(self.marks),
            applied=tuple(self.applied),
            unchecked=tuple((*key, where) for key, where in self.unchecked.items()),
            settings=tuple(self.settings.items()),
        )


def _is_empty(column: str) -> nw.Expr:
    empty = nw.col(column).is_null()
    # The import writes a partner that nobody named as an empty text.
    return empty | (nw.col(column) == "") if column == "partner_reg_no" else empty


def _and(days: nw.Expr | None, where: nw.Expr) -> nw.Expr:
    return where if days is None else days & where


def _any_of(expressions: list[nw.Expr]) -> nw.Expr:
    result = everything() & _NO
    for one in expressions:
        result = result | one.fill_null(value=False)
    return result


def _merge(into: dict[K, nw.Expr], key: K, where: nw.Expr) -> None:
    held = into.get(key)
    both = where if held is None else held.fill_null(value=False) | where.fill_null(value=False)
    into[key] = both
