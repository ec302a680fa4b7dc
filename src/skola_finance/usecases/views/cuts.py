"""What was cut of a claim and why, grouped by the rule or the person that took it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from skola_finance.claims.ceilings import Ceiling
from skola_finance.problems import Text
from skola_finance.usecases.line_decisions import DecisionKind, last_of_lines, law_decisions
from skola_finance.usecases.problem_records import problem_of_record
from skola_finance.usecases.reports.lines_behind import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from skola_finance.problems import Citation
    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.tables import AssessmentRow, ClaimLineRow, LineDecisionRow

INELIGIBLE, UNFUNDED = "ineligible", "unfunded"
BY_PERSON, PARKED = "person", "parked"
_PARKED = Text(lv="Pārbaudītāja atliktas rindas", en="Lines that the reviewer put off")
_BY_PERSON = Text(lv="Pārbaudītāja samazinājums", en="Cut by the reviewer")
_OTHER = Text(lv="Kopējie griesti", en="Ceilings of the whole claim")


@dataclass(frozen=True, slots=True)
class Cut:
    """What one rule, or the reviewer under one rule, took of a claim; cents.

    `kind` is `ineligible` or `unfunded`; over all cuts they add up to what the claim lost. Where
    several took the same cents of a line, they stand with the first of them. `reasons` are the
    reviewer's own words.
    """

    code: str
    title: Text
    kind: str
    by: str
    cents: int
    lines: int
    reasons: tuple[str, ...]
    citation: Citation | None


@dataclass(slots=True)
class _Sum:
    cents: int = 0
    lines: set[int] = field(default_factory=set)
    reasons: dict[str, None] = field(default_factory=dict)


def cuts_of(
    lines: Iterable[ClaimLineRow],
    last: AssessmentRow | None,
    decisions: Sequence[LineDecisionRow],
    rulebook: Rulebook | None,
) -> tuple[Cut, ...]:
    """Group what a verdict took of the lines of a claim, the largest first.

    Args:
        lines: as they stand after that verdict.
        last: the verdict; none of a claim that was never judged.
        decisions: on lines, in their order.
        rulebook: the rules of the verdict, for titles and sources.
    """
    took: dict[int, list[dict[str, Any]]] = {}
    for record in last.problems if last is not None else ():
        if record["cut_cents"] and record["line_no"] is not None:
            took.setdefault(record["line_no"], []).append(record)
    by_line = last_of_lines(decisions)
    of_law = {line for (line, _), kind in law_decisions(decisions).items() if _falls(kind)}
    sums: dict[tuple[str, str, str], _Sum] = {}
    citations: dict[str, Mapping[str, Any]] = {}
    for line in lines:
        records = took.get(line.line_no, [])
        for record in records:
            citations.setdefault(record["code"], record)
        shares = _shares(line, records, by_line.get(line.line_id), is_law=line.line_id in of_law)
        for key, cents, reason in shares:
            one = sums.setdefault(key, _Sum())
            one.cents += cents
            one.lines.add(line.line_no)
            if reason:
                one.reasons.setdefault(reason)
    found = [_cut(key, one, citations, rulebook) for key, one in sums.items()]
    return tuple(sorted(found, key=lambda one: (one.kind, -one.cents, one.code)))


def _falls(kind: DecisionKind) -> bool:
    return kind is DecisionKind.LAW_APPLIES


def _shares(
    line: ClaimLineRow,
    records: Iterable[Mapping[str, Any]],
    decision: LineDecisionRow | None,
    *,
    is_law: bool,
) -> list[tuple[tuple[str, str, str], int, str]]:
    """Say who took how much of one line: rules in the order in which they spoke, then the person.

    Returns: (code, by, kind), cents and the person's reason, adding up to what the line lost.
    """
    left = {INELIGIBLE: line.ineligible_cents, UNFUNDED: line.unfunded_cents}
    is_parked = decision is not None and decision.kind == DecisionKind.PARK
    found = []
    if decision is not None and is_parked and left[UNFUNDED] > 0:
        found.append((("", PARKED, UNFUNDED), left[UNFUNDED], decision.reason))
        left[UNFUNDED] = 0
    for record in records:
        kind = UNFUNDED if _is_ceiling(record, line) else INELIGIBLE
        cents = min(record["cut_cents"], left[kind])
        if cents > 0:
            found.append(((record["code"], "rule", kind), cents, ""))
            left[kind] -= cents
    for kind, cents in left.items():
        if cents > 0:
            is_person = decision is not None or is_law
            code = decision.rule_code if decision is not None else ""
            reason = decision.reason if decision is not None else ""
            by = BY_PERSON if is_person else "rule"
            found.append(((code, by, kind), cents, reason))
    return found


_CEILINGS = frozenset(Ceiling)


def _is_ceiling(record: Mapping[str, Any], line: ClaimLineRow) -> bool:
    return record["code"] in _CEILINGS and line.unfunded_cents > 0


def _cut(
    key: tuple[str, str, str],
    one: _Sum,
    citations: Mapping[str, Mapping[str, Any]],
    rulebook: Rulebook | None,
) -> Cut:
    code, by, kind = key
    citation = problem_of_record(citations[code]).citation if code in citations else None
    title = _OTHER
    if by == PARKED:
        title = _PARKED
    elif code and rulebook is not None:
        title = title_of(rulebook, code)
    elif by == BY_PERSON:
        title = _BY_PERSON
    return Cut(code, title, kind, by, one.cents, len(one.lines), tuple(one.reasons), citation)
