"""The register of individual plans: kept by coordinators, and what claims are checked against."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.ledger import verify as verify_chain
from skola_finance.problems import SkolaError
from skola_finance.storage.chain import Chain, links
from skola_finance.usecases.partners.learners import issue_learner
from skola_finance.usecases.partners.plan_register import (
    change_plan,
    end_plan,
    import_plans,
    register_plan,
)
from skola_finance.usecases.partners.plan_views import open_risk_ground, plans_of
from skola_finance.usecases.proof.verify import verify
from tests.exchange.build import CLAIM_ROWS, GOOD_LINE, write_rows
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from skola_finance.storage.tables import AssessmentRow
    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.use_case import UseCase

WHO, OTHER = "liepaja.coordinator", "rezekne.coordinator"
FROM, TO = date(2025, 9, 1), date(2025, 12, 31)
READING: Mapping[str, Any] = {
    "activity": "reading_support",
    "semester": "2025-autumn",
    "planned_hours": "2",
}
ROW: Mapping[str, Any] = {
    "risk_ground": "early_leaving",
    "plan_from": FROM,
    "plan_to": TO,
    "institution_reg_no": SCHOOL,
    **READING,
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give a programme with two partners; afterwards the whole database proves itself."""
    with prepared(filled, tmp_path) as world:
        yield world
        assert verify(world.store, on=date(2026, 12, 31), only_first=False).problems == ()


