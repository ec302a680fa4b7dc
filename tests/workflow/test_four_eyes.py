"""Four eyes over random lives: no person ever does both, whatever roles they had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.workflow import (
    ADVANCES,
    AGREEMENTS,
    ALLOCATIONS,
    BANK_ACCOUNTS,
    CLAIMS,
    CORRECTIONS,
    IRREGULARITIES,
    MACHINES,
    OBJECTIONS,
    RECOVERIES,
    SETTINGS,
    SUB_PROJECTS,
    Act,
    Machine,
    Refused,
    Role,
    claim_machine,
)
from skola_finance.workflow.claim_states import PREPARING, REVIEWING
from skola_finance.workflow.four_eyes import acts_since
from tests.workflow.acting import after, past, person
from tests.workflow.strategies import PEOPLE, lives

if TYPE_CHECKING:
    from collections.abc import Container

PROPOSALS = (SETTINGS, ALLOCATIONS, BANK_ACCOUNTS, ADVANCES, CORRECTIONS)


def people_of(acts: list[Act], commands: Container[str]) -> set[str]:
    """Name those who did one of the commands."""
    return {act.actor_id for act in acts if act.command in commands}


@pytest.mark.parametrize("reviewers", [1, 2])
@given(drawn=st.data())
def test_a_claim_is_never_approved_by_who_prepared_or_reviewed_it(
    reviewers: int, drawn: st.DataObject
) -> None:
    """And never by fewer than two or three persons, nor paid by the approver."""
    history = drawn.draw(lives(claim_machine(reviewers=reviewers)))
    for index, act in enumerate(history):
        before = history[:index]
        if act.command == "approve":
            assert act.actor_id not in people_of(before, PREPARING | REVIEWING)
            deciders = people_of(before, {"recommend", "endorse"}) | {act.actor_id}
            assert len(deciders) >= reviewers + 1
            assert not deciders & people_of(before, PREPARING)
        if act.command in {"order", "mark_paid"}:
            assert act.actor_id not in people_of(before, PREPARING | {"approve"})
        if act.command == "uphold_objection":
            assert act.actor_id not in people_of(before, {"reject"})


@pytest.mark.parametrize("machine", PROPOSALS, ids=lambda one: one.key)
@given(drawn=st.data())
def test_nobody_confirms_what_they_proposed(
    machine: Machine[Any, Any], drawn: st.DataObject
) -> None:
    """A setting, an allocation amendment, a bank account."""
    history = drawn.draw(lives(machine))
    deciders = people_of(history, {"confirm", "reject"})
    assert not deciders & people_of(history, {"propose"})


@given(history=lives(IRREGULARITIES))
def test_nobody_does_two_steps_of_an_irregularity_case(history: list[Act]) -> None:
    """Each step is another person's."""
    assert len({act.actor_id for act in history}) == len(history)


@given(history=lives(RECOVERIES))
def test_nobody_gives_up_a_recovery_alone(history: list[Act]) -> None:
    """A write-off is proposed first, by somebody else."""
    if people_of(history, {"write_off"}):
        assert people_of(history, {"propose_write_off"})
    giving_up = people_of(history, {"write_off", "annul"})
    assert not giving_up & people_of(history, {"notify", "propose_write_off"})
    agreeing = people_of(history, {"agree_schedule"})
    assert agreeing.isdisjoint(people_of(history[:1], {"notify"}))


@given(history=lives(SUB_PROJECTS))
def test_nobody_decides_on_and_pays_a_project_alone(history: list[Act]) -> None:
    """Applying, reviewing, approving and paying are four persons' at least where all happen."""
    for index, act in enumerate(history):
        before = history[:index]
        if act.command in {"approve", "approve_report"}:
            opinions = people_of(before, {"recommend", "recommend_report"})
            assert opinions
            assert act.actor_id not in opinions | people_of(before, {"apply", "report"})
        if act.command in {"pay_advance", "settle"}:
            assert act.actor_id not in people_of(before, {"approve", "approve_report"})


@given(history=lives(AGREEMENTS))
def test_nobody_moves_balances_to_a_successor_alone(history: list[Act]) -> None:
    """One person prepares the succession, another carries it out."""
    if history[-1].command == "succeed":
        prepared = [act.actor_id for act in history if act.command == "prepare_succession"]
        assert prepared
        assert history[-1].actor_id != prepared[-1]


@given(drawn=st.data())
def test_who_may_names_exactly_those_who_are_not_refused(drawn: st.DataObject) -> None:
    """Of random people, after a random life; a quorum is another matter."""
    machine = drawn.draw(st.sampled_from(MACHINES))
    history = drawn.draw(lives(machine))
    command = drawn.draw(st.sampled_from(machine.commands))
    candidates = [person(name, role) for name in PEOPLE for role in Role]
    named = machine.who_may(command, past_acts=history, candidates=candidates)
    state = drawn.draw(st.sampled_from(machine.states))
    for candidate in candidates:
        problems = machine.refusals(
            state, command, actor=candidate, at=after(history), history=history
        )
        barred = {one.code for one in problems} & {"AUT-601", "WFL-502"}
        assert (candidate in named) == (not barred)


def test_an_objection_is_not_decided_by_who_took_the_decision() -> None:
    """Its history begins with the acts of the claim; the refusal calls them by their names."""
    history = past(("Anna", "approve"), ("Ilze", "file"))
    anna = person("Anna", Role.AGENCY_APPROVER)
    with pytest.raises(Refused) as error:
        OBJECTIONS.step("filed", "uphold", actor=anna, at=after(history), history=history)  # type: ignore[arg-type]
    assert "did “Approve” on 2026-03-02 09:00" in error.value.problem.message.en
    zane = person("Zane", Role.PROGRAMME_MANAGER)
    candidates = OBJECTIONS.who_may(
        OBJECTIONS.commands[1], past_acts=history, candidates=[anna, zane]
    )
    assert candidates == (zane,)


def test_acts_since_begins_with_the_last_act_of_a_command() -> None:
    """Or gives all of them, where none is named or found."""
    history = past(("A", "recommend"), ("B", "endorse"), ("C", "recommend"), ("D", "endorse"))
    assert acts_since("recommend", history) == history[2:]
    assert acts_since("", history) == history
    assert acts_since("approve", history) == history


def test_the_missing_persons_are_counted_in_the_refusal() -> None:
    """Nobody has reviewed, and two should."""
    problems = claim_machine(reviewers=2).refusals(
        CLAIMS.states[5],
        CLAIMS.commands[21],
        actor=person("Anna", Role.AGENCY_APPROVER),
        at=after([]),
        history=[],
    )
    assert [one.code for one in problems] == ["WFL-504"]
    assert problems[0].variant == "2"
    assert problems[0].message.lv == (
        "„Apstiprināt” vēl nav iespējams: trūkst personu – 2. "
        "Pirms apstiprināšanas pārskatu pārbauda personas: 2."
    )
