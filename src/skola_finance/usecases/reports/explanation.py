"""Why a cent is eligible: every rule that looked at a line, what it said, and who decided what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.checks import CHECKS
from skola_finance.claims.compiled import compile_rules
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.facts import Facts
from skola_finance.claims.prepare import document_key, prepare
from skola_finance.usecases.assessing import header_of, lines_and_plans
from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.line_decisions import DecisionKind, with_decisions
from skola_finance.usecases.problem_records import problem_of_record
from skola_finance.usecases.reports.lines_behind import title_of
from skola_finance.usecases.reports.scope import claim_in, reading_reports, scope_of
from skola_finance.usecases.work import CLAIM
from skola_finance.workflow import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from skola_finance.problems import Citation, Problem, Text
    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import (
        AssessmentRow,
        ClaimLineRow,
        ClaimRow,
        ClaimVersionRow,
        LineDecisionRow,
    )
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

SHARED = ("document_key", "learner_ref")
"""What makes two lines of different claims have to do with each other."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A rule that looked at a line and found nothing; `citation` is of the version that looked.

    Ceilings and flat rates look at the claim as a whole: `of_claim` says so.
    """

    code: str
    title: Text
    citation: Citation | None
    of_claim: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What a reviewer decided about the line; `limit_cents` only where it was cut."""

    kind: DecisionKind
    limit_cents: int | None
    rule_code: str
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """What one approval number did to the line, in cents; withdrawals are below zero.

    `journal_no` is the entry of the journal that did it.
    """

    approval_no: int
    kind: str
    cents: int
    journal_no: int


@dataclass(frozen=True, slots=True)
class SharedWith:
    """An earlier approved claim that names the same document or learner; never which one."""

    claim: str
    what: str


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """Why a line came out as it did; amounts in cents, claimed = eligible + ineligible + unfunded.

    `spoke` are the findings on the line, those that cut it with `cut_cents`; `silent` the rules
    that looked and found nothing; `shared` is told to nobody at a partner. `basis` is the last
    approval number of each programme that the verdict knew.
    """

    claim: str
    line_id: str
    version: int
    claimed_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int
    approved_cents: int
    withdrawn_cents: int
    spoke: tuple[Problem, ...]
    silent: tuple[Silent, ...]
    decisions: tuple[Decided, ...]
    movements: tuple[Moved, ...]
    shared: tuple[SharedWith, ...]
    assessed_on: date
    purpose: str
    rulebook_digest: str
    settings_digest: str
    basis: Mapping[str, int]
    illustrative: bool

    @property
    def cut_by(self) -> tuple[Problem, ...]:
        """The findings that took something of the line."""
        return tuple(problem for problem in self.spoke if problem.cut_cents)


def explain_line(store: Store, order: Order, *, claim: str, line_id: str) -> LineExplanation:
    """Say why a filed line came out as it did, under the rules and settings of its last verdict.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for a claim of another partner, or one
        that was never filed; CommandRefused WFL-533 (no such line); SkolaError STO-912.
    """
    with reading_reports(store, order) as repositories:
        found = repositories.claims.by_key(claim)
        if found is None:
            raise not_found(CLAIM)
        scope = scope_of(repositories, order, programme=found.programme, partner=None)
        row = claim_in(repositories, scope, claim)
        version = repositories.figures.last_filed(row.id)
        last = None
        if version is not None:
            last = repositories.claims.assessment(row.id, version.version)
        if version is None or last is None:
            raise not_found(CLAIM)
        line = repositories.claims.line(row.id, version.version, line_id)
        if line is None:
            raise no_line(line_id)
        decisions = repositories.claims.decisions(row.id, version.version, up_to=last.decisions_no)
        rulebook = store.settings(
            repositories, last.settings_digest, store.rulebook(repositories, last.rulebook_digest)
        )
        spoke = tuple(
            problem_of_record(one) for one in last.problems if one["line_no"] == line.line_no
        )
        looked = rules_looked(
            rulebook,
            version,
            decisions,
            line_no=line.line_no,
            on=last.assessed_on,
            rules=[use["code"] for use in last.rules],
        )
        is_partner = order.actor.role.sees_own_partner_only
        return LineExplanation(
            claim=row.key,
            line_id=line.line_id,
            version=version.version,
            claimed_cents=line.claimed_cents,
            eligible_cents=line.eligible_cents,
            ineligible_cents=line.ineligible_cents,
            unfunded_cents=line.unfunded_cents,
            approved_cents=line.approved_cents,
            withdrawn_cents=line.withdrawn_cents,
            spoke=spoke,
            silent=silent_of(looked, {problem.code for problem in spoke}),
            decisions=decided_on(decisions, line_id),
            movements=moves_of(repositories, row.programme, row.id, line.line_no),
            shared=() if is_partner else shared_with(repositories, row, line, last),
            assessed_on=last.assessed_on,
            purpose=last.purpose,
            rulebook_digest=last.rulebook_digest,
            settings_digest=last.settings_digest,
            basis=dict(last.basis),
            illustrative=last.illustrative,
        )


