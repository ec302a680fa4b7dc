"""The ten rules for OpenFisca-core, which computes in 32-bit floats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.ten_rules import AGREED, EXCLUDED, FIRST, LAST, NINE, PRICE, RISKS, Measured, timed

if TYPE_CHECKING:
    from benchmarks.ten_rules import Row

PERIOD = "2026-01"
LINE = build_entity(key="line", plural="lines", label="A line of a claim", is_person=True)
NUMBERS = ("day", "learner_grade", "learner_age", "group_size")
TEXTS = (
    "activity",
    "education_programme",
    "risk_ground",
    "study_form",
    "specialist",
    "other_funding",
)
EUROS = ("amount", "quantity")


def _variable(name: str, kind: type, formula: Any = None) -> type[Variable]:
    members: dict[str, Any] = {
        "value_type": kind,
        "entity": LINE,
        "definition_period": periods.DateUnit.MONTH,
        "label": name,
    }
    if kind is str:
        members["max_length"] = 32
    if formula is not None:
        members["formula"] = formula
    return type(name, (Variable,), members)


def _rejected(line: Any, period: Any) -> Any:
    def of(name: str) -> Any:
        return line(name, period)

    day, grade, activity = of("day"), of("learner_grade"), of("activity").astype(str)
    specialist = of("specialist").astype(str)
    teaching = np.isin(activity, ["reading_support", "subject_consultation"])
    mentoring = activity == "mentor_support"
    return (
        (day < FIRST)
        + (day > LAST)
        + (day < AGREED)
        + np.isin(of("education_programme").astype(str), EXCLUDED)
        + (grade < 1)
        + (grade > 12)
        + ~np.isin(of("risk_ground").astype(str), RISKS)
        + (of("study_form").astype(str) != "full_time")
        + teaching * (specialist != "teacher")
        + (activity == "specialist_support") * ~np.isin(specialist, NINE)
        + mentoring * (specialist != "mentor")
        + mentoring * (of("learner_age") < 13)
        + mentoring * (of("group_size") > 1)
        + (of("other_funding").astype(str) != "none")
    )


def _eligible(line: Any, period: Any) -> Any:
    amount, limit = line("amount", period), line("quantity", period) * PRICE
    return np.where(line("rejected", period), 0, np.minimum(amount, limit))


def make_system() -> TaxBenefitSystem:
    """Make a system that knows the lines and the ten rules."""
    system = TaxBenefitSystem([LINE])
    for name in NUMBERS:
        system.add_variable(_variable(name, int))
    for name in TEXTS:
        system.add_variable(_variable(name, str))
    for name in EUROS:
        system.add_variable(_variable(name, float))
    system.add_variable(_variable("rejected", bool, _rejected))
    system.add_variable(_variable("eligible", float, _eligible))
    return system


def with_openfisca(rows: list[Row]) -> Measured:
    """Judge with OpenFisca: arrays in, arrays out."""
    system = make_system()
    arrays = {
        name: np.array([row[name] if row[name] is not None else 0 for row in rows])
        for name in (*NUMBERS, *TEXTS, *EUROS)
    }
    arrays |= {name: arrays[name].astype(str) for name in TEXTS}

    def run() -> list[int]:
        simulation = SimulationBuilder().build_default_simulation(system, count=len(rows))
        for name, values in arrays.items():
            simulation.set_input(name, PERIOD, values)
        eligible = simulation.calculate("eligible", PERIOD)
        return [round(float(value) * 100) for value in eligible]

    return timed("OpenFisca-core", len(rows), run)


def through_openfisca(euros: float) -> float:
    """Put one amount in and take it out again."""
    simulation = SimulationBuilder().build_default_simulation(make_system(), count=1)
    simulation.set_input("amount", PERIOD, np.array([euros]))
    return float(simulation.calculate("amount", PERIOD)[0])
