"""The contract's edges of a claim, and the depth of its review."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from skola_finance.workflow import (
    CLAIMS,
    Act,
    ClaimCommand,
    ClaimState,
    Refused,
    Role,
    RoleNotAllowed,
    TooShallow,
    claim_machine,
    step,
)
from skola_finance.workflow.claim_states import APPROVING, PAYING, PREPARING, REVIEWING
from tests.workflow.acting import START, after, past, person

CONTRACT = """
    draft submitted, submitted in_review, in_review recommended, recommended approved,
    approved ordered, ordered paid, in_review clarification, clarification in_review,
    in_review returned, returned submitted, in_review rejected, rejected in_review,
    submitted withdrawn, recommended in_review, approved settled, ordered approved, paid approved,
    settled approved
"""

APPROVER = person("Anna", Role.AGENCY_APPROVER)
TWO = claim_machine(reviewers=2)


def test_a_claim_moves_along_the_contract_and_nowhere_else() -> None:
    """Loops aside, which move nothing."""
    moves = {(state, result) for (state, _), result in CLAIMS.transitions.items()}
    assert {tuple(pair.split()) for pair in CONTRACT.split(",")} == {
        (state, result) for state, result in moves if state != result
    }


def test_every_command_prepares_reviews_pays_or_stands_alone() -> None:
    """So that a new command cannot slip past four eyes unnoticed."""
    alone = {
        *(ClaimCommand.WITHDRAW, ClaimCommand.ASSIGN, ClaimCommand.SEND_BACK),
        *(ClaimCommand.UPHOLD_OBJECTION, ClaimCommand.SETTLE),
    }
    groups = (PREPARING, REVIEWING, APPROVING, PAYING, alone)
    assert set(ClaimCommand) == set().union(*groups)
    assert len(ClaimCommand) == sum(map(len, groups))


def test_a_whole_life_by_four_people() -> None:
    """Accountant, reviewer, approver, treasurer; with a question and a refused payment."""
    people = {
        "Ilze": Role.PARTNER_ACCOUNTANT,
        "Jānis": Role.AGENCY_REVIEWER,
        "Anna": Role.AGENCY_APPROVER,
        "Pēteris": Role.AGENCY_TREASURER,
    }
    story = """
        Ilze edit draft, Ilze attach draft, Ilze submit submitted, Jānis start_review in_review,
        Jānis draw_sample in_review, Jānis ask clarification, Ilze answer in_review,
        Jānis return returned, Ilze edit returned, Ilze submit submitted,
        Jānis start_review in_review, Jānis cut_line in_review, Jānis recommend recommended,
        Anna send_back in_review, Jānis recommend recommended, Anna approve approved,
        Pēteris order ordered, Pēteris reject_payment approved, Pēteris order ordered,
        Pēteris mark_paid paid, Pēteris return_payment approved, Pēteris order ordered,
        Pēteris mark_paid paid
    """
    history = past(("Ilze", "create"))
    state = CLAIMS.begin(actor=person("Ilze", people["Ilze"]), at=START)
    for told in story.split(","):
        name, command, result = told.split()
        actor, at = person(name, people[name]), after(history)
        state = step(state, ClaimCommand(command), actor=actor, at=at, history=history)
        assert state == result
        history = [*history, Act(name, command, at)]
    assert not CLAIMS.is_final(state)


def refused(history: list[tuple[str, str]], *, command: ClaimCommand, who: str, role: Role) -> str:
    """Give the English message with which a command is refused."""
    states = [state for state, known in CLAIMS.transitions if known is command]
    acts = past(*history)
    with pytest.raises(Refused) as error:
        step(states[0], command, actor=person(who, role), at=after(acts), history=acts)
    assert error.value.problem.code in {"WFL-502", "WFL-504"}
    return error.value.problem.message.en


REVIEWED = [("Ilze", "create"), ("Ilze", "submit"), ("Jānis", "recommend")]


def test_the_refusal_says_who_did_what_and_when() -> None:
    """In both languages, in Latvian time, by the latest act."""
    history = past(*REVIEWED, ("Anna", "cut_line"), ("Anna", "recommend"))
    with pytest.raises(Refused) as error:
        CLAIMS.step(
            ClaimState.RECOMMENDED,
            ClaimCommand.APPROVE,
            actor=APPROVER,
            at=after(history),
            history=history,
        )
    problem = error.value.problem
    assert problem.message.lv == (
        "„Apstiprināt” nevar veikt Anna: šī persona 02.03.2026. 13:00 veica „Nodot "
        "apstiprināšanai”. Pārskatu neapstiprina tas, kurš to pārbaudīja."
    )
    assert problem.message.en == (
        "Anna may not do “Approve”: the same person did “Recommend” on 2026-03-02 13:00. "
        "Nobody approves a claim that they reviewed."
    )
    assert problem.subject == "Anna"


@pytest.mark.parametrize("reviewed", sorted(REVIEWING))
def test_whoever_did_any_part_of_the_review_may_not_approve(reviewed: str) -> None:
    """Of whatever version: the history of a claim begins with its first one."""
    history = [("Anna", reviewed), *REVIEWED]
    for command in APPROVING:
        message = refused(history, command=command, who="Anna", role=Role.AGENCY_APPROVER)
        assert "approves a claim that they reviewed" in message


@pytest.mark.parametrize("prepared", sorted(PREPARING))
@pytest.mark.parametrize(
    ("command", "role"),
    [
        (ClaimCommand.RECOMMEND, Role.AGENCY_REVIEWER),
        (ClaimCommand.CUT_LINE, Role.AGENCY_REVIEWER),
        (ClaimCommand.APPROVE, Role.AGENCY_APPROVER),
        (ClaimCommand.REVIVE, Role.AGENCY_APPROVER),
        (ClaimCommand.UPHOLD_OBJECTION, Role.AGENCY_APPROVER),
        (ClaimCommand.ORDER, Role.AGENCY_TREASURER),
    ],
)
def test_whoever_prepared_a_claim_does_nothing_to_it_at_the_agency(
    prepared: str, command: ClaimCommand, role: Role
) -> None:
    """Somebody may change from a municipality to the agency."""
    history = [("Anna", prepared), *REVIEWED]
    assert "prepared" in refused(history, command=command, who="Anna", role=role)


def test_whoever_approved_may_not_pay() -> None:
    """Somebody may change from approver to treasurer; whoever revived is one who approved."""
    for command, approved in product(PAYING, APPROVING):
        history = [*REVIEWED, ("Anna", approved)]
        message = refused(history, command=command, who="Anna", role=Role.AGENCY_TREASURER)
        assert "pays a claim" in message


def test_whoever_rejected_does_not_decide_on_the_objection() -> None:
    """Another approver, or the programme manager, does."""
    history = [*REVIEWED[:2], ("Jānis", "reject")]
    command = ClaimCommand.UPHOLD_OBJECTION
    message = refused(history, command=command, who="Jānis", role=Role.AGENCY_APPROVER)
    assert "objection to their own review" in message
    manager = person("Zane", Role.PROGRAMME_MANAGER)
    acts = past(*history)
    state = step(ClaimState.REJECTED, command, actor=manager, at=after(acts), history=acts)
    assert state is ClaimState.IN_REVIEW


def test_two_reviewers_are_two_persons_in_the_same_round() -> None:
    """The second one endorses; a recommendation before the last one does not count."""
    once = past(*REVIEWED)
    codes = _approve_codes(once)
    assert codes == ["WFL-504"]
    assert _approve_codes([*once, *past(("Jānis", "endorse"))]) == ["WFL-504"]
    assert _approve_codes([*once, *past(("Māra", "endorse"))]) == []
    again = past(*REVIEWED, ("Māra", "endorse"), ("Anna", "send_back"), ("Jānis", "recommend"))
    assert _approve_codes(again) == ["WFL-504"]
    assert _approve_codes(past(*REVIEWED, ("Māra", "recommend"))) == ["WFL-504"]


def _approve_codes(history: list[Act]) -> list[str]:
    problems = TWO.refusals(
        ClaimState.RECOMMENDED,
        ClaimCommand.APPROVE,
        actor=APPROVER,
        at=START + timedelta(days=1),
        history=history,
    )
    return [one.code for one in problems]


def test_nobody_endorses_their_own_recommendation() -> None:
    """Nor twice; who recommended an earlier round may endorse this one."""
    message = refused(
        REVIEWED, command=ClaimCommand.ENDORSE, who="Jānis", role=Role.AGENCY_REVIEWER
    )
    assert "another person" in message
    acts = past(*REVIEWED, ("Anna", "send_back"), ("Māra", "recommend"))
    state = TWO.step(
        ClaimState.RECOMMENDED,
        ClaimCommand.ENDORSE,
        actor=person("Jānis", Role.AGENCY_REVIEWER),
        at=after(acts),
        history=acts,
    )
    assert state is ClaimState.RECOMMENDED


@pytest.mark.parametrize("reviewers", [-1, 0, 3])
def test_a_depth_that_leaves_money_to_one_person_is_refused(reviewers: int) -> None:
    """One or two reviewers, and always an approver on top."""
    with pytest.raises(TooShallow) as error:
        claim_machine(reviewers=reviewers)
    assert error.value.problem.code == "WFL-505"
    assert str(reviewers) in error.value.problem.message.lv


def test_a_programme_may_reserve_submitting_to_the_signatory() -> None:
    """By default the accountant submits too."""
    accountant = person("Ilze", Role.PARTNER_ACCOUNTANT)
    signed = claim_machine(signatory_submits=True)
    arguments = (ClaimState.DRAFT, ClaimCommand.SUBMIT)
    assert step(*arguments, actor=accountant, at=START, history=()) is ClaimState.SUBMITTED
    with pytest.raises(RoleNotAllowed) as error:
        step(*arguments, actor=accountant, at=START, history=(), machine=signed)
    assert error.value.problem.hint.lv == "To drīkst: Paraksttiesīgā persona."
    signatory = person("Vera", Role.PARTNER_SIGNATORY)
    state = step(*arguments, actor=signatory, at=START, history=(), machine=signed)
    assert state is ClaimState.SUBMITTED
