"""Every way a rule file can be wrong: refused, with the file and the place in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skola_finance.problems import CitationStatus, Severity, Text
from skola_finance.rulebook.kinds import KINDS, Effect, Stage
from tests.rulebook.folder import (
    CITATION,
    HEAD,
    PARAMETER_FILE,
    RULE,
    RULE_FILE,
    VECTOR_FILE,
    VECTORS,
    assert_refused,
)

if TYPE_CHECKING:
    from tests.rulebook.folder import RulesFolder

V1_TO, V2_FROM = "to = 2025-01-01", "from = 2025-01-01"
LAST = RULE[RULE.rindex("[[version]]") :]
BOTH = 'title = {lv = "Klase", en = "Grade"}'

# what is wrong: (text in the rule file, what it becomes, code, place named)
WRONG = {
    "not TOML": ("kind = ", "kind: ", "RUL-401", None),
    "a key twice": ("[applies]", 'stage = "line"\n[applies]', "RUL-401", None),
    "a table twice": ("[applies]", "[variant]\n[applies]", "RUL-401", None),
    "a day that does not exist": ("2024-07-01", "2025-02-31", "RUL-401", None),
    "a number too long to read": ("min = 1", f"min = 1{'0' * 5000}", "RUL-401", None),
    "a nesting too deep to read": ("min = 1", f"min = {'[' * 9999}", "RUL-401", None),
    "a float": ("min = 1", "min = 1.0", "RUL-402", "1.0"),
    "a float with an exponent": ("min = 1", "min = 1e3", "RUL-402", "1e3"),
    "an infinite number": ("min = 1", "min = inf", "RUL-402", "inf"),
    "no number": ("min = 1", "min = nan", "RUL-402", "nan"),
    "an unknown key of the rule": ("kind =", "knd =", "RUL-403", "knd"),
    "an unknown key of a version": ("min = 1", "mni = 1", "RUL-403", "version[1].mni"),
    "a value that another kind has": (
        "min = 1",
        'rate = "15 %"',
        "RUL-403",
        "version[1].rate",
    ),
    "an unknown key of a citation": (
        "locator",
        "paragraph",
        "RUL-403",
        "version[1].citation.paragraph",
    ),
    "an unknown language": (
        'en = "Grade"',
        'en = "Grade", ru = "Класс"',
        "RUL-403",
        "title.ru",
    ),
    "an unknown variant": ("[variant]", "[variant.odd]", "RUL-403", "variant.odd"),
    "a title that is no table": (BOTH, 'title = "Klase"', "RUL-404", "title"),
    "versions that are one table": (
        RULE[RULE.index("[[version]]") :],
        f"[version]\n{CITATION}",
        "RUL-404",
        "version",
    ),
    "a version that is no table": (
        RULE[RULE.index("[applies]") :],
        "version = [1]",
        "RUL-404",
        "version[1]",
    ),
    "applies that is no table": (
        '[applies]\nactivity = ["reading_support"]',
        "applies = 1",
        "RUL-404",
        "applies",
    ),
    "a missing code": ('code = "ELG-110"\n', "", "RUL-405", "code"),
    "a missing kind": ('kind = "number_range"\n', "", "RUL-405", "kind"),
    "a missing anchor": ('anchor = "activity_on"\n', "", "RUL-405", "anchor"),
    "a missing stage": ('stage = "line"\n', "", "RUL-405", "stage"),
    "a missing effect": ('effect = "reject"\n', "", "RUL-405", "effect"),
    "a missing severity": ('severity = "error"\n', "", "RUL-405", "severity"),
    "a missing title": (f"{BOTH}\n", "", "RUL-405", "title"),
    "no programmes": ('programmes = ["skola-kopiena"]\n', "", "RUL-405", "programmes"),
    "no programme": ('["skola-kopiena"]', "[]", "RUL-405", "programmes"),
    "programmes that are one text": (
        '["skola-kopiena"]',
        '"skola-kopiena"',
        "RUL-405",
        "programmes",
    ),
    "no version": (RULE[RULE.index("[[version]]") :], "", "RUL-405", "version"),
    "a missing value": ('column = "learner_grade"\n', "", "RUL-405", "version[1].column"),
    "an empty text": ('lv = "Klase"', 'lv = " "', "RUL-405", "title.lv"),
    "a text that is a number": (
        'column = "learner_grade"',
        "column = 1",
        "RUL-405",
        "version[1].column",
    ),
    "codes that are no list": (
        'activity = ["reading_support"]',
        'activity = "reading_support"',
        "RUL-405",
        "applies.activity",
    ),
    "a missing act": ('act = "Noteikumi Nr. 1"\n', "", "RUL-405", "version[1].citation.act"),
    "a missing link": ("uri =", "# uri =", "RUL-405", "version[1].citation.uri"),
    "an unknown kind": ('"number_range"', '"number_rnge"', "RUL-406", "kind"),
    "an unknown anchor": ('"activity_on"', '"paid_on"', "RUL-406", "anchor"),
    "an unknown stage": ('"line"', '"lines"', "RUL-406", "stage"),
    "an unknown effect": ('"reject"', '"refuse"', "RUL-406", "effect"),
    "an unknown severity": ('"error"', '"fatal"', "RUL-406", "severity"),
    "an unknown programme": ("skola-kopiena", "skola_kopiena", "RUL-406", "programmes"),
    "a programme that is no text": ('["skola-kopiena"]', "[1]", "RUL-406", "programmes"),
    "an unknown status of a source": (
        '"sourced"',
        '"certain"',
        "RUL-406",
        "version[1].citation.status",
    ),
    "an unknown boundary at the end": (
        'to = "amended_from"',
        'to = "changed_from"',
        "RUL-406",
        "version[2].to",
    ),
    "an unknown boundary at the start": (
        'from = "amended_from"',
        'from = "changed_from"',
        "RUL-406",
        "version[3].from",
    ),
    "a parameter that is no boundary": (
        'to = "amended_from"',
        'to = "group_size.min"',
        "RUL-406",
        "version[2].to",
    ),
    "a start that is a number": ("from = 2024-07-01", "from = 2024", "RUL-407", "version[1].from"),
    "a start with an hour": (
        "from = 2024-07-01",
        "from = 2024-07-01T08:00:00",
        "RUL-407",
        "version[1].from",
    ),
    "a check on no day": (
        "checked_on = 2026-11-21",
        'checked_on = "2026-11-21"',
        "RUL-407",
        "version[1].citation.checked_on",
    ),
    "a code of another file": ('"ELG-110"', '"ELG-111"', "RUL-408", "code"),
    "a code that only begins like the file": ('"ELG-110"', '"ELG-11"', "RUL-408", "code"),
    "a code that is none": ('"ELG-110"', '"elg-110"', "RUL-408", "code"),
    "a title without Latvian": ('lv = "Klase", ', "", "RUL-409", "title.lv"),
    "a title without English": (', en = "Grade"', "", "RUL-409", "title.en"),
    "a hint without English": (', en = "Check the grade."', "", "RUL-409", "hint.en"),
    "an end before the start": (V1_TO, "to = 2024-06-30", "RUL-411", "version[1]"),
    "an end on the day of the start": (V1_TO, "to = 2024-07-01", "RUL-411", "version[1]"),
    "a start after the boundary that ends it": (
        V2_FROM,
        "from = 2025-12-17",
        "RUL-411",
        "version[2]",
    ),
    "a gap": (V2_FROM, "from = 2025-01-02", "RUL-412", "version[2]"),
    "a gap between a day and a boundary": (
        'from = "amended_from"',
        "from = 2026-01-07",
        "RUL-412",
        "version[3]",
    ),
    "an overlap": (V2_FROM, "from = 2024-12-31", "RUL-413", "version[2]"),
    "no end in the middle": (f"{V1_TO}\n", "", "RUL-414", "version[2]"),
    "no start in the middle": (f"{V2_FROM}\n", "", "RUL-414", "version[2]"),
    "a version without citation": (CITATION, "", "RUL-415", "version[1]"),
    "a boundary before everything": (
        "from = 2024-07-01",
        'from = "amended_from"',
        "RUL-423",
        "version[1]",
    ),
    "a boundary after everything": (LAST, "", "RUL-423", "version[2]"),
}


@pytest.mark.parametrize(("old", "new", "code", "place"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_rule_file_is_refused_with_its_place(
    folder: RulesFolder, old: str, new: str, code: str, place: str | None
) -> None:
    """Proves that one wrong thing in a rule file keeps the whole rulebook from loading."""
    folder.change(RULE_FILE, old, new)
    assert_refused(folder.book, code=code, file=RULE_FILE, place=place)


def test_the_small_folder_itself_loads(folder: RulesFolder) -> None:
    """Proves that each refusal above is for the one thing that was changed."""
    folder.load_all()
    rule = folder.book().rule("ELG-110")
    assert rule.file == RULE_FILE
    assert (rule.stage, rule.effect, rule.severity) == (Stage.LINE, Effect.REJECT, Severity.ERROR)
    assert rule.title == Text(lv="Klase", en="Grade")
    assert rule.kind is KINDS["number_range"]
    assert rule.applies == {"activity": ("reading_support",)}
    assert [version.values["max"] for version in rule.versions] == [3, 4, 5]
    assert [version.note for version in rule.versions] == ["the first", "", ""]
    assert rule.versions[0].citation.status is CitationStatus.SOURCED


def test_both_ends_of_a_version_may_not_be_one_boundary(folder: RulesFolder) -> None:
    """Proves that a version that lasts no day is seen where its days are not known either."""
    folder.change(RULE_FILE, LAST, LAST + LAST)
    folder.change(RULE_FILE, 'from = "amended_from"', 'from = "amended_from"\nto = "amended_from"')
    assert_refused(folder.book, code="RUL-411", file=RULE_FILE, place="version[3]")


def test_a_boundary_of_another_programme_is_refused(folder: RulesFolder) -> None:
    """Proves that no rule waits for a day that nobody can enter."""
    folder.change(PARAMETER_FILE, '["skola-kopiena"]', '["pumpurs"]')
    assert_refused(folder.book, code="RUL-406", file=RULE_FILE, place="programmes")


def test_a_boundary_without_limits_needs_no_order(folder: RulesFolder) -> None:
    """Proves that a boundary of which nothing is known may stand between any two versions."""
    folder.change(PARAMETER_FILE, "not_before = 2025-12-17\nnot_after = 2026-01-07\n", "")
    assert len(folder.book().rule("ELG-110").versions) == 3


def test_a_code_in_two_files_is_refused(folder: RulesFolder) -> None:
    """Proves that a code has one rule in a programme, and that both files are named."""
    folder.write("other/elg-110.toml", RULE)
    folder.write("other/elg-110.vectors.toml", VECTORS)
    problem = assert_refused(folder.book, code="RUL-410", file="other/elg-110.toml", place="code")
    assert RULE_FILE in problem.message.lv
    assert RULE_FILE in problem.message.en


def test_a_code_may_stand_in_two_programmes(folder: RulesFolder) -> None:
    """Proves that each programme may have its own rule of one code."""
    folder.write("other/elg-110.toml", RULE.replace("skola-kopiena", "pumpurs", 1))
    folder.change(PARAMETER_FILE, '["skola-kopiena"]', '["skola-kopiena", "pumpurs"]')
    folder.write("other/elg-110.vectors.toml", VECTORS)
    assert folder.book().rule("ELG-110").file == RULE_FILE
    assert folder.book("pumpurs").rule("ELG-110").file == "other/elg-110.toml"


def test_a_rule_without_vectors_is_refused(folder: RulesFolder) -> None:
    """Proves that no rule is without proof."""
    (folder.path / VECTOR_FILE).unlink()
    assert_refused(folder.book, code="RUL-416", file=RULE_FILE, place=None)


def test_a_folder_without_rules_of_the_programme_is_refused(folder: RulesFolder) -> None:
    """Proves that a programme without a rule is not a programme where all is allowed."""
    assert_refused(lambda: folder.book("pumpurs"), code="RUL-417", file="rules", place=None)


def test_a_file_that_cannot_be_opened_is_refused(folder: RulesFolder) -> None:
    """Proves that a file that is there but cannot be read is not passed over."""
    (folder.path / "law" / "elg-111.toml").mkdir()
    assert_refused(folder.book, code="RUL-400", file="law/elg-111.toml", place=None)


def test_a_file_that_is_not_utf_8_is_refused(folder: RulesFolder) -> None:
    """Proves that letters are never guessed."""
    (folder.path / RULE_FILE).write_bytes(RULE.encode("cp1257"))
    assert_refused(folder.book, code="RUL-401", file=RULE_FILE, place=None)


def test_a_byte_order_mark_does_no_harm(folder: RulesFolder) -> None:
    """Proves that a file saved by Notepad is read as any other."""
    plain = folder.book()
    folder.write(RULE_FILE, f"\ufeff{RULE}")
    assert folder.book().digest == plain.digest


def test_a_variant_has_its_own_text_or_the_text_of_the_rule(folder: RulesFolder) -> None:
    """Proves what a finding says where a kind tells several faults apart."""
    head = HEAD.format(kind="paid").replace("ELG-110", "ELG-180")
    version = f"[[version]]\n{CITATION}"
    variant = """
