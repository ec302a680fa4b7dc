"""Succession, and the closing of partners and of the programme."""

from __future__ import annotations

import pytest

from skola_finance.ledger import Account, Balances, Dimension, Event, events
from tests.ledger.books import DAY, MADONA, PROGRAMME, VARAKLANI, occasion
from tests.ledger.closing import close_everything
from tests.ledger.deeds import do
from tests.ledger.world import World

BUSY = (
    *("approve", "order an advance", "order a payment", "execute"),
    *("withdraw", "end an advance", "end a debt"),
)


def busy_world() -> World:
    """Give books in which every account of a partner holds something."""
    world = World()
    for seed in range(180):
        do(world, BUSY[seed % len(BUSY)], seed)
    return world


def test_a_successor_takes_over_every_account_to_the_cent_and_source() -> None:
    """Nothing is left with the old partner, nothing is lost, and every document stays."""
    world = busy_world()
    old, new = world.partners[:2]
    before = {account: both(world.balances, account, old, new) for account in Account}
    assert all(before[account] for account in Account if account.is_per_partner)
    world.post(
        events.succeed_partner(occasion(), old=old, new=new, cells=[*world.balances.cells()])
    )
    assert world.balances.open_items(Account.PAYABLE, programme=PROGRAMME, partner=old) == ()
    for account in Account:
        assert both(world.balances, account, old, new) == before[account]
        left = world.balances.sums(account, by=(), only={Dimension.PARTNER: old})
        assert left == {}


def both(balances: Balances, account: Account, *partners: str) -> dict[str, tuple[int, int]]:
    """Give what two partners hold together on an account, by document and source."""
    held: dict[str, tuple[int, int]] = {}
    for (partner, document), split in balances.sums(
        account, by=(Dimension.PARTNER, Dimension.DOCUMENT)
    ).items():
        if partner in partners:
            esf_plus, state = held.get(document, (0, 0))
            held[document] = (esf_plus + split.esf_plus_cents, state + split.state_cents)
    return {document: legs for document, legs in held.items() if any(legs)}


def test_a_partner_does_not_succeed_itself() -> None:
    """PAY-809."""
    with pytest.raises(events.SameOnBothSides):
        events.succeed_partner(occasion(), old=MADONA, new=MADONA, cells=())


def test_a_partner_without_balances_is_succeeded_by_an_entry_that_moves_nothing() -> None:
    """The journal still has the event."""
    entry = events.succeed_partner(occasion(), old=VARAKLANI, new=MADONA, cells=())
    assert (entry.event, entry.postings) == (Event.PARTNER_SUCCEEDED, ())


def test_a_closed_partner_gives_back_the_rest_of_its_allocation() -> None:
    """Every quota, to the cent and source."""
    world = World()
    partner = world.partners[0]
    before = world.balances.split(Account.ENVELOPE)
    held = world.balances.split(Account.ALLOCATION, only=world.of(partner))
    world.post(events.close_partner(occasion(), partner=partner, cells=world.balances.cells()))
    after = world.balances.split(Account.ENVELOPE)
    assert held.total_cents == 400_012
    assert after.total_cents - before.total_cents == held.total_cents
    assert after.esf_plus_cents - before.esf_plus_cents == held.esf_plus_cents
    assert world.balances.free(programme=PROGRAMME, partner=partner) == {}


def test_a_partner_with_something_open_is_not_closed() -> None:
    """PAY-808 names the account, the partner and what stands on it."""
    world = World()
    do(world, "order an advance", 1)
    (advance,) = world.balances.sums(Account.ADVANCE, by=(Dimension.PARTNER,)).items()
    (partner,), split = advance
    with pytest.raises(events.AccountsStillOpen) as refused:
        events.close_partner(occasion(), partner=partner, cells=world.balances.cells())
    problem = refused.value.problem
    assert problem.subject == "ordered"
    assert f"“ordered payments” (partner {partner})" in problem.message.en
    assert split.total_cents > 0


def test_the_programme_is_closed_after_its_partners() -> None:
    """A free allocation is open too."""
    world = World()
    with pytest.raises(events.AccountsStillOpen) as refused:
        events.close_programme(occasion(), cells=world.balances.cells())
    assert refused.value.problem.subject == "allocation"


def test_closing_the_programme_empties_the_budget_group_and_leaves_the_money_group() -> None:
    """Source rounding of the budget group closes with it."""
    world = busy_world()
    close_everything(world)
    rows = world.balances.trial_balance()
    assert rows
    assert {row.group.value for row in rows} == {"money"}
    assert {cell.group.value for cell in world.balances.cells()} == {"money"}
    assert sum(row.debit_cents for row in rows) == sum(row.credit_cents for row in rows)
    assert world.entries[-1].occasion.effective_on == DAY
