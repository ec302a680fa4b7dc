"""Objections: in time, once, decided by somebody else, and what follows from one upheld."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.storage.tables import ActRow, IrregularityRow, RecoveryRow
from skola_finance.usecases.review.objections import (
    dismiss_objection,
    file_objection,
    objections_of,
    uphold_objection,
    withdraw_objection,
)
from skola_finance.usecases.review.outcome import recommend_claim, reject_claim
from skola_finance.usecases.review.taking_up import start_review
from tests.databases import KINDS
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.use_case import UseCase

TERM = "deadline.object.months"
ACCOUNTANT = "liepaja.accountant"


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it, on both databases."""
    with prepared(without_term, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone, with a month to object."""
    with prepared(made, tmp_path) as world:
        yield world


def made(world: World) -> None:
    """Open the programme, with a month to object."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    world.set(TERM, "1")


def without_term(world: World) -> None:
    """Open the programme where nobody has entered a term."""
    world.open().add_partner(LIEPAJA, SCHOOL)


def refused(world: World, who: str, case: UseCase[Any], **inputs: Any) -> str:  # noqa: ANN401
    """Give the code that a person is refused with."""
    with pytest.raises(SkolaError) as error:
        world.do(who, case, **inputs)
    return error.value.problem.code


def rejected(world: World) -> str:
    """Let a reviewer reject a claim."""
    claim: str = world.filed(ACCOUNTANT, [line()])["claim"]
    world.do("reviewer", start_review, claim=claim)
    world.do("reviewer", reject_claim, claim=claim, reason="not our project")
    return claim


def objected(world: World, claim: str) -> int:
    """Object to a decision on a claim."""
    made = world.do(ACCOUNTANT, file_objection, machine="claim", thing=claim, reasons="It is.")
    number = made["objection"]
    assert isinstance(number, int)
    return number


def test_an_objection_upheld_reopens_a_rejected_claim(world: World) -> None:
    """The claim goes back to review, and can be recommended."""
    claim = rejected(world)
    objection = objected(world, claim)
    made = world.do(
        "approver", uphold_objection, objection=objection, decision="The partner is right."
    )
    assert (made["state"], made["claim_state"]) == ("upheld", "in_review")
    world.do("reviewer", recommend_claim, claim=claim)
    (seen,) = objections_of(world.store, world.order("liepaja.signatory"), programme=SK)
    assert (seen.state, seen.decision, seen.thing) == ("upheld", "The partner is right.", claim)
    again = {"machine": "claim", "thing": claim, "reasons": "more"}
    assert refused(world, ACCOUNTANT, file_objection, **again) == "WFL-571"


def test_an_objection_dismissed_leaves_the_decision(embedded: World) -> None:
    """The claim stays rejected, and there is no second objection to the same decision."""
    claim = rejected(embedded)
    objection = objected(embedded, claim)
    inputs = {"objection": objection, "decision": "The decision stands."}
    assert refused(embedded, "approver", dismiss_objection, objection=objection, decision=" ") == (
        "WFL-518"
    )
    embedded.do("manager", dismiss_objection, **inputs)
    assert refused(embedded, "manager", uphold_objection, **inputs) == "WFL-501"
    again = {"machine": "claim", "thing": claim, "reasons": "more"}
    assert refused(embedded, ACCOUNTANT, file_objection, **again) == "WFL-572"
    with embedded.store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        assert row is not None
        assert row.state == "rejected"


def test_an_objection_may_be_taken_back_and_filed_anew(embedded: World) -> None:
    """As long as it is not decided and the term is not over."""
    claim = rejected(embedded)
    first = objected(embedded, claim)
    again = {"machine": "claim", "thing": claim, "reasons": "more"}
    assert refused(embedded, ACCOUNTANT, file_objection, **again) == "WFL-572"
    embedded.do("liepaja.signatory", withdraw_objection, objection=first)
    assert objected(embedded, claim) > first


def test_nobody_decides_on_an_objection_to_their_own_decision(embedded: World) -> None:
    """The history of an objection begins with the acts of the claim."""
    approved = embedded.approved(ACCOUNTANT, [line(amount="14.00")])
    objection = objected(embedded, approved["claim"])
    inputs = {"objection": objection, "decision": "No."}
    assert refused(embedded, "approver", dismiss_objection, **inputs) == "WFL-502"
    assert refused(embedded, "treasurer", dismiss_objection, **inputs) == "AUT-601"
    made = embedded.do("approver_2", uphold_objection, **inputs)
    assert "claim_state" not in made.facts


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 2, 16), ""), (date(2026, 2, 17), "WFL-573")],
)
def test_the_month_to_object_is_held_where_it_was_entered(
    embedded: World, day: date, code: str
) -> None:
    """Decided on 15.01.2026: the month ends on Sunday 15.02.2026, so Monday is the last day."""
    claim = rejected(embedded)
    embedded.clock.go_to(day.year, day.month, day.day)
    inputs = {"machine": "claim", "thing": claim, "reasons": "It is."}
    if code:
        assert refused(embedded, ACCOUNTANT, file_objection, **inputs) == code
    else:
        embedded.do(ACCOUNTANT, file_objection, **inputs)


