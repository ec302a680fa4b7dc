"""What the simulator's pages ask and show: settings to try, and what would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.usecases.views.simulation_file import simulation_csv, simulation_xlsx

if TYPE_CHECKING:
    from datetime import date, datetime

    from skola_finance.problems import Language, Text
    from skola_finance.rulebook import Rulebook, Setting


@dataclass(frozen=True, slots=True)
class SettingToTry:
    """A setting that may be changed: its key, what it is called, and what holds on the day."""

    key: str
    title: Text
    now: Text | None
    illustrative: bool


@dataclass(frozen=True, slots=True)
class SimulationForm:
    """What one may choose among: settings, partners by number, semesters by name."""

    programme: str
    rulebook_digest: str
    settings: tuple[SettingToTry, ...]
    partners: tuple[tuple[str, str], ...]
    semesters: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class TriedSetting:
    """A setting as somebody typed it to be tried; it holds from `starts` to before `ends`."""

    key: str
    value: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class SimulationAsked:
    """What is to be simulated: read, checked, and not begun yet."""

    programme: str
    partner: str
    semester: str
    rulebook: Rulebook | None
    settings: tuple[Setting, ...]
    told: tuple[TriedSetting, ...]


@dataclass(frozen=True, slots=True)
class NamedChange:
    """What changes for one rule, partner or semester, in cents; `code` is what it is kept under."""

    code: str
    name: Text
    lines: int
    before_cents: int
    after_cents: int

    @property
    def difference_cents(self) -> int:
        """After less before."""
        return self.after_cents - self.before_cents


@dataclass(frozen=True, slots=True)
class LineChange:
    """A filed line whose eligible amount would change."""

    claim: str
    line_no: int
    line_id: str
    partner: str
    semester: Text
    activity: Text
    activity_on: date | None
    claimed_cents: int
    before_cents: int
    after_cents: int
    rules: tuple[str, ...]

    @property
    def difference_cents(self) -> int:
        """After less before."""
        return self.after_cents - self.before_cents


@dataclass(frozen=True, slots=True)
class SimulationShown:
    """What would change; nothing was changed. Amounts are eligible cents.

    `by_rule` compares what each rule takes by itself. `changes` are the lines that change most,
    `left_out` counts those that are not among them.
    """

    at: datetime
    illustrative: bool
    lines: int
    changed: int
    before_cents: int
    after_cents: int
    by_rule: tuple[NamedChange, ...]
    by_partner: tuple[NamedChange, ...]
    by_semester: tuple[NamedChange, ...]
    changes: tuple[LineChange, ...]
    left_out: int

    @property
    def difference_cents(self) -> int:
        """After less before."""
        return self.after_cents - self.before_cents

    def as_xlsx(self, language: Language) -> bytes:
        """Write a workbook: a summary, then a sheet each for rules, partners, semesters, lines."""
        return simulation_xlsx(self, language)

    def as_csv(self, language: Language) -> bytes:
        """Write the changed lines as CSV in UTF-8 with a byte order mark, as Excel reads it."""
        return simulation_csv(self, language)
