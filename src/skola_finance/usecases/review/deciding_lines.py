"""Decisions on lines: cutting, parking, undoing either, and which version of the law holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.tables import ClaimLineRow, ClaimRow, LineDecisionRow
from skola_finance.usecases.assessing import judge, take_amounts
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.filing.submission import keep_verdict
from skola_finance.usecases.line_decisions import DecisionKind
from skola_finance.usecases.review.taking_up import answer_of
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import amount, refuse, unusable_input
from skola_finance.usecases.work import CLAIM, Work
from skola_finance.workflow import CLAIMS, ClaimCommand, not_found

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from skola_finance.usecases.order import Answer

    Standing = tuple[int, int]


@use_case(
    title=Text(lv="Samazināt rindu", en="Cut a line"), roles=CLAIMS.may[ClaimCommand.CUT_LINE]
)
def cut_line(
    work: Work,
    *,
    claim: str,
    line_id: str,
    limit_cents: int,
    reason: str,
    rule_code: str,
    row_version: int | None = None,
) -> Answer:
    """Lower a line to at most so many cents, with the reason and the rule; all stages run again.

    Raises: CommandRefused WFL-533 (no such line), WFL-518 (reason or rule is missing), WFL-541 (the
        limit is below zero or not below what was claimed); Refused (WFL-501).
    """
    row = work.claim(claim, row_version=row_version)
    _cut(work, row, line_id, limit_cents, reason, rule_code)
    return _judge_again(work, row)


@use_case(title=Text(lv="Atlikt rindu", en="Park a line"), roles=CLAIMS.may[ClaimCommand.PARK_LINE])
def park_line(
    work: Work, *, claim: str, line_id: str, reason: str, row_version: int | None = None
) -> Answer:
    """Put a line off: it is not approved now, keeps its place and can be claimed again."""
    row = work.claim(claim, row_version=row_version)
    _park(work, row, line_id, reason)
    return _judge_again(work, row)


@use_case(
    title=Text(lv="Atjaunot rindu", en="Restore a line"), roles=CLAIMS.may[ClaimCommand.KEEP_LINE]
)
def keep_line(
    work: Work, *, claim: str, line_id: str, reason: str, row_version: int | None = None
) -> Answer:
    """Undo a cut or a parking of this review."""
    row = work.claim(claim, row_version=row_version)
    _keep(work, row, line_id, reason)
    return _judge_again(work, row)


@use_case(
    title=Text(lv="Lemt par vairākām rindām", en="Decide on several lines"),
    roles=CLAIMS.may[ClaimCommand.CUT_LINE],
)
def decide_lines(
    work: Work,
    *,
    claim: str,
    line_ids: Sequence[str],
    kind: str,
    reason: str,
    rule_code: str = "",
    limit_cents: int = 0,
    row_version: int | None = None,
) -> Answer:
    """Decide the same about several lines at once; all of them, or none where one is refused.

    Args:
        line_ids: the lines.
        kind: `cut`, `park` or `keep`.
        reason: why, of each line.
        rule_code: of a cut.
        limit_cents: of a cut: what is left of each line at most.
        row_version: what the person has read.

    Returns: where the claim stands; `covered_cents` of the quota that this freed went to other
        lines of the claim, so that its eligible sum fell by less than what was cut.

    Raises: as `cut_line`, `park_line` and `keep_line`; CommandRefused WFL-517, WFL-518 (no line, or
        another kind).
    """
    row = work.claim(claim, row_version=row_version)
    wanted = tuple(dict.fromkeys(line_ids))
    if not wanted:
        raise unusable_input("line_ids", lv="nav izvēlēta rinda", en="no line was chosen")
    for line_id in wanted:
        match kind:
            case DecisionKind.CUT:
                _cut(work, row, line_id, limit_cents, reason, rule_code)
            case DecisionKind.PARK:
                _park(work, row, line_id, reason)
            case DecisionKind.KEEP:
                _keep(work, row, line_id, reason)
            case _:
                raise unusable_input("kind", lv=f"nav „{kind}”", en=f"there is no “{kind}”")
    before = _amounts(work, row)
    answer = _judge_again(work, row)
    covered = covered_elsewhere(before, _amounts(work, row), chosen=wanted)
    return replace(answer, facts={**answer.facts, "covered_cents": covered})


def covered_elsewhere(
    before: Mapping[str, Standing], after: Mapping[str, Standing], *, chosen: Collection[str]
) -> int:
    """Give how much of what some lines lost now covers other lines that were above the quota.

    Args: before, after: eligible and unfunded cents of each line, by its id; chosen: what was cut.
    """
    lost = sum(before[one][0] - after[one][0] for one in chosen)
    gained = sum(max(0, before[one][1] - after[one][1]) for one in after if one not in chosen)
    return max(0, min(lost, gained))


def _amounts(work: Work, row: ClaimRow) -> dict[str, Standing]:
    lines = work.repositories.claims.lines(row.id, row.version)
    return {one.line_id: (one.eligible_cents, one.unfunded_cents) for one in lines}


@use_case(
    title=Text(lv="Izlemt par piemērojamo redakciju", en="Decide which law holds"),
    roles=CLAIMS.may[ClaimCommand.DECIDE_LAW],
)
def decide_law(
    work: Work,
    *,
    claim: str,
    line_id: str,
    rule_code: str,
    spares: bool,
    reason: str,
    row_version: int | None = None,
) -> Answer:
    """Decide, for a line marked RUL-303, which version of a rule holds.

    Args:
        spares: whether the version holds under which the line stands; else it falls.
    """
    row = work.claim(claim, row_version=row_version)
    step_claim(work, row, ClaimCommand.DECIDE_LAW, note=f"{line_id}: {rule_code}")
    _line(work, row, line_id)
    _check_rule(work, row, rule_code)
    kind = DecisionKind.LAW_SPARES if spares else DecisionKind.LAW_APPLIES
    _decide(work, row, line_id, kind, reason, rule_code)
    return _judge_again(work, row)


def _cut(
    work: Work, row: ClaimRow, line_id: str, limit_cents: int, reason: str, rule_code: str
) -> None:
    step_claim(work, row, ClaimCommand.CUT_LINE, note=f"{line_id}: {reason}")
    line = _line(work, row, line_id)
    if not 0 <= limit_cents < line.claimed_cents:
        asked, there = amount(limit_cents), amount(line.claimed_cents)
        raise refuse(
            "WFL-541",
            lv=f"Rindu „{line_id}” ({there.lv}) nevar samazināt līdz {asked.lv}.",
            en=f"The line “{line_id}” ({there.en}) cannot be cut to {asked.en}.",
            hint_lv="Norādiet summu no nulles līdz mazākai par pieteikto.",
            hint_en="Give a sum from zero to below what was claimed.",
            subject=line_id,
        )
    _check_rule(work, row, rule_code)
    _decide(work, row, line_id, DecisionKind.CUT, reason, rule_code, limit_cents)


def _park(work: Work, row: ClaimRow, line_id: str, reason: str) -> None:
    step_claim(work, row, ClaimCommand.PARK_LINE, note=f"{line_id}: {reason}")
    _line(work, row, line_id)
    _decide(work, row, line_id, DecisionKind.PARK, reason)


def _keep(work: Work, row: ClaimRow, line_id: str, reason: str) -> None:
    step_claim(work, row, ClaimCommand.KEEP_LINE, note=f"{line_id}: {reason}")
    _line(work, row, line_id)
    _decide(work, row, line_id, DecisionKind.KEEP, reason)


def _line(work: Work, row: ClaimRow, line_id: str) -> ClaimLineRow:
    line = work.repositories.claims.line(row.id, row.version, line_id)
    if line is None:
        raise no_line(line_id)
    return line


def _check_rule(work: Work, row: ClaimRow, rule_code: str) -> None:
    programme = work.programme(row.programme)
    work.store.rulebook(work.repositories, programme.rulebook_digest).rule(rule_code)


def _decide(
    work: Work,
    row: ClaimRow,
    line_id: str,
    kind: DecisionKind,
    reason: str,
    rule_code: str = "",
    limit_cents: int | None = None,
) -> None:
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    work.repositories.add(
        LineDecisionRow(
            claim_id=row.id,
            version=row.version,
            line_id=line_id,
            kind=kind.value,
            limit_cents=limit_cents,
            rule_code=rule_code,
            reason=reason.strip(),
            actor=work.order.actor.id,
            at=work.order.at,
        )
    )


def _judge_again(work: Work, row: ClaimRow) -> Answer:
    """Run all stages again, so that the claim shows what the decision does."""
    version = work.repositories.claims.version(row.id, row.version)
    if version is None:
        raise not_found(CLAIM)
    judged = judge(work.store, work.repositories, row, version, on=work.on)
    take_amounts(row, judged)
    keep_verdict(work, row, version, judged, purpose="review")
    work.rulebook_digest = judged.rulebook.digest
    work.change(row)
    return answer_of(row)
