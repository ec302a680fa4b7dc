"""What was worked out a moment ago, kept between two clicks: until the journal grows.

A key holds the hash at the journal's head, so that nothing outlives a command.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")
KEPT = 12
"""So many are kept between two clicks of the same people."""


class Lately(Generic[T]):
    """What was worked out last, until anything changes; what nobody asks for is forgotten."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = Lock()
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
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
