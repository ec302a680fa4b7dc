"""Rules to read and to try, and what would come out under others."""

from __future__ import annotations

from skola_finance.usecases.proof.simulation import simulate_stored
from skola_finance.usecases.views.rule_examples import (
    ExampleFact,
    ExamplesRun,
    RuleExample,
    run_examples,
)
from skola_finance.usecases.views.rule_shapes import (
    RuleListed,
    RulePeriod,
    RuleShown,
    RulesListed,
    RuleTold,
    RuleTouched,
    RuleVersion,
    SettingEntered,
    SettingNeeded,
)
from skola_finance.usecases.views.rule_words import RuleValue
from skola_finance.usecases.views.rulebook import rule_in_force, rules_in_force
from skola_finance.usecases.views.simulation import (
    ask_simulation,
    simulate_changes,
    simulation_form,
)
from skola_finance.usecases.views.simulation_shapes import (
    LineChange,
    NamedChange,
    SettingToTry,
    SimulationAsked,
    SimulationForm,
    SimulationShown,
    TriedSetting,
)
from skola_finance.usecases.views.try_cost import (
    CostForm,
    TraceStep,
    TriedCost,
    TriedField,
    cost_form,
    try_cost,
)

__all__ = [
    "CostForm",
    "ExampleFact",
    "ExamplesRun",
    "LineChange",
    "NamedChange",
    "RuleExample",
    "RuleListed",
    "RulePeriod",
    "RuleShown",
    "RuleTold",
    "RuleTouched",
    "RuleValue",
    "RuleVersion",
    "RulesListed",
    "SettingEntered",
    "SettingNeeded",
    "SettingToTry",
    "SimulationAsked",
    "SimulationForm",
    "SimulationShown",
    "TraceStep",
    "TriedCost",
    "TriedField",
    "TriedSetting",
    "ask_simulation",
    "cost_form",
    "rule_in_force",
    "rules_in_force",
    "run_examples",
    "simulate_changes",
    "simulate_stored",
    "simulation_form",
    "try_cost",
]
