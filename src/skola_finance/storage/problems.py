"""What can be wrong with the database itself (STO-9xx)."""

from __future__ import annotations

from skola_finance.problems import Problem, Severity, SkolaError, Text


class StorageUnusable(SkolaError):
    """The database cannot be used as it is (STO-901 to STO-907)."""


def unusable(code: str, *, lv: str, en: str, hint_lv: str, hint_en: str) -> StorageUnusable:
    """Make the refusal."""
    return StorageUnusable(
        Problem(
            code=code,
            severity=Severity.ERROR,
            message=Text(lv=lv, en=en),
            hint=Text(lv=hint_lv, en=hint_en),
        )
    )


def not_there(name: str) -> StorageUnusable:
    """STO-901: no database, or none that answers."""
    return unusable(
        "STO-901",
        lv=f"Datubāzes „{name}” nav, vai tā neatbild.",
        en=f"The database “{name}” is not there, or does not answer.",
        hint_lv="Pārbaudiet SKOLA_DATABASE_URL vai izveidojiet to: „skola-finance migrate”.",
        hint_en="Check SKOLA_DATABASE_URL, or make it with “skola-finance migrate”.",
    )


def newer_schema(found: str) -> StorageUnusable:
    """STO-902: a later release has migrated the database."""
    return unusable(
        "STO-902",
        lv=f"Datubāzes shēma „{found}” ir jaunāka par šo programmas versiju.",
        en=f"The schema “{found}” of the database is newer than this release.",
        hint_lv="Uzstādiet jaunāko programmas versiju; datubāzē nekas nav mainīts.",
        hint_en="Install the latest release; nothing in the database was changed.",
    )


def older_schema(found: str) -> StorageUnusable:
    """STO-903: the database waits for migrations."""
    return unusable(
        "STO-903",
        lv=f"Datubāzes shēma „{found or 'tukša'}” ir vecāka par šo programmas versiju.",
        en=f"The schema “{found or 'empty'}” of the database is older than this release.",
        hint_lv="Izveidojiet rezerves kopiju un izpildiet „skola-finance migrate”.",
        hint_en="Make a backup, then run “skola-finance migrate”.",
    )


def cannot_write(reason: str) -> StorageUnusable:
    """STO-904: the disk is full, or the database cannot be written to."""
    return unusable(
        "STO-904",
        lv=f"Datubāzē nevar ierakstīt: {reason}",
        en=f"The database cannot be written to: {reason}",
        hint_lv="Nekas nav mainīts. Atbrīvojiet vietu vai pārbaudiet tiesības un mēģiniet vēlreiz.",
        hint_en="Nothing was changed. Free some space or check the permissions, then try again.",
    )


def busy() -> StorageUnusable:
    """STO-905: others held the database for too long."""
    return unusable(
        "STO-905",
        lv="Datubāze ilgstoši ir aizņemta.",
        en="The database has been busy for too long.",
        hint_lv="Nekas nav mainīts. Mēģiniet vēlreiz ar to pašu darbības numuru.",
        hint_en="Nothing was changed. Try again with the same command id.",
    )


def not_a_database(name: str) -> StorageUnusable:
    """STO-906: a file that is something else, or damaged."""
    return unusable(
        "STO-906",
        lv=f"„{name}” nav lasāma datubāze.",
        en=f"“{name}” is not a readable database.",
        hint_lv="Norādiet citu datni vai atjaunojiet datubāzi no rezerves kopijas.",
        hint_en="Name another file, or restore the database from a backup.",
    )


def unknown_url(url: str) -> StorageUnusable:
    """STO-907: an address of a database that is neither SQLite nor PostgreSQL."""
    return unusable(
        "STO-907",
        lv=f"Datubāzes adrese „{url}” nav saprotama.",
        en=f"The database address “{url}” is not understood.",
        hint_lv="Piemēri: sqlite:///var/skola.db, postgresql://lietotājs@serveris/skola.",
        hint_en="Examples: sqlite:///var/skola.db, postgresql://user@server/skola.",
    )
