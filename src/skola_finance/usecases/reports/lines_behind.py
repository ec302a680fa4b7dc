"""The claims and lines behind numbered entries, with the rules that spoke of each line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance.problems import Text
from skola_finance.usecases.problem_records import problem_of_record
from skola_finance.usecases.reports.parts import ClaimPart, LinePart, RuleSpoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.repositories.traces import MovedClaim
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.reports.parts import EntryPart
    from skola_finance.usecases.reports.provenance import Asked
    from skola_finance.usecases.store import Store

UNREAD = Text(lv="Ieraksts nav nolasāms", en="What was typed cannot be read")
"""What readers of workbooks find: no rule speaks of it."""


def claim_parts(
    store: Store,
    repositories: Repositories,
    programme: str,
    asked: Asked,
    entries: Sequence[EntryPart],
    *,
    most: int,
) -> tuple[tuple[ClaimPart, ...], int]:
    """Give the claims behind entries, and what their lines come to in cents.

    At most so many lines are shown, those of the first claims; nothing for an account that no
    lines stand behind.
    """
    numbers = [one.approval_no for one in entries if one.approval_no is not None]
    if not asked.is_of_costs or not numbers:
        return (), 0
    moved = repositories.traces.moved_claims(
        programme,
        numbers,
        quota=asked.quota,
        semester=asked.semester,
        claim_id=asked.claim.id if asked.claim is not None else None,
    )
    found = []
    left = most
    for one in moved:
        part = _claim_part(store, repositories, asked, numbers, one, most=left)
        left -= len(part.lines)
        found.append(part)
    return tuple(found), sum(part.cents for part in found)


def spoken(
    records: Iterable[Mapping[str, Any]], rulebook: Rulebook
) -> dict[int, tuple[RuleSpoken, ...]]:
    """Give the rules that found something, by line, as kept problems tell it."""
    by_line: dict[int, dict[str, RuleSpoken]] = {}
    for record in records:
        if record["line_no"] is None:
            continue
        problem = problem_of_record(record)
        codes = by_line.setdefault(record["line_no"], {})
        known = codes.get(problem.code)
        codes[problem.code] = RuleSpoken(
            problem.code,
            title_of(rulebook, problem.code),
            problem.citation if known is None else known.citation,
            problem.cut_cents + (0 if known is None else known.cut_cents),
        )
    return {line: tuple(codes.values()) for line, codes in by_line.items()}


def title_of(rulebook: Rulebook, code: str) -> Text:
    """Give the title of a rule, or of a code that no rule has: see `title_of_code`."""
    rule = rulebook.rules.get(code)
    return rule.title if rule is not None else title_of_code(code)


def title_of_code(code: str) -> Text:
    """Give what a code is about that is no rule's; one that nobody knows is its own title."""
    return UNREAD if code.startswith("WBK-") else Text(lv=code, en=code)


def _claim_part(
    store: Store,
    repositories: Repositories,
    asked: Asked,
    numbers: Sequence[int],
    moved: MovedClaim,
    *,
    most: int,
) -> ClaimPart:
    claim = repositories.claims.get(moved.claim_id)
    under = None
    if claim is not None:
        under = repositories.traces.judged_under(claim.id, claim.version)
    if claim is None or under is None:
        msg = f"claim {moved.claim_id} was approved without a verdict"
        raise AssertionError(msg)
    lines = _lines(store, repositories, asked, numbers, claim, most=most) if most > 0 else ()
    cents = asked.line_sign * moved.cents
    return ClaimPart(
        claim=claim.key,
        partner_reg_no=claim.partner_reg_no,
        cents=cents,
        assessed_on=under.assessed_on,
        rulebook_digest=under.rulebook_digest,
        settings_digest=under.settings_digest,
        illustrative=under.illustrative,
        lines=lines,
        more_lines=moved.lines - len(lines),
        more_cents=cents - sum(line.cents for line in lines),
    )


def _lines(
    store: Store,
    repositories: Repositories,
    asked: Asked,
    numbers: Sequence[int],
    claim: ClaimRow,
    *,
    most: int,
) -> tuple[LinePart, ...]:
    """Give the first lines of a claim that entries moved, with what the last verdict said."""
    sums = repositories.traces.moved_lines(
        claim.programme,
        numbers,
        claim_id=claim.id,
        quota=asked.quota,
        semester=asked.semester,
    )
    shown = dict(list(sums.items())[:most])
    verdict = repositories.claims.assessment(claim.id, claim.version)
    rules: Mapping[int, tuple[RuleSpoken, ...]] = {}
    if verdict is not None:
        rules = spoken(verdict.problems, store.rulebook(repositories, verdict.rulebook_digest))
    return tuple(
        LinePart(
            line_no=line.line_no,
            line_id=line.line_id,
            activity=line.activity or "",
            semester=line.semester,
            cents=asked.line_sign * shown[line.line_no],
            claimed_cents=line.claimed_cents,
            eligible_cents=line.eligible_cents,
            approved_cents=line.approved_cents,
            withdrawn_cents=line.withdrawn_cents,
            rules=rules.get(line.line_no, ()),
        )
        for line in repositories.claims.lines(claim.id, claim.version)
        if line.line_no in shown
    )
