"""Reads that must be accounted for: each makes a link of the access chain before it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from skola_finance.ledger import Recorded, ShortKey
from skola_finance.ledger.digests import SHORTEST_KEY
from skola_finance.storage.chain import Chain, add_link
from skola_finance.storage.problems import busy
from skola_finance.storage.unit_of_work import Collision
from skola_finance.usecases.storable import check_storable
from skola_finance.usecases.wording import unusable_input

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

T = TypeVar("T")
TRIES = 12


def read_with_reason(
    store: Store,
    order: Order,
    read: Callable[[Repositories], tuple[str, T]],
    *,
    name: str,
    reason: str,
    inputs: Mapping[str, Any],
) -> T:
    """Read something, and write into the access chain who read it, when and why.

    Args:
        store: where things are kept.
        order: who asks; the same order sent again reads again, and is written down again.
        read: gives the subject of the link (never a learner's column) and what was read; what it
            raises is passed on, and nothing is written down.
        name: what the chain calls the read.
        reason: why; kept beside the link, and covered by its keyed digest.
        inputs: what was asked for; a learner's columns enter no digest.

    Raises: CommandRefused WFL-518 without a reason that can be kept; ShortKey (PAY-834);
        StorageUnusable (STO-9xx).
    """
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    check_storable({**inputs, "reason": reason})
    if len(store.key) < SHORTEST_KEY:
        raise ShortKey(len(store.key))
    met: Collision | None = None
    for _ in range(TRIES):
        try:
            with store.writing() as unit:
                subject, found = read(unit)
                add_link(
                    unit.session,
                    Chain.ACCESS,
                    _recorded(order, name),
                    inputs={**inputs, "subject": subject, "reason": reason.strip()},
                    key=store.key,
                    subject=subject,
                    reason=reason.strip(),
                )
        except Collision as collision:
            met = collision
            continue
        return found
    raise busy() from met


def _recorded(order: Order, name: str) -> Recorded:
    return Recorded(
        at=order.at,
        actor=order.actor.id,
        command=name,
        command_id=order.command_id,
        amounts={},
        posted=(),
        rulebook_digest="",
    )
