"""What the command says of itself: help, usage, plural forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from skola_finance.cli import app
from skola_finance.cli.words import PLURALS, WORDS, count
from skola_finance.problems import Language, Severity

if TYPE_CHECKING:
    from tests.cli.command import Command

COMMANDS = ("split", "allocate", "rules", "template", "check", "simulate")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0 kļūdu"),
        (1, "1 kļūda"),
        (2, "2 kļūdas"),
        (10, "10 kļūdu"),
        (11, "11 kļūdu"),
        (12, "12 kļūdu"),
        (19, "19 kļūdu"),
        (20, "20 kļūdu"),
        (21, "21 kļūda"),
        (22, "22 kļūdas"),
        (100, "100 kļūdu"),
        (101, "101 kļūda"),
        (111, "111 kļūdu"),
        (121, "121 kļūda"),
    ],
)
def test_latvian_counts_with_three_forms(number: int, shown: str) -> None:
    """Proves zero, one and other, the teens of every hundred among them."""
    assert count(PLURALS["error"], number, Language.LV) == shown


@pytest.mark.parametrize(("number", "shown"), [(0, "0 lines"), (1, "1 line"), (21, "21 lines")])
def test_english_counts_with_two_forms(number: int, shown: str) -> None:
    """Proves that only one is singular."""
    assert count(PLURALS["line"], number, Language.EN) == shown


@given(st.sampled_from(sorted(PLURALS)), st.integers(0, 10**6), st.sampled_from(list(Language)))
def test_a_count_is_a_number_and_a_word(name: str, number: int, language: Language) -> None:
    """Proves that every noun has a form for every number."""
    shown = count(PLURALS[name], number, language)
    assert shown.startswith(f"{number} ")
    assert shown.split(" ", maxsplit=1)[1]


def test_both_languages_have_the_same_words() -> None:
    """Proves that nothing is missing in either, and that each severity can be counted."""
    assert set(WORDS[Language.LV]) == set(WORDS[Language.EN])
    assert all(text.strip() for words in WORDS.values() for text in words.values())
    assert {one.value for one in Severity} <= set(PLURALS)
    for key, text in WORDS[Language.LV].items():
        assert text.count("{") == WORDS[Language.EN][key].count("{")


def test_help_names_every_command() -> None:
    """Proves through Typer's own runner that the commands of the contract are there."""
    runner = CliRunner()
    result = runner.invoke(app, ["--help"])
    assert result.exit_code == 0
    assert all(command in result.output for command in COMMANDS)
    for command in COMMANDS:
        assert runner.invoke(app, [command, "--help"]).exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("rules",)])
def test_nothing_asked_is_answered_with_help(run: Command, arguments: tuple[str, ...]) -> None:
    """Proves that the bare command is no mistake."""
    ran = run(*arguments)
    ran.assert_fine()
    assert "--help" in ran.out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("nonsense",), "nonsense"),
        (("split",), "SUMMA"),
        (("split", "1", "--programme", "pumpur"), "pumpur"),
        (("split", "1", "--lang", "de"), "de"),
        (("allocate", "1"), "--weights"),
        (("rules", "shw"), "shw"),
        (("rules", "show"), "KODS"),
        (("rules", "list", "--jsn"), "--jsn"),
        (("check", "a.xlsx"), "--programme"),
        (("check", "-p", "pumpurs"), "FAILS.xlsx"),
        (("template", "-p", "pumpurs"), "--out"),
        (("template", "-p", "pumpurs", "-o", "a.xlsx", "--layout", "wide"), "wide"),
    ],
)
def test_a_command_that_is_not_clear_is_refused_on_one_line(
    run: Command, arguments: tuple[str, ...], named: str
) -> None:
    """Proves that a slip of the keyboard names what slipped and where help is."""
    run(*arguments).assert_refused("WBK-466", named, "--help")
