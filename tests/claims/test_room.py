"""Rooms of euros: who gets in, alone and with a flat rate on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from skola_finance.claims.room import Cut, Use, use_up, use_up_with_rate
from skola_finance.money import Rate

if TYPE_CHECKING:
    from collections.abc import Sequence

RATES = st.sampled_from([Rate(15, 100), Rate(3, 17), Rate(1, 3), Rate(7, 1000), Rate(1, 1)])


def left(uses: Sequence[Use], cuts: Sequence[Cut]) -> list[int]:
    """Give what is left of each use."""
    of = {cut.line_key: cut.left_cents for cut in cuts}
    return [of.get(use.line_key, use.cents) for use in uses]


def test_lines_use_a_room_in_order_and_the_rest_is_cut() -> None:
    """Proves that lines use a room in order and the rest is cut."""
    uses = [Use(1, 60), Use(2, 50), Use(3, 10)]
    cuts = list(use_up(uses, room_cents=100))
    assert cuts == [Cut(2, 40, 10, 60), Cut(3, 0, 10, 100)]


def test_an_approved_line_is_never_cut_and_may_leave_nothing() -> None:
    """Proves that an approved line is never cut and may leave nothing."""
    uses = [Use(1, 120, is_approved=True), Use(2, 1)]
    assert list(use_up(uses, room_cents=100)) == [Cut(2, 0, 1, 120)]


def test_a_negative_line_gives_room_back() -> None:
    """Proves that a negative line gives room back."""
    uses = [Use(1, 100), Use(2, -30), Use(3, 31)]
    assert left(uses, list(use_up(uses, room_cents=100))) == [100, -30, 30]


def test_a_base_and_its_rate_are_cut_together() -> None:
    """Proves that a base and its rate are cut together."""
    uses = [Use(1, 100_000, is_base=True), Use(2, 15_000, is_derived=True)]
    cuts = list(use_up_with_rate(uses, room_cents=100_000, rate=Rate(15, 100)))
    assert left(uses, cuts) == [86_957, 13_043]
    assert sum(left(uses, cuts)) == 100_000


def test_a_rate_that_was_not_claimed_takes_no_room() -> None:
    """Proves that a rate that was not claimed takes no room."""
    uses = [Use(1, 100_000, is_base=True), Use(2, 10, is_derived=True)]
    cuts = list(use_up_with_rate(uses, room_cents=100_000, rate=Rate(15, 100)))
    assert left(uses, cuts) == [99_990, 10]


def test_other_lines_in_the_room_come_in_their_order_beside_the_base() -> None:
    """Proves that other lines in the room come in their order beside the base."""
    uses = [Use(1, 500), Use(2, 1000, is_base=True), Use(3, 150, is_derived=True), Use(4, 7)]
    cuts = list(use_up_with_rate(uses, room_cents=1000, rate=Rate(15, 100)))
    # 500 for the other, then the largest base with 15 % on it in 500: 435 + 65.
    assert left(uses, cuts) == [500, 435, 65, 0]
    assert [cut.used_cents for cut in cuts] == [500, 1000, 935]


def test_what_was_approved_on_both_sides_counts_in_the_rate() -> None:
    """Proves that what was approved on both sides counts in the rate."""
    uses = [
        Use(1, 1000, is_approved=True, is_base=True),
        Use(2, 100, is_approved=True, is_derived=True),
        Use(3, 1000, is_base=True),
        Use(4, 200, is_derived=True),
    ]
    cuts = list(use_up_with_rate(uses, room_cents=1500, rate=Rate(15, 100)))
    # Of 400 left: b + floor(0.15 × (1000 + b)) − 100 ≤ 400 holds up to b = 305: 305 + 95.
    assert left(uses, cuts) == [1000, 100, 305, 95]


def test_more_derived_earlier_than_the_rate_allows_makes_no_room_for_a_base() -> None:
    """Proves that more derived earlier than the rate allows makes no room for a base."""
    uses = [Use(1, 100, is_approved=True, is_derived=True), Use(2, 50, is_base=True)]
    cuts = list(use_up_with_rate(uses, room_cents=110, rate=Rate(15, 100)))
    assert left(uses, cuts) == [100, 10]


def test_more_approved_than_the_room_leaves_nothing() -> None:
    """Proves that more approved than the room leaves nothing."""
    uses = [
        Use(1, 2000, is_approved=True),
        Use(2, 100, is_base=True),
        Use(3, 15, is_derived=True),
    ]
    cuts = list(use_up_with_rate(uses, room_cents=1000, rate=Rate(15, 100)))
    assert left(uses, cuts) == [2000, 0, 0]


# ── against trying everything ────────────────────────────────────────────────────────────────


def fits(uses: Sequence[Use], allowed: Sequence[int], *, room: int, rate: Rate) -> bool:
    """Whether allowed cents, with the rate on their base, fit in the room."""
    base = sum(cents for use, cents in zip(uses, allowed, strict=True) if use.is_base)
    total = sum(cents for use, cents in zip(uses, allowed, strict=True) if not use.is_derived)
    old = sum(use.cents for use in uses if use.is_approved and use.is_derived)
    wish = sum(use.cents for use in uses if not use.is_approved and use.is_derived)
    return total + old + max(0, min(wish, rate.floor_of(base) - old)) <= room


def by_trying(uses: Sequence[Use], *, room: int, rate: Rate) -> list[int]:
    """Give each line in its order the most cents that still fit, found one cent at a time."""
    allowed = [use.cents if use.is_approved else 0 for use in uses]
    for place, use in enumerate(uses):
        if use.is_approved or use.is_derived:
            continue
        for cents in range(use.cents, -1, -1):
            allowed[place] = cents
            if fits(uses, allowed, room=room, rate=rate):
                break
    base = sum(cents for use, cents in zip(uses, allowed, strict=True) if use.is_base)
    old = sum(use.cents for use in uses if use.is_approved and use.is_derived)
    free = room - sum(cents for use, cents in zip(uses, allowed, strict=True))
    derived = max(0, min(rate.floor_of(base) - old, free))
    for place, use in enumerate(uses):
        if use.is_derived and not use.is_approved:
            allowed[place] = min(use.cents, derived)
            derived -= allowed[place]
    return allowed


@st.composite
def queues(draw: st.DrawFn) -> list[Use]:
    """Give small lines: approved ones first, then base, derived and others in any order."""
    kinds = draw(st.lists(st.sampled_from("abdADo"), min_size=1, max_size=7))
    ordered = sorted(kinds, key=lambda kind: kind not in "ADa")
    return [
        Use(
            place,
            draw(st.integers(0, 60)),
            is_approved=kind in "ADa",
            is_base=kind in "Ab",
            is_derived=kind in "Dd",
        )
        for place, kind in enumerate(ordered)
    ]


@given(uses=queues(), room=st.integers(0, 150), rate=RATES)
@example(uses=[Use(0, 9, is_base=True), Use(1, 60, is_derived=True)], room=9, rate=Rate(1, 1))
def test_the_closed_form_gives_what_trying_every_cent_gives(
    uses: list[Use], room: int, rate: Rate
) -> None:
    """Proves that the closed form gives what trying every cent gives."""
    cuts = list(use_up_with_rate(uses, room_cents=room, rate=rate))
    assert left(uses, cuts) == by_trying(uses, room=room, rate=rate)


@given(uses=queues(), room=st.integers(0, 150), rate=RATES)
def test_nothing_is_made_nothing_is_lost_and_the_room_is_kept(
    uses: list[Use], room: int, rate: Rate
) -> None:
    """Proves that nothing is made nothing is lost and the room is kept."""
    cuts = list(use_up_with_rate(uses, room_cents=room, rate=rate))
    after = left(uses, cuts)
    taken = {cut.line_key: cut.cut_cents for cut in cuts}
    assert [use.cents for use in uses] == [
        cents + taken.get(use.line_key, 0) for use, cents in zip(uses, after, strict=True)
    ]
    assert all(
        0 <= cents <= use.cents and (cents == use.cents or not use.is_approved)
        for use, cents in zip(uses, after, strict=True)
    )
    old = sum(use.cents for use in uses if use.is_approved)
    assert sum(after) <= max(room, old)
    assert all(old <= cut.used_cents <= max(room, old) for cut in cuts)
