"""Settings from a file, a screen or a record: what was entered, with source and dates."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from skola_finance.problems import CitationStatus, Text, Where
from skola_finance.rulebook.errors import UnusableRules
from skola_finance.rulebook.load import load_rulebook
from skola_finance.rulebook.model import PROGRAMMES
from skola_finance.rulebook.parameter_file import check_overlap, check_period, read_setting_text
from skola_finance.rulebook.parameters import Setting, parse_day
from skola_finance.rulebook.strict import Reader, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from skola_finance.rulebook.parameters import Parameter
    from skola_finance.rulebook.rulebook import Rulebook

_RECORD_KEYS = ("key", "value", "from", "to", "source", "status", "illustrative")
_KEYS = ("programme", *_RECORD_KEYS)


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


def make_setting(
    *,
    rulebook: Rulebook,
    key: str,
    value: str,
    starts: date | None,
    ends: date | None,
    source: str,
    status: CitationStatus = CitationStatus.SOURCED,
    illustrative: bool = False,
) -> Setting:
    """Make a setting of what a person typed, held as strictly as one of a file.

    Whether another value of the key holds on the same days is not asked: that is for whoever
    has all of them.

    Args:
        rulebook: the rulebook the setting is for; it knows the keys and the shapes.
        key: the key, with the placeholders filled in.
        value: the text of the value; `none` says that there is no such limit.
        starts: the first day, None from ever.
        ends: the first day on which it holds no more, None for ever.
        source: where the value is written.
        status: how well the source is established.
        illustrative: whether the value only serves as an example.

    Raises:
        UnusableRules: RUL-403 unknown key, RUL-405 no value or source, RUL-407 unusable value,
            RUL-411 an end before the start, RUL-422 a boundary outside its interval. The problem
            names the key as its subject, and as its column what is wrong: `value`.

    """
    table = {"key": key, "value": value, "source": source, "status": status}
    dates = {"from": starts, "to": ends}
    with _entered(key):
        reader = Reader({**table, **dates, "illustrative": illustrative}, file=key, where="")
        parameter = rulebook.parameter(reader.text("key"))
        if parameter is None:
            raise _unknown(reader, key)
        return _setting(reader, key, parameter)


def setting_record(setting: Setting) -> dict[str, object]:
    """Give a setting as plain JSON values, of which `setting_of_record` makes the same again."""
    return {
        "key": setting.key,
        "value": setting.text,
        "from": None if setting.starts is None else setting.starts.isoformat(),
        "to": None if setting.ends is None else setting.ends.isoformat(),
        "source": setting.source,
        "status": setting.status.value,
        "illustrative": setting.illustrative,
    }


def setting_of_record(record: Mapping[str, object], *, rulebook: Rulebook) -> Setting:
    """Make a setting of its record; the value is read anew, in the shape of the parameter.

    Raises:
        UnusableRules: as `make_setting`; and RUL-403 a field that no record has, RUL-405 a missing
            one, RUL-406 an unknown status, RUL-407 a day that is none.

    """
    key = str(record.get("key") or "")
    with _entered(key):
        reader = Reader(dict(record), file=key, where="")
        reader.only(_RECORD_KEYS)
        return make_setting(
            rulebook=rulebook,
            key=reader.text("key"),
            value=reader.text("value"),
            starts=_day(reader, "from"),
            ends=_day(reader, "to"),
            source=reader.text("source"),
            status=CitationStatus(reader.text("status", among=list(CitationStatus))),
            illustrative=reader.flag("illustrative"),
        )


def _day(reader: Reader, key: str) -> date | None:
    """Give a day that is written as text, as JSON has no other."""
    if reader.table.get(key) is None:
        return None
    text = reader.text(key)
    try:
        return parse_day(text)
    except ValueError as error:
        raise reader.wrong("RUL-407", "jābūt datumam", "a date is expected", key=key) from error


@contextmanager
def _entered(key: str) -> Iterator[None]:
    """Let a refusal speak of what was entered, and not of a file."""
    try:
        yield
    except UnusableRules as error:
        problem = replace(
            error.problem,
            hint=Text(
                lv="Izlabojiet ievadīto: atslēgu, vērtību, avotu vai spēkā esamības dienas.",
                en="Mend what was entered: the key, the value, its source or its days.",
            ),
            where=Where(column=error.problem.where.column),
            subject=key,
        )
        raise UnusableRules(problem) from error


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
