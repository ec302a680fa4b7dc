"""Settings: what was entered, on which days it holds, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.problems import CitationStatus
from skola_finance.rulebook import load_settings
from skola_finance.rulebook.rulebook import UnsetParameter
from tests.rulebook.folder import SETTINGS, SETTINGS_FILE, assert_refused

if TYPE_CHECKING:
    from tests.rulebook.folder import RulesFolder

COST = "unit_cost.reading_support"

# what is wrong: (text in the file, what it becomes, code, place)
WRONG = {
    "not TOML": ("[[setting]]", "[[setting]", "RUL-401", None),
    "a key twice in one table": (
        'source = "metodika"',
        'source = "a"\nsource = "b"',
        "RUL-401",
        None,
    ),
    "a float": ('"13.20"', "13.20", "RUL-402", "13.20"),
    "a table nobody knows": ("[[setting]]", "[[settings]]", "RUL-403", "settings"),
    "a misspelt key": ("unit_cost.reading", "unit_costs.reading", "RUL-403", "setting[1].key"),
    "an unknown column": ("illustrative", "ilustrative", "RUL-403", "setting[1].ilustrative"),
    "settings that are one table": (SETTINGS, "[setting]\nkey = 'a'", "RUL-404", "setting"),
    "settings that are texts": (SETTINGS, "setting = ['a']", "RUL-404", "setting[1]"),
    "a missing key": ('key = "amended_from"\n', "", "RUL-405", "setting[3].key"),
    "a missing value": ('value = "2025-12-20"\n', "", "RUL-405", "setting[3].value"),
    "a value that is no text": ('"none"', "6", "RUL-405", "setting[4].value"),
    "a missing source": ('source = "metodika"\n', "", "RUL-405", "setting[4].source"),
    "an unknown programme": (
        'programme = "skola-kopiena"',
        'programme = "skola_kopiena"',
        "RUL-406",
        "setting[2].programme",
    ),
    "an unknown status": ('"inferred"', '"guessed"', "RUL-406", "setting[1].status"),
    "a value of another shape": ('"13.20"', '"13.205"', "RUL-407", "setting[1].value"),
    "a start that is text": (
        "from = 2024-07-01",
        'from = "2024-07-01"',
        "RUL-407",
        "setting[1].from",
    ),
    "illustrative that is a text": (
        "illustrative = true",
        'illustrative = "yes"',
        "RUL-407",
        "setting[1].illustrative",
    ),
    "an end before the start": ("to = 2025-09-01", "to = 2024-06-30", "RUL-411", "setting[1]"),
    "an end on the day of the start": (
        "to = 2025-09-01",
        "to = 2024-07-01",
        "RUL-411",
        "setting[1]",
    ),
    "two values on one day": ("to = 2025-09-01", "to = 2025-09-02", "RUL-421", "setting[2].key"),
    "two values for ever": ("to = 2025-09-01\n", "", "RUL-421", "setting[2].key"),
    "two values without a start": (
        "from = 2025-09-01\n",
        "",
        "RUL-421",
        "setting[2].key",
    ),
    "a boundary before its interval": ("2025-12-20", "2025-12-16", "RUL-422", "setting[3].value"),
    "a boundary after its interval": ("2025-12-20", "2026-01-08", "RUL-422", "setting[3].value"),
    "a boundary that is none": ("2025-12-20", "none", "RUL-422", "setting[3].value"),
    "a boundary twice": (
        'key = "group_size.min"\nvalue = "none"',
        'key = "amended_from"\nvalue = "2025-12-21"',
        "RUL-421",
        "setting[4].key",
    ),
}


@pytest.mark.parametrize(("old", "new", "code", "place"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_settings_file_is_refused_with_its_place(
    folder: RulesFolder, old: str, new: str, code: str, place: str | None
) -> None:
    """Proves that one wrong thing in a settings file keeps all of it from being used."""
    folder.change(f"../{SETTINGS_FILE}", old, new)
    assert_refused(folder.settled, code=code, file=SETTINGS_FILE, place=place)


def test_a_settings_file_that_is_not_there_is_refused(folder: RulesFolder) -> None:
    """Proves that a name typed wrong is said, and not taken for no settings."""
    folder.settings_path.unlink()
    assert_refused(folder.settled, code="RUL-400", file=SETTINGS_FILE, place=None)


def test_two_values_may_meet_in_either_order(folder: RulesFolder) -> None:
    """Proves that the file need not be in the order of the days."""
    first, second, *rest = SETTINGS.split("\n[[setting]]")
    later = "[[setting]]" + second
    earlier = first.removeprefix("[[setting]]")
    folder.write(f"../{SETTINGS_FILE}", "\n[[setting]]".join([later, earlier, *rest]))
    values = folder.settled().values_of(COST)
    assert [one.text for one in values] == ["13.20", "14.00"]


@pytest.mark.parametrize(
    ("day", "cents"),
    [
        (date(2024, 7, 1), 1320),
        (date(2025, 8, 31), 1320),
        (date(2025, 9, 1), 1400),
        (date(2099, 1, 1), 1400),
    ],
)
def test_a_value_holds_from_its_first_day_until_its_end(
    folder: RulesFolder, day: date, cents: int
) -> None:
    """Proves the half-open period at its edges: the end belongs to the next value."""
    assert folder.settled().setting(COST, on=day).value == cents


def test_a_day_before_the_first_value_is_unset(folder: RulesFolder) -> None:
    """Proves that no value reaches back before its first day (RUL-301)."""
    with pytest.raises(UnsetParameter) as caught:
        folder.settled().setting(COST, on=date(2024, 6, 30))
    problem = caught.value.problem
    assert problem.code == "RUL-301"
    assert COST in problem.message.lv
    assert COST in problem.message.en
    assert "30.06.2024" in problem.message.lv


def test_a_key_nobody_entered_is_unset(folder: RulesFolder) -> None:
    """Proves that what was never entered, or never declared, has no value."""
    for key in ("unit_cost.mentor_support", "no.such.key"):
        with pytest.raises(UnsetParameter):
            folder.settled().setting(key, on=date(2025, 1, 1))


def test_none_is_entered_and_not_unset(folder: RulesFolder) -> None:
    """Proves that “there is no such limit” is an answer, and silence is not."""
    setting = folder.settled().setting("group_size.min", on=date(2025, 1, 1))
    assert setting.value is None
    assert setting.text == "none"
    with pytest.raises(UnsetParameter):
        folder.book().setting("group_size.min", on=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("day", "value"), [(date(2026, 8, 31), 901), (date(2026, 9, 1), 825), (date(1999, 1, 1), 901)]
)
def test_a_default_holds_where_nothing_was_entered(
    folder: RulesFolder, day: date, value: int
) -> None:
    """Proves that dated defaults of the rules folder are used, each on its days."""
    setting = folder.book().setting("semester.autumn_from", on=day)
    assert setting.value == value
    assert setting.source.startswith("Lēmums")


def test_an_entered_value_stands_before_the_default(folder: RulesFolder) -> None:
    """Proves that a default gives way as soon as somebody with authority enters a value."""
    entry = '\n[[setting]]\nkey = "semester.autumn_from"\nvalue = "09-15"\nsource = "metodika"\n'
    folder.write(f"../{SETTINGS_FILE}", SETTINGS + entry)
    setting = folder.settled().setting("semester.autumn_from", on=date(2025, 1, 1))
    assert setting.value == 915


def test_what_was_said_about_a_value_is_kept(folder: RulesFolder) -> None:
    """Proves that source, status and the mark of an illustration travel with the value."""
    first, second = folder.settled().values_of(COST)
    assert (first.source, first.illustrative) == ("Vienošanās, 5. pielikums", True)
    assert first.status is CitationStatus.INFERRED
    assert (second.status, second.illustrative) == (CitationStatus.SOURCED, False)


def test_settings_of_another_programme_are_left_out(folder: RulesFolder) -> None:
    """Proves that one file may serve both programmes."""
    mine, foreign = (
        '\n[[setting]]\nprogramme = "pumpurs"\nkey = "unit_cost.meals"\nvalue = "x"\n',
        '\n[[setting]]\nkey = "youth_project_from"\nvalue = "2019-01-01"\nsource = "s"\n',
    )
    folder.write(f"../{SETTINGS_FILE}", SETTINGS + mine + foreign)
    assert len(folder.settled().settings) == 4


def test_a_foreign_key_named_for_this_programme_is_unknown(folder: RulesFolder) -> None:
    """Proves that a key is refused where the file says that it is meant for this programme."""
    mine = '\n[[setting]]\nprogramme = "skola-kopiena"\nkey = "youth_project_from"\nvalue = "x"\n'
    folder.write(f"../{SETTINGS_FILE}", SETTINGS + mine)
    assert_refused(folder.settled, code="RUL-403", file=SETTINGS_FILE, place="setting[5].key")


def test_the_keys_entered_can_be_asked_for_by_their_beginning(folder: RulesFolder) -> None:
    """Proves that quotas and institutions can be listed, each key once and in order."""
    assert folder.settled().keys_like("unit_cost.") == (COST,)
    assert folder.settled().keys_like("") == ("amended_from", "group_size.min", COST)
    assert folder.book().keys_like("") == ()


def test_settings_load_for_a_shipped_programme_by_its_name(folder: RulesFolder) -> None:
    """Proves the short way of the public names: a file and a programme."""
    text = '[[setting]]\nkey = "group_size.max"\nvalue = "6"\nsource = "metodika"\n'
    folder.write(f"../{SETTINGS_FILE}", text)
    for programme in ("skola-kopiena", "pumpurs"):
        (setting,) = load_settings(folder.settings_path, programme=programme)
        assert setting.value == 6
    (setting,) = load_settings(folder.settings_path)
    assert setting.key == "group_size.max"
