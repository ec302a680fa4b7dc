"""Progress on work longer than a second, on standard error, so that output stays clean."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Protocol

from skola_finance.problems import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

AFTER_SECONDS = 1.0

_WORDS = {
    "read": ("Nolasa datni", "Reading the file"),
    "history": ("Nolasa agrākos pārskatus", "Reading earlier claims"),
    "assess": ("Pārbauda rindas", "Judging lines"),
    "annotate": ("Raksta anotēto darbgrāmatu", "Writing the annotated workbook"),
    "before": ("Pārrēķina pēc spēkā esošajiem noteikumiem", "Judging under the present rules"),
    "after": ("Pārrēķina pēc mainītajiem noteikumiem", "Judging under the changed rules"),
    "journal": ("Pārbauda darbību žurnālu", "Walking the journal"),
    "rows": ("Salīdzina ierakstus ar zīmogiem", "Comparing rows with their seals"),
    "entries": ("Salīdzina virsgrāmatu ar žurnālu", "Comparing the ledger with the journal"),
    "balances": ("Pārrēķina atlikumus", "Adding balances up"),
    "invariants": ("Pārbauda grāmatojumu likumsakarības", "Checking the invariants"),
    "rules": ("Pārbauda noteikumus un parametrus", "Reading rules and settings anew"),
    "verdicts": ("Pārrēķina novērtējumus", "Recomputing verdicts"),
    "backup": ("Raksta rezerves kopiju", "Writing the backup"),
    "restore": ("Atjauno no kopijas", "Restoring"),
    "demo": ("Ielādē demonstrācijas datus", "Loading the demo data"),
    "vectors": ("Izpilda pārbaudes piemērus", "Running vectors"),
}


class Tell(Protocol):
    """Told what is being done, and how much of it is done."""

    def __call__(self, step: str, done: int | None = None) -> None:
        """Show a step."""
        ...


def _say_nothing(step: str, done: int | None = None) -> None:
    """Show nothing: nobody is watching."""


@contextmanager
def shown_progress(language: Language) -> Iterator[Tell]:
    """Show what is being done once it takes longer than a second; nothing if not a terminal."""
    if not sys.stderr.isatty():
        yield _say_nothing
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    task = progress.add_task("", total=None)

    def tell(step: str, done: int | None = None) -> None:
        words = _WORDS[step][0 if language is Language.LV else 1]
        progress.update(task, description=words if done is None else f"{words}: {done}")

    timer = Timer(AFTER_SECONDS, progress.start)
    timer.daemon = True
    timer.start()
    try:
        yield tell
    finally:
        timer.cancel()
        progress.stop()
