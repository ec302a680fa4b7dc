"""How a proof that fails says so: what differs, and which journal entry leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.money import format_amount
from skola_finance.problems import Language, Problem, Severity, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

HINT = Text(
    lv="Neko nelabojiet. Salīdziniet ar rezerves kopiju un žurnāla ierakstu; noskaidrojiet, kas "
    "mainījis datubāzi.",
    en="Change nothing. Compare with a backup and the journal entry; find out who changed the "
    "database.",
)


def _problem(code: str, *, lv: str, en: str, subject: str) -> Problem:
    return Problem(
        code=code,
        severity=Severity.ERROR,
        message=Text(lv=lv, en=en),
        hint=HINT,
        subject=subject,
    )


def row_changed(table: str, key: str, journal_no: int, command: str) -> Problem:
    """STO-920: a row is not what its command left."""
    return _problem(
        "STO-920",
        lv=f"Tabulas „{table}” ieraksts „{key}” ir mainīts ārpus programmas; pēdējoreiz to "
        f"rakstīja žurnāla {journal_no}. ieraksts ({command}).",
        en=f"The row “{key}” of the table “{table}” was changed outside the product; journal entry "
        f"{journal_no} ({command}) wrote it last.",
        subject=str(journal_no),
    )


def row_gone(table: str, key: str, journal_no: int, command: str) -> Problem:
    """STO-921: a row was deleted by hand."""
    return _problem(
        "STO-921",
        lv=f"Tabulas „{table}” ieraksts „{key}” ir dzēsts ārpus programmas; to rakstīja žurnāla "
        f"{journal_no}. ieraksts ({command}).",
        en=f"The row “{key}” of the table “{table}” was deleted outside the product; journal entry "
        f"{journal_no} ({command}) wrote it.",
        subject=str(journal_no),
    )


def row_added(table: str, key: str) -> Problem:
    """STO-922: a row that no command wrote."""
    return _problem(
        "STO-922",
        lv=f"Tabulas „{table}” ierakstu „{key}” nav rakstījusi neviena darbība.",
        en=f"No command wrote the row “{key}” of the table “{table}”.",
        subject=f"{table}/{key}",
    )


def seals_differ(journal_no: int, command: str) -> Problem:
    """STO-923: the seals of a command are not those that its journal entry holds."""
    return _problem(
        "STO-923",
        lv=f"Žurnāla {journal_no}. ieraksta ({command}) zīmogi ir mainīti.",
        en=f"The seals of journal entry {journal_no} ({command}) were changed.",
        subject=str(journal_no),
    )


def entry_differs(number: int, journal_no: int, reference: str) -> Problem:
    """STO-924: an entry of the books is not the one that the journal knows."""
    return _problem(
        "STO-924",
        lv=f"Virsgrāmatas {number}. ieraksts ({reference}) nesakrīt ar žurnāla {journal_no}. "
        "ierakstu.",
        en=f"Entry {number} of the ledger ({reference}) is not what journal entry {journal_no} "
        "holds.",
        subject=str(number),
    )


def entry_unknown(journal_no: int, command: str) -> Problem:
    """STO-925: the journal names an entry of the books that is not there."""
    return _problem(
        "STO-925",
        lv=f"Virsgrāmatā trūkst ieraksta, ko iegrāmatoja žurnāla {journal_no}. ieraksts "
        f"({command}).",
        en=f"The ledger lacks an entry that journal entry {journal_no} ({command}) posted.",
        subject=str(journal_no),
    )


def balance_differs(cell: Sequence[str], *, expected: int, found: int) -> Problem:
    """STO-926: a kept balance is not the sum of its postings."""
    place = " / ".join(part for part in cell if part)
    wanted = [format_amount(expected, each) for each in (Language.LV, Language.EN)]
    there = [format_amount(found, each) for each in (Language.LV, Language.EN)]
    return _problem(
        "STO-926",
        lv=f"Atlikums „{place}” ir {there[0]}, bet grāmatojumu summa ir {wanted[0]}.",
        en=f"The balance “{place}” is {there[1]}, its postings come to {wanted[1]}.",
        subject=place,
    )


def verdict_differs(number: int, claim: str, told: str) -> Problem:
    """STO-927: a verdict comes out otherwise under its own rules."""
    return _problem(
        "STO-927",
        lv=f"Pārskata {claim} {number}. novērtējums, pārrēķināts pēc tiem pašiem noteikumiem, ir "
        f"citāds. {told}",
        en=f"Verdict {number} on the claim {claim} comes out otherwise under its own rules. {told}",
        subject=str(number),
    )


def rules_differ(digest: str) -> Problem:
    """STO-928: a rulebook or a set of settings is not what its digest says."""
    return _problem(
        "STO-928",
        lv=f"Noteikumi vai parametri, kas glabājas ar kontrolsummu {digest[:12]}…, ir mainīti.",
        en=f"The rules or settings that are kept under the digest {digest[:12]}… were changed.",
        subject=digest,
    )
