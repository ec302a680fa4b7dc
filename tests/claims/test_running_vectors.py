"""The runner of vectors can fail: a wrong expectation makes it red."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.claims.vectors import run_vector, run_vectors
from skola_finance.rulebook.load import shipped_rules
from skola_finance.rulebook.vector_file import Vector
from tests.claims.desk import BASES, PUMPURS, SKOLA, Cell, shipped

if TYPE_CHECKING:
    from pathlib import Path

WRONG = {
    "code": {"expect": ("ELG-110",), "line": {"learner_grade": 3}},
    "no code": {"expect": (), "line": {"learner_grade": 4}},
    "eligible": {"expect": ("ELG-110",), "line": {"learner_grade": 4}, "eligible": "13.20"},
    "unfunded": {"expect": (), "unfunded": "0.01"},
    "cut": {"expect": ("ELG-110",), "line": {"learner_grade": 4}, "cut": "13.19"},
    "finding": {"line": {"learner_grade": 4}, "findings": [{"line": 1, "code": "ELG-111"}]},
    "cut of a finding": {
        "line": {"learner_grade": 4},
        "findings": [{"code": "ELG-110", "cut": "13.19"}],
    },
    "variant of a finding": {
        "line": {"learner_grade": 4},
        "findings": [{"code": "ELG-110", "variant": "other"}],
    },
    "not outside": {"expect": (), "outside": True},
    "outside": {"expect": (), "base": "event"},
    "base": {"expect": (), "base": "nothing"},
}


def vector(code: str = "ELG-110", **given: Cell) -> Vector:
    """Make a vector of the rule on reading grades."""
    expect = given.pop("expect", None)
    return Vector(
        code=code,
        file="x.vectors.toml",
        name="x",
        programme=SKOLA,
        base=given.pop("base", "reading_support"),
        settings=given.pop("settings", {}),
        given=MappingProxyType(given),
        expect=expect,
    )


def faults(one: Vector) -> tuple[str, ...]:
    """Run a vector under the shipped rules."""
    outcome = run_vector(one, shipped(SKOLA), BASES[SKOLA])
    assert outcome.is_green is not bool(outcome.faults)
    return outcome.faults


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_expectation_is_red(given: dict[str, Any]) -> None:
    """Proves that a wrong expectation is red."""
    assert len(faults(vector(**given))) == 1


def test_a_right_expectation_is_green() -> None:
    """Proves that a right expectation is green."""
    line = {"learner_grade": 4}
    finding = {"line": 1, "code": "ELG-110", "cut": "13.20", "variant": ""}
    assert faults(vector(line=line, expect=("ELG-110",), cut="13.20", findings=[finding])) == ()
    assert faults(vector(expect=(), eligible="13.20", unfunded="0.00")) == ()
    assert faults(vector(expect=(), base="event", outside=True)) == ()


def split(esf_plus: str, state: str) -> dict[str, Any]:
    """Give a vector on the split of the first total."""
    return {"amount": "15951890.00", "expect_split": {"esf_plus": esf_plus, "state": state}}


def increase(esf_plus: str) -> dict[str, Any]:
    """Give a vector on the split of the increase from the first total to the second."""
    totals = {"from": "15951890.00", "to": "29545252.00"}
    return {"of_increase": {**totals, "esf_plus": esf_plus}}


def total(expected: str) -> dict[str, Any]:
    """Give a vector on the first total, which holds until the day after the assessment."""
    settled = {"skola_kopiena_total_amended_from": "2026-03-02"}
    return {"expect_total": expected, "settings": settled}


def planned(amount: str) -> dict[str, Any]:
    """Give a vector on the share of individual support that finds nothing."""
    settled = {"envelope": "8380000.00"}
    return {"planned": amount, "total": "15951890.00", "expect": (), "settings": settled}


@pytest.mark.parametrize(
    ("code", "given", "is_green"),
    [
        ("FUN-701", split("13559106.00", "2392784.00"), True),
        ("FUN-701", split("13559107.00", "2392783.00"), False),
        ("FUN-701", increase("11554358.00"), True),
        ("FUN-701", increase("11554357.00"), False),
        ("FUN-701", {"expect": ("FUN-703",)}, False),
        ("FUN-711", {"expect": ("RUL-301",)}, True),
        ("FUN-711", {"expect": ("RUL-303",)}, False),
        ("FUN-711", total("15951890.00"), True),
        ("FUN-711", total("15951890.01"), False),
        ("FUN-712", planned("6380756.00"), True),
        ("FUN-712", planned("6380755.99"), False),
        ("FUN-712", {"planned": "1.00", "total": "29545252.00", "expect": ("RUL-301",)}, True),
    ],
)
def test_vectors_of_the_programmes_money_are_run_too(
    code: str, given: dict[str, Any], *, is_green: bool
) -> None:
    """Proves that vectors of the programme's money are run too."""
    assert (faults(vector(code, **given)) == ()) is is_green


