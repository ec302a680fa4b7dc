"""What comes and goes with a visit: kept in a transaction of its own, without a journal entry."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, TypeVar

from skola_finance.storage.problems import busy
from skola_finance.storage.unit_of_work import Collision

if TYPE_CHECKING:
    from collections.abc import Callable

    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.store import Store

T = TypeVar("T")
TRIES = 12


def in_one_step(step: Callable[[UnitOfWork], T], *, store: Store) -> T:
    """Do something in one transaction, anew where another one met it.

    Raises: StorageUnusable (STO-9xx); what the step itself raises, and then nothing is kept.
    """
    met: Collision | None = None
    for _ in range(TRIES):
        try:
            with store.writing() as unit:
                return step(unit)
        except Collision as collision:
            met = collision
    raise busy() from met


def digest_of(value: str) -> str:
    """Give what is kept of a session's id or a token: SHA-256, as both are random and long."""
    return hashlib.sha256(value.encode()).hexdigest()


def keyed(*about: str, key: bytes) -> str:
    """Digest what people type, under the store's key, so that nobody finds it out by trying."""
    return hmac.new(key, "\n".join(about).encode(), hashlib.sha256).hexdigest()
