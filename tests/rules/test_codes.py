"""The public table of codes, typed from the contract and held against the rule files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skola_finance.claims.vocabulary import PROGRAMMES as NAMED_PROGRAMMES
from skola_finance.cli.options import Programme
from skola_finance.problems import CitationStatus, Severity
from skola_finance.rulebook.kinds import Effect, Stage
from skola_finance.rulebook.model import PROGRAMMES
from tests.rules.shipped import book, rules

if TYPE_CHECKING:
    from skola_finance.rulebook import Rule

SKOLA_KOPIENA, PUMPURS = PROGRAMMES

CODES = tuple(
    f"{series}-{number}"
    for series, numbers in {
        "ELG": (
            *(101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114),
            *(120, 121, 122, 130, 131, 132, 133, 134, 135),
            *(140, 141, 142, 143, 144, 145, 146, 147, 150, 160),
            *(170, 171, 172, 173, 174, 180),
        ),
        "CLM": (201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211),
        "RUL": (301, 302, 303),
    }.items()
    for number in numbers
)

WITHOUT = {
    SKOLA_KOPIENA: {"ELG-145", "ELG-146", "ELG-147", "ELG-174"},
    PUMPURS: {
        *("ELG-109", "ELG-110", "ELG-111", "ELG-112"),
        *("ELG-120", "ELG-121", "ELG-122", "ELG-144", "ELG-172"),
    },
}

STAGE = {
    Stage.GROUP: {
        # The lines of one project share its approved sum, so ELG-114 looks at them together (D-15).
        *("ELG-114", "ELG-131", "ELG-132", "ELG-135", "ELG-140", "ELG-141", "ELG-142"),
        *("ELG-143", "ELG-144", "ELG-145", "CLM-208", "CLM-209"),
    },
    Stage.ITEM_CEILING: {"ELG-171", "ELG-172", "ELG-174"},
    Stage.DERIVED: {"ELG-150"},
    Stage.OVERALL_CEILING: {"ELG-170", "ELG-173"},
    # Findings of the whole claim, which no line carries.
    Stage.CLAIM: {"CLM-210", "RUL-302"},
}
"""All codes that are not judged on a line alone."""

EFFECT = {
    Effect.LIMIT: {"ELG-114", "ELG-140", "ELG-160"},
    Effect.CAP: {"ELG-131", "ELG-141", "ELG-145", "ELG-150"},
    Effect.CEILING: {"ELG-170", "ELG-171", "ELG-172", "ELG-173", "ELG-174"},
    Effect.NONE: {"ELG-143", "ELG-144", "CLM-202", "CLM-210", "RUL-302", "RUL-303"},
}
"""All codes that do not reject."""

SEVERITY = {
    Severity.WARNING: {"ELG-143", "ELG-144", "RUL-303"},
    Severity.INFO: {"RUL-302"},
}
"""All codes that are no error."""

MILDER = {
    ("CLM-202", "below"): Severity.WARNING,
    ("CLM-202", "other_unit_cost"): Severity.WARNING,
    ("CLM-207", "earlier"): Severity.WARNING,
    ("ELG-131", "missing_total"): Severity.WARNING,
    ("ELG-132", "long_day"): Severity.WARNING,
}
"""Variants that weigh less than their rule."""

OF_A_PROGRAMME = [
    (programme, code)
    for programme in PROGRAMMES
    for code in CODES
    if code not in WITHOUT[programme]
]


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_programme_has_the_codes_of_the_contract_and_no_other(programme: str) -> None:
    """Proves that every public code has its rule, in the programmes that have it."""
    public = {code for code in book(programme).rules if not code.startswith("FUN")}
    assert public == set(CODES) - WITHOUT[programme]


@pytest.mark.parametrize(("programme", "code"), OF_A_PROGRAMME)
def test_a_code_has_the_stage_effect_and_severity_of_the_contract(
    programme: str, code: str
) -> None:
    """Proves the public meaning of a code: when it judges, what it takes, how much it weighs."""
    rule = book(programme).rule(code)
    stage = next((one for one, codes in STAGE.items() if code in codes), Stage.LINE)
    effect = next((one for one, codes in EFFECT.items() if code in codes), Effect.REJECT)
    severity = next((one for one, codes in SEVERITY.items() if code in codes), Severity.ERROR)
    assert (rule.stage, rule.effect, rule.severity) == (stage, effect, severity)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.file)
def test_a_variant_weighs_as_its_rule_unless_the_contract_says_less(rule: Rule) -> None:
    """Proves the exceptions of the table, and that nothing below an error takes money."""
    for variant, finding in rule.findings.items():
        expected = MILDER.get((rule.code, variant), rule.severity)
        assert finding.severity is expected, variant
        if finding.severity is not Severity.ERROR:
            assert finding.effect is Effect.NONE, variant
        else:
            assert finding.effect is rule.effect, variant


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_money_rules_judge_no_line(programme: str) -> None:
    """Proves that the rules about the programme's money stand apart from claims."""
    funding = {
        code: rule for code, rule in book(programme).rules.items() if rule.stage is Stage.FUNDING
    }
    own = {"FUN-701", "FUN-711"} | ({"FUN-712"} if programme == SKOLA_KOPIENA else set())
    assert set(funding) == own
    assert {rule.effect for rule in funding.values()} == {Effect.NONE}


def test_the_programmes_are_the_same_everywhere() -> None:
    """Proves that rules, workbooks and the command line name the same programmes."""
    assert tuple(NAMED_PROGRAMMES) == PROGRAMMES == tuple(Programme)


def test_statuses_of_sources_are_told_apart() -> None:
    """Proves that what was inferred or not verified is marked, and that there is such law."""
    statuses = {version.citation.status for rule in rules() for version in rule.versions}
    assert statuses >= {CitationStatus.SOURCED, CitationStatus.INFERRED}
