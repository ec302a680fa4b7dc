"""Opening a programme from a rulebook, taking a newer one into use, and closing it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance.ledger.events import close_programme as close_books
from skola_finance.money import Rate
from skola_finance.problems import Text
from skola_finance.rulebook import Rulebook, load_rulebook
from skola_finance.storage.tables import ProgrammeRow, RatePeriodRow
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse
from skola_finance.workflow import TASKS, Task

if TYPE_CHECKING:
    from skola_finance.usecases.work import Work

COFINANCING = "FUN-701"
STATE_ONLY = "state_only"
"""The rate period of costs that the state bears alone: they never enter the split (D-03)."""

TITLES = {
    "skola-kopiena": Text(lv="Skola – kopienā", en="School in the community"),
    "pumpurs": Text(lv="PuMPuRS", en="PuMPuRS"),
}


@use_case(
    title=Text(lv="Atvērt programmu", en="Open a programme"), roles=TASKS[Task.OPEN_PROGRAMME]
)
def open_programme(work: Work, *, programme: str) -> Answer:
    """Open a programme under the rulebook of this release; its rules are kept whole.

    Raises: CommandRefused WFL-521 where it is open already.
    """
    if work.repositories.programmes.get(programme) is not None:
        raise refuse(
            "WFL-521",
            lv=f"Programma „{programme}” jau ir atvērta.",
            en=f"The programme “{programme}” is open already.",
            hint_lv="Jaunus noteikumus ievieš ar „adopt_rulebook”.",
            hint_en="Newer rules are taken into use with “adopt_rulebook”.",
            subject=programme,
        )
    rulebook = load_rulebook(programme)
    _keep(work, rulebook)
    title = TITLES.get(programme, Text(lv=programme, en=programme))
    work.repositories.add(
        ProgrammeRow(
            code=programme,
            title_lv=title.lv,
            title_en=title.en,
            rulebook_digest=rulebook.digest,
            opened_on=work.on,
        )
    )
    for key, rate in rate_periods(rulebook).items():
        work.repositories.add(RatePeriodRow(programme=programme, key=key, rate=_text(rate)))
    return Answer(programme, {"rulebook_digest": rulebook.digest})


@use_case(
    title=Text(lv="Ieviest noteikumu krājumu", en="Take a rulebook into use"),
    roles=TASKS[Task.OPEN_PROGRAMME],
)
def adopt_rulebook(work: Work, *, programme: str) -> Answer:
    """Judge from now on by the rulebook of this release; earlier verdicts keep theirs."""
    row = work.programme(programme, lock=True)
    rulebook = load_rulebook(programme)
    _keep(work, rulebook)
    before, row.rulebook_digest = row.rulebook_digest, rulebook.digest
    known = {one.key for one in work.repositories.programmes.rate_periods(programme)}
    for key, rate in rate_periods(rulebook).items():
        if key not in known:
            work.repositories.add(RatePeriodRow(programme=programme, key=key, rate=_text(rate)))
    work.change(row)
    return Answer(programme, {"rulebook_digest": rulebook.digest, "before": before})


@use_case(
    title=Text(lv="Slēgt programmu", en="Close a programme"), roles=TASKS[Task.OPEN_PROGRAMME]
)
def close_programme(work: Work, *, programme: str, source: str) -> Answer:
    """Close the budget accounts of a programme once nothing is open on any account.

    Raises: AccountsStillOpen (PAY-808).
    """
    row = work.programme(programme, lock=True)
    cells = work.repositories.books.balances(programme).cells()
    work.post(close_books(work.occasion(programme, source), cells=cells))
    row.closed_on = work.on
    work.change(row)
    return Answer(programme, {"closed_on": work.on.isoformat()})


def rate_periods(rulebook: Rulebook) -> dict[str, Rate]:
    """Give the periods of one co-financing rate, and that of costs outside the split."""
    periods = {STATE_ONLY: Rate(0, 1)}
    for number, version in enumerate(rulebook.rule(COFINANCING).versions, start=1):
        starts = version.starts
        name = starts.isoformat() if isinstance(starts, date) else f"no. {number}"
        periods[f"{version.values['rate']} {name}"] = version.values["rate"]
    return periods


def _text(rate: Rate) -> str:
    return f"{rate.numerator}/{rate.denominator}"


def _keep(work: Work, rulebook: Rulebook) -> None:
    work.rulebook_digest = rulebook.digest
    work.repositories.programmes.keep_rulebook(
        rulebook.digest, programme=rulebook.programme, texts=rulebook.texts
    )
