"""Reading a workbook into a claim: first the difference, then the merge by `line_id`."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.exchange.workbook.read import read_claim
from skola_finance.problems import Severity, Text
from skola_finance.storage.frames import pack, unpack
from skola_finance.usecases.assessing import header_of, header_record
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.filing.difference import (
    Difference,
    difference,
    header_changes,
    match_ids,
    resolved,
)
from skola_finance.usecases.filing.drafts import put_lines, reading_records, version_in_work
from skola_finance.usecases.order import Answer, Order
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse
from skola_finance.usecases.work import CLAIM, Work, sees
from skola_finance.workflow import CLAIMS, ClaimCommand, not_found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from skola_finance.claims.claim import Claim, ClaimHeader
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
    from skola_finance.usecases.store import Store

STORED, WORKBOOK = "stored", "workbook"
LONGEST_NAME = 200
"""Bytes of a file name; file systems take 255, and ours may add to it."""


@use_case(
    title=Text(lv="Ielasīt darbgrāmatu", en="Read a workbook"),
    roles=CLAIMS.may[ClaimCommand.EDIT],
)
def import_workbook(
    work: Work,
    *,
    claim: str,
    row_version: int,
    file_name: str,
    content: bytes,
    conflicts: Mapping[str, str] | None = None,
) -> Answer:
    """Put the lines of a workbook in place of those that are kept, merged by `line_id`.

    Args:
        row_version: what the person has read.
        file_name: its name without folders.
        content: the file; only its cleaned lines are kept.
        conflicts: for lines that were also changed on the screen, `workbook` or `stored`.

    Raises: UnusableWorkbook (WBK-4xx, CLM-211); CommandRefused WFL-534 where a conflict is open,
        WFL-535 where the workbook is another partner's, WFL-517, CLM-224; Refused (WFL-501).
    """
    row = work.claim(claim, row_version=row_version)
    version = version_in_work(work, row)
    step_claim(work, row, ClaimCommand.EDIT)
    with read_workbook(file_name, content, programme=row.programme) as read:
        _check_partner(read, row)
        stored = unpack(version.frame)
        incoming = _incoming(stored, read)
        found = difference(stored, incoming, edited=version.edited)
        keep_stored = _decided(found, conflicts or {})
        lines = resolved(stored, incoming, keep_stored=keep_stored)
        _take_header(version, row, read)
        version.plans = _plans(version, read)
        version.edited = []
        put_lines(work, row, version, lines, reading_records(read.reading))
    return Answer(
        row.key,
        {
            "claim": row.key,
            "row_version": row.row_version,
            "lines": row.lines,
            "added": len(found.added),
            "changed": len(found.changed),
            "removed": len(found.removed),
            "unchanged": found.unchanged,
        },
    )


def preview_import(
    store: Store, order: Order, *, claim: str, file_name: str, content: bytes
) -> Difference:
    """Say what a workbook would change; nothing is kept.

    Raises: NotFound (AUT-603); as `import_workbook` for the file.
    """
    with store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        if row is None or not sees(repositories, order.actor, row):
            raise not_found(CLAIM)
        version = repositories.claims.version(row.id, row.version)
        if version is None:
            raise not_found(CLAIM)
        with read_workbook(file_name, content, programme=row.programme) as read:
            _check_partner(read, row)
            stored = unpack(version.frame)
            return replace(
                difference(stored, _incoming(stored, read), edited=version.edited),
                header=header_changes(_header_in_work(version, row), _header(version, row, read)),
                unread=tuple(one for one in read.reading if one.severity is not Severity.INFO),
                unknown_plans=_unknown_plans(repositories, row, read),
            )


def _unknown_plans(repositories: Repositories, row: ClaimRow, read: Claim) -> tuple[str, ...]:
    if read.plans is None:
        return ()
    named = set(read.plans["plan_no"].drop_nulls().to_list())
    reg_no = row.partner_reg_no
    own = [reg_no, *repositories.partners.predecessors(row.programme, partner=reg_no)]
    kept = repositories.partners.plans(row.programme, partners=own)
    return tuple(sorted(named - {one.plan_no for one in kept}))


def _incoming(stored: pl.DataFrame, read: Claim) -> pl.DataFrame:
    """Give the lines of a workbook with the ids they are known by.

    Workbooks that we hand out name no ground for support, so an empty one leaves what is kept.
    """
    incoming = match_ids(stored, read.lines)
    return _with_grounds(incoming, stored, by=["line_id", "plan_no"])


def _plans(version: ClaimVersionRow, read: Claim) -> bytes | None:
    """Give the plans of a workbook, the kept ones where it has none."""
    if read.plans is None or version.plans is None:
        return pack(read.plans) if read.plans is not None else version.plans
    return pack(_with_grounds(read.plans, unpack(version.plans), by=["plan_no"]))


def _with_grounds(incoming: pl.DataFrame, kept: pl.DataFrame, *, by: list[str]) -> pl.DataFrame:
    known = kept.select(*by, pl.col("risk_ground").alias("_kept")).unique(by, keep="first")
    joined = incoming.join(known, on=by, how="left", maintain_order="left", nulls_equal=True)
    ground = pl.coalesce("risk_ground", "_kept").alias("risk_ground")
    return joined.with_columns(ground).drop("_kept").select(*incoming.columns)


def check_file_name(name: str) -> str:
    """Give a name without folders back.

    Raises: CommandRefused CLM-224 for a name that is empty, too long or has parts of a path.
    """
    is_plain = name == PurePosixPath(name).name == PureWindowsPath(name).name
    is_short = len(name.encode()) <= LONGEST_NAME
    if is_plain and is_short and name.strip(". ") and name.isprintable():
        return name
    raise refuse(
        "CLM-224",
        lv=f"Datnes nosaukums „{name[:80]}” satur mapes vai neatļautas zīmes.",
        en=f"The file name “{name[:80]}” holds folders, or characters that are not allowed.",
        hint_lv="Norādiet tikai datnes nosaukumu, piemēram, „parskats.xlsx”.",
        hint_en="Give the name of the file alone, such as “claim.xlsx”.",
    )


@contextmanager
def read_workbook(file_name: str, content: bytes, *, programme: str) -> Iterator[Claim]:
    """Read the bytes as a workbook; the file is gone afterwards, whatever happens."""
    name = check_file_name(file_name)
    with TemporaryDirectory(prefix="skola-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield read_claim(path, programme=programme)


def _check_partner(read: Claim, row: ClaimRow) -> None:
    named = read.header.partner_reg_no
    if named is None or named == row.partner_reg_no:
        return
    raise refuse(
        "WFL-535",
        lv=f"Darbgrāmata ir partnerim {named}, bet pārskats {row.key} – {row.partner_reg_no}.",
        en=f"The workbook is of partner {named}, the claim {row.key} of {row.partner_reg_no}.",
        hint_lv="Izvēlieties īsto darbgrāmatu vai īsto pārskatu; nekas nav mainīts.",
        hint_en="Choose the right workbook, or the right claim; nothing was changed.",
    )


def _decided(found: Difference, conflicts: Mapping[str, str]) -> list[str]:
    """Give the lines that stay as they are kept; every conflict must have been decided."""
    undecided = [one for one in found.conflicts if conflicts.get(one) not in {STORED, WORKBOOK}]
    if undecided:
        raise refuse(
            "WFL-534",
            lv=f"Rinda „{undecided[0]}” ir mainīta gan ekrānā, gan darbgrāmatā; "
            f"neizlemtu konfliktu skaits: {len(undecided)}.",
            en=f"The line “{undecided[0]}” was changed on the screen and in the workbook; "
            f"conflicts not decided: {len(undecided)}.",
            hint_lv="Katrai šādai rindai izvēlieties, kura redakcija paliek.",
            hint_en="Choose for each such line which of the two stays.",
            subject=" ".join(undecided),
        )
    return [one for one in found.conflicts if conflicts[one] == STORED]


def _take_header(version: ClaimVersionRow, row: ClaimRow, read: Claim) -> None:
    header = _header(version, row, read)
    row.period_from, row.period_to = header.period_from, header.period_to
    row.kind = header.claim_kind or row.kind
    version.header = header_record(header)


def _header_in_work(version: ClaimVersionRow, row: ClaimRow) -> ClaimHeader:
    return replace(
        header_of(version),
        period_from=row.period_from,
        period_to=row.period_to,
        claim_kind=row.kind,
    )


def _header(version: ClaimVersionRow, row: ClaimRow, read: Claim) -> ClaimHeader:
    """Take what only the workbook says of the claim; number and partner stay the register's."""
    theirs, mine = read.header, _header_in_work(version, row)
    return replace(
        mine,
        declared_total_cents=theirs.declared_total_cents,
        prepared_by=theirs.prepared_by,
        period_from=theirs.period_from or mine.period_from,
        period_to=theirs.period_to or mine.period_to,
        claim_kind=theirs.claim_kind or mine.claim_kind,
    )
