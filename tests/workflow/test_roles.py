"""Nine roles, what each sees, and actors that contradict themselves."""

from __future__ import annotations

import pytest

from skola_finance.problems import Text
from skola_finance.workflow import (
    AGENCY_ROLES,
    PARTNER_ROLES,
    TASK_NAMES,
    TASKS,
    Actor,
    ImpossibleActor,
    NotFound,
    Role,
    RoleNotAllowed,
    Task,
    not_found,
    require_role,
    require_sight,
)
from tests.workflow.acting import PARTNER, person

CLAIM = Text(lv="izdevumu pārskats 3", en="claim 3")


def test_the_nine_roles_are_those_of_the_contract() -> None:
    """Three of a partner, four of the agency, the auditor and the administrator."""
    assert {*PARTNER_ROLES, *AGENCY_ROLES, Role.AUDITOR, Role.ADMINISTRATOR} == set(Role)
    assert [len(PARTNER_ROLES), len(AGENCY_ROLES), len(Role)] == [3, 4, 9]
    assert len({role.label.lv for role in Role}) == len(Role)


@pytest.mark.parametrize("role", Role)
def test_what_a_role_sees_and_may(role: Role) -> None:
    """Bank data, risk grounds, money; each as the contract says."""
    assert role.sees_own_partner_only == role.value.startswith("partner_")
    assert role.is_agency == (role in AGENCY_ROLES)
    assert role.sees_bank_accounts == (role.value not in {"partner_coordinator", "administrator"})
    assert role.sees_risk_grounds == (role.value == "partner_coordinator")
    assert role.may_open_risk_grounds == (role in TASKS[Task.OPEN_RISK_GROUND])
    assert role.sees_money == (role.value != "administrator")
    assert role.reads_only == (role.value == "auditor")
    assert role.may_change_money == (
        role.value in {"agency_approver", "agency_treasurer", "programme_manager"}
    )


def test_a_partners_person_sees_the_own_partner_and_everyone_else_all() -> None:
    """What belongs to another partner is not found, in the words for what does not exist."""
    accountant, auditor = person("Ilze", Role.PARTNER_ACCOUNTANT), person("Uldis", Role.AUDITOR)
    other = "99990000023"
    assert accountant.sees(PARTNER)
    assert not accountant.sees(other)
    assert auditor.sees(other)
    require_sight(accountant, partner_reg_no=PARTNER, what=CLAIM)
    with pytest.raises(NotFound) as error:
        require_sight(accountant, partner_reg_no=other, what=CLAIM)
    assert error.value.problem == not_found(CLAIM).problem
    assert error.value.problem.code == "AUT-603"
    assert error.value.problem.message.lv == "Nav atrasts: izdevumu pārskats 3."


@pytest.mark.parametrize(
    ("name", "role", "partner"),
    [
        ("Ilze", Role.PARTNER_ACCOUNTANT, None),
        ("Ilze", Role.PARTNER_ACCOUNTANT, ""),
        ("Anna", Role.AGENCY_APPROVER, PARTNER),
        (" ", Role.AUDITOR, None),
    ],
)
def test_an_actor_that_contradicts_itself_is_refused(
    name: str, role: Role, partner: str | None
) -> None:
    """A partner's person without a partner, an agency's with one, nobody at all."""
    with pytest.raises(ImpossibleActor) as error:
        Actor(name, role, partner)
    assert error.value.problem.code == "AUT-602"


@pytest.mark.parametrize("task", Task)
@pytest.mark.parametrize("role", Role)
def test_a_task_is_open_to_its_roles_and_closed_to_all_others(task: Task, role: Role) -> None:
    """The refusal names who may."""
    actor, may = person("someone", role), TASKS[task]
    if role in may:
        require_role(actor, command=TASK_NAMES[task], may=may)
        return
    with pytest.raises(RoleNotAllowed) as error:
        require_role(actor, command=TASK_NAMES[task], may=may)
    problem = error.value.problem
    assert problem.code == "AUT-601"
    assert TASK_NAMES[task].lv in problem.message.lv
    assert all(one.label.lv in problem.hint.lv for one in may)
