"""The workbook taken home for a draft: it knows the plans and the values that cells may hold."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from skola_finance.exchange.workbook.scan import column_letters
from skola_finance.problems import Language
from skola_finance.queries.claims import claim_template, claim_workbook
from skola_finance.usecases.filing.drafts import create_claim
from skola_finance.usecases.partners.plan_register import import_plans, register_plan
from skola_finance.usecases.partners.plan_views import plans_of
from skola_finance.usecases.views.plan_import import plan_differences
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

ACCOUNTANT, COORDINATOR, OTHERS = "liepaja.accountant", "liepaja.coordinator", "rezekne.coordinator"
PLANS_OF = {"programme": SK, "partner": LIEPAJA, "file_name": "plans.xlsx"}
AUTUMN = (date(2025, 9, 1), date(2025, 12, 31))
SPRING = (date(2026, 1, 1), date(2026, 8, 31))
SUPPORTS = [
    {"activity": "reading_support", "semester": "2025-autumn", "planned_hours": "30"},
    {"activity": "reading_support", "semester": "2026-spring", "planned_hours": "20"},
]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give two partners with plans: one in force all year, one of the autumn, one of others."""
    with prepared(filled, tmp_path) as world:
        yield world


def filled(world: World) -> None:
    """Register the partners and their plans."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    world.add_partner(REZEKNE, OTHER_SCHOOL)
    for who, partner, plan_no, days in (
        (COORDINATOR, LIEPAJA, "P-YEAR", (AUTUMN[0], SPRING[1])),
        (COORDINATOR, LIEPAJA, "P-AUTUMN", AUTUMN),
        (OTHERS, REZEKNE, "R-YEAR", (AUTUMN[0], SPRING[1])),
    ):
        world.do(
            *(who, register_plan),
            programme=SK,
            partner=partner,
            plan_no=plan_no,
            plan_from=days[0],
            plan_to=days[1],
            supports=SUPPORTS,
            risk_ground="early_leaving",
            institution_reg_no=SCHOOL if partner == LIEPAJA else OTHER_SCHOOL,
        )


def taken_home(world: World, who: str = ACCOUNTANT) -> bytes:
    """Begin a claim of the spring and take its workbook home."""
    made = world.do(
        *(ACCOUNTANT, create_claim),
        programme=SK,
        partner=LIEPAJA,
        claim_no="7",
        kind="interim",
        period_from=SPRING[0],
        period_to=SPRING[1],
    )
    key = made["claim"]
    return claim_template(world.store, world.order(who), claim=key, language=Language.LV).content


def opened(content: bytes) -> Workbook:
    """Open a workbook as a spreadsheet does."""
    return openpyxl.load_workbook(BytesIO(content))


def column(workbook: Workbook, sheet: str, key: str) -> list[object]:
    """Give the filled cells of a column, found by its hidden key."""
    rows = workbook[sheet]
    place = [cell.value for cell in rows[1]].index(key) + 1
    cells = (rows.cell(n, place).value for n in range(3, rows.max_row + 1))
    return [cell for cell in cells if cell is not None]


def offered(workbook: Workbook, sheet: str, key: str) -> list[object]:
    """Give the values of a drop-down."""
    rows = workbook[sheet]
    keys = [cell.value for cell in rows[1]]
    letters = column_letters(keys.index(key) + 1)
    (name,) = (
        str(one.formula1)
        for one in rows.data_validations.dataValidation
        if one.type == "list" and f"{letters}3" in one.sqref
    )
    place = workbook.defined_names[name].attr_text.partition("!")[2]
    found = workbook["Lists"][place.replace("$", "")]
    return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


@pytest.mark.parametrize("who", [ACCOUNTANT, COORDINATOR])
def test_the_plans_of_the_period_stand_in_it_without_their_grounds(world: World, who: str) -> None:
    """Proves that numbers, pseudonyms and schools need no search, and that no ground leaves."""
    workbook = opened(taken_home(world, who))
    assert column(workbook, "Plans", "plan_no") == ["P-YEAR", "P-YEAR"]
    assert column(workbook, "Plans", "semester") == ["2025-autumn", "2026-spring"]
    assert column(workbook, "Plans", "institution_reg_no") == [SCHOOL, SCHOOL]
    assert column(workbook, "Plans", "learner_ref") == ["SK-IZG-00001", "SK-IZG-00001"]
    assert column(workbook, "Plans", "risk_ground") == []


def test_cells_of_a_session_offer_what_is_known(world: World) -> None:
    """Proves it for plans, learners, schools and the specialists of the last claim."""
    world.filed(ACCOUNTANT, [line(specialist_ref="S-7")])
    workbook = opened(taken_home(world))
    assert offered(workbook, "Sessions", "plan_no") == ["P-YEAR"]
    assert offered(workbook, "Sessions", "learner_ref") == ["SK-IZG-00001"]
    assert offered(workbook, "Sessions", "institution_reg_no") == [SCHOOL]
    assert offered(workbook, "Sessions", "specialist_ref") == ["S-7"]
    assert "lasītprasmes atbalsts" in offered(workbook, "Sessions", "activity")
    told = {cell.value for row in workbook["Norādījumi"] for cell in row}
    assert {"A school", SCHOOL} <= told


def test_a_workbook_of_lines_offers_the_same(world: World) -> None:
    """Proves that whoever takes home lines that were begun on the screen is helped as well."""
    made = world.draft(ACCOUNTANT, [line()])
    file = claim_workbook(
        world.store,
        world.order(ACCOUNTANT),
        claim=made["claim"],
        language=Language.LV,
        is_annotated=False,
    )
    assert offered(opened(file.content), "Sessions", "plan_no") == ["P-AUTUMN", "P-YEAR"]


def test_brought_back_unchanged_it_changes_nothing_in_the_register(world: World) -> None:
    """Proves it for every plan in it, its ground too, and for what the page says before."""
    content = taken_home(world)
    asked: dict[str, Any] = {**PLANS_OF, "content": content}
    before = plans_of(world.store, world.order(COORDINATOR), programme=SK)
    assert {one.risk_ground for one in before} == {"early_leaving"}
    assert plan_differences(world.store, world.order(COORDINATOR), **asked) == ()
    answer = world.do(COORDINATOR, import_plans, **asked)
    assert [answer[name] for name in ("added", "changed", "unchanged")] == [0, 0, 1]
    assert plans_of(world.store, world.order(COORDINATOR), programme=SK) == before


def test_a_changed_plan_keeps_the_ground_that_the_sheet_leaves_out(world: World) -> None:
    """Proves that new hours in our own workbook do not cost the learner the ground."""
    workbook = opened(taken_home(world))
    rows = workbook["Plans"]
    hours = [cell.value for cell in rows[1]].index("planned_hours") + 1
    rows.cell(3, hours).value = 25
    changed = BytesIO()
    workbook.save(changed)
    asked: dict[str, Any] = {**PLANS_OF, "content": changed.getvalue()}
    (said,) = plan_differences(world.store, world.order(COORDINATOR), **asked)
    assert said.before is not None
    assert said.before.ground == said.after.ground
    assert world.do(COORDINATOR, import_plans, **asked)["changed"] == 1
    seen = plans_of(world.store, world.order(COORDINATOR), programme=SK)
    (plan,) = (one for one in seen if one.plan_no == "P-YEAR")
    assert plan.risk_ground == "early_leaving"
    assert sorted(one.planned_hours_milli or 0 for one in plan.supports) == [20_000, 25_000]
