"""A claim begun with the lines of the last one: what stays is copied, what is of one day is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.calendar import Calendar
from skola_finance.claims.claim import LINE_SCHEMA
from skola_finance.problems import Text
from skola_finance.storage.frames import unpack
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.filing.drafts import put_lines, version_in_work
from skola_finance.usecases.filing.known import last_claims, lines_of
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse
from skola_finance.workflow import CLAIMS, ClaimCommand

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.work import Work

_OF_ONE_ACTION = (
    *("line_id", "sheet", "row", "activity_on", "starts_min", "learner_age", "risk_ground"),
    *("document_no", "document_on", "document_total_cents", "paid_on", "payment_document_no"),
    *("vat_amount_cents", "vat_recoverable_amount_cents"),
    *("evidence", "note", "personal_data_in", "other_funding"),
)
"""What belongs to the action that was claimed: its day, its documents, what proves it.

A ground for support is the plan's; an age is that of the day. That nobody else paid is said of
each cost anew.
"""
_OF_ONE_YEAR = ("learner_grade", "education_programme", "study_form")
"""What is another one when a school year has passed."""


@use_case(
    title=Text(
        lv="Sākt ar iepriekšējā pārskata rindām", en="Begin with the lines of the last claim"
    ),
    roles=CLAIMS.may[ClaimCommand.EDIT],
)
def take_over_lines(work: Work, *, claim: str, row_version: int) -> Answer:
    """Copy the lines of the partner's last filed claim of the programme into an empty claim.

    Lines of unit costs keep their quantity and amount, invoices only what the next one shares.
    Days, documents, evidence, other funding and notes are left empty, grades, programmes and forms
    of study too where another school year has begun. Projects, flat rates and corrections are not
    copied: each is claimed once.

    Args:
        row_version: what the person has read.

    Returns: with `lines`, how many there are, and `taken_from`, the claim they come from.
    Raises: CommandRefused WFL-517 (changed since), WFL-543 (it has lines), WFL-544 (there is no
        earlier claim with such lines); Refused (WFL-501).
    """
    row = work.claim(claim, row_version=row_version)
    version = version_in_work(work, row)
    step_claim(work, row, ClaimCommand.EDIT)
    if unpack(version.frame).height:
        raise _has_lines(row.key)
    earlier = last_claims(
        work.repositories, row.programme, partner=row.partner_reg_no, before=row.id
    )
    if not earlier:
        raise _no_earlier(row.key)
    lines = copied(
        lines_of(work.repositories, earlier[0]), is_same_year=_is_same_year(work, earlier[0], row)
    )
    if lines.is_empty():
        raise _no_earlier(row.key)
    put_lines(work, row, version, lines, ())
    facts = {"row_version": row.row_version, "lines": row.lines, "taken_from": earlier[0].key}
    return Answer(row.key, {"claim": row.key, **facts})


def copied(lines: pl.DataFrame, *, is_same_year: bool) -> pl.DataFrame:
    """Give new lines that say what earlier ones said, apart from what is of one action alone."""
    is_first = pl.col("corrects_line_id").is_null() & (pl.col("amount_cents").fill_null(0) >= 0)
    emptied = [*_OF_ONE_ACTION, *(() if is_same_year else _OF_ONE_YEAR)]
    is_actual = pl.col("cost_form") == "actual"
    nothing = pl.lit(None)
    return lines.filter(is_first & pl.col("cost_form").is_in(["unit_cost", "actual"])).with_columns(
        *(nothing.cast(LINE_SCHEMA[name]).alias(name) for name in emptied),
        pl.when(~is_actual).then(pl.col("amount_cents")).alias("amount_cents"),
    )


def _is_same_year(work: Work, earlier: ClaimRow, row: ClaimRow) -> bool:
    """Say whether both periods lie in one school year; where that is not known they do not."""
    calendar = Calendar(rulebook_now(work.store, work.repositories, row.programme))
    years = {
        _school_year(calendar, day)
        for day in (earlier.period_from, earlier.period_to, row.period_from, row.period_to)
    }
    return len(years) == 1 and None not in years


def _school_year(calendar: Calendar, day: date | None) -> int | None:
    number = calendar.semester_no(day) if day is not None else None
    return (number - 1) // 2 if number is not None else None


def _has_lines(claim: str) -> CommandRefused:
    return refuse(
        "WFL-543",
        lv=f"Pārskatā {claim} jau ir rindas.",
        en=f"The claim {claim} has lines already.",
        hint_lv="Iepriekšējā pārskata rindas var pārņemt tikai tukšā pārskatā; nekas nav mainīts.",
        hint_en="Lines are taken over into an empty claim only; nothing was changed.",
        subject=claim,
    )


def _no_earlier(claim: str) -> CommandRefused:
    return refuse(
        "WFL-544",
        lv="Nav iepriekšēja iesniegta pārskata ar rindām, ko varētu pārņemt.",
        en="There is no earlier filed claim with lines that could be taken over.",
        hint_lv="Pievienojiet rindas ekrānā vai augšupielādējiet darbgrāmatu.",
        hint_en="Add lines on the screen, or bring a workbook.",
        subject=claim,
    )
