"""A claim begins with the lines of the last one: what is of one day stays behind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.queries.claims import earlier_claim
from skola_finance.storage.frames import unpack
from skola_finance.usecases.filing.drafts import create_claim
from skola_finance.usecases.filing.earlier_lines import take_over_lines
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from skola_finance.usecases.order import Answer

WHO = "liepaja.accountant"
SPRING, NEXT_AUTUMN = (date(2026, 1, 1), date(2026, 8, 31)), (date(2026, 9, 1), date(2026, 12, 31))
INVOICE = {
    "activity": "venue",
    "cost_form": "actual",
    "activity_on": date(2025, 11, 3),
    "document_no": "R-1",
    "document_on": date(2025, 11, 3),
    "document_total": "50.00",
    "paid_on": date(2025, 11, 4),
    "supplier_kind": "entity",
    "supplier_reg_no": OTHER_SCHOOL,
    "economic_code": "2261",
    "amount": "50.00",
    "evidence": "invoice",
}
PROJECT = {
    "activity": "initiative_project",
    "cost_form": "lump_sum",
    "project_no": "P-9",
    "amount": "9.00",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give two partners, and the semesters by which school years are told."""
    with prepared(filled, tmp_path) as world:
        yield world


def filled(world: World) -> None:
    """Open the programme with two partners."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    world.add_partner(REZEKNE, OTHER_SCHOOL)
    world.set("semester.autumn_from", "09-01")
    world.set("semester.spring_from", "01-01")


def begun(world: World, days: tuple[date, date] = SPRING) -> Answer:
    """Begin a claim without lines."""
    return world.do(
        *(WHO, create_claim),
        programme=SK,
        partner=LIEPAJA,
        claim_no=f"k-{next(world.numbers)}",
        kind="interim",
        period_from=days[0],
        period_to=days[1],
    )


def taken_over(world: World, made: Answer) -> Answer:
    """Let a claim begin with the lines of the last one."""
    return world.do(WHO, take_over_lines, claim=made["claim"], row_version=made["row_version"])


def lines_of(world: World, claim: str) -> pl.DataFrame:
    """Give the lines of a claim as they are kept."""
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        assert row is not None
        version = repositories.claims.version(row.id, row.version)
        assert version is not None
        return unpack(version.frame)


def refusal(world: World, made: Answer) -> str:
    """Give the code with which taking over is refused."""
    with pytest.raises(SkolaError) as caught:
        taken_over(world, made)
    return caught.value.problem.code


def test_lines_begin_again_without_what_was_of_one_day(world: World) -> None:
    """Proves what is copied, what is not, and that the lines have ids of the new claim."""
    told = line(
        quantity="2", amount="26.40", starts_at="14:30", session_ref="N-1", note="sporta zāle"
    )
    world.filed(WHO, [told, INVOICE, PROJECT])
    made = begun(world)
    answer = taken_over(world, made)
    assert answer["lines"] == 2
    session, invoice = lines_of(world, made["claim"]).iter_rows(named=True)
    assert session["line_id"] == f"{made['claim']}-0001"
    kept: dict[str, Any] = {
        "learner_ref": told["learner_ref"],
        "plan_no": told["plan_no"],
        "specialist_ref": told["specialist_ref"],
        "session_ref": "N-1",
        "quantity_milli": 2_000,
        "amount_cents": 2_640,
        "learner_grade": 2,
    }
    assert {key: session[key] for key in kept} == kept
    gone = (
        *("activity_on", "starts_min", "evidence", "note", "learner_age", "risk_ground"),
        "other_funding",
    )
    assert [session[key] for key in gone] == [None] * len(gone)
    assert invoice["supplier_reg_no"] == OTHER_SCHOOL
    assert invoice["economic_code"] == "2261"
    open_yet = ("document_no", "document_on", "document_total_cents", "paid_on", "amount_cents")
    assert [invoice[key] for key in open_yet] == [None] * len(open_yet)


def test_a_grade_stays_within_one_school_year_alone(world: World) -> None:
    """Proves that nobody claims a learner of last year's grade without having typed it."""
    world.filed(WHO, [line()])
    spring, autumn = begun(world), begun(world, NEXT_AUTUMN)
    taken_over(world, spring)
    taken_over(world, autumn)
    assert lines_of(world, spring["claim"])["learner_grade"].to_list() == [2]
    later = lines_of(world, autumn["claim"]).row(0, named=True)
    of_a_year = ("learner_grade", "education_programme", "study_form")
    assert [later[key] for key in of_a_year] == [None] * len(of_a_year)


def test_only_an_empty_claim_takes_lines_over_and_only_ones_own(world: World) -> None:
    """Proves that nothing is doubled, and that another partner's claim is no earlier one."""
    world.filed("rezekne.accountant", [line(institution_reg_no=OTHER_SCHOOL)])
    first = begun(world)
    assert earlier_claim(world.store, world.order(WHO), claim=first["claim"]) is None
    assert refusal(world, first) == "WFL-544"
    world.filed(WHO, [PROJECT])
    assert refusal(world, begun(world)) == "WFL-544"
    filed = world.filed(WHO, [line()])
    made = begun(world)
    offered = earlier_claim(world.store, world.order(WHO), claim=made["claim"])
    assert offered is not None
    assert (offered.key, offered.lines) == (filed["claim"], 1)
    again = taken_over(world, made)
    assert refusal(world, again) == "WFL-543"
    assert lines_of(world, made["claim"]).height == 1
