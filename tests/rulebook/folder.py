"""A small valid rules folder, which tests spoil by changing one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from skola_finance.problems import Problem, Severity, SkolaError
from skola_finance.rulebook import Rulebook, load_rulebook, load_settings
from skola_finance.rulebook.errors import UnusableRules
from skola_finance.rulebook.vector_file import load_bases, load_vectors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RULE_FILE = "law/elg-110-grade.toml"
VECTOR_FILE = "law/elg-110-grade.vectors.toml"
PARAMETER_FILE = "law/parameters.toml"
BASES_FILE = "law/bases.toml"
SETTINGS_FILE = "settings.toml"

HEAD = """\
code = "ELG-110"
programmes = ["skola-kopiena"]
kind = "{kind}"
anchor = "activity_on"
stage = "line"
effect = "reject"
severity = "error"
title = {{lv = "Klase", en = "Grade"}}
message = {{lv = "Norādīta {{learner_grade}}. klase.", en = "Grade {{learner_grade}} is given."}}
hint = {{lv = "Pārbaudiet klasi.", en = "Check the grade."}}
"""

CITATION = """\
[version.citation]
act = "Noteikumi Nr. 1"
locator = "3. punkts"
uri = "https://likumi.lv/ta/id/1#p3"
status = "sourced"
checked_on = 2026-11-21
"""

RULE = f"""\
{HEAD.format(kind="number_range")}
[applies]
activity = ["reading_support"]

[variant]

[[version]]
from = 2024-07-01
to = 2025-01-01
column = "learner_grade"
min = 1
max = 3
note = "the first"
{CITATION}
[[version]]
from = 2025-01-01
to = "amended_from"
column = "learner_grade"
min = 1
max = 4
{CITATION}
[[version]]
from = "amended_from"
column = "learner_grade"
min = 1
max = 5
{CITATION}"""

VECTORS = """\
base = "reading_support"
settings = {"group_size.min" = "2"}

[[vector]]
name = "Grade 3 is the last"
line = {learner_grade = 3}
expect = []

[[vector]]
name = "Grade 4 is above it"
line = {learner_grade = 4}
settings = {"group_size.min" = {value = "3", from = 2025-01-01}}
expect = ["ELG-110"]
"""

PARAMETERS = """\
[[parameter]]
key = "amended_from"
programmes = ["skola-kopiena"]
shape = "day"
title = {lv = "Grozījumu diena", en = "Day of the amendment"}
boundary = true
not_before = 2025-12-17
not_after = 2026-01-07
[parameter.citation]
act = "Noteikumi Nr. 2"
locator = "1. punkts"
uri = "https://likumi.lv/ta/id/2"
status = "inferred"

[[parameter]]
key = "unit_cost.<activity>"
programmes = ["skola-kopiena", "pumpurs"]
shape = "money"
title = {lv = "Vienības izmaksas", en = "Unit cost"}
[parameter.citation]
act = "Noteikumi Nr. 1"
locator = "25. punkts"
uri = "https://likumi.lv/ta/id/1#p25"
status = "sourced"

[[parameter]]
key = "semester.autumn_from"
programmes = ["skola-kopiena"]
shape = "day_of_year"
title = {lv = "Rudens semestris", en = "Autumn semester"}
[parameter.citation]
act = "Noteikumi Nr. 1"
locator = "26. punkts"
uri = "https://likumi.lv/ta/id/1#p26"
status = "sourced"
[[parameter.value]]
value = "09-01"
to = 2026-09-01
citation = {act = "Lēmums", locator = "1.", uri = "https://a.lv", status = "unverified"}
[[parameter.value]]
value = "08-25"
from = 2026-09-01
citation = {act = "Lēmums", locator = "2.", uri = "https://a.lv", status = "sourced"}

