"""Every use case, tried by every role; and what belongs to another partner is not there."""

from __future__ import annotations

import runpy
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.storage.database import open_database
from skola_finance.usecases import permissions
from skola_finance.usecases.order import Order
from skola_finance.usecases.permissions import every_use_case, folder_of, page
from skola_finance.usecases.review.questions import ask_clarification
from skola_finance.usecases.review.taking_up import start_review
from skola_finance.usecases.store import Store
from skola_finance.workflow import Role, RoleNotAllowed
from tests.databases import KEY, new_store
from tests.usecases.arguments import dice, draw, known_values
from tests.usecases.world import (
    AGENCY,
    LIEPAJA,
    OTHER_SCHOOL,
    REZEKNE,
    SCHOOL,
    World,
    actor,
    line,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.usecases.use_case import UseCase

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
CASES = every_use_case()
PEOPLE = {
    **{role: who for who, role in reversed(AGENCY.items())},
    Role.PARTNER_ACCOUNTANT: "rezekne.accountant",
    Role.PARTNER_SIGNATORY: "rezekne.signatory",
    Role.PARTNER_COORDINATOR: "rezekne.coordinator",
}
PARTNERS_CASES = sorted(
    name for name, case in CASES.items() if any(role.sees_own_partner_only for role in case.roles)
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Give two partners, of whom Liepāja has a draft, a filed claim and an open question."""
    with new_store("sqlite", tmp_path_factory.mktemp("permissions")) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        world.add_partner(REZEKNE, OTHER_SCHOOL)
        filed = world.filed("liepaja.accountant", [line()])
        world.do("reviewer", start_review, claim=filed["claim"])
        world.do(
            "reviewer",
            ask_clarification,
            claim=filed["claim"],
            question="why?",
            answer_by=world.clock.at.date().replace(month=12),
        )
        world.draft("liepaja.accountant", [line()])
        yield world


def test_the_page_is_what_the_code_says() -> None:
    """After a change: `python -m skola_finance.usecases.permissions > docs/permissions.md`."""
    assert PAGE.read_text("utf-8") == page()


def test_the_module_prints_the_page(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """As UTF-8, whatever the console speaks."""
    runpy.run_path(str(permissions.__file__), run_name="__main__")
    assert capfdbinary.readouterr().out == page().encode()


def test_every_command_stands_on_the_page_once_with_its_roles() -> None:
    """As many marks as roles, and both names."""
    rows = page().splitlines()
    for name, case in CASES.items():
        (row,) = (each for each in rows if each.startswith(f"| `{name}` |"))
        assert row.count("●") == len(case.roles) > 0
        assert f"| {case.title.lv} | {case.title.en} |" in row


def test_an_auditor_changes_nothing() -> None:
    """Beyond the own account, whoever only reads has no command, and the administrator users'."""
    of = {role: {name for name, case in CASES.items() if role in case.roles} for role in Role}
    own = {name for name, case in CASES.items() if case.roles == frozenset(Role)}
    assert {folder_of(CASES[name]) for name in own} == {"access"}
    assert of[Role.AUDITOR] == own
    kept = of[Role.ADMINISTRATOR] - own
    assert {folder_of(CASES[name]) for name in kept} == {"access", "users"}
    assert {name for name in kept if folder_of(CASES[name]) == "access"} == {"reset_second_factor"}


@pytest.mark.parametrize("name", sorted(CASES))
def test_whoever_may_not_is_refused_before_anything_else(name: str, tmp_path: Path) -> None:
    """Whatever is asked for: neither the inputs nor the database are looked at."""
    case = CASES[name]
    path = tmp_path / "nowhere.db"
    store = Store(open_database(f"sqlite:///{path}"), KEY)
    world = World(store)
    for role in set(Role) - case.roles:
        for inputs in ({}, {"nobody_knows_this": object()}):
            with pytest.raises(RoleNotAllowed) as refused:
                case(store, world.order(PEOPLE[role]), **inputs)
            assert refused.value.problem.code == "AUT-601"
            assert case.title.lv in refused.value.problem.message.lv
            assert case.title.en in refused.value.problem.message.en
    assert not path.exists()


@pytest.mark.parametrize("name", sorted(CASES))
def test_whoever_may_is_not_refused_for_the_role(name: str, world: World) -> None:
    """Values that fit or not are answered, or refused for another reason."""
    case = CASES[name]
    random = dice(name)
    with world.store.reading() as repositories:
        known = known_values(repositories)
    for role in sorted(case.roles):
        inputs = draw(case, random, {**known, "claim": ["nowhere"], "partner": ["nowhere"]})
        order = Order(actor(PEOPLE[role]), f"{name}-{role}", world.clock.now())
        assert _code(case, world, order, inputs) != "AUT-601"


def _code(case: UseCase[Any], world: World, order: Order, inputs: dict[str, Any]) -> str:
    try:
        case(world.store, order, **inputs)
    except SkolaError as refused:
        return refused.problem.code
    return ""


@pytest.mark.parametrize("name", PARTNERS_CASES)
def test_what_is_another_partners_is_not_there(name: str, world: World) -> None:
    """The very words for what does not exist at all, so that nobody learns that it does."""
    case = CASES[name]
    with world.store.reading() as repositories:
        theirs = known_values(repositories)
    named = [one for one in ("claim", "partner", "clarification") if _takes(case, one)]
    values = {"claim": theirs["claim"], "partner": [LIEPAJA], "clarification": [1]}
    nothing = {"claim": "SK-99999", "partner": "99990100999", "clarification": 999_999}
    roles = sorted(role for role in case.roles if role.sees_own_partner_only)
    told = set()
    for one in named:
        for place, value in enumerate(values[one] * 4):
            who = PEOPLE[roles[place % len(roles)]]
            seed = f"{name} {place}"
            pair = {
                _refusal(case, world, who, draw(case, dice(seed), theirs, **{one: asked}))
                for asked in (value, nothing[one])
            }
            assert len(pair) == 1
            told |= pair
    assert not named or any(each.startswith("AUT-603") for each in told)


def _takes(case: UseCase[Any], name: str) -> bool:
    parameter = signature(case.body).parameters.get(name)
    return parameter is not None and parameter.default is parameter.empty


def _refusal(case: UseCase[Any], world: World, who: str, inputs: dict[str, Any]) -> str:
    with pytest.raises(SkolaError) as refused:
        world.do(who, case, **inputs)
    return str(refused.value)