def rules_looked(
    rulebook: Rulebook,
    version: ClaimVersionRow,
    decisions: Sequence[LineDecisionRow],
    *,
    line_no: int,
    on: date,
    rules: Iterable[str],
) -> list[Silent]:
    """Give every rule version that spoke about a line's kind, whatever it found.

    Args:
        rulebook: the rules and settings of the verdict.
        version: the lines, header and plans that were judged.
        decisions: what was decided about its lines by then.
        line_no: the line.
        on: the day of assessment.
        rules: codes of the rules that judged the claim.
    """
    judged, plans = lines_and_plans(version)
    lines = with_decisions(judged.with_columns(document_key()), decisions)
    frame = prepare(lines, rulebook=rulebook, header=header_of(version), plans=plans)
    facts = Facts(
        rulebook=rulebook,
        on=on,
        has_history=True,
        has_plans=plans is not None,
    )
    applied = compile_rules(facts).applied
    engine = PolarsEngine()
    own = frame.filter(pl.col("line_no") == line_no)
    asked = [one.where.fill_null(value=False).alias(f"_{n}") for n, one in enumerate(applied)]
    answers = engine.collect(engine.lift(own).select(*asked)).row(0)
    found = [
        Silent(one.code, title_of(rulebook, one.code), one.version.citation, of_claim=False)
        for one, answer in zip(applied, answers, strict=True)
        if answer
    ]
    # Ceilings and flat rates are no checks of lines: the verdict names those that judged the claim.
    for code in rules:
        rule = rulebook.rules.get(code)
        if rule is not None and rule.kind_name not in CHECKS:
            versions = rulebook.candidates(rule.code, on=on) or rule.versions[-1:]
            found.append(Silent(rule.code, rule.title, versions[-1].citation, of_claim=True))
    return found


def silent_of(looked: Iterable[Silent], spoke: set[str]) -> tuple[Silent, ...]:
    """Leave out the rules that spoke."""
    by_code = {one.code: one for one in looked if one.code not in spoke}
    return tuple(by_code[code] for code in sorted(by_code))


def decided_on(decisions: Iterable[LineDecisionRow], line_id: str) -> tuple[Decided, ...]:
    """Give what was decided about a line, in order."""
    return tuple(
        Decided(
            kind=DecisionKind(one.kind),
            limit_cents=one.limit_cents,
            rule_code=one.rule_code,
            reason=one.reason,
            actor=one.actor,
            at=one.at,
        )
        for one in decisions
        if one.line_id == line_id
    )


def moves_of(
    repositories: Repositories, programme: str, claim_id: int, line_no: int
) -> tuple[Moved, ...]:
    """Give what approvals and corrections did to a line, in order."""
    moved = repositories.traces.line_movements(claim_id, line_no)
    entries = repositories.traces.entries_numbered(programme, [one.approval_no for one in moved])
    held_by = {one.approval_no: one.journal_no for one in entries}
    return tuple(
        Moved(one.approval_no, one.kind, one.amount_cents, held_by[one.approval_no])
        for one in moved
    )


def shared_with(
    repositories: Repositories, row: ClaimRow, line: ClaimLineRow, verdict: AssessmentRow
) -> tuple[SharedWith, ...]:
    """Give the claims approved earlier that share the line's document or learner."""
    found = []
    for what in SHARED:
        value = getattr(line, what)
        if not value:
            continue
        ids = repositories.claims.sharing({what: [value]}, basis=verdict.basis, without=row.id)
        for claim_id in sorted(ids):
            other = repositories.claims.get(claim_id)
            if other is not None:
                found.append(SharedWith(other.key, what))
    return tuple(found)
