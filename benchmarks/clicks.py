"""What is asked of the list of claims and of a long claim, and how the answers are told."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, WARM = 30, 5
KINDS = ("list", "filter", "sort", "deep page", "search", "claim page")
DEEP = 60_000
"""Claims before the page that is called deep."""


def timed(click: Callable[[int], int]) -> dict[str, Any]:
    """Click some rounds; gives median and 95 % in milliseconds. A click gives the bytes it got."""
    seconds, size = [], 0
    for number in range(WARM + ROUNDS):
        begin = time.perf_counter()
        size = click(number)
        seconds.append(time.perf_counter() - begin)
    counted = sorted(seconds[WARM:])
    return {
        "median_ms": statistics.median(counted) * 1000,
        "p95_ms": counted[int(len(counted) * 0.95) - 1] * 1000,
        "kib": size // 1024,
    }
