"""The values of a version: each shape read exactly, and refused where it is not of the shape."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.money import Rate
from skola_finance.rulebook.kinds import KINDS, Shape
from tests.rulebook.folder import CITATION, HEAD, VECTORS, assert_refused

if TYPE_CHECKING:
    from tests.rulebook.folder import RulesFolder

FILE = "law/elg-101.toml"

WINDOW = "first = 2024-07-01\nlast = 2029-08-31\npaid_by = 2029-12-31\n"
RANGES = 'column = "learner_grade"\nby = "education_programme"\n'
FLAT_RATE = 'rate = "15 %"\nbase = ["management"]\nemployment = ["employment"]\n'

# shape: (kind, values of a version, key, what it is read as)
READ: dict[str, tuple[str, str, str, object]] = {
    "text": ("forbidden_codes", 'column = "a"\nforbid = ["b", "c"]\n', "column", "a"),
    "texts": ("forbidden_codes", 'column = "a"\nforbid = ["b", "c"]\n', "forbid", ("b", "c")),
    "whole": ("number_range", 'column = "a"\nmin = -1\n', "min", -1),
    "day": ("window", WINDOW, "last", date(2029, 8, 31)),
    "money": ("ceiling", 'room = "envelope"\namount = "8 380 000,00"\n', "amount", 838_000_000),
    "rate": ("flat_rate", FLAT_RATE, "rate", Rate(3, 20)),
    "fraction": ("flat_rate", FLAT_RATE.replace("15 %", "3/17"), "rate", Rate(3, 17)),
    "table": (
        "cost_form",
        'forms = {a = ["b"], c = ["d", "e"]}\n',
        "forms",
        {"a": ("b",), "c": ("d", "e")},
    ),
    "ranges": (
        "number_range",
        f"{RANGES}ranges = {{a = [1, 1], b = [0, 9]}}\n",
        "ranges",
        {"a": (1, 1), "b": (0, 9)},
    ),
    "amounts": (
        "monthly_limit",
        'amounts = {a = "30.00", b = "0.01"}\n',
        "amounts",
        {"a": 3000, "b": 1},
    ),
}

# what is wrong: (kind, values of a version, code, place below version[1])
WRONG = {
    "an empty text": ("forbidden_codes", 'column = ""\nforbid = ["b"]\n', "RUL-405", "column"),
    "an empty list": ("forbidden_codes", 'column = "a"\nforbid = []\n', "RUL-405", "forbid"),
    "a list of numbers": ("forbidden_codes", 'column = "a"\nforbid = [1]\n', "RUL-406", "forbid"),
    "a whole number as text": ("number_range", 'column = "a"\nmin = "1"\n', "RUL-407", "min"),
    "a whole number that is yes": ("number_range", 'column = "a"\nmin = true\n', "RUL-407", "min"),
    "a day left out": ("window", WINDOW.replace("last =", "# "), "RUL-405", "last"),
    "a day as text": ("window", WINDOW.replace("2029-08-31", '"2029-08-31"'), "RUL-407", "last"),
    "money as a number": ("ceiling", 'room = "a"\namount = 30\n', "RUL-405", "amount"),
    "money in letters": ("ceiling", 'room = "a"\namount = "thirty"\n', "RUL-407", "amount"),
    "money with three decimals": ("ceiling", 'room = "a"\namount = "1,005"\n', "RUL-407", "amount"),
    "money below nothing": ("ceiling", 'room = "a"\namount = "-1.00"\n', "RUL-407", "amount"),
    "a rate as a number": ("flat_rate", FLAT_RATE.replace('"15 %"', "15"), "RUL-405", "rate"),
    "a rate without percent": ("flat_rate", FLAT_RATE.replace("15 %", "15"), "RUL-407", "rate"),
    "a rate above all": ("flat_rate", FLAT_RATE.replace("15 %", "101 %"), "RUL-407", "rate"),
    "a table that is a list": ("cost_form", 'forms = ["actual"]\n', "RUL-404", "forms"),
    "a table left out": ("cost_form", "", "RUL-405", "forms"),
    "a table with one code": ("cost_form", 'forms = {a = "b"}\n', "RUL-405", "forms.a"),
    "ranges that are a list": ("number_range", f"{RANGES}ranges = [1, 2]\n", "RUL-404", "ranges"),
    "a range of one number": (
        "number_range",
        f"{RANGES}ranges = {{a = [1]}}\n",
        "RUL-407",
        "ranges.a",
    ),
    "a range that is a number": (
        "number_range",
        f"{RANGES}ranges = {{a = 1}}\n",
        "RUL-407",
        "ranges.a",
    ),
    "a range of texts": (
        "number_range",
        f'{RANGES}ranges = {{a = ["1", "2"]}}\n',
        "RUL-407",
        "ranges.a",
    ),
    "a range from high to low": (
        "number_range",
        f"{RANGES}ranges = {{a = [2, 1]}}\n",
        "RUL-407",
        "ranges.a",
    ),
    "amounts that are one": ("monthly_limit", 'amounts = "30.00"\n', "RUL-404", "amounts"),
    "an amount in letters": ("monthly_limit", 'amounts = {a = "x"}\n', "RUL-407", "amounts.a"),
    "an amount below nothing": ("monthly_limit", 'amounts = {a = "-1"}\n', "RUL-407", "amounts.a"),
    "an amount as a number": ("monthly_limit", "amounts = {a = 30}\n", "RUL-405", "amounts.a"),
    "a note that is a number": ("paid", "note = 1\n", "RUL-405", "note"),
}


def write_rule(folder: RulesFolder, kind: str, values: str) -> None:
    """Write a rule of a kind with one version that holds the values."""
    head = HEAD.format(kind=kind).replace("ELG-110", "ELG-101")
    folder.write(FILE, f"{head}\n[[version]]\n{values}{CITATION}")
    folder.write("law/elg-101.vectors.toml", VECTORS)


@pytest.mark.parametrize(("kind", "values", "key", "expected"), READ.values(), ids=READ.keys())
def test_a_value_is_read_as_its_shape_says(
    folder: RulesFolder, kind: str, values: str, key: str, expected: object
) -> None:
    """Proves that money becomes cents, a rate a Rate, and codes tuples that nobody can change."""
    write_rule(folder, kind, values)
    read: Any = folder.book().rule("ELG-101").versions[0].values
    assert read[key] == expected
    assert type(read[key]) is not float
    with pytest.raises(TypeError):
        read[key] = None


@pytest.mark.parametrize(("kind", "values", "code", "place"), WRONG.values(), ids=WRONG.keys())
def test_a_value_of_another_shape_is_refused(
    folder: RulesFolder, kind: str, values: str, code: str, place: str
) -> None:
    """Proves that nothing is turned into a value that was not written."""
    write_rule(folder, kind, values)
    assert_refused(folder.book, code=code, file=FILE, place=f"version[1].{place}")


def test_every_shape_is_tried() -> None:
    """Proves that a shape that is added is tried here too."""
    shapes = {{**KINDS[kind].needs, **KINDS[kind].may}[key] for kind, _, key, _ in READ.values()}
    assert shapes == set(Shape)
