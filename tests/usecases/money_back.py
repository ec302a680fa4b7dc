"""What stories about money that comes back share: paid claims, and what the books say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from skola_finance.ledger import Account, check_all
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.proof.registers import registers_of
from skola_finance.usecases.proof.verify import verify
from tests.usecases.world import LIEPAJA, SK, World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.storage.tables import ClaimLineRow, ClaimRow
    from skola_finance.usecases.order import Answer

WHO = "liepaja.accountant"
LAST = date(2039, 12, 31)


def pay(world: World, claim: str) -> Answer:
    """Order what is payable on a claim, and record that the bank paid."""
    ordered = world.do("treasurer", order_claim_payment, claim=claim)
    return world.do(
        "treasurer", mark_paid, order=ordered["order"], executed_on=world.clock.at.date()
    )


def paid(world: World, lines: Sequence[dict[str, Any]]) -> str:
    """Bring a claim to its payment; gives its key."""
    approved = world.approved(WHO, lines)
    pay(world, approved["claim"])
    return str(approved["claim"])


def cents(world: World, account: Account, *, partner: str = LIEPAJA) -> int:
    """Give what stands on an account of a partner, or of nobody."""
    with world.store.reading() as repositories:
        balances = repositories.books.balances(SK, partner=partner)
        return balances.split(account).total_cents


def claim_row(world: World, key: str) -> ClaimRow:
    """Give a claim as it is stored."""
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(key)
        assert row is not None
        return row


def lines_of(world: World, key: str) -> Sequence[ClaimLineRow]:
    """Give the lines of a claim that count."""
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(key)
        assert row is not None
        return repositories.claims.lines(row.id, row.version)


def standing_cents(world: World, key: str) -> int:
    """Add up the movements of a claim's lines: what stands approved of it."""
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(key)
        programme = repositories.programmes.get(SK)
        assert row is not None
        assert programme is not None
        return sum(
            move.amount_cents
            for number in range(1, programme.last_approval_no + 1)
            for move in repositories.claims.movements(SK, number)
            if move.claim_id == row.id
        )


def assert_sound(world: World) -> None:
    """Recompute every verdict, balance, seal and invariant, and add the lines up."""
    assert verify(world.store, on=LAST, only_first=False).problems == ()
    assert_sums_hold(world)


def assert_sums_hold(world: World) -> None:
    """Check the invariants of the books, and that claims are the sums of their lines."""
    with world.store.reading() as repositories:
        programme = repositories.programmes.get(SK)
        assert programme is not None
        entries = [entry for _, entry in repositories.books.entries()]
        registers = registers_of(repositories, programme, entries)
        assert check_all(entries, registers, on=LAST) == ()
        for row in repositories.claims.find(programme=SK):
            lines = repositories.claims.lines(row.id, row.version)
            of_claim = (row.claimed_cents, row.eligible_cents, row.ineligible_cents)
            assert of_claim == (
                sum(one.claimed_cents for one in lines),
                sum(one.eligible_cents for one in lines),
                sum(one.ineligible_cents for one in lines),
            )
            parts = row.eligible_cents + row.ineligible_cents + row.unfunded_cents
            assert parts == row.claimed_cents
            for one in lines:
                parts = one.eligible_cents + one.ineligible_cents + one.unfunded_cents
                assert parts == one.claimed_cents
