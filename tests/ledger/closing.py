"""The end of a programme in tests: everything is settled, every partner closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, events

if TYPE_CHECKING:
    from tests.ledger.world import World


def settle(world: World, partner: str) -> None:
    """Pay, clear and write off everything that a partner has open."""
    for ordered in world.items(Account.ORDERED, partner):
        cents = ordered.available_cents
        is_advance = ordered.dimensions.document.startswith("advance")
        verb = events.execute_advance if is_advance else events.execute_payment
        world.post(verb(world.occasion(world.statement()), ordered=ordered, cents=cents))
    for payable in world.items(Account.PAYABLE, partner):
        cents = payable.available_cents
        world.post(events.order_payment(world.occasion(world.file()), payable=payable, cents=cents))
        ordered = world.same(Account.ORDERED, payable)
        world.post(
            events.execute_payment(world.occasion(world.statement()), ordered=ordered, cents=cents)
        )
    for advance in world.items(Account.ADVANCE, partner):
        world.post(
            events.make_advance_overdue(
                world.occasion(),
                advance=advance,
                document=world.document("recovery"),
                cents=advance.available_cents,
            )
        )
    for debt in world.items(Account.RECOVERABLE, partner):
        world.post(events.write_off(world.occasion(), recoverable=debt, cents=debt.available_cents))


def close_everything(world: World) -> None:
    """Settle and close every partner, and then the programme."""
    for partner in world.partners:
        if partner not in world.closed:
            settle(world, partner)
            cells = [*world.balances.cells()]
            world.post(events.close_partner(world.occasion(), partner=partner, cells=cells))
            world.closed.add(partner)
    cells = [*world.balances.cells()]
    world.post(events.close_programme(world.occasion(), cells=cells))
    world.is_closed = True
