"""The texts of the rules: whole in both languages, fillable, and written as people write."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from skola_finance.claims.columns import COLUMN, Type
from skola_finance.claims.explain import placeholders
from skola_finance.problems import Language
from skola_finance.rulebook.kinds import DAY, HOURS, Shape
from skola_finance.rulebook.model import PROGRAMMES
from tests.rules.shipped import book, rules, texts

if TYPE_CHECKING:
    from skola_finance.rulebook import Rule
    from skola_finance.rulebook.parameters import Parameter

REPOSITORY = Path(__file__).resolve().parents[2]
RULES = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.file)

ENGLISH_WORDS = re.compile(
    r"\b(the|and|of|is|are|for|not|with|without|claim|line|cost|from|this|that|was|by|has)\b",
    re.IGNORECASE,
)
LATVIAN_LETTERS = re.compile(r"[āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ]")
CODE_LIKE = re.compile(r"[a-z]+_[a-z_]+")
BOUND_BY_VALUES = {"min", "max"}
HOLDS_ALLOWED = {"allow", "forms", "statuses", "always"}


def without_names(text: str) -> str:
    """Give a text without its placeholders."""
    return re.sub(r"\{[^}]*\}", "0", text)


def offered(rule: Rule) -> set[str]:
    """Give the names that a text of the rule may show, whichever of its versions judged."""
    held = [set(version.values) for version in rule.versions]
    names = set(COLUMN) | {"cut"} | set.intersection(*held)
    kind = rule.kind
    names |= {"limit"} if kind.limit else set()
    names |= {"used"} if kind.used else set()
    names |= {"subject"} if kind.subject else set()
    if all(one & HOLDS_ALLOWED for one in held):
        names |= {"allowed"}
    if rule.kind_name == "group_size":
        names -= BOUND_BY_VALUES  # those name settings; the limit shows the number
    elif all("ranges" in one for one in held):
        names |= BOUND_BY_VALUES
    return names


@RULES
def test_a_text_stands_in_both_languages_and_they_differ(rule: Rule) -> None:
    """Proves that nothing was left untranslated."""
    by_name: dict[str, dict[Language, str]] = {}
    for name, language, text in texts(rule):
        assert text == text.strip(), name
        by_name.setdefault(name, {})[language] = text
    for name, pair in by_name.items():
        assert set(pair) == set(Language)
        assert all(pair.values())
        assert pair[Language.LV] != pair[Language.EN], name


@RULES
def test_both_languages_show_the_same_values(rule: Rule) -> None:
    """Proves that a Latvian and an English reader learn the same, and that names can be filled."""
    shown: dict[str, list[frozenset[str]]] = {}
    for name, _, text in texts(rule):
        names = placeholders(text)
        assert names <= offered(rule), name
        assert re.sub(r"\{[a-z_]+\}", "", text).count("{") == 0, name
        assert re.sub(r"\{[a-z_]+\}", "", text).count("}") == 0, name
        shown.setdefault(name, []).append(names)
    for name, (latvian, english) in shown.items():
        assert latvian == english, name
        if name == "title":
            assert not latvian, "a title is the same for every line"


@RULES
def test_latvian_is_written_as_latvian_is(rule: Rule) -> None:
    """Proves spaces, quotes and words: „…” and no English between."""
    for name, language, text in texts(rule):
        bare = without_names(text)
        assert "  " not in text, name
        assert '"' not in text, name
        assert " ." not in text, name
        assert " ," not in text, name
        assert not CODE_LIKE.search(bare), name
        if language is Language.LV:
            assert not ENGLISH_WORDS.search(bare), name
            assert "“" not in text, name
            assert "'" not in text, name
            assert text.count("„") == text.count("”"), name
        else:
            assert "„" not in text, name
            assert not LATVIAN_LETTERS.search(bare), name


def shown_with_a_full_stop(rule: Rule) -> set[str]:
    """Give the names whose Latvian value ends in a full stop: days, and hours (`60 st.`)."""
    shapes = {**rule.kind.needs, **rule.kind.may}
    names = {column.key for column in COLUMN.values() if column.type is Type.DATE}
    names |= {key for key, shape in shapes.items() if shape is Shape.DAY}
    figures = {"limit": rule.kind.limit, "used": rule.kind.used}
    return names | {name for name, unit in figures.items() if unit in (DAY, HOURS)}


@RULES
def test_a_sentence_ends_once(rule: Rule) -> None:
    """Proves that a Latvian value that ends in a full stop is not followed by another."""
    stopped = shown_with_a_full_stop(rule)
    for name, language, text in texts(rule):
        last = re.search(r"\{([a-z_]+)\}$", text)
        if name == "title":
            assert not text.endswith("."), name
        elif language is Language.LV and last is not None and last[1] in stopped:
            continue
        else:
            assert text.endswith((".", "!", "?")), name
        if language is Language.LV:
            assert not [one for one in stopped if f"{{{one}}}." in text], name


@RULES
def test_a_version_says_where_it_is_written(rule: Rule) -> None:
    """Proves that every citation leads to a page: of the act, or of our own decision."""
    for version in rule.versions:
        cited = version.citation
        assert cited.act.strip()
        assert cited.locator.strip()
        assert cited.checked_on is not None
        assert_leads_somewhere(cited.uri)
        if not cited.uri.startswith("https://"):
            assert "skola-finance" in cited.act


def assert_leads_somewhere(uri: str) -> None:
    """Prove that a link is a secure address, or a decision that stands in the repository."""
    if not uri.startswith("https://"):
        assert uri.startswith("docs/decisions/d-")
        assert (REPOSITORY / uri).is_file(), uri


@pytest.mark.parametrize(
    "parameter",
    {one.key: one for programme in PROGRAMMES for one in book(programme).parameters}.values(),
    ids=lambda one: one.key,
)
def test_a_parameter_has_a_title_and_the_place_where_the_law_leaves_it_open(
    parameter: Parameter,
) -> None:
    """Proves the same care for the names of settings."""
    assert parameter.title.lv != parameter.title.en
    assert not ENGLISH_WORDS.search(parameter.title.lv)
    assert '"' not in parameter.title.lv
    assert_leads_somewhere(parameter.citation.uri)


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("variant", ["unknown", "not_covered"])
def test_a_plan_that_does_not_carry_a_line_is_looked_for_where_it_is_kept(
    programme: str, variant: str
) -> None:
    """Proves that a claim of the register is led to its page, and a workbook alone to its sheet."""
    found = book(programme).rules["ELG-106"].finding(variant)
    for word in ("sadaļā „Individuālie plāni”", "lapā „Plans”", "koordinators"):
        assert word in found.hint.lv
    assert "“Individual plans”" in found.hint.en
    if variant == "unknown":
        assert "plānu reģistrā" in found.message.lv
        assert "register of plans" in found.message.en
