"""“Why?”: what was seen of a line, each rule that spoke about it, how its amount came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.columns import COLUMN, LINE_COLUMNS
from skola_finance.claims.explain import placeholders
from skola_finance.rulebook.model import BY_ASSESSMENT_DAY
from skola_finance.usecases.filing.drafts import filed_version
from skola_finance.usecases.filing.standing import Cents, Standing, claim_seen, standing_of
from skola_finance.usecases.reports.explanation import (
    Decided,
    Moved,
    SharedWith,
    Silent,
    decided_on,
    moves_of,
    rules_looked,
    shared_with,
    silent_of,
)
from skola_finance.usecases.reports.lines_behind import title_of_code
from skola_finance.usecases.views.claims_lines import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from skola_finance.claims.columns import Column
    from skola_finance.problems import Language, Problem, Text
    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import AssessmentRow, LineDecisionRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_HIDDEN = frozenset({"line_id", "risk_ground"})
_SHOWN = frozenset(one.key for one in LINE_COLUMNS) - _HIDDEN


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact of a line: its column, its heading, and what stood there; empty for nothing."""

    key: str
    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class RuleSpoke:
    """A rule that found something on a line.

    Attributes:
        problem: what, what to do, where it is written; `cut_cents` is what it takes by itself.
        title: of the rule, or of what is no rule's.
        is_rule: whether the rulebook has a rule of the problem's code.
        saw: the facts of the line that it names.
        since, until: the days of the version that judged; until is exclusive, None is open.
    """

    problem: Problem
    title: Text
    is_rule: bool
    saw: tuple[Seen, ...]
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class LineWhy:
    """Why a line came out as it did; amounts in cents, claimed = eligible + ineligible + unfunded.

    `silent` are the rules that looked and found nothing; `shared`, and in `orders` the payment
    orders of the claim, are told to nobody at a partner.
    """

    claim: str
    line_id: str
    line_no: int
    sheet: str | None
    row: int | None
    cents: Cents
    facts: tuple[Seen, ...]
    spoke: tuple[RuleSpoke, ...]
    silent: tuple[Silent, ...]
    decisions: tuple[Decided, ...]
    movements: tuple[Moved, ...]
    orders: tuple[str, ...]
    shared: tuple[SharedWith, ...]
    is_preview: bool
    illustrative: bool
    assessed_on: date | None
    rulebook_digest: str
    settings_digest: str