def test_a_folder_is_run_in_the_order_of_its_files(tmp_path: Path) -> None:
    """Proves that a folder is run in the order of its files."""
    shipped_folder = shipped_rules()
    wanted = (
        "elg-110-reading-grade",
        "elg-122-mentor-individual",
        "clm-201-missing-fact",
        "rul-302-not-checked",
    )
    for path in sorted(shipped_folder.rglob("*.toml")):
        name = path.name
        if name in {"bases.toml", "parameters.toml"} or name.startswith((*wanted, "fun-701")):
            target = tmp_path / path.relative_to(shipped_folder)
            target.parent.mkdir(exist_ok=True)
            shutil.copy(path, target)
    for path in tmp_path.rglob("rul-302*"):
        path.unlink()
    outcomes = list(run_vectors(tmp_path))
    assert all(one.is_green for one in outcomes if one.vector.code in {"ELG-110", "ELG-122"})
    files = [one.vector.file for one in outcomes]
    assert files == sorted(files)
    assert {one.vector.code for one in outcomes} >= {"ELG-110", "ELG-122", "FUN-701"}
    assert replace(outcomes[0], faults=("x",)).is_green is False


@pytest.mark.parametrize(
    ("earlier", "left"),
    [
        ([], "13.20"),
        ([{"amount": "60.00", "eligible": "50.00"}], "10.00"),
        ([{"amount": "60.00", "eligible": "0.00"}], "13.20"),
        ([{"amount": "60.00"}], "10.00"),
        ([{"amount": "60.00", "programme": PUMPURS}, {"amount": "9.00"}], "1.00"),
    ],
)
def test_earlier_lines_of_a_vector_count_as_approved(
    earlier: list[dict[str, Any]], left: str
) -> None:
    """Proves that a vector's history uses up the document, whichever programme paid it."""
    part = {"document_total": "70.00", "amount": "13.20"}
    history = [{**part, **one} for one in earlier]
    assert faults(vector("ELG-131", base="event", line=part, history=history, eligible=left)) == ()


def test_a_vector_may_bring_plans_and_a_header_of_its_own() -> None:
    """Proves that plans and claim facts of a vector reach the engine."""
    plan = {
        "plan_no": "IP-1",
        "learner_ref": "IZG-001",
        "activity": "reading_support",
        "plan_from": date(2026, 2, 10),
        "plan_to": date(2026, 2, 10),
    }
    assert faults(vector("ELG-106", plans=[plan], expect=())) == ()
    assert faults(vector("ELG-106", plans=[], expect=("ELG-106",))) == ()
    other = {"declared_total": "13.21", "prepared_by": ""}
    assert faults(vector("CLM-210", claim=other, expect=("CLM-210",))) == ()
    assert faults(vector("CLM-210", claim={"declared_total": ""}, expect=())) == ()
