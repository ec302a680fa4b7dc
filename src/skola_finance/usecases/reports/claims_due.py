"""What is due on claims: filed after each semester, reviewed, paid, answered, objected to."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from typing import TYPE_CHECKING

from skola_finance.claims.calendar import Calendar, semester_name
from skola_finance.funding import AgreementStatus
from skola_finance.usecases.reports.terms_due import QUESTION
from skola_finance.workflow import (
    CLAIMS,
    CLARIFICATIONS,
    ClaimCommand,
    ClaimState,
    ClarificationState,
    Duty,
    Pause,
    riga_day,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import AgreementRow, ClaimRow, ClarificationRow
    from skola_finance.usecases.reports.scope import Scope
    from skola_finance.usecases.reports.terms_due import Due, Terms

MOST_CLAIMS = 1_000_000
_LONGEST_SEMESTER = 370
IN_REVIEW = frozenset({ClaimState.SUBMITTED, ClaimState.IN_REVIEW, ClaimState.CLARIFICATION})
TO_PAY = frozenset({ClaimState.APPROVED, ClaimState.ORDERED})
IN_CHECK = IN_REVIEW | TO_PAY | {ClaimState.RECOMMENDED}
DECIDED = TO_PAY | {ClaimState.PAID, ClaimState.SETTLED}


def claims_due(repositories: Repositories, scope: Scope, terms: Terms) -> Iterator[Due]:
    """Give what is due on the claims of a scope."""
    rows = repositories.claims.find(
        programme=scope.programme, partners=scope.claimants, limit=MOST_CLAIMS
    )
    yield from _to_file(repositories, scope, terms, rows)
    for row in rows:
        yield from _of_claim(repositories, terms, row)


def semester_end(calendar: Calendar, day: date) -> date | None:
    """Give the last day of the semester that a day lies in; None where its bounds are unset."""
    number = calendar.semester_no(day)
    if number is None:
        return None
    days = [day + timedelta(days=step) for step in range(_LONGEST_SEMESTER)]
    place = bisect_right(days, number, key=lambda each: calendar.semester_no(each) or 0)
    return days[place - 1]


def _to_file(
    repositories: Repositories, scope: Scope, terms: Terms, rows: Sequence[ClaimRow]
) -> Iterator[Due]:
    """Give the semesters for which partners have not filed yet, the present one included."""
    calendar = Calendar(terms.rulebook)
    for agreement in repositories.partners.agreements(scope.programme):
        is_over = AgreementStatus(agreement.state).is_over
        if agreement.partner_reg_no not in scope.claimants or is_over:
            continue
        filed = [row for row in rows if row.partner_reg_no == agreement.partner_reg_no]
        yield from _semesters(terms, calendar, agreement, filed)


def _semesters(
    terms: Terms, calendar: Calendar, agreement: AgreementRow, rows: Sequence[ClaimRow]
) -> Iterator[Due]:
    day = agreement.signed_on
    while day <= terms.on:
        end, number = semester_end(calendar, day), calendar.semester_no(day)
        if end is None or number is None:
            return
        if not any(_covers(row, end, number, calendar) for row in rows):
            yield from terms.due(
                Duty.FILE_CLAIM,
                subject=semester_name(number),
                since=end,
                partner=agreement.partner_reg_no,
            )
        day = end + timedelta(days=1)


def _covers(row: ClaimRow, end: date, number: int, calendar: Calendar) -> bool:
    """Say whether a claim is the one for a semester: filed after it, or up to its last day."""
    if row.filed_at is None or row.period_to is None or row.state == ClaimState.WITHDRAWN:
        return False
    is_whole = row.period_to >= end or riga_day(row.filed_at) > end
    return is_whole and calendar.semester_no(row.period_to) == number


def _of_claim(repositories: Repositories, terms: Terms, row: ClaimRow) -> Iterator[Due]:
    partner, subject, state = row.partner_reg_no, row.key, ClaimState(row.state)
    if state in IN_CHECK and row.filed_at is not None:
        questions = repositories.claims.clarifications(row.id)
        pauses = tuple(_pause(repositories, one) for one in questions)
        since = riga_day(row.filed_at)
        of_claim = {"subject": subject, "partner": partner}
        if state in IN_REVIEW:
            yield from terms.due(Duty.REVIEW_CLAIM, since=since, pauses=pauses, **of_claim)
        yield from terms.due(Duty.CHECK_CLAIM, since=since, pauses=pauses, **of_claim)
        yield from _to_answer(terms, row, questions)
    if state in TO_PAY:
        approved_on = _last_day(
            repositories, row, frozenset({ClaimCommand.APPROVE, ClaimCommand.REVIVE})
        )
        if approved_on is not None:
            yield from terms.due(
                Duty.PAY_CLAIM, subject=subject, since=approved_on, partner=partner
            )


def _to_answer(terms: Terms, row: ClaimRow, questions: Sequence[ClarificationRow]) -> Iterator[Due]:
    for one in questions:
        if one.state == ClarificationState.ASKED:
            yield terms.by_day(
                Duty.ANSWER_REQUEST,
                subject=row.key,
                since=riga_day(one.asked_at),
                due_on=one.answer_by,
                source=f"{QUESTION} {one.id}",
                partner=row.partner_reg_no,
            )


def _pause(repositories: Repositories, question: ClarificationRow) -> Pause:
    """Give the time in which the clock stood for a question."""
    starts = riga_day(question.asked_at)
    if question.state == ClarificationState.ASKED:
        return Pause(starts)
    if question.answered_at is not None:
        return Pause(starts, riga_day(question.answered_at))
    acts = repositories.records.acts(CLARIFICATIONS.key, str(question.id))
    return Pause(starts, riga_day(acts[-1].at) if acts else starts)


def decided_on(repositories: Repositories, row: ClaimRow) -> date | None:
    """Give the day of the decision on a claim that its partner may object to, if there is one."""
    state = ClaimState(row.state)
    if state is ClaimState.REJECTED:
        return _last_day(repositories, row, frozenset({ClaimCommand.REJECT}))
    is_cut = state in DECIDED and row.approved_cents < row.claimed_cents
    return riga_day(row.approved_at) if is_cut and row.approved_at is not None else None


def _last_day(
    repositories: Repositories, row: ClaimRow, commands: frozenset[ClaimCommand]
) -> date | None:
    acts = repositories.records.acts(CLAIMS.key, row.key)
    days = [riga_day(act.at) for act in acts if act.command in commands]
    return days[-1] if days else None
