"""Problems: one shape for all that can be wrong, and its one line."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.problems import (
    Citation,
    CitationStatus,
    Language,
    Problem,
    Severity,
    SkolaError,
    Text,
    Where,
)

TEXT = Text(lv="Diena nav derīga.", en="The day is not valid.")
HINT = Text(lv="Izlabojiet to.", en="Mend it.")


def problem(where: Where | None = None) -> Problem:
    """Make a problem at a place."""
    return Problem("ELG-101", Severity.ERROR, TEXT, HINT, where or Where())


@pytest.mark.parametrize(("lv", "en"), [("", "a"), ("a", ""), ("  ", "a"), ("a", "\n\t")])
def test_a_text_cannot_lack_a_language(lv: str, en: str) -> None:
    """Proves that nothing is said in one language only."""
    with pytest.raises(ValueError, match=re.escape("a text needs both languages")) as caught:
        Text(lv=lv, en=en)
    assert repr(lv) in str(caught.value)
    assert repr(en) in str(caught.value)


def test_a_text_is_given_in_the_language_asked_for() -> None:
    """Proves that languages are not mixed up."""
    assert TEXT.in_(Language.LV) == "Diena nav derīga."
    assert TEXT.in_(Language.EN) == "The day is not valid."


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Where(), ""),
        (Where(file="a.xlsx"), "a.xlsx"),
        (Where(sheet="Lines"), "Lines"),
        (Where(row=3), "3"),
        (Where(column="amount"), "amount"),
        (Where(sheet="Lines", row=3, column="amount"), "Lines › amount 3"),
        (Where(file="a.xlsx", row=3), "a.xlsx › 3"),
        (Where("a.xlsx", "Lines", 3, "amount"), "a.xlsx › Lines › amount 3"),
    ],
)
def test_a_place_is_shown_without_what_is_not_known(where: Where, shown: str) -> None:
    """Proves every combination that problems use."""
    assert str(where) == shown


@pytest.mark.parametrize(
    ("where", "language", "line"),
    [
        (Where(), Language.LV, "ELG-101 · Diena nav derīga. · Izlabojiet to."),
        (Where(), Language.EN, "ELG-101 · The day is not valid. · Mend it."),
        (
            Where(sheet="Lines", row=3),
            Language.LV,
            "ELG-101 · Diena nav derīga. · Lines › 3 · Izlabojiet to.",
        ),
    ],
)
def test_a_problem_is_one_line(where: Where, language: Language, line: str) -> None:
    """Proves the order: code, what, where, what to do."""
    assert problem(where).one_line(language) == line


def test_a_problem_cuts_nothing_and_is_written_nowhere_unless_said() -> None:
    """Proves the defaults of a problem."""
    assert (problem().cut_cents, problem().citation, problem().where) == (0, None, Where())


def test_a_problem_cannot_be_changed() -> None:
    """Proves that findings stay what they were when they were found."""
    with pytest.raises(FrozenInstanceError):
        problem().code = "ELG-102"  # type: ignore[misc]  # that is what is refused


def test_an_exception_carries_its_problem_and_reads_in_english() -> None:
    """Proves that a refusal shows in a traceback and can be shown in either language."""
    error = SkolaError(problem())
    assert str(error) == "ELG-101 · The day is not valid. · Mend it."
    assert error.problem == problem()


def test_a_citation_need_not_have_been_checked() -> None:
    """Proves that an unread source can be named, as what it is."""
    cited = Citation("MK 483", "9. punkts", "https://a.lv", CitationStatus.UNVERIFIED)
    assert cited.checked_on is None


@given(st.sampled_from(list(Language)), st.text(min_size=1), st.text(min_size=1))
def test_a_text_with_both_languages_keeps_them(language: Language, lv: str, en: str) -> None:
    """Proves that a text is taken as it is, or refused for being empty."""
    if lv.strip() and en.strip():
        assert Text(lv=lv, en=en).in_(language) == (lv if language is Language.LV else en)
    else:
        with pytest.raises(ValueError, match="both languages"):
            Text(lv=lv, en=en)