def filled(world: World) -> None:
    """Open the programme with two partners."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    world.add_partner(REZEKNE, OTHER_SCHOOL)


def registered(world: World, plan_no: str, who: str = WHO, **changes: Any) -> Answer:  # noqa: ANN401
    """Register a plan of two hours of reading support in the autumn."""
    facts: dict[str, Any] = {
        "plan_no": plan_no,
        "plan_from": FROM,
        "plan_to": TO,
        "supports": [READING],
        "risk_ground": "early_leaving",
        "institution_reg_no": SCHOOL,
        "partner": LIEPAJA,
    }
    return world.do(who, register_plan, programme=SK, **{**facts, **changes})


def refusal(world: World, who: str, case: UseCase[Any], **inputs: Any) -> str:  # noqa: ANN401
    """Give the code with which something is refused."""
    with pytest.raises(SkolaError) as caught:
        world.do(who, case, **inputs)
    return caught.value.problem.code


def codes_of(world: World, *lines: Mapping[str, Any]) -> list[str]:
    """File a claim of some lines; gives the codes found on them."""
    filed = world.filed("liepaja.accountant", lines)
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(filed["claim"])
        assert row is not None
        kept: AssessmentRow | None = repositories.claims.assessment(row.id, row.version)
        assert kept is not None
        return [one["code"] for one in kept.problems if one["code"] != "RUL-302"]


def workbook(path: Path, plans: Sequence[Mapping[str, Any]], *more: tuple[str, str]) -> bytes:
    """Write a workbook with a sheet of plans; gives its bytes."""
    return write_rows(path, [GOOD_LINE], claim=[*CLAIM_ROWS, *more], plans=plans).read_bytes()


def test_a_line_without_a_plan_that_carries_it_is_refused(world: World) -> None:
    """In force that day, for this learner, covering this support; more hours are a warning."""
    learner = world.do(WHO, issue_learner, programme=SK)["learner_ref"]
    assert learner == "SK-IZG-00001"
    registered(world, "P-1", learner_ref=learner)
    sound = {"plan_no": "P-1", "learner_ref": learner, "activity_on": date(2025, 11, 3)}
    assert codes_of(world, line(**sound)) == []
    assert codes_of(world, line(**sound | {"activity_on": date(2025, 8, 29)})).count("ELG-106") == 1
    assert "ELG-106" in codes_of(world, line(**sound, activity="specialist_support"))
    assert "ELG-106" in codes_of(world, line(**sound | {"plan_no": "P-2"}))
    other = world.do(WHO, issue_learner, programme=SK)["learner_ref"]
    assert "ELG-106" in codes_of(world, line(**sound | {"learner_ref": other}))
    days = [date(2025, 11, day) for day in (10, 11, 12)]
    assert codes_of(world, *(line(**sound | {"activity_on": day}) for day in days)) == ["ELG-143"]


def test_a_learner_keeps_the_pseudonym_with_another_partner(world: World) -> None:
    """A new learner gets the next one; a made-up one would later name two children."""
    registered(world, "P-1")
    registered(world, "R-1", OTHER, partner=REZEKNE, learner_ref="SK-IZG-00001")
    registered(world, "R-2", OTHER, partner=REZEKNE)
    seen = plans_of(world.store, world.order("auditor"), programme=SK)
    assert [(one.plan_no, one.learner_ref) for one in seen] == [
        ("P-1", "SK-IZG-00001"),
        ("R-1", "SK-IZG-00001"),
        ("R-2", "SK-IZG-00002"),
    ]
    with pytest.raises(SkolaError, match="SK-IZG-00003") as caught:
        registered(world, "P-2", learner_ref="SK-IZG-00003")
    assert caught.value.problem.code == "WFL-552"


def test_what_a_register_cannot_take_is_refused(world: World) -> None:
    """A taken number, of whichever partner; impossible days and codes; other people's plans."""
    made = registered(world, "P-1")
    with pytest.raises(SkolaError) as mine:
        registered(world, "P-1")
    with pytest.raises(SkolaError) as theirs:
        registered(world, "P-1", OTHER, partner=REZEKNE)
    assert mine.value.problem == theirs.value.problem
    assert mine.value.problem.code == "WFL-550"
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("Plāns līdz", {"plan_to": date(2025, 8, 31)}),
        ("Atbalsta pamats", {"risk_ground": "poor"}),
        ("nav atbalsta veidu", {"supports": []}),
        ("norādīts divreiz", {"supports": [READING, READING]}),
        ("Darbība", {"supports": [{**READING, "activity": "venue"}]}),
        ("Semestris", {"supports": [{**READING, "semester": "autumn"}]}),
        ("Plānotās stundas", {"supports": [{**READING, "planned_hours": "two"}]}),
        ("Individuālā plāna numurs", {"plan_no": "010190-12345"}),
    ]
    for named, changes in wrong:
        with pytest.raises(SkolaError) as caught:
            registered(world, **{"plan_no": "P-9", **changes})
        assert caught.value.problem.code == "WFL-551", changes
        assert named in caught.value.problem.message.lv
        assert "12345" not in caught.value.problem.message.lv
    known = {"programme": SK, "plan_no": "P-1", "row_version": made["row_version"]}
    ending = {**known, "plan_to": TO, "reason": "moved"}
    assert refusal(world, OTHER, end_plan, **ending) == "AUT-603"
    assert refusal(world, "liepaja.accountant", end_plan, **ending) == "AUT-601"


def test_a_plan_is_changed_and_ended_by_who_has_read_it(world: World) -> None:
    """The second of two changes learns of the first; the learner stays."""
    made = registered(world, "P-1")
    known = {"programme": SK, "plan_no": "P-1", "row_version": made["row_version"]}
    facts = {"plan_from": FROM, "plan_to": date(2026, 5, 31), "supports": [READING]}
    changed = world.do(WHO, change_plan, **known, **facts)
    assert refusal(world, WHO, change_plan, **known, **facts) == "WFL-517"
    known["row_version"] = changed["row_version"]
    late = {**known, "plan_to": date(2026, 6, 1), "reason": "moved"}
    assert refusal(world, WHO, end_plan, **late) == "WFL-518"
    world.do(WHO, end_plan, **known, plan_to=date(2025, 10, 31), reason="moved")
    (seen,) = plans_of(world.store, world.order(WHO), programme=SK)
    assert (seen.ends, seen.risk_ground) == (date(2025, 10, 31), None)
    sound = {"plan_no": "P-1", "learner_ref": seen.learner_ref}
    assert "ELG-106" in codes_of(world, line(**sound, activity_on=date(2025, 11, 3)))


