"""Every machine, edge by edge: what is drawn here goes, everything else is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import Language
from skola_finance.workflow import MACHINES, Machine, Refused, Role, RoleNotAllowed
from tests.workflow.acting import after, enough_opinions, past, person, somebody

if TYPE_CHECKING:
    from enum import StrEnum

LIVES = {
    "claim": """
        draft: edit draft, attach draft, submit submitted
        submitted: withdraw withdrawn, assign submitted, start_review in_review
        in_review: assign in_review, draw_sample in_review, tick in_review, cut_line in_review,
            park_line in_review, keep_line in_review, decide_law in_review, ask clarification,
            return returned, reject rejected, recommend recommended
        clarification: ask clarification, attach clarification, answer in_review, resume in_review
        returned: edit returned, attach returned, submit submitted
        recommended: endorse recommended, send_back in_review, approve approved
        rejected: uphold_objection in_review
        approved: settle settled, revive approved, order ordered
        ordered: mark_paid paid, cancel_order approved, reject_payment approved
        paid: return_payment approved, revive approved
        settled: revive approved
        withdrawn:
    """,
    "clarification": """
        asked: answer answered, expire unanswered, withdraw withdrawn
        answered: accept closed, ask_again asked
        closed:
        unanswered:
        withdrawn:
    """,
    "spot_check": """
        planned: notify notified, hold_unannounced held, cancel cancelled
        notified: hold held, cancel cancelled
        held: record_finding held, report reported
        reported:
        cancelled:
    """,
    "objection": """
        filed: uphold upheld, dismiss dismissed, withdraw withdrawn
        upheld:
        dismissed:
        withdrawn:
    """,
    "payment_order": """
        ordered: execute executed, reject rejected, cancel cancelled
        executed: return returned
        rejected:
        returned:
        cancelled:
    """,
    "agreement": """
        active: suspend suspended, end ended, prepare_succession active, succeed succeeded
        suspended: resume active, end ended, prepare_succession suspended, succeed succeeded
        ended:
        succeeded:
    """,
    **dict.fromkeys(
        ("setting", "allocation", "bank_account", "advance", "correction"),
        """
        proposed: confirm confirmed, reject rejected, withdraw withdrawn
        confirmed: supersede superseded
        rejected:
        withdrawn:
        superseded:
        """,
    ),
    "sub_project": """
        applied: withdraw withdrawn, recommend applied, approve approved, reject rejected
        approved: pay_advance advance_paid, report reported, abandon abandoned
        advance_paid: return_advance approved, report reported, abandon abandoned
        reported: return_report report_returned, recommend_report reported,
            approve_report report_approved
        report_returned: report reported, abandon abandoned
        report_approved: settle settled
        abandoned: settle settled
        settled:
        rejected:
        withdrawn:
    """,
    "irregularity": """
        suspected: establish established, dismiss dismissed
        established: withhold withheld, recover recovered, close not_recovered, dismiss dismissed
        withheld: recover recovered, close not_recovered, dismiss dismissed
        recovered:
        not_recovered:
        dismissed:
    """,
    "recovery": """
        notified: request_schedule notified, agree_schedule schedule_agreed, record_part notified,
            repay repaid, mark_overdue overdue, propose_write_off notified, write_off written_off,
            annul annulled
        schedule_agreed: request_schedule schedule_agreed, agree_schedule schedule_agreed,
            record_part schedule_agreed, repay repaid, mark_overdue overdue,
            propose_write_off schedule_agreed, write_off written_off, annul annulled
        overdue: request_schedule overdue, agree_schedule schedule_agreed, record_part overdue,
            repay repaid, propose_write_off overdue, write_off written_off, annul annulled
        repaid:
        written_off:
        annulled:
    """,
}
"""The lives as the contract and the brief tell them, written down apart from the code."""

OPENINGS = {
    "claim": ("create", "draft"),
    "clarification": ("ask", "asked"),
    "spot_check": ("plan", "planned"),
    "objection": ("file", "filed"),
    "payment_order": ("order", "ordered"),
    "agreement": ("sign", "active"),
    "setting": ("propose", "proposed"),
    "allocation": ("propose", "proposed"),
    "bank_account": ("propose", "proposed"),
    "advance": ("propose", "proposed"),
    "correction": ("propose", "proposed"),
    "sub_project": ("apply", "applied"),
    "irregularity": ("suspect", "suspected"),
    "recovery": ("notify", "notified"),
}


def drawn(key: str) -> dict[tuple[str, str], str]:
    """Read one life as written above."""
    edges: dict[tuple[str, str], str] = {}
    state = ""
    for word in LIVES[key].replace(",\n", ", ").splitlines():
        if not word.strip():
            continue
        state, _, steps = word.strip().partition(":")
        for step in filter(None, (one.strip() for one in steps.split(","))):
            command, result = step.split()
            edges[state, command] = result
    return edges


def drawn_states(key: str) -> set[str]:
    """Name the states of one life as written above."""
    lines = LIVES[key].replace(",\n", ", ").splitlines()
    return {line.strip().partition(":")[0] for line in lines if line.strip()}


ALL_PAIRS = [
    pytest.param(machine, state, command, id=f"{machine.key}: {state} {command}")
    for machine in MACHINES
    for state in machine.states
    for command in machine.commands
]
ALL_ROLES = [
    pytest.param(machine, command, role, id=f"{machine.key}: {role} {command}")
    for machine in MACHINES
    for command in machine.commands
    for role in Role
]


@pytest.mark.parametrize("machine", MACHINES, ids=lambda one: one.key)
def test_a_machine_has_exactly_the_states_and_edges_drawn(machine: Machine[Any, Any]) -> None:
    """Neither more nor fewer; every state and command has a name and can be reached."""
    assert drawn(machine.key) == dict(machine.transitions)
    assert drawn_states(machine.key) == set(machine.states)
    assert OPENINGS[machine.key] == (machine.opening, machine.initial)
    assert set(machine.may) == set(machine.commands)
    assert {machine.initial, *machine.transitions.values()} == set(machine.states)
    used = {machine.opening, *(command for _, command in machine.transitions)}
    assert used == set(machine.commands)
    assert all(machine.may.values())


@pytest.mark.parametrize("machine", MACHINES, ids=lambda one: one.key)
def test_names_are_the_whole_enumeration_in_its_order(machine: Machine[Any, Any]) -> None:
    """No member of an enumeration is forgotten, and no two share a name."""
    for named in (machine.state_names, machine.command_names):
        members = tuple(type(next(iter(named))).__members__.values())
        assert members == tuple(named)
        assert len({text.lv for text in named.values()}) == len(members)
        assert len({text.en for text in named.values()}) == len(members)


@pytest.mark.parametrize(("machine", "state", "command"), ALL_PAIRS)
def test_an_edge_goes_where_it_is_drawn_and_every_other_pair_is_refused(
    machine: Machine[Any, Any], state: StrEnum, command: StrEnum
) -> None:
    """By somebody whose role may, with the opinions of others in place."""
    history = enough_opinions(machine, command)
    actor, at = somebody(machine, command), after(history)
    result = drawn(machine.key).get((state, command))
    problems = machine.refusals(state, command, actor=actor, at=at, history=history)
    if result is not None:
        assert problems == ()
        assert machine.step(state, command, actor=actor, at=at, history=history) == result
        assert command in machine.possible(state)
        assert command in machine.open_to(state, actor=actor, history=history)
        return
    assert [one.code for one in problems] == ["WFL-501"]
    with pytest.raises(Refused) as refused:
        machine.step(state, command, actor=actor, at=at, history=history)
    problem = refused.value.problem
    assert (problem.subject, problem.variant) == (command, state)
    assert machine.state_names[state].lv in problem.message.lv
    assert machine.command_names[command].lv in problem.message.lv
    assert machine.state_names[state].en in problem.message.en
    assert machine.command_names[command].en in problem.message.en
    for possible in machine.possible(state):
        assert machine.command_names[possible].lv in problem.hint.lv
        for role in machine.may[possible]:
            assert role.label.en in problem.hint.en
    assert ("state is final" in problem.hint.en) == machine.is_final(state)


@pytest.mark.parametrize(("machine", "command", "role"), ALL_ROLES)
def test_a_command_is_open_to_its_roles_and_closed_to_all_others(
    machine: Machine[Any, Any], command: StrEnum, role: Role
) -> None:
    """In the first state that knows it; the opening command when the thing begins."""
    history = enough_opinions(machine, command)
    actor, at = person("someone new", role), after(history)
    states = [state for state, known in machine.transitions if known == command]
    may = role in machine.may[command]
    assert machine.who_may(command, past_acts=history, candidates=[actor]) == (actor,) * may
    if command == machine.opening:
        if may:
            assert machine.begin(actor=actor, at=at) == machine.initial
        else:
            with pytest.raises(RoleNotAllowed):
                machine.begin(actor=actor, at=at)
    for state in states[:1]:
        assert (command in machine.open_to(state, actor=actor, history=history)) == may
        if may:
            machine.step(state, command, actor=actor, at=at, history=history)
            continue
        with pytest.raises(RoleNotAllowed) as refused:
            machine.step(state, command, actor=actor, at=at, history=history)
        assert refused.value.problem.code == "AUT-601"
        assert role.label.lv in refused.value.problem.message.lv


@pytest.mark.parametrize("machine", MACHINES, ids=lambda one: one.key)
def test_nobody_who_only_reads_or_keeps_users_has_a_command(machine: Machine[Any, Any]) -> None:
    """The auditor changes nothing, the administrator touches no money."""
    allowed = frozenset().union(*machine.may.values())
    assert not allowed & {Role.AUDITOR, Role.ADMINISTRATOR}


POSTING = {
    "claim": {
        *("approve", "revive", "settle"),
        *("order", "mark_paid", "cancel_order", "reject_payment"),
    },
    "payment_order": {"order", "execute", "reject", "cancel", "return"},
    "agreement": {"succeed"},
    "allocation": {"confirm"},
    "correction": {"confirm"},
    "sub_project": {"approve", "pay_advance", "return_advance", "approve_report", "settle"},
    "irregularity": {"establish", "withhold", "recover", "close"},
    "recovery": {"notify", "record_part", "repay", "mark_overdue", "write_off", "annul"},
}


@pytest.mark.parametrize("key", POSTING)
def test_only_roles_that_may_change_money_give_commands_that_post(key: str) -> None:
    """What the ledger page names as an event is never a partner's or a reviewer's command."""
    machine = next(one for one in MACHINES if one.key == key)
    for command in POSTING[key]:
        assert all(role.may_change_money for role in machine.may[command])


def test_a_time_without_a_zone_or_before_the_last_act_is_refused() -> None:
    """The same moment is fine; the refusal names both moments in Latvian time."""
    claims = MACHINES[0]
    actor = somebody(claims, "submit")
    history = past(("Ilze", "create"), ("Ilze", "edit"))
    last = history[-1].at
    assert claims.step("draft", "submit", actor=actor, at=last, history=history) == "submitted"
    with pytest.raises(Refused) as refused:
        claims.step("draft", "submit", actor=actor, at=history[0].at, history=history)
    assert refused.value.problem.one_line(Language.EN) == (
        "WFL-503 · The time 2026-03-02 09:00 is before the last act, 2026-03-02 10:00. · "
        "Check the server's clock and try again."
    )
    with pytest.raises(Refused) as refused:
        claims.begin(actor=actor, at=last.replace(tzinfo=None))
    assert refused.value.problem.code == "WFL-503"
    assert "laika josla" in refused.value.problem.message.lv


def test_the_role_is_refused_before_the_state_and_the_state_before_the_person() -> None:
    """Every reason is given by `refusals`; `step` raises the weightiest."""
    claims = MACHINES[0]
    history = past(("Ilze", "submit"), ("Ilze", "recommend"))
    actor = person("Ilze", Role.AUDITOR)
    at = history[0].at
    problems = claims.refusals("paid", "approve", actor=actor, at=at, history=history)
    assert [one.code for one in problems] == [
        *("AUT-601", "WFL-501", "WFL-503", "WFL-502", "WFL-502")
    ]
    with pytest.raises(RoleNotAllowed):
        claims.step("paid", "approve", actor=actor, at=at, history=history)
