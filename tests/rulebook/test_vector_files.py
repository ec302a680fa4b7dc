"""Vectors: the proof beside each rule, and every way the proof can be none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.rulebook.vector_file import load_bases, load_vectors
from tests.rulebook.folder import (
    BASES,
    BASES_FILE,
    CITATION,
    HEAD,
    RULE,
    RULE_FILE,
    VECTOR_FILE,
    VECTORS,
    assert_refused,
)

if TYPE_CHECKING:
    from tests.rulebook.folder import RulesFolder

PASSES = "expect = []"
FIRES = 'expect = ["ELG-110"]'
LINE = "line = {learner_grade = 4}"

# what is wrong: (text in the vector file, what it becomes, code, place)
WRONG = {
    "not TOML": ("[[vector]]", "[[vector]", "RUL-401", None),
    "a float": ("learner_grade = 4", "quantity = 1.5", "RUL-402", "1.5"),
    "an unknown table": ("[[vector]]", "[shared]\n[[vector]]", "RUL-403", "shared"),
    "an unknown key": (PASSES, "expects = []", "RUL-403", "vector[1].expects"),
    "an unknown key of a setting": (
        "from = 2025-01-01",
        "form = 2025-01-01",
        "RUL-403",
        "vector[2].settings.group_size.min.form",
    ),
    "an unknown key of a finding": (
        FIRES,
        'findings = [{line = 1, code = "ELG-110", amount = "1"}]',
        "RUL-403",
        "vector[2].findings[1].amount",
    ),
    "a line that is no table": (LINE, "line = 4", "RUL-404", "vector[2].line"),
    "lines that are one table": (LINE, "lines = {learner_grade = 4}", "RUL-404", "vector[2].lines"),
    "a line of lines that is no table": (LINE, "lines = [4]", "RUL-404", "vector[2].lines[1]"),
    "settings that are a text": (
        'settings = {"group_size.min" = "2"}',
        'settings = "2"',
        "RUL-404",
        "settings",
    ),
    "plans that are a text": (LINE, 'plans = "P-1"', "RUL-404", "vector[2].plans"),
    "a missing name": ('name = "Grade 4 is above it"\n', "", "RUL-405", "vector[2].name"),
    "codes that are one text": (FIRES, 'expect = "ELG-110"', "RUL-405", "vector[2].expect"),
    "an amount that is a number": (FIRES, "eligible = 13", "RUL-405", "vector[2].eligible"),
    "a base that is a number": ('base = "reading_support"', "base = 1", "RUL-405", "base"),
    "a finding without code": (
        FIRES,
        "findings = [{line = 1}]",
        "RUL-405",
        "vector[2].findings[1].code",
    ),
    "a setting without value": (
        'value = "3", ',
        "",
        "RUL-405",
        "vector[2].settings.group_size.min.value",
    ),
    "codes that are numbers": (FIRES, "expect = [110]", "RUL-406", "vector[2].expect"),
    "a programme the rule has not": (
        FIRES,
        f'{FIRES}\nprogramme = "pumpurs"',
        "RUL-406",
        "vector[2].programme",
    ),
    "a day that is text": (FIRES, f'{FIRES}\non = "2026-01-01"', "RUL-407", "vector[2].on"),
    "outside that is a text": (FIRES, f'{FIRES}\noutside = "yes"', "RUL-407", "vector[2].outside"),
    "a line and lines": (LINE, f"{LINE}\nlines = [{{}}]", "RUL-407", "vector[2].line"),
    "a setting that is a number": (
        'settings = {"group_size.min" = "2"}',
        'settings = {"group_size.min" = 2}',
        "RUL-407",
        "settings.group_size.min",
    ),
    "a day of a setting that is text": (
        "from = 2025-01-01",
        'from = "2025-01-01"',
        "RUL-407",
        "vector[2].settings.group_size.min.from",
    ),
    "a vector that tests nothing": (FIRES, "", "RUL-418", "vector[2]"),
    "a vector with no finding to look for": (FIRES, "findings = []", "RUL-418", "vector[2]"),
    "a vector that only says where it is": (FIRES, "outside = true", "RUL-418", "vector[2]"),
    "two vectors of one name": ("Grade 4 is above it", "Grade 3 is the last", "RUL-418", None),
    "vectors that never find anything": (FIRES, PASSES, "RUL-419", None),
    "vectors that find another rule only": (FIRES, 'expect = ["CLM-201"]', "RUL-419", None),
    "vectors that never pass": (PASSES, FIRES, "RUL-419", None),
    "vectors that pass without saying so": (PASSES, 'eligible = "13.20"', "RUL-419", None),
    "no vectors": (VECTORS, "", "RUL-419", None),
}


@pytest.mark.parametrize(("old", "new", "code", "place"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_vector_file_is_refused_with_its_place(
    folder: RulesFolder, old: str, new: str, code: str, place: str | None
) -> None:
    """Proves that a vector cannot seem to prove what it does not."""
    folder.change(VECTOR_FILE, old, new)
    assert_refused(lambda: load_vectors(folder.path), code=code, file=VECTOR_FILE, place=place)


def test_a_finding_with_its_cut_is_proof_that_a_rule_fires(folder: RulesFolder) -> None:
    """Proves that naming the finding is as good as naming its code."""
    folder.change(VECTOR_FILE, FIRES, 'findings = [{line = 1, code = "ELG-110", cut = "1.00"}]')
    assert [one.fires() for one in load_vectors(folder.path)] == [False, True]


def test_vectors_of_a_rule_that_is_not_there_are_refused(folder: RulesFolder) -> None:
    """Proves that vectors do not outlive their rule."""
    (folder.path / RULE_FILE).unlink()
    assert_refused(lambda: load_vectors(folder.path), code="RUL-400", file=RULE_FILE, place=None)


def test_vectors_without_base_lines_are_refused(folder: RulesFolder) -> None:
    """Proves that a vector whose programme has no perfect lines is said to have none."""
    folder.change(BASES_FILE, BASES, "")
    assert_refused(lambda: load_vectors(folder.path), code="RUL-406", file=VECTOR_FILE, place=None)


def test_a_folder_without_vectors_is_refused(folder: RulesFolder) -> None:
    """Proves that “all vectors pass” is never said of no vectors."""
    (folder.path / VECTOR_FILE).unlink()
    assert_refused(lambda: load_vectors(folder.path), code="RUL-417", file="rules", place=None)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("[skola-kopiena]", "[skola_kopiena]", "RUL-403", "skola_kopiena"),
        ("[skola-kopiena.claim]", "[skola-kopiena.claims]", "RUL-403", "skola-kopiena.claims"),
        (
            'activity = "reading_support"\nlearner_grade = 1',
            "x = 1\n[pumpurs]",
            "RUL-405",
            "pumpurs.on",
        ),
        ("on = 2026-03-01\n", "", "RUL-405", "skola-kopiena.on"),
        ("on = 2026-03-01", 'on = "today"', "RUL-407", "skola-kopiena.on"),
        (BASES[BASES.index("[skola-kopiena.claim]") :], "", "RUL-405", "skola-kopiena.line"),
        (BASES, "skola-kopiena = 1", "RUL-404", "skola-kopiena"),
        (
            '"group_size.min" = "2"',
            '"group_size.min" = 2',
            "RUL-407",
            "skola-kopiena.settings.group_size.min",
        ),
        (
            "[skola-kopiena.line.reading_support]",
            "[skola-kopiena.line]\na = 1\n[x]",
            "RUL-403",
            "x",
        ),
        (
            "[skola-kopiena.line.reading_support]",
            "[skola-kopiena.line]",
            "RUL-404",
            "skola-kopiena.line.activity",
        ),
    ],
)
def test_wrong_base_lines_are_refused_with_their_place(
    folder: RulesFolder, old: str, new: str, code: str, place: str
) -> None:
    """Proves that the lines that vectors vary are held as strictly as the vectors."""
    folder.change(BASES_FILE, old, new)
    assert_refused(lambda: load_bases(folder.path), code=code, file=BASES_FILE, place=place)


def test_base_lines_of_a_programme_stand_in_one_file(folder: RulesFolder) -> None:
    """Proves that which base lines count does not depend on the order of files."""
    folder.write("other/bases.toml", BASES)
    assert_refused(
        lambda: load_bases(folder.path),
        code="RUL-410",
        file="other/bases.toml",
        place="skola-kopiena",
    )


def test_a_vector_is_read_with_the_base_and_settings_of_its_file(folder: RulesFolder) -> None:
    """Proves what a vector inherits, and that its own settings stand before the file's."""
    folder.change(VECTOR_FILE, FIRES, f'{FIRES}\nbase = "mentor_support"\non = 2026-01-01')
    first, second = load_vectors(folder.path)
    assert (first.code, first.file, first.programme) == ("ELG-110", VECTOR_FILE, "skola-kopiena")
    assert (first.base, second.base) == ("reading_support", "mentor_support")
    assert first.settings == {"group_size.min": "2"}
    assert second.settings == {"group_size.min": {"value": "3", "from": date(2025, 1, 1)}}
    assert first.given == {"line": {"learner_grade": 3}}
    assert second.given == {"line": {"learner_grade": 4}, "on": date(2026, 1, 1)}
    assert (first.expect, second.expect) == ((), ("ELG-110",))
    assert (first.passes(), first.fires(), second.passes()) == (True, False, False)


