"""Parameters: the blanks of the law, and every way their file can be wrong."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.money import Rate
from skola_finance.problems import CitationStatus
from skola_finance.rulebook import Boundary, make_setting
from skola_finance.rulebook.parameters import ValueShape, parse_value
from skola_finance.rulebook.rulebook import UnsetParameter
from tests.rulebook.folder import PARAMETER_FILE, assert_refused

if TYPE_CHECKING:
    from tests.rulebook.folder import RulesFolder

BOUNDARY = "boundary = true\nnot_before = 2025-12-17\nnot_after = 2026-01-07\n"
FIRST_DEFAULT = 'value = "09-01"\nto = 2026-09-01\n'
FIRST_OFFER = 'value = "6"\nto = 2027-01-01\n'
LAW = (
    'citation = {act = "Likums", locator = "1. pants", uri = "https://b.lv", status = "sourced"}\n'
)
COST = 'citation = {act = "Lēmums", locator = "1.", uri = "https://a.lv", status = "unverified"}\n'

# what is wrong: (text in the file, what it becomes, code, place)
WRONG = {
    "a table nobody knows": ("[[parameter]]", "[param]\n[[parameter]]", "RUL-403", "param"),
    "an unknown key": ("shape =", "form =", "RUL-403", "parameter[1].form"),
    "an unknown key of a default": (
        FIRST_DEFAULT,
        f"{FIRST_DEFAULT}unit = 1\n",
        "RUL-403",
        "parameter[3].value[1].unit",
    ),
    "an unknown language": ("en = ", "de = ", "RUL-403", "parameter[1].title.de"),
    "one default without brackets": (
        'shape = "whole"',
        'shape = "whole"\nvalue = "2"',
        "RUL-404",
        "parameter[4].value",
    ),
    "a missing key": ('key = "amended_from"\n', "", "RUL-405", "parameter[1].key"),
    "a missing shape": ('shape = "day"\n', "", "RUL-405", "parameter[1].shape"),
    "no programmes": ('programmes = ["skola-kopiena"]\n', "", "RUL-405", "parameter[1].programmes"),
    "an unknown shape": ('"day"', '"days"', "RUL-406", "parameter[1].shape"),
    "an unknown programme": (
        '["skola-kopiena"]',
        '["pumpur"]',
        "RUL-406",
        "parameter[1].programmes",
    ),
    "a default of another shape": (
        '"09-01"',
        '"01.09."',
        "RUL-407",
        "parameter[3].value[1].value",
    ),
    "a boundary that is neither yes nor no": (
        "boundary = true",
        'boundary = "true"',
        "RUL-407",
        "parameter[1].boundary",
    ),
    "a boundary that is no day": (
        'shape = "day"',
        'shape = "money"',
        "RUL-407",
        "parameter[1].shape",
    ),
    "an interval of what is no boundary": ("boundary = true\n", "", "RUL-407", "parameter[1]"),
    "a first day that is text": (
        "not_before = 2025-12-17",
        'not_before = "2025-12-17"',
        "RUL-407",
        "parameter[1].not_before",
    ),
    "a missing language": ('lv = "Grozījumu diena", ', "", "RUL-409", "parameter[1].title.lv"),
    "a key declared twice": (
        'key = "group_size.min"',
        'key = "semester.autumn_from"',
        "RUL-410",
        "parameter[4].key",
    ),
    "an interval that ends before it starts": (
        "not_after = 2026-01-07",
        "not_after = 2025-12-16",
        "RUL-411",
        "parameter[1]",
    ),
    "a default that ends before it starts": (
        FIRST_DEFAULT,
        f"{FIRST_DEFAULT}from = 2026-09-02\n",
        "RUL-411",
        "parameter[3].value[1]",
    ),
    "a parameter without citation": (
        "[parameter.citation]",
        "[parameter.source]",
        "RUL-403",
        "parameter[1].source",
    ),
    "a default without citation": (COST, "", "RUL-415", "parameter[3].value[1]"),
    "two defaults on one day": (
        "to = 2026-09-01",
        "to = 2026-09-02",
        "RUL-421",
        "parameter[3].value[2].key",
    ),
    "an offer without brackets": (
        'shape = "day_of_year"',
        'shape = "day_of_year"\noffered = "09-01"',
        "RUL-404",
        "parameter[3].offered",
    ),
    "an unknown key of an offer": (
        FIRST_OFFER,
        f"{FIRST_OFFER}unit = 1\n",
        "RUL-403",
        "parameter[4].offered[1].unit",
    ),
    "an offer of nothing": (
        FIRST_OFFER,
        "to = 2027-01-01\n",
        "RUL-405",
        "parameter[4].offered[1].value",
    ),
    "an offer of another shape": (
        'value = "6"',
        'value = "6.0"',
        "RUL-407",
        "parameter[4].offered[1].value",
    ),
    "an end of an offer that is text": (
        "to = 2027-01-01",
        'to = "2027-01-01"',
        "RUL-407",
        "parameter[4].offered[1].to",
    ),
    "an offer that ends before it starts": (
        FIRST_OFFER,
        f"{FIRST_OFFER}from = 2027-01-02\n",
        "RUL-411",
        "parameter[4].offered[1]",
    ),
    "an offer without citation": (LAW, "", "RUL-415", "parameter[4].offered[1]"),
    "two offers on one day": (
        "to = 2027-01-01",
        "to = 2027-01-02",
        "RUL-421",
        "parameter[4].offered[2].key",
    ),
}


@pytest.mark.parametrize(("old", "new", "code", "place"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_parameter_file_is_refused_with_its_place(
    folder: RulesFolder, old: str, new: str, code: str, place: str
) -> None:
    """Proves that one wrong thing about a parameter keeps the whole rulebook from loading."""
    folder.change(PARAMETER_FILE, old, new)
    assert_refused(folder.book, code=code, file=PARAMETER_FILE, place=place)


def test_a_parameter_needs_a_citation_of_where_the_law_leaves_it_open(folder: RulesFolder) -> None:
    """Proves that a blank of the law names the paragraph that leaves it."""
    start = "[parameter.citation]\n"
    text = (folder.path / PARAMETER_FILE).read_text("utf-8")
    citation = text[text.index(start) : text.index("[[parameter]]", text.index(start))]
    folder.change(PARAMETER_FILE, citation, "")
    assert_refused(folder.book, code="RUL-415", file=PARAMETER_FILE, place="parameter[1]")


def test_a_placeholder_stands_for_one_part_of_a_key(folder: RulesFolder) -> None:
    """Proves that `<activity>` is anything without a dot, and that nothing else fits."""
    book = folder.book()
    cost = book.parameter("unit_cost.reading_support")
    assert cost is not None
    assert cost.key == "unit_cost.<activity>"
    for key in ("unit_cost", "unit_cost.", "unit_cost.a.b", "xunit_cost.a", "unit_costXa"):
        assert book.parameter(key) is None


def test_parameters_of_other_programmes_are_known_as_foreign(folder: RulesFolder) -> None:
    """Proves that a settings file for both programmes can be told from a misspelt key."""
    book = folder.book()
    assert [one.key for one in book.foreign] == ["youth_project_from"]
    assert "youth_project_from" not in [one.key for one in book.parameters]


def test_a_parameter_may_stand_for_an_edge_between_versions(folder: RulesFolder) -> None:
    """Proves which parameters are boundaries, and between which days."""
    book = folder.book()
    edge, cost = book.parameter("amended_from"), book.parameter("unit_cost.a")
    assert edge is not None
    assert cost is not None
    assert edge.boundary == Boundary("amended_from", date(2025, 12, 17), date(2026, 1, 7))
    assert cost.boundary is None


def test_what_is_offered_is_kept_with_its_days_and_its_source(folder: RulesFolder) -> None:
    """Proves that a screen can show what the law gives for another relation, and where."""
    size = folder.book().parameter("group_size.min")
    assert size is not None
    first, second = size.offered
    assert (first.key, first.text, first.value) == ("group_size.min", "6", 6)
    assert (first.starts, first.ends) == (None, date(2027, 1, 1))
    assert (first.source, first.status) == ("Likums, 1. pants", CitationStatus.SOURCED)
    assert (second.value, second.starts, second.ends) == (8, date(2027, 1, 1), None)
    assert size.defaults == ()


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1)])
def test_what_is_offered_holds_for_nobody(folder: RulesFolder, day: date) -> None:
    """Proves that an offer never stands in for what the agency has to enter."""
    book = folder.book()
    assert book.values_of("group_size.min") == ()
    with pytest.raises(UnsetParameter):
        book.setting("group_size.min", on=day)


def test_what_is_entered_is_all_that_holds_beside_an_offer(folder: RulesFolder) -> None:
    """Proves that the days an entry leaves open are not filled by what is offered."""
    book = folder.book()
    entered = make_setting(
        rulebook=book,
        key="group_size.min",
        value="4",
        starts=None,
        ends=date(2026, 1, 1),
        source="metodika",
    )
    book = book.with_settings([entered])
    assert book.setting("group_size.min", on=date(2025, 12, 31)) is entered
    with pytest.raises(UnsetParameter):
        book.setting("group_size.min", on=date(2026, 1, 1))


VALUES: list[tuple[ValueShape, str, object]] = [
    (ValueShape.MONEY, "13.20", 1320),
    (ValueShape.MONEY, "8 380 000,00", 838_000_000),
    (ValueShape.MONEY, "0", 0),
    (ValueShape.HOURS, "1.5", 1500),
    (ValueShape.HOURS, "60", 60_000),
    (ValueShape.HOURS, "0,125", 125),
    (ValueShape.WHOLE, "0", 0),
    (ValueShape.WHOLE, "6", 6),
    (ValueShape.RATE, "15 %", Rate(3, 20)),
    (ValueShape.DAY, "2025-05-08", date(2025, 5, 8)),
    (ValueShape.DAY_OF_YEAR, "09-01", 901),
    (ValueShape.DAY_OF_YEAR, "02-29", 229),
    (ValueShape.LIST, "1000  2000 ", ("1000", "2000")),
    (ValueShape.MEMBER, "yes", True),
    (ValueShape.MEMBER, "no", False),
]

UNREADABLE = [
    (ValueShape.MONEY, "-0.01"),
    (ValueShape.MONEY, "13.205"),
    (ValueShape.MONEY, "x"),
    (ValueShape.HOURS, "1.2345"),
    (ValueShape.HOURS, "-1"),
    (ValueShape.HOURS, "100000"),
    (ValueShape.WHOLE, "6.0"),
    (ValueShape.WHOLE, "-6"),
    (ValueShape.WHOLE, "٦"),
    (ValueShape.WHOLE, "1234567890"),
    (ValueShape.RATE, "15"),
    (ValueShape.RATE, "115 %"),
    (ValueShape.DAY, "08.05.2025"),
    (ValueShape.DAY, "2025-02-30"),
    (ValueShape.DAY, "20250508"),
    (ValueShape.DAY_OF_YEAR, "9-1"),
    (ValueShape.DAY_OF_YEAR, "02-30"),
    (ValueShape.DAY_OF_YEAR, "13-01"),
    (ValueShape.MEMBER, "jā"),
    (ValueShape.MEMBER, "Yes"),
]


@pytest.mark.parametrize(("shape", "text", "value"), VALUES)
def test_the_text_of_a_setting_is_read_exactly(shape: ValueShape, text: str, value: object) -> None:
    """Proves what each shape means in exact units."""
    assert parse_value(shape, text) == value


@pytest.mark.parametrize(("shape", "text"), UNREADABLE)
def test_a_text_of_another_shape_is_refused(shape: ValueShape, text: str) -> None:
    """Proves that nothing is rounded, guessed or cut off."""
    with pytest.raises(ValueError, match=r"."):
        parse_value(shape, text)


def test_every_shape_of_a_setting_is_tried() -> None:
    """Proves that a shape that is added is tried here too."""
    assert {shape for shape, _, _ in VALUES} == set(ValueShape)
    assert {shape for shape, _ in UNREADABLE} == set(ValueShape) - {ValueShape.LIST}
