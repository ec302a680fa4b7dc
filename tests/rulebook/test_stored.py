"""What is stored of a rulebook and its settings makes the same again, under the same digests."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.problems import CitationStatus
from skola_finance.rulebook import (
    Rulebook,
    load_rulebook,
    make_setting,
    rulebook_of_texts,
    setting_of_record,
    setting_record,
)
from skola_finance.rulebook.load import shipped_rules
from skola_finance.rulebook.model import PROGRAMMES
from skola_finance.rulebook.parameters import NONE, ValueShape
from tests.rulebook.folder import PARAMETER_FILE, RULE_FILE, VECTOR_FILE, assert_refused, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from skola_finance.rulebook import Parameter, Setting
    from tests.rulebook.folder import RulesFolder

BOOKS = {programme: load_rulebook(programme) for programme in PROGRAMMES}
FILLED = {"<semester>": "2025-autumn", "<project_no>": "8.3.4.0/16/I/001"}
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))
TEXTS: dict[ValueShape, st.SearchStrategy[str]] = {
    ValueShape.MONEY: st.integers(0, 10**10).map(lambda cents: f"{cents // 100}.{cents % 100:02}"),
    ValueShape.HOURS: st.integers(0, 99_999).map(lambda hours: f"{hours},5"),
    ValueShape.WHOLE: st.integers(0, 10**9 - 1).map(str),
    ValueShape.RATE: st.integers(0, 100).map(lambda percent: f"{percent} %"),
    ValueShape.DAY: DAYS.map(date.isoformat),
    ValueShape.DAY_OF_YEAR: DAYS.map(lambda day: f"{day:%m-%d}"),
    ValueShape.LIST: st.lists(st.sampled_from(["1000", "2300", "ā"]), min_size=1).map(" ".join),
    ValueShape.MEMBER: st.sampled_from(["yes", "no"]),
}
RECORD: dict[str, Any] = {
    "key": "unit_cost.reading_support",
    "value": "13.20",
    "from": "2024-07-01",
    "to": None,
    "source": "metodika",
    "status": "inferred",
    "illustrative": True,
}


def key_of(parameter: Parameter) -> str:
    """Give one key that a parameter stands for."""
    *parts, last = parameter.key.split(".")
    if parameter.among and last.startswith("<"):
        last = parameter.among[0]
    filled = (FILLED.get(one, "x" if one.startswith("<") else one) for one in (*parts, last))
    return ".".join(filled)


@st.composite
def settings_for(draw: st.DrawFn, book: Rulebook) -> Setting:
    """Draw a setting of any parameter that may be entered."""
    parameter = draw(st.sampled_from(book.parameters))
    text = st.just(NONE) | TEXTS[parameter.shape]
    if parameter.boundary is not None:
        first = parameter.not_before or date(2024, 1, 1)
        text = st.dates(first, parameter.not_after or date(2026, 1, 1)).map(date.isoformat)
    starts = draw(st.none() | DAYS)
    ends = draw(st.none() | DAYS)
    if starts is not None and ends is not None:
        ends = max(ends, starts + timedelta(days=1))
    return make_setting(
        rulebook=book,
        key=key_of(parameter),
        value=draw(text),
        starts=starts,
        ends=ends,
        source=draw(st.text(min_size=1).filter(str.strip)),
        status=draw(st.sampled_from(CitationStatus)),
        illustrative=draw(st.booleans()),
    )


@pytest.mark.parametrize("programme", PROGRAMMES)
@given(data=st.data())
def test_a_rulebook_of_its_texts_is_the_same_in_any_order(
    programme: str, data: st.DataObject
) -> None:
    """Proves that what a verdict cites by its digest can be brought back whole."""
    book = BOOKS[programme]
    names = data.draw(st.permutations(sorted(book.texts)))
    stored = json.loads(json.dumps({name: book.texts[name] for name in names}))
    again = rulebook_of_texts(programme, stored)
    assert again.digest == book.digest
    assert again == book
    assert again.texts == book.texts


@pytest.mark.parametrize("programme", PROGRAMMES)
@given(data=st.data())
def test_settings_of_their_records_are_the_same(programme: str, data: st.DataObject) -> None:
    """Proves that every setting survives JSON, and their digest with them."""
    book = BOOKS[programme]
    entered = data.draw(st.lists(settings_for(book), max_size=5))
    stored = json.loads(json.dumps([setting_record(one) for one in entered]))
    again = tuple(setting_of_record(one, rulebook=book) for one in stored)
    assert again == tuple(entered)
    settled = book.with_settings(entered)
    restored = rulebook_of_texts(programme, book.texts, settings=again)
    assert restored.settings_digest == settled.settings_digest
    assert restored == settled


def test_every_file_that_decides_is_kept_and_no_other(folder: RulesFolder) -> None:
    """Proves that neither vectors nor base lines are kept, and that a text is as it stood."""
    book = folder.book()
    assert list(book.texts) == [RULE_FILE, PARAMETER_FILE]
    assert book.texts[RULE_FILE] == (folder.path / RULE_FILE).read_text("utf-8")
    assert book.with_settings(()).texts == book.texts
    assert "code =" not in repr(book)
    shipped = {one.relative_to(shipped_rules()).as_posix() for one in shipped_rules().rglob("*")}
    assert set(BOOKS["pumpurs"].texts) == set(BOOKS["skola-kopiena"].texts) < shipped


def test_remarks_make_no_other_rulebook(folder: RulesFolder) -> None:
    """Proves that texts that say the same are equal rulebooks, as their digests say."""
    before = folder.book()
    folder.change(RULE_FILE, "[applies]", "# a remark\n[applies]")
    after = folder.book()
    assert after.texts != before.texts
    assert after == before


def test_texts_need_no_proof(folder: RulesFolder) -> None:
    """Proves that a stored rulebook is made again where there are no vectors."""
    book = folder.book()
    (folder.path / VECTOR_FILE).unlink()
    assert rulebook_of_texts("skola-kopiena", book.texts) == book


def test_stored_texts_are_read_as_strictly_as_files(folder: RulesFolder) -> None:
    """Proves that what was spoiled in store is refused, with file and place."""
    texts = dict(folder.book().texts)
    spoiled = texts | {RULE_FILE: texts[RULE_FILE].replace("max = 3", "max = 3.0")}
    assert_refused(
        lambda: rulebook_of_texts("skola-kopiena", spoiled),
        code="RUL-402",
        file=RULE_FILE,
        place="3.0",
    )
    problem = refusal(lambda: rulebook_of_texts("pumpurs", texts))
    assert (problem.code, problem.where.file) == ("RUL-417", None)


def test_a_record_holds_plain_values(folder: RulesFolder) -> None:
    """Proves the form that is stored, field by field."""
    setting = setting_of_record(RECORD, rulebook=folder.book())
    assert (setting.value, setting.starts, setting.ends) == (1320, date(2024, 7, 1), None)
    assert setting_record(setting) == RECORD


# what is wrong: (field, what it becomes, code, column)
WRONG_RECORD: dict[str, tuple[str, object, str, str | None]] = {
    "a field that no record has": ("programme", "pumpurs", "RUL-403", "programme"),
    "an unknown key": ("key", "unit_costs.reading_support", "RUL-403", "key"),
    "a key of another programme": ("key", "youth_project_from", "RUL-403", "key"),
    "no key": ("key", None, "RUL-405", "key"),
    "no value": ("value", None, "RUL-405", "value"),
    "a value that is no text": ("value", 13, "RUL-405", "value"),
    "no source": ("source", " ", "RUL-405", "source"),
    "no status": ("status", None, "RUL-405", "status"),
    "an unknown status": ("status", "guessed", "RUL-406", "status"),
    "a value of another shape": ("value", "13.205", "RUL-407", "value"),
    "a start that is no day": ("from", "2024-02-30", "RUL-407", "from"),
    "a start in another form": ("from", "20240701", "RUL-407", "from"),
    "an end that is no text": ("to", 2024, "RUL-405", "to"),
    "illustrative that is a text": ("illustrative", "yes", "RUL-407", "illustrative"),
    "an end on the day of the start": ("to", "2024-07-01", "RUL-411", None),
}


@pytest.mark.parametrize(
    ("field", "value", "code", "column"), WRONG_RECORD.values(), ids=WRONG_RECORD.keys()
)
def test_a_wrong_record_is_refused_with_its_field(
    folder: RulesFolder, field: str, value: object, code: str, column: str | None
) -> None:
    """Proves that a record is held to what a settings file is held to."""
    book = folder.book()
    record = RECORD | {field: value}
    problem = refusal(lambda: setting_of_record(record, rulebook=book))
    assert (problem.code, problem.where.column) == (code, column)
    assert problem.subject == (record["key"] or "")


def typed(book: Rulebook, **changed: Any) -> Callable[[], Setting]:  # noqa: ANN401 - what a person typed may be anything
    """Make a setting as a screen does, with something typed wrong."""
    good: dict[str, Any] = {"key": "group_size.min", "value": "6", "source": "metodika"}
    days = {"starts": date(2025, 1, 1), "ends": None}
    return lambda: make_setting(rulebook=book, **(good | days | changed))


def test_what_a_person_typed_is_a_setting(folder: RulesFolder) -> None:
    """Proves that it is the very setting that a file gives."""
    folder.write(
        "../settings.toml",
        '[[setting]]\nkey = "group_size.min"\nvalue = "6"\nfrom = 2025-01-01\nsource = "metodika"',
    )
    (of_file,) = folder.settled().settings
    assert typed(folder.book())() == of_file
    assert typed(folder.book(), value=NONE)().value is None


# what is wrong: (what was typed, code, column, a part of the message)
TYPED_WRONG: dict[str, tuple[dict[str, Any], str, str | None, str]] = {
    "an unknown key": ({"key": "group_size"}, "RUL-403", "key", "group_size"),
    "no key": ({"key": ""}, "RUL-405", "key", "key"),
    "no source": ({"source": ""}, "RUL-405", "source", "source"),
    "a value of another shape": ({"value": "6.5"}, "RUL-407", "value", "6.5"),
    "an end before the start": (
        {"ends": date(2024, 12, 31)},
        "RUL-411",
        None,
        "group_size.min: ",
    ),
    "a boundary outside its interval": (
        {"key": "amended_from", "value": "2026-01-08"},
        "RUL-422",
        "value",
        "2026-01-08",
    ),
    "a boundary that is none": (
        {"key": "amended_from", "value": NONE},
        "RUL-422",
        "value",
        NONE,
    ),
}


@pytest.mark.parametrize(
    ("changed", "code", "column", "said"), TYPED_WRONG.values(), ids=TYPED_WRONG.keys()
)
def test_what_was_typed_wrong_is_refused_and_no_file_is_blamed(
    folder: RulesFolder, changed: dict[str, Any], code: str, column: str | None, said: str
) -> None:
    """Proves that the problem leads to the field of the screen, and the hint to what was typed."""
    problem = refusal(typed(folder.book(), **changed))
    assert (problem.code, problem.where.column, problem.where.file) == (code, column, None)
    assert problem.subject == changed.get("key", "group_size.min")
    assert said in problem.message.lv
    assert said in problem.message.en
    assert "file" not in problem.hint.en
