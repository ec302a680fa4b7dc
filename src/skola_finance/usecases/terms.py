"""Terms, days off and reminders as a programme has entered them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import WorkingCalendar
from skola_finance.workflow.obligations import REMIND_BEFORE

if TYPE_CHECKING:
    from skola_finance.rulebook import Rulebook, Setting

DAYS_OFF, DAYS_WORKED = "calendar.days_off", "calendar.days_worked"
REMINDERS = "reminder.working_days"


def entered(rulebook: Rulebook, key: str, *, on: date) -> Setting | None:
    """Give the setting in force on a day, or the rulebook's own value; None where there is none."""
    return next((one for one in rulebook.values_of(key) if one.covers(on)), None)


def whole(rulebook: Rulebook, key: str, *, on: date) -> int | None:
    """Give a setting that is a whole number; None where it is unset or was entered as `none`."""
    setting = entered(rulebook, key, on=on)
    return setting.value if setting is not None and isinstance(setting.value, int) else None


def working_calendar(rulebook: Rulebook) -> WorkingCalendar:
    """Give the working days with the days that the programme entered on top.

    Raises: CommandRefused WFL-518 where an entered day is none; ContradictoryCalendar (WFL-515).
    """
    return WorkingCalendar(
        days_off=_days(rulebook, DAYS_OFF), days_worked=_days(rulebook, DAYS_WORKED)
    )


def remind_before(rulebook: Rulebook, *, on: date) -> tuple[int, ...]:
    """Give how many working days before a day people are reminded; none where `none` was entered.

    Raises: CommandRefused WFL-518 where something else than whole numbers was entered.
    """
    setting = entered(rulebook, REMINDERS, on=on)
    if setting is None:
        return REMIND_BEFORE
    parts = setting.value if isinstance(setting.value, tuple) else ()
    for part in parts:
        if not part.isdecimal():
            raise unusable_input(
                REMINDERS, lv=f"„{part}” nav skaitlis", en=f"“{part}” is no number"
            )
    return tuple(int(part) for part in parts)


def _days(rulebook: Rulebook, key: str) -> frozenset[date]:
    """Collect the days of every value entered: each names its own days."""
    found = set()
    for setting in rulebook.values_of(key):
        for part in setting.value if isinstance(setting.value, tuple) else ():
            try:
                found.add(date.fromisoformat(part))
            except ValueError as error:
                raise unusable_input(
                    key, lv=f"„{part}” nav diena", en=f"“{part}” is no day"
                ) from error
    return frozenset(found)
