"""Whatever happens, in whatever order: the eleven invariants hold after every step."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from skola_finance.ledger import Account, Dimension, Event, check_all, check_balances
from tests.ledger.books import DAY, PROGRAMME
from tests.ledger.closing import close_everything
from tests.ledger.deeds import DEEDS, RARE, do
from tests.ledger.world import RATES, World

always = st.sampled_from([deed for deed in DEEDS if deed not in RARE])
now_and_then = st.sampled_from([*DEEDS])
seeds = st.integers(0, 2**32 - 1)
profile = settings.default
few = settings(max_examples=max(8, (profile.max_examples if profile is not None else 0) // 6))
"""A long life tells much, and takes a third of a second."""


@few
@given(st.lists(st.tuples(always, seeds), min_size=200, max_size=300))
def test_a_long_life_keeps_every_balance_right_after_each_step(life: list[tuple[str, int]]) -> None:
    """Hundreds of events over four partners, four quotas, two semesters and three rate periods."""
    world = World()
    for deed, seed in life:
        do(world, deed, seed)
        assert check_balances(world.balances, world.registers()) == ()
    assert check_all(world.entries, world.registers(), on=DAY) == ()
    close_everything(world)
    assert check_all(world.entries, world.registers(), on=DAY) == ()


@given(st.lists(st.tuples(now_and_then, seeds), min_size=10, max_size=40))
def test_a_life_with_successions_and_closings_keeps_all_eleven_after_each_step(
    life: list[tuple[str, int]],
) -> None:
    """Entries one by one included: order, files, statements and upward claims."""
    world = World()
    for deed, seed in life:
        do(world, deed, seed)
        assert check_all(world.entries, world.registers(), on=DAY) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(["approve", "withdraw", "undo"]), seeds), min_size=10, max_size=40
    )
)
def test_the_split_depends_on_nothing_but_the_order_of_approval(
    life: list[tuple[str, int]],
) -> None:
    """ESF+ after the n-th number is the floor of the rate of all that stands, period by period."""
    world = World()
    for deed, seed in life:
        do(world, deed, seed)
    for period, rate in RATES.items():
        moved = [
            [
                posting
                for posting in entry.postings
                if posting.account in {Account.APPROVED, Account.WITHDRAWN}
                and posting.dimensions.rate_period == period
            ]
            for entry in world.entries
            if entry.approval_no is not None
        ]
        totals = accumulate(sum(each.cents for each in postings) for postings in moved)
        esf_plus = accumulate(
            sum(each.cents for each in postings if each.source == "esf_plus") for postings in moved
        )
        assert [rate.floor_of(total) for total in totals] == [*esf_plus]


@few
@given(st.lists(st.tuples(always, seeds), min_size=40, max_size=80), seeds)
def test_a_succession_keeps_every_total_of_the_programme(
    life: list[tuple[str, int]], seed: int
) -> None:
    """By account, quota, document and source."""
    world = World()
    for deed, each in life:
        do(world, deed, each)
    by = (Dimension.QUOTA, Dimension.SEMESTER, Dimension.RATE_PERIOD, Dimension.DOCUMENT)
    only = {Dimension.PROGRAMME: PROGRAMME}
    before = {account: world.balances.sums(account, by=by, only=only) for account in Account}
    do(world, "succeed", seed)
    assert world.entries[-1].event is Event.PARTNER_SUCCEEDED
    for account in Account:
        assert world.balances.sums(account, by=by, only=only) == before[account]


@few
@given(st.lists(st.tuples(always, seeds), max_size=60), seeds)
def test_a_mirror_restores_every_total(life: list[tuple[str, int]], seed: int) -> None:
    """A correction undone at once; by source a cent may have moved, in total none."""
    world = World()
    for deed, each in [*life, ("approve", seed)]:
        do(world, deed, each)
    world.corrections.clear()
    before = world.balances.totals(programme=PROGRAMME)
    do(world, "withdraw", seed)
    do(world, "undo", seed)
    assert world.entries[-1].event is Event.CORRECTION_UNDONE or not world.entries[-1].postings
    after = world.balances.totals(programme=PROGRAMME)
    assert {key: cents for key, cents in after.items() if cents} == {
        key: cents for key, cents in before.items() if cents
    }
