"""The workbooks of a claim: a template to fill in, its lines to work on, and the verdict in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA, Claim
from skola_finance.exchange.workbook.annotate import annotate
from skola_finance.exchange.workbook.header import CLAIM_SHEET
from skola_finance.exchange.workbook.known import NOTHING_KNOWN
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.exchange.workbook.template import write_claim, write_template
from skola_finance.storage.frames import unpack
from skola_finance.usecases.assessing import header_of
from skola_finance.usecases.filing.drafts import filed_version
from skola_finance.usecases.filing.known import known_of
from skola_finance.usecases.filing.standing import claim_seen, judged_now, version_shown
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.proof.verdicts import recompute
from skola_finance.usecases.template import settings_in_force
from skola_finance.usecases.work import CLAIM
from skola_finance.workflow import not_found

if TYPE_CHECKING:
    from skola_finance.claims.assessment import Assessment, LineVerdict
    from skola_finance.problems import Language, Problem
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """A file made of a claim."""

    name: str
    media_type: str
    content: bytes


def claim_template(store: Store, order: Order, *, claim: str, language: Language) -> ClaimFile:
    """Give a workbook without lines, with what is known of the claim filled in.

    The registered plans of its period stand on the sheet `Plans`, without their grounds; numbers
    of plans and schools and the pseudonyms are offered in the cells of its lines.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        version = filed_version(repositories, row, version_shown(repositories, row))
        rulebook = rulebook_now(store, repositories, row.programme)
        known = known_of(repositories, row)
    with TemporaryDirectory(prefix="skola-") as folder:
        path = Path(folder) / "template.xlsx"
        write_template(
            path,
            programme=row.programme,
            language=language,
            header=replace(header_of(version), declared_total_cents=None),
            in_force=settings_in_force(rulebook, on=order.on, language=language),
            known=known,
        )
        return ClaimFile(f"{row.key}.xlsx", XLSX, path.read_bytes())


def claim_workbook(
    store: Store, order: Order, *, claim: str, language: Language, is_annotated: bool
) -> ClaimFile:
    """Give the lines of a claim as a workbook, with the verdict in it where asked.

    It is made of what is kept: grounds for support are left out, whoever asks. Read in again,
    it changes nothing.

    Raises: NotFound (AUT-603); SkolaError STO-912.
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        version = version_shown(repositories, row)
        assessment = _verdict(repositories, store, order, row, version) if is_annotated else None
        known = NOTHING_KNOWN
        if version.filed_at is None:
            version, known = filed_version(repositories, row, version), known_of(repositories, row)
    written = _without_grounds(version)
    with TemporaryDirectory(prefix="skola-") as folder:
        path, out = Path(folder) / f"{row.key}.xlsx", Path(folder) / f"{row.key}-annotated.xlsx"
        write_claim(path, written, language=language, known=known)
        if assessment is None:
            return ClaimFile(path.name, XLSX, path.read_bytes())
        read = read_claim(path, programme=row.programme)
        annotate(
            path,
            _placed(assessment, read),
            out,
            claim=replace(read, reading=()),
            language=language,
            keep_risk_grounds=False,
        )
        return ClaimFile(out.name, XLSX, out.read_bytes())


def _verdict(
    repositories: Repositories, store: Store, order: Order, row: ClaimRow, version: ClaimVersionRow
) -> Assessment:
    """Give the verdict on a version: made anew of one in work, recomputed of one that was filed."""
    if version.filed_at is None:
        return judged_now(repositories, store, order, row, version).assessment
    kept = repositories.claims.assessment(row.id, version.version)
    if kept is None:
        raise not_found(CLAIM)
    return recompute(store, repositories, kept, row, version).assessment


def _without_grounds(version: ClaimVersionRow) -> Claim:
    no_ground = pl.lit(None, dtype=pl.String).alias("risk_ground")
    plans = unpack(version.plans).with_columns(no_ground) if version.plans is not None else None
    lines = unpack(version.frame).select(*LINE_SCHEMA).with_columns(no_ground)
    return Claim(header=header_of(version), lines=lines, plans=plans)


def _placed(assessment: Assessment, read: Claim) -> Assessment:
    """Let a verdict speak of the rows of a workbook that was written of the same lines."""
    columns = ("line_id", "sheet", "row")
    places = {row[0]: (row[1], row[2]) for row in read.lines.select(columns).iter_rows()}
    lines = tuple(_line_at(one, places[one.line_id or ""]) for one in assessment.lines)
    on_lines = {id(problem) for one in assessment.lines for problem in one.problems}
    return replace(
        assessment,
        lines=lines,
        problems=(
            *(problem for one in lines for problem in one.problems),
            *(problem for problem in assessment.problems if id(problem) not in on_lines),
        ),
    )


def _line_at(line: LineVerdict, place: tuple[str, int]) -> LineVerdict:
    problems = tuple(_problem_at(problem, place) for problem in line.problems)
    return replace(line, sheet=place[0], row=place[1], problems=problems)


def _problem_at(problem: Problem, place: tuple[str, int]) -> Problem:
    if problem.where.sheet == CLAIM_SHEET:
        return problem
    return replace(problem, where=replace(problem.where, sheet=place[0], row=place[1]))