def line_why(
    store: Store, order: Order, *, claim: str, line_id: str, language: Language
) -> LineWhy:
    """Say why a line stands as it does: as filed, or of a claim in work as of this moment.

    Raises: NotFound (AUT-603); CommandRefused WFL-533 (no such line); SkolaError STO-912.
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        standing = standing_of(repositories, store, order, row)
        line = standing.line(line_id)
        number = line["line_no"]
        basis = _basis(repositories, store, standing)
        past = _past(repositories, order, standing, basis, line)
        problems = standing.problems(number)
        looked = _looked(repositories, standing, basis, number)
    return LineWhy(
        claim=row.key,
        line_id=line_id,
        line_no=number,
        sheet=line["sheet"],
        row=line["row"],
        cents=standing.cents.get(number, Cents(0, 0, 0, 0)),
        facts=_facts(line, language),
        spoke=tuple(_spoke(one, line, basis, standing.on, language) for one in problems),
        silent=silent_of(looked, {problem.code for problem in problems}),
        decisions=decided_on(basis.decisions, line_id),
        movements=past.movements,
        orders=past.orders,
        shared=past.shared,
        is_preview=standing.is_preview,
        illustrative=standing.illustrative,
        assessed_on=standing.on,
        rulebook_digest=basis.rulebook.digest if basis.rulebook is not None else "",
        settings_digest=basis.rulebook.settings_digest if basis.rulebook is not None else "",
    )


@dataclass(frozen=True, slots=True)
class _Basis:
    """What a verdict rests on: rules, decisions, and the codes that judged."""

    verdict: AssessmentRow | None
    rulebook: Rulebook | None
    decisions: Sequence[LineDecisionRow]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Past:
    """What happened to a filed line since."""

    movements: tuple[Moved, ...] = ()
    orders: tuple[str, ...] = ()
    shared: tuple[SharedWith, ...] = ()


def _basis(repositories: Repositories, store: Store, standing: Standing) -> _Basis:
    if standing.judged is not None:
        codes = tuple(use.code for use in standing.judged.assessment.rules)
        return _Basis(None, standing.judged.rulebook, (), codes)
    claim_id, version = standing.row.id, standing.version.version
    verdict = repositories.claims.assessment(claim_id, version)
    if verdict is None:
        return _Basis(None, None, (), ())
    rulebook = store.settings(
        repositories,
        verdict.settings_digest,
        store.rulebook(repositories, verdict.rulebook_digest),
    )
    decisions = repositories.claims.decisions(claim_id, version, up_to=verdict.decisions_no)
    return _Basis(verdict, rulebook, decisions, tuple(use["code"] for use in verdict.rules))


def _looked(
    repositories: Repositories, standing: Standing, basis: _Basis, line_no: int
) -> list[Silent]:
    if basis.rulebook is None or standing.on is None:
        return []
    version = standing.version
    if standing.judged is not None:
        version = filed_version(repositories, standing.row, version)
    return rules_looked(
        basis.rulebook,
        version,
        basis.decisions,
        line_no=line_no,
        on=standing.on,
        rules=basis.codes,
    )


def _past(
    repositories: Repositories,
    order: Order,
    standing: Standing,
    basis: _Basis,
    line: Mapping[str, Any],
) -> _Past:
    claim, claim_id = standing.row, standing.row.id
    stored = repositories.claims.line(claim_id, standing.version.version, line["line_id"])
    if stored is None or basis.verdict is None:
        return _Past()
    movements = moves_of(repositories, claim.programme, claim_id, line["line_no"])
    if order.actor.role.sees_own_partner_only:
        return _Past(movements)
    paid_by = repositories.payments.orders(claim.programme, document=claim.key)
    return _Past(
        movements=movements,
        orders=tuple(one.key for one in paid_by) if movements else (),
        shared=shared_with(repositories, claim, stored, basis.verdict),
    )


def _facts(line: Mapping[str, Any], language: Language) -> tuple[Seen, ...]:
    facts = (_seen(one, line, language) for one in LINE_COLUMNS if one.key not in _HIDDEN)
    return tuple(one for one in facts if one.value)


def _seen(column: Column, line: Mapping[str, Any], language: Language) -> Seen:
    return Seen(column.key, column.label, cell_text(column, line.get(column.frame), language))


def _spoke(
    problem: Problem,
    line: Mapping[str, Any],
    basis: _Basis,
    on: date | None,
    language: Language,
) -> RuleSpoke:
    rulebook = basis.rulebook
    rule = rulebook.rules.get(problem.code) if rulebook is not None else None
    if rulebook is None or rule is None:
        return RuleSpoke(
            problem, title_of_code(problem.code), is_rule=False, saw=(), since=None, until=None
        )
    texts = rule.finding(problem.variant)
    named = placeholders(texts.message.lv) | placeholders(texts.hint.lv)
    keys = [*sorted(named), problem.where.column or "", problem.subject]
    columns = [COLUMN[key] for key in dict.fromkeys(keys) if key in _SHOWN]
    day = on if rule.anchor == BY_ASSESSMENT_DAY else line["activity_on"] or on
    spans = [one for one in rulebook.timeline(rule.code) if day is not None and one.covers(day)]
    return RuleSpoke(
        problem=problem,
        title=rule.title,
        is_rule=True,
        saw=tuple(_seen(one, line, language) for one in columns),
        since=spans[0].first if spans else None,
        until=spans[0].end if spans else None,
    )
