"""The digest: the same wherever and however the same content lies, another for any other."""

from __future__ import annotations

import shutil
from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from skola_finance.rulebook import load_rulebook
from skola_finance.rulebook.digest import digest_of
from tests.rulebook.folder import (
    BASES_FILE,
    PARAMETER_FILE,
    PARAMETERS,
    RULE,
    RULE_FILE,
    SETTINGS,
    SETTINGS_FILE,
    VECTOR_FILE,
    VECTORS,
    RulesFolder,
)

if TYPE_CHECKING:
    from pathlib import Path

PINNED = "6f0c079e2df6a572d7a872c6132e52de05e8e90ecb1fdd3aab785f022ca0655f"
"""The digest of the small folder as it stands in `folder.py`."""


def test_the_folder_may_lie_anywhere(folder: RulesFolder, tmp_path: Path) -> None:
    """Proves that a copy at another place has the same digest."""
    copy = tmp_path / "elsewhere" / "of another name"
    shutil.copytree(folder.path, copy)
    assert load_rulebook(rules=copy).digest == folder.book().digest


def test_line_ends_do_not_matter(folder: RulesFolder) -> None:
    """Proves that a checkout on Windows has the digest of one on Linux."""
    before = folder.book().digest
    for file in sorted(folder.path.rglob("*.toml")):
        name = file.relative_to(folder.path).as_posix()
        folder.write(name, file.read_text("utf-8").replace("\n", "\r\n"))
    assert folder.book().digest == before


def test_the_order_of_keys_and_remarks_do_not_matter(folder: RulesFolder) -> None:
    """Proves that only what is said counts, not how it is laid out."""
    before = folder.book().digest
    kind = 'kind = "number_range"\n'
    text = RULE.replace(kind, "").replace("[applies]", f"{kind}# a remark\n\n[applies]")
    folder.write(RULE_FILE, text.replace("min = 1\nmax = 3", "max   =   3\nmin = 1"))
    assert folder.book().digest == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RULE_FILE, "max = 3", "max = 4"),
        (RULE_FILE, "Pārbaudiet klasi.", "Pārbaudiet klasi!"),
        (RULE_FILE, "2026-11-21", "2026-11-22"),
        (RULE_FILE, 'note = "the first"\n', ""),
        (RULE_FILE, 'effect = "reject"', 'effect = "none"'),
        (RULE_FILE, '["reading_support"]', '["reading_support", "venue"]'),
        (PARAMETER_FILE, "not_after = 2026-01-07", "not_after = 2026-01-08"),
        (PARAMETER_FILE, '"09-01"', '"09-02"'),
        (PARAMETER_FILE, 'value = "6"', 'value = "7"'),
    ],
)
def test_any_other_value_is_another_digest(
    folder: RulesFolder, file: str, old: str, new: str
) -> None:
    """Proves that nothing that decides or explains can change unseen."""
    before = folder.book().digest
    folder.change(file, old, new)
    assert folder.book().digest != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (VECTOR_FILE, "learner_grade = 3", "learner_grade = 2"),
        (BASES_FILE, "learner_grade = 1", "learner_grade = 2"),
    ],
)
def test_another_proof_is_the_same_rulebook(
    folder: RulesFolder, file: str, old: str, new: str
) -> None:
    """Proves that a new vector does not make old verdicts look as if other rules had judged."""
    before = folder.book().digest
    folder.change(file, old, new)
    assert folder.book().digest == before


def test_another_name_of_a_file_is_another_digest(folder: RulesFolder) -> None:
    """Proves that the digest knows which file said what."""
    before = folder.book().digest
    for name in (RULE_FILE, VECTOR_FILE):
        path = folder.path / name
        path.rename(path.with_name(path.name.replace("-grade", "")))
    assert folder.book().digest != before


def test_each_programme_has_its_own_digest(folder: RulesFolder) -> None:
    """Proves that two programmes of one folder are told apart."""
    folder.write("other/elg-110.toml", RULE.replace("skola-kopiena", "pumpurs", 1))
    folder.write("other/elg-110.vectors.toml", VECTORS)
    folder.write(
        PARAMETER_FILE, PARAMETERS.replace('["skola-kopiena"]', '["skola-kopiena", "pumpurs"]')
    )
    assert folder.book().digest != folder.book("pumpurs").digest


def test_the_digest_of_the_small_folder_is_the_same_on_every_machine(folder: RulesFolder) -> None:
    """Proves it against a digest made on another day: it holds neither paths nor hashes."""
    assert folder.book().digest == PINNED
    assert len(folder.book().digest) == 64


def test_the_order_of_settings_does_not_matter(folder: RulesFolder) -> None:
    """Proves that the digest of settings is that of a set."""
    book = folder.settled()
    turned = book.with_settings(reversed(book.settings))
    assert turned.settings != book.settings
    assert turned.settings_digest == book.settings_digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"13.20"', '"13.21"'),
        ("to = 2025-09-01", "to = 2025-08-31"),
        ("from = 2024-07-01\n", ""),
        ("5. pielikums", "7. pielikums"),
        ('"inferred"', '"sourced"'),
        ("illustrative = true", "illustrative = false"),
        ("reading_support", "mentor_support"),
        (SETTINGS[SETTINGS.rindex("[[setting]]") :], ""),
    ],
)
def test_any_other_setting_is_another_digest(folder: RulesFolder, old: str, new: str) -> None:
    """Proves that everything said about a setting is in its digest."""
    before = folder.settled()
    folder.change(f"../{SETTINGS_FILE}", old, new)
    after = folder.settled()
    assert after.settings_digest != before.settings_digest
    assert after.digest == before.digest


def test_what_toml_holds_can_be_digested_and_nothing_else() -> None:
    """Proves that dates and hours are taken, and a value of our own making is not."""
    assert digest_of([date(2025, 1, 1), time(14, 30)]) == digest_of(["2025-01-01", "14:30:00"])
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    with pytest.raises(TypeError, match="set has no place in a rule file"):
        digest_of({1})
