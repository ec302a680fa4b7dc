"""The total that a partner declares beside the lines, put right where a line was mended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.frames import unpack
from skola_finance.usecases.assessing import header_of, header_record
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.filing.drafts import put_lines, version_in_work
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.workflow import CLAIMS, ClaimCommand

if TYPE_CHECKING:
    from skola_finance.usecases.work import Work


@use_case(
    title=Text(lv="Norādīt pieteikto kopsummu", en="Declare the total"),
    roles=CLAIMS.may[ClaimCommand.EDIT],
)
def declare_total(
    work: Work, *, claim: str, row_version: int, declared_cents: int | None = None
) -> Answer:
    """Put another total beside the lines of a claim; it is compared with them, and cuts nothing.

    Args:
        row_version: what the person has read.
        declared_cents: in cents; left out, no total is declared.

    Raises: CommandRefused WFL-517 (changed since); Refused (WFL-501).
    """
    row = work.claim(claim, row_version=row_version)
    version = version_in_work(work, row)
    step_claim(work, row, ClaimCommand.EDIT)
    header = replace(header_of(version), declared_total_cents=declared_cents)
    version.header = header_record(header)
    put_lines(work, row, version, unpack(version.frame), version.reading)
    return Answer(row.key, {"claim": row.key, "row_version": row.row_version})
