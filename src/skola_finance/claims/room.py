"""Letting lines use up a room of euros in order, alone or with a flat rate on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.money import largest_base_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.money import Rate


@dataclass(frozen=True, slots=True)
class Use:
    """A line's wish to use a room.

    `is_base` marks euros that a flat rate is taken on, `is_derived` the flat rate itself;
    `is_approved` lines use the room first and are never cut.
    """

    line_key: int
    cents: int
    is_approved: bool = False
    is_base: bool = False
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """What a line loses to a room, and how much of the room was used before it."""

    line_key: int
    left_cents: int
    cut_cents: int
    used_cents: int


def use_up(uses: Iterable[Use], *, room_cents: int) -> Iterator[Cut]:
    """Let lines use a room in the order given.

    A negative line gives room back. Yields only lines that lose something.
    """
    used = 0
    for use in uses:
        allowed = use.cents if use.is_approved else min(use.cents, max(0, room_cents - used))
        if allowed < use.cents:
            yield Cut(use.line_key, allowed, use.cents - allowed, used)
        used += allowed


def use_up_with_rate(uses: Iterable[Use], *, room_cents: int, rate: Rate) -> Iterator[Cut]:
    """Let lines use a room in which the flat rate on them has to fit too.

    A base and its derived amount are cut together: the base goes as far as base and rate fit, and
    the derived lines then take the rate of what is left, in their order. Rounding: the derived
    amount is the floor of the rate on all base euros together, approved ones included.
    """
    uses = list(uses)
    approved = [use for use in uses if use.is_approved]
    mine = [use for use in uses if not use.is_approved]
    old_base = sum(use.cents for use in approved if use.is_base)
    old_derived = sum(use.cents for use in approved if use.is_derived)
    room = room_cents - sum(use.cents for use in approved)
    wish = sum(use.cents for use in mine if use.is_derived)
    base = other = 0

    def derived(of_base: int) -> int:
        whole = rate.floor_of(old_base + of_base)
        return max(0, min(wish, whole - old_derived))

    for use in mine:
        if use.is_derived:
            continue
        used = base + other + min(derived(base), max(0, room - base - other))
        free = room - other
        if use.is_base:
            # Where more was derived earlier than the rate allows, nothing is derived now.
            most = min(free, max(_most_base(free, old_base, old_derived, rate), free - wish))
            allowed = min(use.cents, max(0, most - base))
            base += allowed
        else:
            allowed = min(use.cents, max(0, free - base - derived(base)))
            other += allowed
        if allowed < use.cents:
            yield Cut(use.line_key, allowed, use.cents - allowed, room_cents - room + used)
    of_rate = min(derived(base), max(0, room - base - other))
    for cut in use_up([use for use in mine if use.is_derived], room_cents=of_rate):
        used = room_cents - room + base + other + cut.used_cents
        yield Cut(cut.line_key, cut.left_cents, cut.cut_cents, used)


def _most_base(free: int, old_base: int, old_derived: int, rate: Rate) -> int:
    """Give the largest base whose cumulative rate, less what was approved, fits with it."""
    together = free + old_base + old_derived
    if together < 0:
        return 0
    return largest_base_within(together, rate=rate) - old_base
