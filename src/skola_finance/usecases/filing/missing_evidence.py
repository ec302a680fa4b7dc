"""Which lines of a claim name no evidence, and what is wanted of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.storage.frames import unpack
from skola_finance.usecases.filing.drafts import dry_run
from skola_finance.usecases.problem_records import problem_of_record
from skola_finance.usecases.work import CLAIM, sees
from skola_finance.workflow import not_found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.problems import Problem, Text
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
    from skola_finance.usecases.assessing import Judged
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

CODE = "CLM-206"


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    """A line that names no evidence.

    Attributes:
        line_no: its place in the claim.
        line_id: its stable id.
        sheet, row: where it stands in the workbook, if it came from one.
        cost_form: by which the kinds of document follow; a unit cost never asks for invoices.
        cut_cents: what falls for want of it.
        wanted: what to name, in words.
        attached: how many documents were attached to the line already; they only have to be named.
    """

    line_no: int
    line_id: str
    sheet: str | None
    row: int | None
    cost_form: str
    cut_cents: int
    wanted: Text
    attached: int


def missing_evidence(store: Store, order: Order, *, claim: str) -> tuple[MissingEvidence, ...]:
    """Give the lines without evidence (CLM-206), in their order.

    A version that was filed is read from its last verdict, one in work is judged as of now.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        if row is None or not sees(repositories, order.actor, row):
            raise not_found(CLAIM)
        version = repositories.claims.version(row.id, row.version)
        if version is None:
            raise not_found(CLAIM)
        attached = Counter(one.line_id for one in repositories.claims.evidence(row.id))
        found = list(_kept(repositories, row, version))
        frame = unpack(version.frame)
    if version.filed_at is None:
        judged = dry_run(store, order, claim=claim)
        found, frame = list(_judged(judged)), judged.frame
    columns = ("line_no", "line_id", "sheet", "row", "cost_form")
    lines = {line[0]: line for line in frame.select(columns).iter_rows()}
    missing = []
    for line_no, problem in sorted(found, key=lambda one: one[0]):
        _, line_id, sheet, at, cost_form = lines[line_no]
        missing.append(
            MissingEvidence(
                line_no=line_no,
                line_id=line_id or "",
                sheet=sheet,
                row=at,
                cost_form=cost_form or "",
                cut_cents=problem.cut_cents,
                wanted=problem.hint,
                attached=attached[line_id],
            )
        )
    return tuple(missing)


def _kept(
    repositories: Repositories, row: ClaimRow, version: ClaimVersionRow
) -> Iterator[tuple[int, Problem]]:
    """Give the findings of the last verdict on a filed version."""
    assessment = repositories.claims.assessment(row.id, version.version)
    for record in assessment.problems if assessment is not None else ():
        if record["code"] == CODE and record["line_no"] is not None:
            yield record["line_no"], problem_of_record(record)


def _judged(judged: Judged) -> Iterator[tuple[int, Problem]]:
    """Give the findings that a claim in work has now."""
    for line in judged.assessment.lines:
        for problem in line.problems:
            if problem.code == CODE:
                yield line.line_no, problem
