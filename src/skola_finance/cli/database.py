"""`migrate`, `demo`, `verify`, `backup` and `restore`: running the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skola_finance.cli.options import AsJson, Lang, day_or_today, print_json
from skola_finance.problems import Language

if TYPE_CHECKING:
    from skola_finance.usecases.proof.verify import Verification

HAS_ERRORS = 1

_COUNTS = {
    "journal": ("žurnāla ieraksti", "journal entries"),
    "access": ("piekļuves ieraksti", "access entries"),
    "rows": ("apzīmogoti ieraksti", "sealed rows"),
    "entries": ("virsgrāmatas ieraksti", "ledger entries"),
    "cells": ("atlikumi", "balances"),
    "rulebooks": ("noteikumu krājumi", "rulebooks"),
    "settings": ("parametru kopas", "sets of settings"),
    "verdicts": ("pārrēķināti novērtējumi", "verdicts recomputed"),
    "erased": ("novērtējumi ar dzēstiem datiem", "verdicts with erased learners"),
}


def migrate(*, lang: Lang = Language.LV) -> None:
    """Izveido datubāzi vai atjaunina tās shēmu · Makes the database, or brings it up to date."""
    from skola_finance.storage import schema
    from skola_finance.usecases.opening_store import open_store

    store = open_store(is_checked=False)
    revision = schema.migrate(store.database)
    ready = "Datubāze ir gatava" if lang is Language.LV else "The database is ready"
    typer.echo(f"{ready}: {store.database.name} ({revision})")


def demo(*, lang: Lang = Language.LV) -> None:
    """Ielādē demonstrācijas programmu · Loads the demo programme, with claims in every state."""
    from skola_finance.cli.progress import shown_progress
    from skola_finance.storage import schema
    from skola_finance.usecases.demo.programme import load_demo
    from skola_finance.usecases.opening_store import open_store

    store = open_store(is_checked=False)
    schema.migrate(store.database)
    with shown_progress(lang) as tell:
        made = load_demo(store, progress=tell)
    words = ("Demonstrācijas dati ielādēti", "The demo data is loaded")
    typer.echo(f"{words[lang is Language.EN]}: {store.database.name}")
    for line in made.told(lang):
        typer.echo(f"  {line}")


def verify(*, as_json: AsJson = False, lang: Lang = Language.LV) -> None:
    """Pierāda datubāzi: žurnālu, virsgrāmatu, atlikumus, novērtējumus · Proves the database."""
    from skola_finance.cli.progress import shown_progress
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.proof.verify import verify as prove

    store = open_store()
    with shown_progress(lang) as tell:
        found = prove(store, on=day_or_today(None), progress=tell)
    _say(found, lang, as_json=as_json)


def backup(
    out: Annotated[Path, typer.Argument(metavar="KOPIJA.zip", help="Jaunā datne · New file.")],
    *,
    lang: Lang = Language.LV,
) -> None:
    """Uzraksta rezerves kopiju · Writes a backup: every table and every evidence file."""
    from skola_finance.cli.progress import shown_progress
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.proof.backup import backup as copy

    store = open_store()
    with shown_progress(lang) as tell:
        made = copy(store, out, progress=tell)
    rows = sum(made.rows.values())
    told = (
        f"Kopija uzrakstīta: {out} (ieraksti: {rows}, datnes: {made.files})",
        f"Backup written: {out} (rows: {rows}, files: {made.files})",
    )
    typer.echo(told[lang is Language.EN])


def restore(
    source: Annotated[Path, typer.Argument(metavar="KOPIJA.zip", help="Kopija · The backup.")],
    *,
    as_json: AsJson = False,
    lang: Lang = Language.LV,
) -> None:
    """Atjauno kopiju tukšā datubāzē un to pierāda · Restores a backup, and proves it."""
    from skola_finance.cli.progress import shown_progress
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.proof.backup import restore as put_back

    store = open_store(is_checked=False)
    with shown_progress(lang) as tell:
        found = put_back(store, source, on=day_or_today(None), progress=tell)
    _say(found, lang, as_json=as_json)


def _say(found: Verification, language: Language, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "clean": found.is_clean,
                "counts": dict(found.counts),
                "problems": [
                    {
                        "code": one.code,
                        "subject": one.subject,
                        "message": one.message.in_(language),
                        "hint": one.hint.in_(language),
                    }
                    for one in found.problems
                ],
            }
        )
    else:
        told = [
            f"{words[language is Language.EN]}: {found.counts[name]}"
            for name, words in _COUNTS.items()
            if found.counts[name]
        ]
        typer.echo("; ".join(told))
        for problem in found.problems:
            typer.echo(f"✗ {problem.one_line(language)}")
        if found.is_clean:
            words = ("✓ Viss sakrīt.", "✓ Everything holds.")
            typer.echo(words[language is Language.EN])
    if not found.is_clean:
        raise typer.Exit(HAS_ERRORS)
