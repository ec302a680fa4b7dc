"""Lines that somebody types: read, judged as if they were kept, and nothing is kept yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA
from skola_finance.storage.frames import pack, unpack
from skola_finance.storage.tables import ClaimVersionRow
from skola_finance.usecases.assessing import judge
from skola_finance.usecases.filing.completing import Completing
from skola_finance.usecases.filing.drafts import filed_version, readings_left, with_changes
from skola_finance.usecases.filing.pasted import PastedBlock, read_pasted
from skola_finance.usecases.filing.standing import (
    Cents,
    Standing,
    claim_seen,
    standing_judged,
    standing_of,
    sums_of,
    version_shown,
)
from skola_finance.usecases.filing.typed_lines import TypedLine, read_typed
from skola_finance.usecases.line_ids import with_line_ids
from skola_finance.usecases.views.claims_columns import LineColumn, columns_of, typed_columns
from skola_finance.usecases.views.claims_lines import LineCounts, LineView, counts_of, lines_shown
from skola_finance.usecases.views.claims_page import ClaimPage, page_of
from skola_finance.usecases.views.claims_repeated import RepeatedFinding, repeated_in
from skola_finance.workflow import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from skola_finance.problems import Language, Problem
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class CheckedLines:
    """What typed lines would come to.

    Attributes:
        row_version: of the claim that they were laid over.
        columns: as the grid shows them.
        lines: those that were asked about; one that is gone is left out.
        unread: by line and column, what could not be read.
        counts: of the whole claim.
        totals: of the lines whose sums were asked for, or of all.
        page: its head and its figures, as they would be.
        repeated: what many of its lines would share.
        is_own: whether whoever asks changed the claim last, so that no other person did.
    """

    row_version: int
    columns: tuple[LineColumn, ...]
    lines: tuple[LineView, ...]
    unread: Mapping[str, Mapping[str, Problem]]
    counts: LineCounts
    totals: Cents
    page: ClaimPage
    repeated: tuple[RepeatedFinding, ...]
    is_own: bool


def typed_lines(
    store: Store, order: Order, *, claim: str, typed: Sequence[Mapping[str, str]]
) -> tuple[TypedLine, ...]:
    """Read lines as people type them, for `edit_lines`, with the cells that follow from theirs.

    Args:
        claim: whose lines they will be.
        typed: column keys to texts, and the `line_id` of a line that is changed.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        read = read_typed(typed, programme=row.programme)
        lines = unpack(version_shown(repositories, row).frame)
        return Completing(store, repositories, order, row, lines).complete(read)


def pasted_block(
    store: Store,
    order: Order,
    *,
    claim: str,
    block: Sequence[Sequence[str]],
    first: str,
    shown: Sequence[str],
) -> PastedBlock:
    """Say which column of a line each cell of a block is, for `check_lines` and `typed_lines`.

    Args:
        claim: whose lines they will be.
        block, first, shown: as in `read_pasted`.

    Raises: NotFound (AUT-603); CommandRefused WBK-440, WBK-441.
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
    return read_pasted(block, first=first, shown=shown, programme=row.programme)


def check_lines(
    store: Store,
    order: Order,
    *,
    claim: str,
    typed: Sequence[Mapping[str, str]],
    language: Language,
    shown: Sequence[str] = (),
    total_of: Collection[str] = (),
) -> CheckedLines:
    """Say what a claim would come to with lines as they are typed; nothing is kept.

    Args:
        claim: its public key.
        typed: column keys to texts, and the `line_id`; a line with nothing else is only shown.
        language: of the cells.
        shown: keys of the columns that the grid shows; it keeps them while it is typed in,
            whatever is filled meanwhile. Without any, those that tell something.
        total_of: ids of the lines whose sums are wanted; left out, all lines of the claim.

    Raises: NotFound (AUT-603); CommandRefused WFL-518.
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        read = read_typed(typed, programme=row.programme)
        standing = standing_typed(repositories, store, order, row, read)
        page = page_of(repositories, store, order, standing)
        acts = repositories.records.acts(CLAIMS.key, row.key)
    ids = [one.line_id for one in read]
    chosen = standing.frame.filter(pl.col("line_id").is_in(ids))["line_no"].to_list()
    by_key = {column.key: column for column in typed_columns(row.programme)}
    columns = tuple(by_key[key] for key in shown if key in by_key) or columns_of(
        standing.frame, row.programme, all_columns=False, for_typing=True
    )
    return CheckedLines(
        row_version=row.row_version,
        columns=columns,
        lines=lines_shown(standing, chosen, keys=[one.key for one in columns], language=language),
        unread={one.line_id: one.problems for one in read if one.problems},
        counts=counts_of(standing),
        totals=_totals(standing, total_of),
        page=page,
        repeated=repeated_in(standing),
        is_own=bool(acts) and acts[-1].actor == order.actor.id,
    )


def _totals(standing: Standing, ids: Collection[str]) -> Cents:
    if not ids:
        return standing.total
    wanted = standing.frame.filter(pl.col("line_id").is_in(list(ids)))["line_no"]
    return sums_of(standing.cents[number] for number in wanted if number in standing.cents)


def standing_typed(
    repositories: UnitOfWork,
    store: Store,
    order: Order,
    row: ClaimRow,
    read: Sequence[TypedLine],
) -> Standing:
    """Say how a claim would stand with lines as they are typed, completed; nothing is kept."""
    if not any(one.values for one in read):
        return standing_of(repositories, store, order, row)
    kept = version_shown(repositories, row)
    lines = unpack(kept.frame)
    known = set(lines["line_id"].to_list())
    read = [one for one in read if one.line_id in known]
    completed = Completing(store, repositories, order, row, lines).complete(read)
    changed = [{"line_id": one.line_id, **one.values} for one in completed if one.values]
    if not changed:
        return standing_of(repositories, store, order, row)
    lines = with_line_ids(with_changes(lines, changed), prefix=row.key)
    typed = ClaimVersionRow(
        claim_id=row.id,
        version=kept.version,
        header=dict(kept.header),
        frame=pack(lines.select(*LINE_SCHEMA)),
        plans=kept.plans,
        reading=readings_left(kept, changed, (), lines),
    )
    filed = filed_version(repositories, row, typed)
    return standing_judged(row, typed, judge(store, repositories, row, filed, on=order.on))