def test_a_sheet_of_plans_is_merged_by_number(world: World, tmp_path: Path) -> None:
    """Added, changed and unchanged are counted; what the sheet does not name stays."""
    registered(world, "P-0")
    path = tmp_path / "plani.xlsx"
    asked = {"programme": SK, "partner": LIEPAJA, "file_name": "plani.xlsx"}
    rows = [
        {"plan_no": "P-1", "learner_ref": "LPJ-001", **ROW},
        {"plan_no": "P-1", "learner_ref": "LPJ-001", **ROW, "activity": "subject_consultation"},
        {"plan_no": "P-2", "learner_ref": None, **ROW},
    ]
    first = world.do(WHO, import_plans, **asked, content=workbook(path, rows))
    assert dict(first.facts) == {"added": 2, "changed": 0, "unchanged": 0}
    rows[2] = {**rows[2], "planned_hours": 5}
    second = world.do(WHO, import_plans, **asked, content=workbook(path, rows))
    assert dict(second.facts) == {"added": 0, "changed": 1, "unchanged": 1}
    seen = plans_of(world.store, world.order(WHO), programme=SK)
    assert [(one.plan_no, one.learner_ref, len(one.supports)) for one in seen] == [
        ("P-0", "SK-IZG-00001", 1),
        ("P-1", "LPJ-001", 2),
        ("P-2", "SK-IZG-00002", 1),
    ]
    assert seen[2].supports[0].planned_hours_milli == 5000
    refused = [
        ("WFL-552", [{**rows[2], "learner_ref": "LPJ-002"}]),
        ("WFL-551", [rows[0], {**rows[1], "plan_to": FROM}]),
        ("WFL-553", [{**rows[0], "plan_from": "sometime"}]),
        ("WFL-553", []),
    ]
    for code, plans in refused:
        content = workbook(path, plans)
        assert refusal(world, WHO, import_plans, **asked, content=content) == code
    content = workbook(path, rows, ("partner_reg_no", REZEKNE))
    assert refusal(world, WHO, import_plans, **asked, content=content) == "WFL-554"
    theirs = {**asked, "partner": REZEKNE, "content": workbook(path, rows)}
    assert refusal(world, OTHER, import_plans, **theirs) == "WFL-550"
    assert plans_of(world.store, world.order(WHO), programme=SK) == seen


def test_a_risk_ground_is_opened_with_a_reason_that_stays(world: World) -> None:
    """Coordinators see it; a reviewer opens it, which makes a link of the access chain."""
    registered(world, "P-1")
    shown = {
        who: plans_of(world.store, world.order(who), programme=SK)[0].risk_ground
        for who in (WHO, "liepaja.accountant", "reviewer", "manager")
    }
    assert shown == {WHO: "early_leaving"} | dict.fromkeys(list(shown)[1:])
    assert plans_of(world.store, world.order(OTHER), programme=SK) == []
    for who, code in ((OTHER, "AUT-603"), ("administrator", "AUT-601")):
        with pytest.raises(SkolaError) as caught:
            plans_of(world.store, world.order(who), programme=SK, partner=LIEPAJA)
        assert caught.value.problem.code == code
    asked: dict[str, Any] = {"programme": SK, "plan_no": "P-1", "reason": "a complaint"}
    refused = [
        ("manager", {}, "AUT-601"),
        ("reviewer", {"reason": " "}, "WFL-518"),
        ("reviewer", {"plan_no": "P-2"}, "AUT-603"),
    ]
    for who, changes, code in refused:
        with pytest.raises(SkolaError) as caught:
            open_risk_ground(world.store, world.order(who), **{**asked, **changes})
        assert caught.value.problem.code == code
    assert open_risk_ground(world.store, world.order("reviewer"), **asked) == "early_leaving"
    assert open_risk_ground(world.store, world.order("auditor"), **asked) == "early_leaving"
    with world.store.reading() as repositories:
        log = repositories.records.access_log()
        chain = list(links(repositories.session, Chain.ACCESS))
    assert [(row.actor, row.command, row.reason) for row in log] == [
        ("auditor", "open_risk_ground", "a complaint"),
        ("reviewer", "open_risk_ground", "a complaint"),
    ]
    assert all(row.subject.startswith("plan/") for row in log)
    assert verify_chain(chain) == ()
