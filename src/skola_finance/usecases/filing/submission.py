"""Filing a claim: judged again inside the transaction, under the rules of that day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance.problems import Severity, Text
from skola_finance.usecases.assessing import (
    Judged,
    judge,
    keep_assessment,
    line_rows,
    rate_period_now,
    take_amounts,
)
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.filing.drafts import filed_version, version_in_work
from skola_finance.usecases.order import Answer
from skola_finance.usecases.review.risk import risk_of
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import amount, refuse
from skola_finance.workflow import CLAIMS, ClaimCommand

if TYPE_CHECKING:
    from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
    from skola_finance.usecases.work import Work

NIL = "nil"
LAST_DAY = "claims.last_day"


@use_case(
    title=Text(lv="Iesniegt pārskatu", en="File a claim"), roles=CLAIMS.may[ClaimCommand.SUBMIT]
)
def submit_claim(
    work: Work, *, claim: str, row_version: int, expected_cents: int | None = None
) -> Answer:
    """File a claim; a returned one becomes a new version, the old one stays as it was.

    Args:
        row_version: what the person has read.
        expected_cents: the eligible sum that the person saw; another one is refused, so that
            nobody files what they have not seen. Left out: not compared.

    Raises: Refused (WFL-501); CommandRefused WFL-517, WFL-536 (a cell could not be read), WFL-537
        (no lines, or lines in a nil claim), WFL-538 (a negative line was rejected), WFL-539 (the
        eligible sum has changed), WFL-519 (after the last day for claims).
    """
    row = work.claim(claim, row_version=row_version)
    version = version_in_work(work, row)
    step_claim(work, row, ClaimCommand.SUBMIT)
    work.programme(row.programme)
    filed = filed_version(work.repositories, row, version)
    version.header, version.plans = filed.header, filed.plans
    judged = judge(work.store, work.repositories, row, version, on=work.on)
    _check(work, row, version, judged)
    if expected_cents is not None:
        _check_expected(expected_cents, judged)
    take_amounts(row, judged)
    keep_verdict(work, row, version, judged, purpose="filed")
    version.filed_at, version.filed_by = work.order.at, work.order.actor.id
    row.filed_at = work.order.at
    row.risk_score = risk_of(work.repositories, row, judged).score
    work.repositories.add(version)
    work.change(row)
    work.rulebook_digest = judged.rulebook.digest
    return Answer(
        row.key,
        {
            "claim": row.key,
            "state": row.state,
            "version": row.version,
            "row_version": row.row_version,
            "claimed_cents": row.claimed_cents,
            "eligible_cents": row.eligible_cents,
            "ineligible_cents": row.ineligible_cents,
            "unfunded_cents": row.unfunded_cents,
            "errors": row.errors,
            "warnings": row.warnings,
        },
    )


@use_case(
    title=Text(lv="Atsaukt pārskatu", en="Withdraw a claim"),
    roles=CLAIMS.may[ClaimCommand.WITHDRAW],
)
def withdraw_claim(work: Work, *, claim: str, row_version: int, reason: str = "") -> Answer:
    """Take a filed claim back before anybody has begun to review it."""
    row = work.claim(claim, row_version=row_version)
    step_claim(work, row, ClaimCommand.WITHDRAW, note=reason)
    work.change(row)
    return Answer(row.key, {"claim": row.key, "state": row.state, "row_version": row.row_version})


def keep_verdict(
    work: Work, row: ClaimRow, version: ClaimVersionRow, judged: Judged, *, purpose: str
) -> None:
    """Keep a verdict: the assessment, the lines as it leaves them, and what the journal says."""
    keep_assessment(
        work.repositories,
        row,
        judged,
        version=version.version,
        purpose=purpose,
        at=work.order.at,
    )
    period = rate_period_now(judged.rulebook, on=work.on)
    rows = line_rows(judged, claim=row, rate_period=period)
    digest = work.repositories.claims.keep_lines(row.id, version.version, rows)
    if rows:
        work.repositories.seal("claim_line", f"{row.id}/{version.version}", digest)
    for name in ("claimed_cents", "eligible_cents", "ineligible_cents", "unfunded_cents"):
        work.count(name.removesuffix("_cents"), getattr(judged.assessment.totals, name))


def _check(work: Work, row: ClaimRow, version: ClaimVersionRow, judged: Judged) -> None:
    unread = [one for one in version.reading if one["severity"] == Severity.ERROR.value]
    if unread:
        first = unread[0]
        raise refuse(
            "WFL-536",
            lv=f"Pārskatā ir {len(unread)} nenolasītas vērtības; pirmā: {first['message']['lv']}",
            en=f"{len(unread)} values of the claim could not be read; the first: "
            f"{first['message']['en']}",
            hint_lv="Izlabojiet tās darbgrāmatā vai ekrānā un iesniedziet vēlreiz.",
            hint_en="Mend them in the workbook or on the screen, and file again.",
            subject=first["code"],
        )
    is_empty = not judged.assessment.lines
    if is_empty != (row.kind == NIL):
        raise refuse(
            "WFL-537",
            lv="Pārskatā nav nevienas rindas." if is_empty else "Nulles pārskatā ir rindas.",
            en="The claim has no lines." if is_empty else "A nil claim has no lines.",
            hint_lv="Pievienojiet rindas vai mainiet pārskata veidu.",
            hint_en="Add lines, or change the kind of claim.",
        )
    for line in judged.assessment.lines:
        if line.claimed_cents < 0 and line.eligible_cents == 0:
            told = amount(line.claimed_cents)
            raise refuse(
                "WFL-538",
                lv=f"Labojuma rinda „{line.line_id}” ({told.lv}) ir kļūdaina un neko nesamazina.",
                en=f"The correcting line “{line.line_id}” ({told.en}) is in error and lowers "
                "nothing.",
                hint_lv="Izlabojiet šo rindu: norādiet rindu, ko tā labo.",
                hint_en="Mend the line: name the line that it corrects.",
                subject=line.line_id or "",
            )
    _check_day(judged, on=work.on)


def _check_day(judged: Judged, *, on: date) -> None:
    if judged.rulebook.parameter(LAST_DAY) is None:
        return
    last = next((one.value for one in judged.rulebook.values_of(LAST_DAY) if one.covers(on)), None)
    if isinstance(last, date) and on > last:
        raise refuse(
            "WFL-519",
            lv=f"Pārskatus pieņem līdz {last:%d.%m.%Y.}",
            en=f"Claims are taken until {last}.",
            hint_lv="Sazinieties ar projekta vadītāju.",
            hint_en="Speak to the programme manager.",
        )


def _check_expected(expected_cents: int, judged: Judged) -> None:
    found = judged.assessment.totals.eligible_cents
    if found == expected_cents:
        return
    seen, now = amount(expected_cents), amount(found)
    raise refuse(
        "WFL-539",
        lv=f"Attiecināmā summa ir mainījusies: jūs redzējāt {seen.lv}, tagad tā ir {now.lv}.",
        en=f"The eligible sum has changed: you saw {seen.en}, now it is {now.en}.",
        hint_lv="Pārbaudiet pārskatu vēlreiz un iesniedziet, ja piekrītat.",
        hint_en="Look at the claim again, and file it if you agree.",
    )
