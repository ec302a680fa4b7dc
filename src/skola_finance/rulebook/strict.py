"""Reading TOML so strictly that a typing error cannot change a verdict.

Floats are refused (amounts and rates are text), duplicate keys are refused by TOML itself, and
every table says which keys it may hold.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from skola_finance.problems import Language, Text
from skola_finance.rulebook.errors import UnusableRules, unusable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

Table: TypeAlias = dict[str, Any]


def read_toml(path: Path, *, name: str) -> Table:
    """Read a TOML file without floats.

    Args:
        path: the file.
        name: what to call it in a problem.

    Raises:
        UnusableRules: RUL-400 not there, RUL-401 not TOML (a doubled key included), RUL-402 a
            float.

    """
    return parse_toml(read_text(path, name=name), name=name)


def read_text(path: Path, *, name: str) -> str:
    """Read the text of a TOML file, with line ends and byte-order mark made plain.

    Raises:
        UnusableRules: RUL-400 it cannot be opened, RUL-401 it is not UTF-8.

    """
    try:
        # A byte-order mark is what the editors of some offices put first; it says nothing.
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(name, error) from error
    except OSError as error:
        raise unusable(
            "RUL-400",
            file=name,
            where="",
            lv="Failu neizdevās atvērt.",
            en=f"The file could not be opened: {error.strerror}.",
        ) from error


def parse_toml(text: str, *, name: str) -> Table:
    """Read the text of a TOML file without floats.

    Raises:
        UnusableRules: RUL-401 not TOML (a doubled key included), RUL-402 a float.

    """

    def no_float(number: str) -> NoReturn:
        raise unusable(
            "RUL-402",
            file=name,
            where=number,
            lv=f"Skaitlis {number} rakstīts kā peldošā komata skaitlis; summas un likmes raksta "
            f'pēdiņās: "{number}".',
            en=f"The number {number} is a float; amounts and rates are written as text: "
            f'"{number}".',
        )

    try:
        return tomllib.loads(text, parse_float=no_float)
    except UnusableRules:
        raise
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: ValueError | RecursionError) -> UnusableRules:
    return unusable(
        "RUL-401",
        file=name,
        where="",
        lv=f"Failu nevar nolasīt kā TOML: {error}.",
        en=f"The file is not readable as TOML: {error}.",
    )


class Reader:
    """One table of a file, with the place it stands in; takes keys out and checks the rest."""

    def __init__(self, table: object, *, file: str, where: str) -> None:
        """Refuse what is not a table."""
        self.file = file
        self.where = where
        if not isinstance(table, dict):
            raise self.wrong("RUL-404", "šeit jābūt tabulai", "a table is expected here")
        self.table: Table = table

    def wrong(self, code: str, lv: str, en: str, *, key: str = "") -> UnusableRules:
        """Build the error for this table, or for one key of it."""
        place = ".".join(part for part in (self.where, key) if part)
        return unusable(
            code,
            file=self.file,
            where=place,
            lv=f"{place or self.file}: {lv}.",
            en=f"{place or self.file}: {en}.",
        )

    def only(self, allowed: Collection[str]) -> None:
        """Refuse any key that is not allowed."""
        for key in self.table:
            if key not in allowed:
                known = ", ".join(sorted(allowed))
                raise self.wrong(
                    "RUL-403",
                    f"nezināma atslēga; atļautās: {known}",
                    f"unknown key; allowed are {known}",
                    key=key,
                )

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.table

    def sub(self, key: str) -> Reader:
        """Give the table under a key; a missing one is an error."""
        if key not in self.table:
            raise self.wrong("RUL-405", "trūkst tabulas", "the table is missing", key=key)
        place = ".".join(part for part in (self.where, key) if part)
        return Reader(self.table[key], file=self.file, where=place)

    def subs(self, key: str) -> tuple[Reader, ...]:
        """Give the array of tables under a key; none is the same as empty."""
        tables = self.table.get(key, [])
        if not isinstance(tables, list):
            raise self.wrong("RUL-404", "jābūt tabulu sarakstam", "tables are expected", key=key)
        place = ".".join(part for part in (self.where, key) if part)
        return tuple(
            Reader(table, file=self.file, where=f"{place}[{number}]")
            for number, table in enumerate(tables, start=1)
        )

    def text(self, key: str, *, among: Collection[str] | None = None) -> str:
        """Give a text that is not empty, optionally one of a list."""
        value = self.table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong("RUL-405", "trūkst teksta", "a text is missing", key=key)
        if among is not None and value not in among:
            known = ", ".join(sorted(among))
            raise self.wrong(
                "RUL-406",
                f"nezināma vērtība „{value}”; atļautās: {known}",
                f"unknown value “{value}”; allowed are {known}",
                key=key,
            )
        return value

    def texts(self, key: str, *, among: Collection[str] | None = None) -> tuple[str, ...]:
        """Give a list of texts that is not empty, optionally each of a list."""
        values = self.table.get(key)
        if not isinstance(values, list) or not values:
            raise self.wrong("RUL-405", "trūkst saraksta", "a list is missing", key=key)
        for value in values:
            if not isinstance(value, str) or (among is not None and value not in among):
                raise self.wrong(
                    "RUL-406", f"nezināma vērtība „{value}”", f"unknown value “{value}”", key=key
                )
        return tuple(values)

    def both(self, key: str) -> Text:
        """Give the text under a key, which must stand in both languages."""
        table = self.sub(key)
        table.only(list(Language))
        for language in Language:
            if not table.has(language):
                raise table.wrong(
                    "RUL-409", "trūkst valodas", "a language is missing", key=language
                )
        return Text(lv=table.text("lv"), en=table.text("en"))

    def flag(self, key: str) -> bool:
        """Give a yes or no, which is no where the key is absent."""
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(
                "RUL-407", "jābūt true vai false", "expected is true or false", key=key
            )
        return value

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Give the table under a key as it stands; an absent one is empty."""
        return MappingProxyType(self.sub(key).table if self.has(key) else {})

    def day(self, key: str) -> date | None:
        """Give a date, or None where the key is absent."""
        value = self.table.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong("RUL-407", "jābūt datumam", "a date is expected", key=key)
        return value