[variant.unpaid]
severity = "warning"
effect = "none"
message = {lv = "Nav samaksāts.", en = "Not paid."}
hint = {lv = "Samaksājiet.", en = "Pay."}
[variant.later]
"""
    folder.write("law/elg-180.toml", head + variant + version)
    folder.write("law/elg-180.vectors.toml", VECTORS)
    rule = folder.book().rule("ELG-180")
    own, unpaid = rule.finding(""), rule.finding("unpaid")
    assert (unpaid.severity, unpaid.effect) == (Severity.WARNING, Effect.NONE)
    assert (unpaid.message.en, unpaid.hint.en) == ("Not paid.", "Pay.")
    assert rule.finding("later") == own == rule.finding("of no name")
    assert (rule.versions[0].starts, rule.versions[0].ends) == (None, None)


@pytest.mark.parametrize(
    ("variant", "code", "place"),
    [
        ("[variant.unpaid]\ncut = 1", "RUL-403", "variant.unpaid.cut"),
        ('[variant.unpaid]\nseverity = "bad"', "RUL-406", "variant.unpaid.severity"),
        ('[variant.unpaid]\neffect = "bad"', "RUL-406", "variant.unpaid.effect"),
        ('[variant.unpaid]\nhint = {lv = "Nē"}', "RUL-409", "variant.unpaid.hint.en"),
        ("[variant]\nunpaid = 1", "RUL-404", "variant.unpaid"),
    ],
)
def test_a_wrong_variant_is_refused(
    folder: RulesFolder, variant: str, code: str, place: str
) -> None:
    """Proves that the texts of variants are held as strictly as the rule's own."""
    head = HEAD.format(kind="paid").replace("ELG-110", "ELG-180")
    folder.write("law/elg-180.toml", f"{head}\n{variant}\n[[version]]\n{CITATION}")
    assert_refused(folder.book, code=code, file="law/elg-180.toml", place=place)
