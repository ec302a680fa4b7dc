"""The one shape of everything that can be wrong.

A finding is data: it is returned and collected, so that a user learns everything at once.
An exception, `SkolaError`, carries the same `Problem` and is for a refused command or misuse.

Imports nothing of ours; every other folder may import this module.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Language(StrEnum):
    """The two languages every text of the product exists in."""

    LV = "lv"
    """Latvian, the default."""
    EN = "en"
    """English, on request."""


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """Something must be mended; it usually cuts money."""
    WARNING = "warning"
    """A person should look; it cuts nothing."""
    INFO = "info"
    """Said so that nobody takes silence for a check."""


class CitationStatus(StrEnum):
    """How well the source of a value is established."""

    SOURCED = "sourced"
    """Read in the act or on a public page."""
    INFERRED = "inferred"
    """Follows from what was read; nobody wrote it."""
    UNVERIFIED = "unverified"
    """Remembered or second-hand; nobody has read it for us."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; neither may be empty."""

    lv: str
    en: str

    def __post_init__(self) -> None:
        """Refuse a text that is missing in one language."""
        if not self.lv.strip() or not self.en.strip():
            msg = f"a text needs both languages, got lv={self.lv!r}, en={self.en!r}"
            raise ValueError(msg)

    def in_(self, language: Language) -> str:
        """Return the text in one language."""
        return self.lv if language is Language.LV else self.en


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule or a value is written.

    `act` names the act or page, `locator` the paragraph in it, `uri` leads there.
    """

    act: str
    locator: str
    uri: str
    status: CitationStatus
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """The place a problem points at; what is not known stays `None`.

    `row` is the spreadsheet row as the user sees it, counted from 1.
    """

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Give the place as `file › sheet!column row`, without the parts that are unknown."""
        cell = " ".join(str(part) for part in (self.column, self.row) if part is not None)
        parts = (self.file, self.sheet, cell)
        return " › ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or that was not checked.

    `cut_cents` is what the problem by itself takes from the line, in whole cents. `variant` tells
    apart the ways in which one rule can be broken; `subject` names the column, setting or rule
    that the problem is about, where it is not the line itself.
    """

    code: str
    severity: Severity
    message: Text
    hint: Text
    where: Where = field(default_factory=Where)
    citation: Citation | None = None
    cut_cents: int = 0
    variant: str = ""
    subject: str = ""

    def one_line(self, language: Language) -> str:
        """Give code, what, where and what to do on one line."""
        place = str(self.where)
        parts = (self.code, self.message.in_(language), place, self.hint.in_(language))
        return " · ".join(part for part in parts if part)


class SkolaError(Exception):
    """A refused command or misuse; carries the problem that explains it."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem; the exception's own text is its English line."""
        super().__init__(problem.one_line(Language.EN))
        self.problem = problem