[[parameter]]
key = "group_size.min"
programmes = ["skola-kopiena"]
shape = "whole"
title = {lv = "Mazākā grupa", en = "Smallest group"}
[parameter.citation]
act = "Noteikumi Nr. 1"
locator = "27. punkts"
uri = "https://likumi.lv/ta/id/1#p27"
status = "sourced"
[[parameter.offered]]
value = "6"
to = 2027-01-01
citation = {act = "Likums", locator = "1. pants", uri = "https://b.lv", status = "sourced"}
[[parameter.offered]]
value = "8"
from = 2027-01-01
citation = {act = "Likums", locator = "2. pants", uri = "https://b.lv", status = "inferred"}

[[parameter]]
key = "youth_project_from"
programmes = ["pumpurs"]
shape = "day"
title = {lv = "Jauniešu projekti no", en = "Youth projects from"}
[parameter.citation]
act = "Noteikumi Nr. 3"
locator = "31. punkts"
uri = "https://likumi.lv/ta/id/3#p31"
status = "sourced"
"""

BASES = """\
[skola-kopiena]
on = 2026-03-01
[skola-kopiena.claim]
partner_kind = "municipality"
[skola-kopiena.settings]
"group_size.min" = "2"
[skola-kopiena.line.reading_support]
activity = "reading_support"
learner_grade = 1
"""

SETTINGS = """\
[[setting]]
key = "unit_cost.reading_support"
value = "13.20"
from = 2024-07-01
to = 2025-09-01
source = "Vienošanās, 5. pielikums"
status = "inferred"
illustrative = true

[[setting]]
programme = "skola-kopiena"
key = "unit_cost.reading_support"
value = "14.00"
from = 2025-09-01
source = "Vienošanās, 6. pielikums"

[[setting]]
key = "amended_from"
value = "2025-12-20"
source = "Latvijas Vēstnesis"

[[setting]]
key = "group_size.min"
value = "none"
source = "metodika"
"""


@dataclass(frozen=True)
class RulesFolder:
    """A rules folder on disk that can be spoiled and loaded."""

    path: Path

    def write(self, file: str, text: str) -> None:
        """Put a file into the folder, byte for byte."""
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text, which must be there."""
        text = (self.path / file).read_bytes().decode("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        self.write(file, text.replace(old, new, 1))

    def book(self, programme: str = "skola-kopiena") -> Rulebook:
        """Load the rulebook."""
        return load_rulebook(programme, rules=self.path)

    def settled(self) -> Rulebook:
        """Load the rulebook with the settings beside the folder laid over it."""
        book = self.book()
        return book.with_settings(load_settings(self.settings_path, rulebook=book))

    @property
    def settings_path(self) -> Path:
        """The settings file, which lies beside the folder, not in it."""
        return self.path.parent / SETTINGS_FILE

    def load_all(self) -> None:
        """Load everything there is to load."""
        self.settled()
        load_bases(self.path)
        load_vectors(self.path)


def small_folder(parent: Path) -> RulesFolder:
    """Write the small valid folder, and settings beside it."""
    folder = RulesFolder(parent / "rules")
    folder.write(RULE_FILE, RULE)
    folder.write(VECTOR_FILE, VECTORS)
    folder.write(PARAMETER_FILE, PARAMETERS)
    folder.write(BASES_FILE, BASES)
    folder.write(f"../{SETTINGS_FILE}", SETTINGS)
    return folder


def refusal(load: Callable[[], object]) -> Problem:
    """Load something that must be refused; give the problem, whole in both languages."""
    with pytest.raises(UnusableRules) as caught:
        load()
    problem = caught.value.problem
    assert isinstance(caught.value, SkolaError)
    assert isinstance(caught.value, ValueError)
    assert problem.severity is Severity.ERROR
    for text in (problem.message, problem.hint):
        assert text.lv.strip()
        assert text.en.strip()
        assert text.lv != text.en
    return problem


def assert_refused(
    load: Callable[[], object], *, code: str, file: str, place: str | None
) -> Problem:
    """Prove that loading is refused with the code, and that file and place are named."""
    problem = refusal(load)
    assert (problem.code, problem.where.file, problem.where.column) == (code, file, place)
    return problem
