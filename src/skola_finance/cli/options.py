"""Options that several commands share, and how they print."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from skola_finance.problems import Language, Problem, Severity, SkolaError, Text

READABLE = 200_000
"""Characters up to which JSON is indented."""
RIGA = ZoneInfo("Europe/Riga")


class Programme(StrEnum):
    """Programmes that have a rulebook."""

    SKOLA_KOPIENA = "skola-kopiena"
    """4.2.3.1/1/24/I/001."""
    PUMPURS = "pumpurs"
    """8.3.4.0/16/I/001."""


class _State:
    """The language of this run, known once the options are read."""

    language = Language.LV


def current_language() -> Language:
    """Give the language of this run; Latvian until an option says otherwise."""
    return _State.language


def _remember(value: Language) -> Language:
    _State.language = value
    return value


Lang = Annotated[
    Language,
    typer.Option(
        "--lang", help="Valoda · Language.", callback=_remember, is_eager=True, show_default=True
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Tikai JSON, citām programmām · JSON, for programs.")
]
ProgrammeOption = Annotated[
    Programme, typer.Option("--programme", "-p", help="Projekts · Programme.")
]
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", help="Parametru datne (TOML) · Settings file.")
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", help="Cita noteikumu mape · Another rules folder.")
]
HistoryOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--history",
        help="Agrāki pārskati (xlsx vai Parquet), vienai datnei viena opcija · Earlier claims.",
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option("--on", help="Pārbaudes diena, piem., 2026-03-01 (šodien) · Day of assessment."),
]


def refuse_personal_names(*paths: Path | None) -> None:
    """Refuse files whose names hold personal data, before any of them is named in a problem.

    Raises:
        UnusableWorkbook: CLM-211; the name is not repeated.

    """
    from skola_finance.exchange.workbook.personal import refuse_personal_file_name

    for path in paths:
        if path is not None:
            refuse_personal_file_name(path.name)


class UnreadableDay(SkolaError, ValueError):
    """A day on the command line that is none (WBK-465)."""


def day_or_today(text: str | None) -> date:
    """Give the day named, or today in Latvia.

    Raises:
        UnreadableDay: WBK-465.

    """
    if text is None:
        return datetime.now(tz=UTC).astimezone(RIGA).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableDay(
            Problem(
                code="WBK-465",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"„{text}” nav diena.",
                    en=f"“{text}” is not a day.",
                ),
                hint=Text(
                    lv="Rakstiet gadu, mēnesi un dienu, piemēram, 2026-03-01.",
                    en="Write year, month and day, for example 2026-03-01.",
                ),
            )
        ) from error


def print_json(content: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Print JSON in UTF-8, whatever the terminal thinks; indented where people may read it.

    Indenting is ten times slower than not, and nobody reads thousands of lines.
    """
    text = json.dumps(content, ensure_ascii=False)
    if len(text) < READABLE:
        text = json.dumps(content, ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(f"{text}\n".encode())
    sys.stdout.buffer.flush()
