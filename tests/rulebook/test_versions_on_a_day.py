"""Which version holds on a day: half-open edges, days in doubt, days without any version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.problems import Problem, SkolaError
from skola_finance.rulebook.rulebook import NotInForce, UnknownRule, Unsettled
from tests.rulebook.folder import PARAMETER_FILE, RULE_FILE

if TYPE_CHECKING:
    from skola_finance.rulebook import Rulebook
    from tests.rulebook.folder import RulesFolder

CODE = "ELG-110"


def whole(problem: Problem, code: str, *named: str) -> None:
    """Prove that a problem has the code and names what it is about in both languages."""
    assert problem.code == code
    for text in (problem.message.lv, problem.message.en):
        assert all(name in text for name in named)
    assert problem.hint.lv != problem.hint.en


def highest(book: Rulebook, day: date) -> int:
    """Give the highest grade of the version in force on a day."""
    found: int = book.at(CODE, on=day).values["max"]
    return found


@pytest.mark.parametrize(
    ("day", "grade"),
    [
        (date(2024, 7, 1), 3),
        (date(2024, 7, 2), 3),
        (date(2024, 12, 31), 3),
        (date(2025, 1, 1), 4),
        (date(2025, 12, 16), 4),
        (date(2026, 1, 7), 5),
        (date.max, 5),
    ],
)
def test_a_version_holds_from_its_first_day_until_its_end(
    folder: RulesFolder, day: date, grade: int
) -> None:
    """Proves both edges of every version: the day before, the first, the last, the day after."""
    assert highest(folder.book(), day) == grade


@pytest.mark.parametrize("day", [date(2024, 6, 30), date.min])
def test_before_the_first_version_no_rule_is_in_force(folder: RulesFolder, day: date) -> None:
    """Proves that a rule does not reach back before its first day (RUL-432)."""
    with pytest.raises(NotInForce) as caught:
        folder.book().at(CODE, on=day)
    assert isinstance(caught.value, LookupError)
    whole(caught.value.problem, "RUL-432", CODE)
    assert folder.book().candidates(CODE, on=day) == ()


def test_on_the_day_it_ends_a_rule_without_later_version_is_over(folder: RulesFolder) -> None:
    """Proves that the end of the last version is exclusive too."""
    folder.change(RULE_FILE, 'from = "amended_from"', 'from = "amended_from"\nto = 2029-09-01')
    assert highest(folder.book(), date(2029, 8, 31)) == 5
    with pytest.raises(NotInForce):
        folder.book().at(CODE, on=date(2029, 9, 1))


@pytest.mark.parametrize("day", [date(2025, 12, 17), date(2025, 12, 31), date(2026, 1, 6)])
def test_between_two_possible_days_the_law_is_not_established(
    folder: RulesFolder, day: date
) -> None:
    """Proves that the first and the last day of the interval give RUL-303, and both versions."""
    book = folder.book()
    with pytest.raises(Unsettled) as caught:
        book.at(CODE, on=day)
    assert isinstance(caught.value, LookupError)
    whole(caught.value.problem, "RUL-303", CODE)
    assert [one.values["max"] for one in book.candidates(CODE, on=day)] == [4, 5]


@pytest.mark.parametrize(
    ("day", "grade"),
    [
        (date(2025, 12, 17), 4),
        (date(2025, 12, 19), 4),
        (date(2025, 12, 20), 5),
        (date(2026, 1, 6), 5),
    ],
)
def test_a_boundary_that_is_entered_settles_every_day(
    folder: RulesFolder, day: date, grade: int
) -> None:
    """Proves that the later version begins on the day entered, and the earlier ends before it."""
    assert highest(folder.settled(), day) == grade


def test_a_boundary_without_limits_puts_every_day_in_doubt(folder: RulesFolder) -> None:
    """Proves that where nothing is known of the day, only the outer edges are certain."""
    folder.change(PARAMETER_FILE, "not_before = 2025-12-17\nnot_after = 2026-01-07\n", "")
    book = folder.book()
    assert highest(book, date(2024, 12, 31)) == 3
    for day in (date(2025, 1, 1), date(2025, 6, 1), date.max):
        assert len(book.candidates(CODE, on=day)) == 2
    assert book.candidates(CODE, on=date(2024, 6, 30)) == ()
    assert highest(folder.settled(), date(2025, 12, 19)) == 4


def test_a_code_of_no_rule_is_unknown(folder: RulesFolder) -> None:
    """Proves that a mistyped code is refused by its name, wherever it is asked for (RUL-431)."""
    book = folder.book()
    for ask in (book.rule, book.timeline):
        with pytest.raises(UnknownRule) as caught:
            ask("ELG-999")
        whole(caught.value.problem, "RUL-431", "ELG-999", "skola-kopiena")
    with pytest.raises(UnknownRule, match=r"^RUL-431 · The rulebook") as caught:
        book.at("ELG-999", on=date(2025, 1, 1))
    assert isinstance(caught.value, SkolaError)
    assert isinstance(caught.value, LookupError)
