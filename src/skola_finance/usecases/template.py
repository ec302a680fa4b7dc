"""An empty claim workbook, with the settings in force on its sheet of instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.claims.columns import COLUMN
from skola_finance.claims.shown import show_day, show_hours
from skola_finance.exchange.workbook.template import write_template
from skola_finance.money import format_amount
from skola_finance.problems import Text
from skola_finance.rulebook.parameters import ValueShape

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from skola_finance.problems import Language
    from skola_finance.rulebook import Parameter, Rulebook, Setting

SHOWN = ("unit_cost.", "group_size.", "hours_cap.", "hours_per_day", "mentor_load")
"""What an accountant fills rows by; money given to partners is not for a template."""
_NONE = Text(lv="nav noteikts ierobežojums", en="no such limit")
_FROM = Text(lv="no", en="from")
_EXAMPLE = Text(lv="piemērs", en="example")


def make_template(
    path: Path, *, rulebook: Rulebook, on: date, language: Language, layout: str
) -> None:
    """Write a template for the rulebook's programme.

    Args:
        path: the new workbook.
        rulebook: its settings that hold on the day are named in the instructions.
        on: the day.
        language: of headings and instructions.
        layout: `sheets` or `lines`.

    Raises:
        UnwritableWorkbook: WBK-419.

    """
    write_template(
        path,
        programme=rulebook.programme,
        language=language,
        layout=layout,
        in_force=settings_in_force(rulebook, on=on, language=language),
    )


def settings_in_force(
    rulebook: Rulebook, *, on: date, language: Language
) -> tuple[tuple[str, str], ...]:
    """Give names and values of the settings an accountant fills rows by."""
    found = []
    for setting in sorted(rulebook.settings, key=lambda one: one.key):
        parameter = rulebook.parameter(setting.key)
        if parameter is not None and setting.key.startswith(SHOWN) and setting.covers(on):
            name = _name(parameter, setting.key, language)
            found.append((name, _value(parameter, setting, language)))
    return tuple(found)


def _name(parameter: Parameter, key: str, language: Language) -> str:
    title = parameter.title.in_(language)
    activities = COLUMN["activity"].codes or {}
    last = key.rsplit(".", maxsplit=1)[-1]
    return f"{title}: {activities[last].in_(language)}" if last in activities else title


def _value(parameter: Parameter, setting: Setting, language: Language) -> str:
    value = setting.value
    if not isinstance(value, int):
        shown = _NONE.in_(language)
    elif parameter.shape is ValueShape.MONEY:
        shown = format_amount(value, language)
    elif parameter.shape is ValueShape.HOURS:
        shown = show_hours(value, language)
    else:
        shown = str(value)
    if setting.starts is not None:
        shown = f"{shown}, {_FROM.in_(language)} {show_day(setting.starts, language)}"
    return f"{shown} ({_EXAMPLE.in_(language)})" if setting.illustrative else shown
