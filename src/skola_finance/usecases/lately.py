"""What was worked out a moment ago, kept between two clicks: until the journal grows.

A key holds the hash at the journal's head, so that nothing outlives a command.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from skola_finance.storage.chain import Chain, head_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

P = ParamSpec("P")
T = TypeVar("T")
KEPT = 12
"""So many are kept between two clicks of the same people."""


class Lately(Generic[T]):
    """What was worked out last, until anything changes; what nobody asks for is forgotten."""

    def __init__(self, *, most: int = KEPT) -> None:
        """Begin with nothing.

        Args:
            most: so many are kept.
        """
        self._lock, self._most = Lock(), most
        self._known: OrderedDict[tuple[Any, ...], T] = OrderedDict()

    def get(self, key: tuple[Any, ...]) -> T | None:
        """Give what is kept under a key."""
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
            return found

    def put(self, key: tuple[Any, ...], found: T) -> None:
        """Keep something; what was not asked for longest goes."""
        with self._lock:
            self._known[key] = found
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def kept_for_a_while(
    most: int,
) -> Callable[
    [Callable[Concatenate[Store, Order, P], T]], Callable[Concatenate[Store, Order, P], T]
]:
    """Let a read give again what it gave, until the journal grows or the day is over.

    Nobody gets what somebody else has asked for; what it gives must follow from the database, the
    person, the day of the order and its arguments alone.

    Args:
        most: so many answers are kept.
    """

    def keeping(
        read: Callable[Concatenate[Store, Order, P], T],
    ) -> Callable[Concatenate[Store, Order, P], T]:
        answers: Lately[T] = Lately(most=most)

        @wraps(read)
        def kept(store: Store, order: Order, /, *args: P.args, **kwargs: P.kwargs) -> T:
            # The head first: an answer that already knows more is kept under what is over.
            with store.reading() as repositories:
                head = head_hash(repositories.session, Chain.JOURNAL)
            asked = (order.actor, order.on, args, tuple(sorted(kwargs.items())))
            key = (store.database.name, head, *asked)
            if not head or not _is_key(key):
                return read(store, order, *args, **kwargs)
            found = answers.get(key)
            if found is None:
                found = read(store, order, *args, **kwargs)
                answers.put(key, found)
            return found

        return kept

    return keeping


def _is_key(asked: tuple[object, ...]) -> bool:
    """Say whether answers can be told apart by what was asked: a list can change."""
    try:
        hash(asked)
    except TypeError:
        return False
    return True