def test_a_vector_names_the_programme_it_runs_in(folder: RulesFolder) -> None:
    """Proves that a rule of both programmes can be proved in each."""
    folder.change(RULE_FILE, '["skola-kopiena"]', '["skola-kopiena", "pumpurs"]')
    folder.change(BASES_FILE, BASES, BASES + BASES.replace("skola-kopiena", "pumpurs"))
    folder.change(VECTOR_FILE, FIRES, f'{FIRES}\nprogramme = "pumpurs"')
    assert [one.programme for one in load_vectors(folder.path)] == ["skola-kopiena", "pumpurs"]


def test_vectors_of_money_rules_need_no_line_and_no_pass(folder: RulesFolder) -> None:
    """Proves that a rule about the programme's money is proved by the value that comes out."""
    head = HEAD.format(kind="cofinancing").replace("ELG-110", "FUN-701")
    head = head.replace('stage = "line"', 'stage = "funding"')
    folder.write("law/fun-701.toml", f'{head}\n[[version]]\nrate = "85 %"\n{CITATION}')
    folder.write(
        "law/fun-701.vectors.toml",
        '[[vector]]\nname = "a"\namount = "1.00"\nexpect_split = {esf_plus = "0", state = "1"}\n',
    )
    vector = load_vectors(folder.path)[-1]
    assert (vector.code, vector.base, vector.expect) == ("FUN-701", None, None)
    assert vector.fires()
    folder.write("law/fun-701.vectors.toml", '[[vector]]\nname = "a"\nexpect = []\n')
    assert_refused(
        lambda: load_vectors(folder.path),
        code="RUL-419",
        file="law/fun-701.vectors.toml",
        place=None,
    )


def test_shipped_vectors_and_base_lines_load_without_a_folder() -> None:
    """Proves that the rules that ship are found where no folder is named."""
    assert set(load_bases()) == {"skola-kopiena", "pumpurs"}
    assert len(load_vectors()) >= 250


def test_the_rule_under_test_is_the_file_beside_the_vectors(folder: RulesFolder) -> None:
    """Proves that a vector file that stands beside a broken rule names the rule's file."""
    folder.write(RULE_FILE, RULE.replace('code = "ELG-110"', "code = 110"))
    assert_refused(lambda: load_vectors(folder.path), code="RUL-405", file=RULE_FILE, place="code")
