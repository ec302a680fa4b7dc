"""The evidence of a claim: what is kept of it, and behind which line it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.storage.frames import unpack
from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.filing.standing import claim_seen, version_shown

if TYPE_CHECKING:
    from datetime import datetime

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A document behind a claim; `is_held` says that the file itself was handed in.

    `line_no` is the place of its line, from 0; None for the claim as a whole, or a line that is
    gone.
    """

    number: int
    kind: str
    name: str
    size: int
    sha256: str
    is_held: bool
    line_id: str
    line_no: int | None
    added_by: str
    added_at: datetime


def evidence_of(store: Store, order: Order, *, claim: str) -> tuple[EvidenceItem, ...]:
    """Give the evidence of a claim in the order it was added.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        rows = repositories.claims.evidence(row.id)
        frame = unpack(version_shown(repositories, row).frame) if rows else None
    places = {}
    if frame is not None:
        places = dict(zip(frame["line_id"].to_list(), frame["line_no"].to_list(), strict=True))
    return tuple(
        EvidenceItem(
            number=one.id,
            kind=one.kind,
            name=one.name,
            size=one.size,
            sha256=one.sha256,
            is_held=one.is_held,
            line_id=one.line_id,
            line_no=places.get(one.line_id) if one.line_id else None,
            added_by=one.added_by,
            added_at=one.added_at,
        )
        for one in rows
    )


def line_id_at(store: Store, order: Order, *, claim: str, number: int) -> str:
    """Give the id of a line by its number in the grid, counted from 1.

    Raises: NotFound (AUT-603); CommandRefused WFL-533 (no such line).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        ids = unpack(version_shown(repositories, row).frame)["line_id"].to_list()
    if not 0 < number <= len(ids):
        raise no_line(str(number))
    return str(ids[number - 1])
