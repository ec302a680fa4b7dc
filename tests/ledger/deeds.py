"""Everything that may happen to a programme, with amounts drawn at random.

Each deed either posts an entry that the books allow, or does nothing because there is nothing to
do it on; whatever the ledger refuses here is a fault of the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import (
    Account,
    Balances,
    CostPart,
    Dimension,
    Drawing,
    Quota,
    events,
    sub_project_advance_limit,
)
from tests.ledger.books import PROGRAMME, SHARE
from tests.ledger.world import QUOTAS, RATES, SEMESTERS, SUB_PROJECTS, World, dice

if TYPE_CHECKING:
    from collections.abc import Callable


def do(world: World, deed: str, seed: int) -> None:
    """Do one thing."""
    world.random = dice(seed)
    DEEDS[deed](world)


def change_envelope(world: World) -> None:
    """Raise or lower the envelope."""
    envelope = world.balances.split(Account.ENVELOPE)
    appropriation = world.balances.split(Account.APPROPRIATION)
    if world.random.random() < 1 / 2:
        world.post(
            events.raise_envelope(
                world.occasion(),
                cents=world.some(90_001),
                rate=RATES["2024"],
                appropriation=appropriation,
            )
        )
    elif envelope.total_cents:
        world.post(
            events.lower_envelope(
                world.occasion(),
                cents=world.some(envelope.total_cents),
                rate=RATES["2024"],
                envelope=envelope,
                appropriation=appropriation,
            )
        )


def raise_allocation(world: World) -> None:
    """Allocate part of the envelope."""
    there = world.balances.split(Account.ENVELOPE).total_cents
    if there:
        cents = world.some(min(there, 60_001))
        world.allocate(world.partner(), world.random.choice(QUOTAS), cents)


def lower_allocation(world: World) -> None:
    """Take part of an allocation back, or give it to another partner."""
    partner, quota = world.partner(), world.random.choice(QUOTAS)
    free = world.balances.free(programme=PROGRAMME, partner=partner).get(quota)
    if free is None:
        return
    cents = world.some(free.total_cents)
    other = (world.partner(), world.random.choice(QUOTAS))
    if other == (partner, quota):
        entry = events.lower_allocation(
            world.occasion(), partner=partner, quota=quota, cents=cents, free=free
        )
    else:
        entry = events.reallocate(
            world.occasion(), giver=(partner, quota), receiver=other, cents=cents, free=free
        )
    world.post(entry)


def approve(world: World) -> None:
    """Approve a claim over several quotas, semesters and rate periods; clear and set off."""
    partner = world.partner()
    free = world.balances.free(programme=PROGRAMME, partner=partner)
    parts = []
    for quota, there in free.items():
        left = min(there.total_cents, 20_000)
        while left and world.random.random() < 2 / 3:
            cents = world.some(left)
            left -= cents
            semester, key = world.random.choice(SEMESTERS), world.random.choice([*RATES])
            parts.append(CostPart(quota, semester, key, cents))
    left = sum(each.cents for each in parts)
    advances, left = world.drawing(Account.ADVANCE, partner, left)
    debts, _ = world.drawing(Account.RECOVERABLE, partner, left)
    approval = events.Approval(
        partner,
        world.document("claim"),
        len(world.approvals) + 1,
        tuple(parts),
        free,
        world.periods(),
    )
    world.post(events.approve_claim(world.occasion(), approval, advances=advances, debts=debts))


def order_advance(world: World) -> None:
    """Order an advance, of a sub-project or not."""
    sub_project = world.random.choice(["", *SUB_PROJECTS])
    limit, out = 50_000, 0
    if sub_project:
        limit = sub_project_advance_limit(SUB_PROJECTS[sub_project], share=SHARE)
        only = {Dimension.SUB_PROJECT: sub_project}
        out = world.balances.split(Account.ADVANCE, only=only).total_cents
    if limit > out:
        world.post(
            events.order_advance(
                world.occasion(world.file()),
                partner=world.partner(),
                document=world.document("advance"),
                cents=world.some(limit - out),
                rate=world.random.choice([*RATES.values()]),
                out_cents=out,
                limit_cents=limit,
                sub_project=sub_project,
            )
        )


def order_payment(world: World) -> None:
    """Order what is payable."""
    payable = world.one(Account.PAYABLE)
    if payable:
        cents = world.some(payable.available_cents)
        world.post(events.order_payment(world.occasion(world.file()), payable=payable, cents=cents))


def execute(world: World) -> None:
    """Let the bank execute an order."""
    ordered = world.one(Account.ORDERED)
    if ordered:
        is_advance = ordered.dimensions.document.startswith("advance")
        verb = events.execute_advance if is_advance else events.execute_payment
        cents = world.some(ordered.available_cents)
        world.post(verb(world.occasion(world.statement()), ordered=ordered, cents=cents))


def reject(world: World) -> None:
    """Let the bank reject an order."""
    ordered = world.one(Account.ORDERED)
    if ordered is None:
        return
    cents = world.some(ordered.available_cents)
    if ordered.dimensions.document.startswith("advance"):
        advance = world.same(Account.ADVANCE, ordered)
        entry = events.reject_advance(
            world.occasion(), ordered=ordered, advance=advance, cents=cents
        )
    else:
        entry = events.reject_payment(world.occasion(), ordered=ordered, cents=cents)
    world.post(entry)


def return_(world: World) -> None:
    """Let the bank return money."""
    paid = world.one(Account.PAID)
    if paid is None:
        return
    net = world.paid_cents(paid.dimensions.partner)
    cents = world.some(min(paid.available_cents, net)) if net else 0
    if not cents:
        return
    batch = world.occasion(world.statement())
    if paid.dimensions.document.startswith("advance"):
        entry = events.return_advance(
            batch,
            paid=paid,
            advance=world.same(Account.ADVANCE, paid),
            cents=cents,
            partner_paid_cents=net,
            document=world.document("claim"),
        )
    else:
        entry = events.return_payment(batch, paid=paid, cents=cents, partner_paid_cents=net)
    world.post(entry)


def withdraw(world: World) -> None:
    """Correct approved costs, or find an irregularity."""
    partner = world.partner()
    only = world.of(partner)
    used = world.balances.used_cents(programme=PROGRAMME, partner=partner)
    by = (Dimension.QUOTA, Dimension.SEMESTER, Dimension.RATE_PERIOD)
    parts, left = [], dict(used)
    for (quota, semester, key), split in world.balances.sums(
        Account.USED, by=by, only=only
    ).items():
        most = min(split.total_cents, left[Quota(quota)])
        if most > 0 and world.random.random() < 1 / 2:
            cents = world.some(most)
            left[Quota(quota)] -= cents
            parts.append(CostPart(Quota(quota), semester, key, cents))
    document = world.document("correction")
    withdrawal = events.Withdrawal(
        partner,
        document,
        len(world.approvals) + 1,
        tuple(parts),
        used,
        world.periods(),
        tuple(world.items(Account.PAYABLE, partner)),
    )
    if world.random.random() < 1 / 2:
        entry = events.correct(world.occasion(), withdrawal)
    else:
        entry = events.record_irregularity(
            world.occasion(),
            withdrawal,
            appropriation=world.balances.split(Account.APPROPRIATION),
        )
    world.corrections[document] = entry
    world.post(entry)


def undo(world: World) -> None:
    """Undo a correction that was raised by mistake, where the allocation still allows it."""
    if not world.corrections:
        return
    document = world.random.choice([*world.corrections])
    correction = world.corrections[document]
    standing = world.balances.sums(
        Account.WITHDRAWN,
        by=(Dimension.PARTNER,),
        only={Dimension.PROGRAMME: PROGRAMME, Dimension.DOCUMENT: document},
    )
    holders = [key[0] for key, split in standing.items() if split.total_cents > 0]
    if not holders:
        return
    (partner,) = holders
    free = world.balances.free(programme=PROGRAMME, partner=partner)
    refilled = Balances()
    refilled.add(each for each in correction.postings if each.account is Account.ALLOCATION)
    holder = correction.postings[0].dimensions.partner
    needed = refilled.free(programme=PROGRAMME, partner=holder)
    if any(
        quota not in free or free[quota].total_cents < split.total_cents
        for quota, split in needed.items()
    ):
        return
    del world.corrections[document]
    world.post(
        events.undo_correction(
            world.occasion(),
            correction=correction,
            partner=partner,
            document=document,
            approval_no=len(world.approvals) + 1,
            standing_cents=standing[(partner,)].total_cents,
            free=free,
            periods=world.periods(),
            recoverables=[
                each
                for each in world.items(Account.RECOVERABLE, partner)
                if each.dimensions.document == document
            ],
        )
    )


def end_debt(world: World) -> None:
    """Let a debt be repaid, written off or set off."""
    debt = world.one(Account.RECOVERABLE)
    if debt is None:
        return
    partner, most = debt.dimensions.partner, debt.available_cents
    net = world.balances.split(Account.PAID, only=world.of(partner))
    payables = tuple(world.items(Account.PAYABLE, partner))
    owed = sum(each.available_cents for each in payables)
    way = world.random.choice(["repay", "write off", "set off"])
    if way == "repay" and net.total_cents:
        cents = world.some(min(most, net.total_cents))
        where = world.occasion(world.statement())
        world.post(events.repay(where, recoverable=debt, cents=cents, partner_paid=net))
    elif way == "set off" and owed:
        debts = Drawing(world.some(min(most, owed)), (debt,))
        world.post(
            events.set_off(world.occasion(), partner=partner, payables=payables, debts=debts)
        )
    elif way == "write off":
        cents = world.some(most)
        world.post(events.write_off(world.occasion(), recoverable=debt, cents=cents))


def end_advance(world: World) -> None:
    """Let what was not spent of an advance be repaid, or become overdue."""
    advance = world.one(Account.ADVANCE)
    if advance is None:
        return
    paid = world.same(Account.PAID, advance)
    net = world.paid_cents(advance.dimensions.partner)
    most = min(advance.available_cents, paid.available_cents, net)
    if world.random.random() < 1 / 2 and most > 0:
        world.post(
            events.repay_advance(
                world.occasion(world.statement()),
                paid=paid,
                advance=advance,
                cents=world.some(most),
                partner_paid_cents=net,
            )
        )
    else:
        world.post(
            events.make_advance_overdue(
                world.occasion(),
                advance=advance,
                document=world.document("recovery"),
                cents=world.some(advance.available_cents),
            )
        )


def succeed(world: World) -> None:
    """Let one partner take over another."""
    if len(world.partners) - len(world.closed) > 1:
        old = world.partner()
        new = world.random.choice(
            [each for each in world.partners if each not in {old, *world.closed}]
        )
        world.post(
            events.succeed_partner(
                world.occasion(), old=old, new=new, cells=[*world.balances.cells()]
            )
        )
        world.closed.add(old)


def settle_and_close(world: World) -> None:
    """Close a partner that has nothing open."""
    partner = world.partner()
    totals = world.balances.totals(programme=PROGRAMME)
    is_open = any(
        totals.get((partner, account), 0)
        for account in (Account.PAYABLE, Account.ORDERED, Account.ADVANCE, Account.RECOVERABLE)
    )
    if len(world.partners) - len(world.closed) > 1 and not is_open:
        world.post(
            events.close_partner(world.occasion(), partner=partner, cells=[*world.balances.cells()])
        )
        world.closed.add(partner)


DEEDS: dict[str, Callable[[World], None]] = {
    "change the envelope": change_envelope,
    "raise an allocation": raise_allocation,
    "lower an allocation": lower_allocation,
    "approve": approve,
    "approve more": approve,
    "order an advance": order_advance,
    "order a payment": order_payment,
    "execute": execute,
    "execute more": execute,
    "reject": reject,
    "return": return_,
    "withdraw": withdraw,
    "undo": undo,
    "end a debt": end_debt,
    "end an advance": end_advance,
}
"""What may happen at any time."""

RARE: dict[str, Callable[[World], None]] = {
    "succeed": succeed,
    "close a partner": settle_and_close,
}
"""What ends a partner."""

DEEDS.update(RARE)
