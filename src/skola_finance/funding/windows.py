"""Windows of eligibility: inclusive first and last day, as the law writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from datetime import date


class ImpossibleDates(SkolaError, ValueError):
    """FUN-709: dates that contradict each other."""

    def __init__(self, *, lv: str, en: str) -> None:
        """Say in both languages which dates contradict each other."""
        super().__init__(
            Problem(
                code="FUN-709",
                severity=Severity.ERROR,
                message=Text(lv=lv, en=en),
                hint=Text(
                    lv="Pārbaudiet datumus līgumā vai vienošanās tekstā un ievadiet tos atkārtoti.",
                    en="Check the dates in the agreement and enter them again.",
                ),
            ),
        )


class NoCommonDays(SkolaError, ValueError):
    """FUN-710: windows that share no day, so that no cost can be eligible."""

    def __init__(self, *, first: date, last: date) -> None:
        """Name the latest beginning and the earliest end."""
        super().__init__(
            Problem(
                code="FUN-710",
                severity=Severity.ERROR,
                message=Text(
                    lv="Attiecināmības periodiem nav kopīgu dienu: "
                    f"vēlākais sākas {day_lv(first)}, bet agrākais beidzas {day_lv(last)}",
                    en=f"The windows of eligibility share no day: the latest begins on {first}, "
                    f"the earliest ends on {last}.",
                ),
                hint=Text(
                    lv="Pārbaudiet, vai līgumi ir noslēgti projekta attiecināmības periodā.",
                    en="Check that the agreements were concluded within the project's window.",
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which a cost may be eligible; both the first and the last day count."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse an end before the beginning."""
        if self.last < self.first:
            raise ImpossibleDates(
                lv=f"Periods beidzas ({day_lv(self.last)}), "
                f"pirms tas sākas ({day_lv(self.first)}).",
                en=f"The window ends ({self.last}) before it begins ({self.first}).",
            )

    def contains(self, day: date) -> bool:
        """Say whether a day lies in the window."""
        return self.first <= day <= self.last


def window_between(*, first: date, last: date) -> Window:
    """Make the window that is left of several; raises NoCommonDays (FUN-710) if nothing is."""
    if last < first:
        raise NoCommonDays(first=first, last=last)
    return Window(first=first, last=last)


def eligible_days(
    *, programme: Window, project: Window, partner: Window, activity: Window
) -> Window:
    """Give the days that lie in all four windows; a cost is eligible only on these.

    Raises: NoCommonDays (FUN-710).

    >>> from datetime import date
    >>> programme = Window(first=date(2021, 1, 1), last=date(2029, 12, 31))
    >>> project = Window(first=date(2024, 7, 1), last=date(2029, 8, 31))
    >>> partner = Window(first=date(2025, 9, 12), last=date(2029, 8, 31))
    >>> eligible_days(programme=programme, project=project, partner=partner, activity=project)
    Window(first=datetime.date(2025, 9, 12), last=datetime.date(2029, 8, 31))
    """
    windows = (programme, project, partner, activity)
    return window_between(
        first=max(window.first for window in windows),
        last=min(window.last for window in windows),
    )


def day_lv(day: date) -> str:
    """Write a day as Latvian documents do: `01.07.2024.`."""
    return f"{day:%d.%m.%Y}."
