"""The end of a review: returned, rejected, recommended, endorsed or sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.assessing import Judged, judge, take_amounts
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.filing.submission import keep_verdict
from skola_finance.usecases.line_decisions import law_decisions
from skola_finance.usecases.review.taking_up import answer_of
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse, unusable_input
from skola_finance.usecases.work import CLAIM, Work
from skola_finance.workflow import CLAIMS, ClaimCommand, not_found

if TYPE_CHECKING:
    from skola_finance.usecases.order import Answer

DISPUTED = "RUL-303"


@use_case(
    title=Text(lv="Atgriezt precizēšanai", en="Return a claim"),
    roles=CLAIMS.may[ClaimCommand.RETURN],
)
def return_claim(work: Work, *, claim: str, reason: str, row_version: int | None = None) -> Answer:
    """Give a claim back to be mended; filed again it is a new version, this one stays."""
    return _end(work, claim, ClaimCommand.RETURN, reason, row_version)


@use_case(
    title=Text(lv="Noraidīt pārskatu", en="Reject a claim"), roles=CLAIMS.may[ClaimCommand.REJECT]
)
def reject_claim(work: Work, *, claim: str, reason: str, row_version: int | None = None) -> Answer:
    """Refuse a claim as a whole, with the reason."""
    return _end(work, claim, ClaimCommand.REJECT, reason, row_version)


@use_case(
    title=Text(lv="Nodot apstiprināšanai", en="Recommend a claim"),
    roles=CLAIMS.may[ClaimCommand.RECOMMEND],
)
def recommend_claim(
    work: Work, *, claim: str, note: str = "", row_version: int | None = None
) -> Answer:
    """Hand a claim to the approver, judged anew beside everything approved by now.

    Raises: CommandRefused WFL-542 while a line waits for a decision on the law (RUL-303).
    """
    row = work.claim(claim, row_version=row_version)
    step_claim(work, row, ClaimCommand.RECOMMEND, note=note)
    version = work.repositories.claims.version(row.id, row.version)
    if version is None:
        raise not_found(CLAIM)
    judged = judge(work.store, work.repositories, row, version, on=work.on)
    _check_law(judged)
    take_amounts(row, judged)
    keep_verdict(work, row, version, judged, purpose="recommended")
    work.rulebook_digest = judged.rulebook.digest
    work.change(row)
    return answer_of(row)


@use_case(
    title=Text(lv="Apliecināt otro pārbaudi", en="Endorse a review"),
    roles=CLAIMS.may[ClaimCommand.ENDORSE],
)
def endorse_review(
    work: Work, *, claim: str, note: str = "", row_version: int | None = None
) -> Answer:
    """Confirm the review as its second reviewer, where the programme asks for two."""
    row = work.claim(claim, row_version=row_version)
    step_claim(work, row, ClaimCommand.ENDORSE, note=note)
    work.change(row)
    return answer_of(row)


@use_case(
    title=Text(lv="Nosūtīt atpakaļ pārbaudei", en="Send back to review"),
    roles=CLAIMS.may[ClaimCommand.SEND_BACK],
)
def send_back(work: Work, *, claim: str, reason: str, row_version: int | None = None) -> Answer:
    """Give a recommended claim back to its reviewer, with the reason."""
    return _end(work, claim, ClaimCommand.SEND_BACK, reason, row_version)


def _end(
    work: Work, claim: str, command: ClaimCommand, reason: str, row_version: int | None
) -> Answer:
    row = work.claim(claim, row_version=row_version)
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    step_claim(work, row, command, note=reason.strip())
    work.change(row)
    return answer_of(row)


def _check_law(judged: Judged) -> None:
    """Refuse while the law of a line that would be approved is not established."""
    decided = law_decisions(judged.decisions)
    for line in judged.assessment.lines:
        for problem in line.problems:
            is_open = (line.line_id or "", problem.subject) not in decided
            if problem.code == DISPUTED and line.eligible_cents and is_open:
                raise refuse(
                    "WFL-542",
                    lv=f"Rindai „{line.line_id}” nav izlemts, kura {problem.subject} redakcija ir "
                    "spēkā.",
                    en=f"It is not decided which version of {problem.subject} holds for the line "
                    f"“{line.line_id}”.",
                    hint_lv="Izlemiet par piemērojamo redakciju vai atlieciet rindu.",
                    hint_en="Decide which version holds, or park the line.",
                    subject=line.line_id or "",
                )
