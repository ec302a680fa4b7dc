"""Questions to the partner: asked per line, answered, and the clock that stands meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.tables import ClaimRow, ClarificationRow
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.review.taking_up import answer_of
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, unusable_input
from skola_finance.workflow import (
    CLAIMS,
    CLARIFICATIONS,
    ClaimCommand,
    ClarificationCommand,
    ClarificationState,
    check_request_term,
    not_found,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.usecases.work import Work

WHAT = Text(lv="precizējums", en="clarification")
TERM = "deadline.answer_request.working_days"
OPEN = [ClarificationState.ASKED.value]


@use_case(
    title=Text(lv="Uzdot jautājumu", en="Ask for clarification"),
    roles=CLAIMS.may[ClaimCommand.ASK],
)
def ask_clarification(
    work: Work,
    *,
    claim: str,
    question: str,
    answer_by: date,
    line_id: str = "",
    row_version: int | None = None,
) -> Answer:
    """Ask the partner about a line, or the whole claim; the clock stops.

    Raises: CommandRefused WFL-507 where the term is shorter than the setting allows, WFL-533.
    """
    row = work.claim(claim, row_version=row_version)
    asked = _ask(work, row, question=question, answer_by=answer_by, line_id=line_id)
    work.change(row)
    return Answer(row.key, {**answer_of(row).facts, "clarification": asked.id})


@use_case(
    title=Text(lv="Uzdot jautājumu par vairākām rindām", en="Ask about several lines"),
    roles=CLAIMS.may[ClaimCommand.ASK],
)
def ask_about_lines(
    work: Work,
    *,
    claim: str,
    question: str,
    answer_by: date,
    line_ids: Sequence[str],
    row_version: int | None = None,
) -> Answer:
    """Ask the same about several lines: a question for each of them, or none where one is refused.

    Raises: as `ask_clarification`; CommandRefused WFL-517, WFL-518 (no line).
    """
    row = work.claim(claim, row_version=row_version)
    wanted = tuple(dict.fromkeys(line_ids))
    if not wanted:
        raise unusable_input("line_ids", lv="nav izvēlēta rinda", en="no line was chosen")
    asked = [
        _ask(work, row, question=question, answer_by=answer_by, line_id=line_id).id
        for line_id in wanted
    ]
    work.change(row)
    return Answer(row.key, {**answer_of(row).facts, "clarifications": asked})


@use_case(
    title=Text(lv="Atbildēt uz jautājumu", en="Answer a question"),
    roles=CLAIMS.may[ClaimCommand.ANSWER],
)
def answer_clarification(work: Work, *, clarification: int, answer: str) -> Answer:
    """Answer a question; with the last open one answered the claim goes back, the clock runs."""
    asked = _row(work, clarification)
    row = _claim(work, asked)
    if not answer.strip():
        raise unusable_input("answer", lv="nav atbildes", en="the answer is missing")
    asked.answer, asked.answered_at = answer.strip(), work.order.at
    asked.state = _step(work, asked, ClarificationCommand.ANSWER)
    work.repositories.add(asked)
    if not work.repositories.claims.clarifications(row.id, states=OPEN):
        step_claim(work, row, ClaimCommand.ANSWER)
    work.change(row)
    return answer_of(row)


@use_case(
    title=Text(lv="Pieņemt atbildi", en="Accept an answer"),
    roles=CLARIFICATIONS.may[ClarificationCommand.ACCEPT],
)
def accept_answer(work: Work, *, clarification: int) -> Answer:
    """Be content with an answer."""
    asked = _row(work, clarification)
    asked.state = _step(work, asked, ClarificationCommand.ACCEPT)
    work.repositories.add(asked)
    return answer_of(_claim(work, asked))


@use_case(
    title=Text(lv="Turpināt bez precizējumiem", en="Go on without an answer"),
    roles=CLAIMS.may[ClaimCommand.RESUME],
)
def resume_review(work: Work, *, claim: str, reason: str, row_version: int | None = None) -> Answer:
    """Go on without an answer: open questions expire once their day is over, else are withdrawn."""
    row = work.claim(claim, row_version=row_version)
    step_claim(work, row, ClaimCommand.RESUME, note=reason)
    for asked in work.repositories.claims.clarifications(row.id, states=OPEN):
        is_over = work.on > asked.answer_by
        command = ClarificationCommand.EXPIRE if is_over else ClarificationCommand.WITHDRAW
        asked.state = _step(work, asked, command)
        work.repositories.add(asked)
    work.change(row)
    return answer_of(row)


def _ask(
    work: Work, row: ClaimRow, *, question: str, answer_by: date, line_id: str
) -> ClarificationRow:
    if not question.strip():
        raise unusable_input("question", lv="nav jautājuma", en="the question is missing")
    if line_id and work.repositories.claims.line(row.id, row.version, line_id) is None:
        raise no_line(line_id)
    _check_term(work, row, answer_by)
    step_claim(work, row, ClaimCommand.ASK, note=question)
    asked = ClarificationRow(
        claim_id=row.id,
        version=row.version,
        line_id=line_id,
        question=question.strip(),
        answer_by=answer_by,
        asked_at=work.order.at,
        state=ClarificationState.ASKED.value,
    )
    work.repositories.add(asked)
    asked.state = work.begin(CLARIFICATIONS, thing=str(asked.id))
    work.repositories.add(asked)
    return asked


def _check_term(work: Work, row: ClaimRow, answer_by: date) -> None:
    rulebook = rulebook_now(work.store, work.repositories, row.programme)
    least = next((one.value for one in rulebook.values_of(TERM) if one.covers(work.on)), None)
    if not isinstance(least, int):
        return
    problems = check_request_term(asked_on=work.on, answer_by=answer_by, least=least)
    if problems:
        raise CommandRefused(problems[0])


def _row(work: Work, clarification: int) -> ClarificationRow:
    row = work.repositories.claims.clarification(clarification)
    if row is None:
        raise not_found(WHAT)
    return row


def _claim(work: Work, asked: ClarificationRow) -> ClaimRow:
    """Give the claim of a question, as this person sees it."""
    found = work.repositories.claims.get(asked.claim_id)
    if found is None or not work.order.actor.sees(found.partner_reg_no):
        raise not_found(WHAT)
    return work.claim(found.key)


def _step(work: Work, asked: ClarificationRow, command: ClarificationCommand) -> str:
    return work.step(
        CLARIFICATIONS, command, thing=str(asked.id), state=ClarificationState(asked.state)
    )
