"""Kinds of rules: each has its check, and rule files use what the kind offers."""

from __future__ import annotations

import ast
import inspect
from typing import TYPE_CHECKING

import pytest

from skola_finance.claims import checks
from skola_finance.claims.checks import CHECKS, STAGE_KINDS
from skola_finance.claims.columns import COLUMN
from skola_finance.rulebook.kinds import KINDS
from skola_finance.rulebook.model import PROGRAMMES
from tests.rules.shipped import book, rules

if TYPE_CHECKING:
    from skola_finance.rulebook import Rule

SAID_BY_THE_RULE_ITSELF = {
    ("ELG-101", "not_yet"),  # of youth projects, which Skola – kopienā has not
    ("ELG-114", "not_approved"),
    ("ELG-114", "above"),
    ("ELG-131", "exceeded"),
    ("ELG-102", "state_only"),  # of the state-only money, which Skola – kopienā has not
    ("ELG-103", "state_only"),
    ("ELG-107", "state_only"),
    ("ELG-113", "state_only"),
    ("ELG-146", "state_only"),
}
"""Variants whose text is the rule's own: they say what the rule says, or cannot come up."""

SETTING_KEYS = ("project_agreement", "setting", "min", "max")
"""Values that are text and name a setting, where the kind reads them so."""


def test_every_kind_has_a_check_or_is_judged_by_a_stage() -> None:
    """Proves that no rule file can name a kind that nobody judges, and no check lies unused."""
    assert set(CHECKS) | set(STAGE_KINDS) == set(KINDS)
    assert not set(CHECKS) & set(STAGE_KINDS)
    assert len(set(STAGE_KINDS)) == len(STAGE_KINDS)
    modules = {name for name, one in inspect.getmembers(checks, inspect.ismodule) if name in KINDS}
    assert modules == set(CHECKS)


def test_every_kind_is_used() -> None:
    """Proves that no kind outlives its rules."""
    assert {rule.kind_name for rule in rules()} == set(KINDS)


@pytest.mark.parametrize("kind", sorted(set(CHECKS) - {"window"}))
def test_a_check_emits_the_variants_of_its_kind(kind: str) -> None:
    """Proves that every variant a rule file may give a text is one that the check can find."""
    tree = ast.parse(inspect.getsource(CHECKS[kind]))
    words = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(KINDS[kind].variants) <= words


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.file)
def test_a_variant_has_its_own_text_or_is_said_by_the_rule(rule: Rule) -> None:
    """Proves that faults that a kind tells apart are told apart in the text too."""
    silent = {(rule.code, one) for one in rule.kind.variants if one not in rule.findings}
    assert silent <= SAID_BY_THE_RULE_ITSELF


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.file)
def test_a_rule_speaks_of_columns_and_codes_that_there_are(rule: Rule) -> None:
    """Proves that a misspelt column or code cannot make a rule silent."""
    for column, codes in rule.applies.items():
        known = COLUMN[column].codes
        assert known is not None, column
        assert set(codes) <= set(known), column
    for version in rule.versions:
        for key in ("column", "than", "other", "earlier", "later"):
            if key in version.values:
                assert version.values[key] in COLUMN
        for column in version.values.get("columns", ()):
            assert column in COLUMN


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_rule_names_settings_that_are_declared(programme: str) -> None:
    """Proves that a rule never waits for a setting that nobody can enter."""
    named = set()
    for rule in book(programme).rules.values():
        for version in rule.versions:
            named |= {
                value for key in SETTING_KEYS if isinstance(value := version.values.get(key), str)
            }
            for keys in version.values.get("also_from", {}).values():
                named |= set(keys)
    assert named
    for key in sorted(named):
        assert book(programme).parameter(key) is not None, key
