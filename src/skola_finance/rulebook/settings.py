"""Reading a settings file: what somebody with authority entered, with source and dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from skola_finance.problems import CitationStatus
from skola_finance.rulebook.load import load_rulebook
from skola_finance.rulebook.model import PROGRAMMES
from skola_finance.rulebook.parameter_file import check_overlap, check_period, read_setting_text
from skola_finance.rulebook.parameters import Setting
from skola_finance.rulebook.strict import Reader, read_toml

if TYPE_CHECKING:
    from skola_finance.rulebook.errors import UnusableRules
    from skola_finance.rulebook.parameters import Parameter
    from skola_finance.rulebook.rulebook import Rulebook

_KEYS = ("programme", "key", "value", "from", "to", "source", "status", "illustrative")


def load_settings(
    path: Path | str, *, rulebook: Rulebook | None = None, programme: str = "skola-kopiena"
) -> tuple[Setting, ...]:
    """Read `[[setting]]` tables for one programme.

    Args:
        path: the TOML file.
        rulebook: the rulebook the settings are for; it knows the keys and the shapes.
        programme: whose rulebook that ships with the library to use, where none is given.

    Returns:
        The settings of the rulebook's programme, and those for every programme.

    Raises:
        UnusableRules: RUL-403 unknown key, RUL-404 to RUL-407 unusable value, RUL-421 two values
            for one key on the same day, RUL-411 an end before the start, RUL-422 a boundary outside
            its interval.

    """
    path = Path(path)
    rulebook = rulebook or load_rulebook(programme)
    root = Reader(read_toml(path, name=path.name), file=path.name, where="")
    root.only(("setting",))
    settings: list[Setting] = []
    for reader in root.subs("setting"):
        reader.only(_KEYS)
        if reader.has("programme"):
            named = reader.text("programme", among=PROGRAMMES)
            if named != rulebook.programme:
                continue
        key = reader.text("key")
        parameter = rulebook.parameter(key)
        if parameter is None:
            foreign = any(one.matches(key) for one in rulebook.foreign)
            if foreign and not reader.has("programme"):
                continue  # a key that only another programme has
            raise _unknown(reader, key)
        setting = _setting(reader, key, parameter)
        check_overlap(reader, setting, settings, once=parameter.is_boundary)
        settings.append(setting)
    return tuple(settings)


def _setting(reader: Reader, key: str, parameter: Parameter) -> Setting:
    text, value = read_setting_text(reader, parameter.shape)
    setting = Setting(
        key=key,
        text=text,
        value=value,
        starts=reader.day("from"),
        ends=reader.day("to"),
        source=reader.text("source"),
        status=CitationStatus(reader.text("status", among=list(CitationStatus)))
        if reader.has("status")
        else CitationStatus.SOURCED,
        illustrative=reader.flag("illustrative"),
    )
    check_period(reader, setting.starts, setting.ends)
    _check_boundary(reader, parameter, setting)
    return setting


def _check_boundary(reader: Reader, parameter: Parameter, setting: Setting) -> None:
    """Let a boundary be a day of its interval."""
    boundary = parameter.boundary
    if boundary is None:
        return
    if not isinstance(setting.value, date) or not boundary.admits(setting.value):
        earliest, latest = boundary.not_before or "…", boundary.not_after or "…"
        raise reader.wrong(
            "RUL-422",
            f"„{setting.text}” nav diena iespējamajā intervālā ({earliest} – {latest})",
            f"“{setting.text}” is no day of the possible interval ({earliest} to {latest})",
            key="value",
        )


def _unknown(reader: Reader, key: str) -> UnusableRules:
    return reader.wrong(
        "RUL-403", f"nezināms parametrs „{key}”", f"unknown setting “{key}”", key="key"
    )
