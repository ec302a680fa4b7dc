"""What follows from what is typed: the form of cost, the learner of a plan, the school of both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import Language
from skola_finance.queries.claims import check_lines, typed_lines
from skola_finance.rulebook import load_rulebook
from skola_finance.usecases.filing.completing import Completing
from skola_finance.usecases.partners.plan_register import register_plan
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from skola_finance.usecases.order import Answer

WHO = "liepaja.accountant"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give a partner with a school and one plan."""
    with prepared(filled, tmp_path) as world:
        yield world


def filled(world: World) -> None:
    """Register a plan of the autumn."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    world.do(
        *("liepaja.coordinator", register_plan),
        programme=SK,
        partner=LIEPAJA,
        plan_no="P-1",
        plan_from=date(2025, 9, 1),
        plan_to=date(2025, 12, 31),
        supports=[{"activity": "reading_support", "semester": "2025-autumn"}],
        risk_ground="early_leaving",
        institution_reg_no=SCHOOL,
    )


def read(world: World, made: Answer, **cells: str) -> Mapping[str, Any]:
    """Give what one typed line becomes; `line_id` names the line that it changes."""
    (found,) = typed_lines(world.store, world.order(WHO), claim=made["claim"], typed=[cells])
    return found.values


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        ({"activity": "lasītprasmes atbalsts"}, "unit_cost"),
        ({"activity": "pasākuma norises telpas"}, "actual"),
        ({"activity": "iniciatīvu projekts"}, "lump_sum"),
        ({"activity": "speciālista atbalsts", "specialist": "surdotulks"}, "actual"),
        ({"activity": "speciālista atbalsts", "specialist": "psihologs"}, "unit_cost"),
        ({"activity": "lasītprasmes atbalsts", "cost_form": "faktiskās izmaksas"}, "actual"),
        ({"learner_ref": "IZG-1"}, None),
    ],
)
def test_a_new_line_has_the_form_of_its_activity(
    world: World, cells: dict[str, str], form: str | None
) -> None:
    """Proves that the rulebook gives the form, that a typed one stays, and none is made up."""
    assert read(world, world.draft(WHO, []), **cells).get("cost_form") == form


def test_a_line_goes_over_to_the_form_of_a_new_activity(world: World) -> None:
    """Proves that a pasted activity brings its form along, and other cells leave a form alone."""
    wrong = line(cost_form="actual")
    made = world.draft(WHO, [wrong])
    line_id = made["added"][0]
    assert read(world, made, line_id=line_id, activity="mentora atbalsts")["cost_form"] == (
        "unit_cost"
    )
    assert "cost_form" not in read(world, made, line_id=line_id, quantity="2")
    found = check_lines(
        world.store,
        world.order(WHO),
        claim=made["claim"],
        typed=[{"line_id": line_id, "activity": "lasītprasmes atbalsts"}],
        language=Language.LV,
        shown=["cost_form"],
    )
    assert found.lines[0].cells["cost_form"] == "vienības izmaksas"


def test_a_plan_brings_learner_school_and_founder(world: World) -> None:
    """Proves that a plan is enough, a learner as well, and that nothing typed is put aside."""
    made = world.draft(WHO, [])
    of_plan = read(world, made, plan_no="P-1")
    assert {"learner_ref": "SK-IZG-00001", "institution_reg_no": SCHOOL}.items() <= of_plan.items()
    assert of_plan["institution_founder"] == "municipal"
    assert read(world, made, learner_ref="SK-IZG-00001")["plan_no"] == "P-1"
    typed = read(world, made, plan_no="P-1", learner_ref="", institution_reg_no="1")
    assert typed["learner_ref"] is None
    assert typed["institution_reg_no"] == "1"
    assert "learner_ref" not in read(world, made, plan_no="P-2")


def test_filled_cells_of_a_kept_line_stay(world: World) -> None:
    """Proves that a plan typed into a line of another learner does not change the learner."""
    made = world.draft(WHO, [line(learner_ref="IZG-7")])
    found = read(world, made, line_id=made["added"][0], plan_no="P-1")
    assert dict(found) == {"plan_no": "P-1"}


def test_earlier_lines_tell_of_a_learner_and_a_specialist(world: World) -> None:
    """Proves that what changes with the years is known within one claim alone."""
    told = line(learner_ref="IZG-7", specialist_ref="S-7", specialist="speech_therapist")
    world.filed(WHO, [told])
    world.filed(WHO, [line()])
    next_claim = world.draft(WHO, [])
    found = read(world, next_claim, learner_ref="IZG-7", specialist_ref="S-7")
    assert found["institution_reg_no"] == SCHOOL
    assert found["specialist"] == "speech_therapist"
    assert not found.keys() & {"learner_grade", "education_programme", "study_form"}
    here = read(world, world.draft(WHO, [told]), learner_ref="IZG-7")
    assert here["learner_grade"] == 2
    assert (here["education_programme"], here["study_form"]) == ("general", "full_time")


@pytest.mark.parametrize(("other", "form"), [("actual", None), ("unit_cost", "unit_cost")])
def test_where_the_law_is_not_settled_no_form_is_chosen(other: str, form: str | None) -> None:
    """Proves that of two versions that may be in force neither is preferred, if they differ."""
    (version,) = load_rulebook(SK).candidates("ELG-133", on=date(2025, 11, 3))
    forms = {**version.values["forms"], "reading_support": (other,)}
    unsettled = (version, replace(version, values={**version.values, "forms": forms}))
    completing = Completing.__new__(Completing)
    completing.__dict__["_rulebook"] = SimpleNamespace(candidates=lambda _code, on: unsettled)  # noqa: ARG005
    found = completing._forms("reading_support", None, date(2025, 11, 3))
    assert found == ((form,) if form else ())