@pytest.mark.parametrize("value", ["", "none"])
def test_without_a_term_any_day_will_do(value: str, tmp_path: Path) -> None:
    """Nobody has entered a term, or somebody has entered that there is none."""
    with prepared(without_term, tmp_path) as world:
        if value:
            world.set(TERM, value)
        claim = rejected(world)
        world.clock.go_to(2029, 1, 1)
        assert objected(world, claim) == 1


def test_only_a_decision_that_stands_can_be_objected_to(embedded: World) -> None:
    """A claim in review, an unknown kind or thing, others' claims, no reasons."""
    claim = embedded.filed(ACCOUNTANT, [line()])["claim"]
    sound = {"machine": "claim", "thing": claim, "reasons": "It is."}
    for who, changes, code in (
        (ACCOUNTANT, {}, "WFL-571"),
        (ACCOUNTANT, {"machine": "agreement"}, "WFL-518"),
        (ACCOUNTANT, {"reasons": " "}, "WFL-518"),
        (ACCOUNTANT, {"thing": "SK-99999"}, "AUT-603"),
        (ACCOUNTANT, {"machine": "recovery"}, "AUT-603"),
        ("rezekne.accountant", {}, "AUT-603"),
        ("liepaja.coordinator", {}, "AUT-601"),
        ("approver", {}, "AUT-601"),
    ):
        assert refused(embedded, who, file_objection, **{**sound, **changes}) == code
    order = embedded.order("rezekne.accountant")
    with pytest.raises(SkolaError, match="AUT-603"):
        objections_of(embedded.store, order, programme=SK, partner=LIEPAJA)


def test_cases_and_recoveries_can_be_objected_to(embedded: World) -> None:
    """To the day they were established or notified, by whoever did that."""
    approved = embedded.approved(ACCOUNTANT, [line()])
    at = datetime(2026, 1, 15, 9, tzinfo=UTC)
    with embedded.store.writing() as unit:
        claim = unit.claims.by_key(approved["claim"])
        assert claim is not None
        of_both: dict[str, Any] = {"programme": SK, "partner_reg_no": LIEPAJA, "amount_cents": 1320}
        unit.add(
            IrregularityRow(
                **of_both, key="N-1", claim_id=claim.id, suspicion="?", state="established"
            )
        )
        unit.add(
            RecoveryRow(
                **of_both,
                key="R-1",
                document=claim.key,
                reason="!",
                notified_on=date(2026, 1, 15),
                state="notified",
            )
        )
        for machine, thing, command, actor in (
            ("irregularity", "N-1", "establish", "approver"),
            ("recovery", "R-1", "notify", "treasurer"),
        ):
            unit.add(
                ActRow(
                    machine=machine,
                    thing=thing,
                    command=command,
                    actor=actor,
                    role="",
                    at=at,
                    state="",
                    journal_no=1,
                )
            )
    embedded.clock.go_to(2026, 1, 20)
    for machine, thing in (("irregularity", "N-1"), ("recovery", "R-1")):
        inputs = {"machine": machine, "thing": thing, "reasons": "It was not."}
        objection = embedded.do(ACCOUNTANT, file_objection, **inputs)["objection"]
        decided = {"objection": objection, "decision": "Yes."}
        if machine == "irregularity":
            assert refused(embedded, "approver", uphold_objection, **decided) == "WFL-502"
        made = embedded.do("approver_2", uphold_objection, **decided)
        assert (made["state"], made["thing"]) == ("upheld", thing)
