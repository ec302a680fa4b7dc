"""A partner that takes over another, as Madona took over Varakļāni on 01.07.2025."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.ledger import Account
from skola_finance.problems import SkolaError
from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.partners.agreements import prepare_succession, succeed_partner
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.proof.verify import verify
from tests.databases import KINDS, new_store
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give Liepāja with an approved claim, and Rēzekne that will take it over."""
    with prepared(filled, tmp_path, request.param) as world:
        yield world


def filled(world: World) -> None:
    """Open the programme with two partners and a claim that is approved."""
    world.open()
    world.add_partner(LIEPAJA, SCHOOL, cents=500_000)
    world.add_partner(REZEKNE, OTHER_SCHOOL, cents=700_000, iban="LV17DEMO0000000000002")
    world.approved("liepaja.accountant", [line(learner_ref="IZG-X", plan_no="P-X")])


def take_over(world: World, on: date = date(2026, 2, 1)) -> None:
    """Let Rēzekne take Liepāja over."""
    world.do(
        "manager",
        prepare_succession,
        programme=SK,
        number=f"L-{LIEPAJA}",
        successor=REZEKNE,
        on=on,
        source="Administratīvo teritoriju un apdzīvoto vietu likums",
    )
    world.clock.go_to(2026, 2, 2)
    world.do("approver", succeed_partner, programme=SK, number=f"L-{LIEPAJA}")


def test_every_balance_goes_to_the_successor_and_nothing_is_lost(world: World) -> None:
    """What was free, used, approved and payable stands on the new partner, to the cent."""
    with world.store.reading() as repositories:
        before = repositories.books.balances(SK)
    take_over(world)
    with world.store.reading() as repositories:
        after = repositories.books.balances(SK)
        old = repositories.books.balances(SK, partner=LIEPAJA)
        assert list(old.cells()) == []
    for account in Account:
        assert after.split(account) == before.split(account)
    totals = after.totals(programme=SK)
    assert totals[REZEKNE, Account.PAYABLE] == 1320
    assert totals[REZEKNE, Account.ALLOCATION] == 500_000 + 700_000 - 1320
    assert verify(world.store, on=date(2026, 12, 31)).is_clean


def test_the_successor_is_judged_beside_what_the_old_partner_had_approved(world: World) -> None:
    """A learner whose hours were used up there has none left here; the school comes along."""
    take_over(world)
    made = world.filed(
        "rezekne.accountant",
        [
            line(activity_on=date(2025, 11, 4), starts_at="9:00"),
            line(
                learner_ref="IZG-X",
                plan_no="P-X",
                quantity="60",
                amount="792.00",
                activity_on=date(2025, 11, 5),
            ),
        ],
    )
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(made["claim"])
        assert row is not None
        lines = {one.line_no: one for one in repositories.claims.lines(row.id, row.version)}
    assert "ELG-141" in lines[1].codes


def test_money_of_a_claim_approved_before_can_still_be_paid_to_the_successor(
    world: World,
) -> None:
    """The payable stands on the successor's books under the old claim's number."""
    take_over(world)
    with world.store.reading() as repositories:
        (row,) = repositories.claims.find(states=["approved"])
    ordered = world.do("treasurer", order_claim_payment, claim=row.key)
    world.clock.go_to(2026, 2, 3)
    paid = world.do("treasurer", mark_paid, order=ordered["order"], executed_on=date(2026, 2, 3))
    assert paid["state"] == "paid"
    assert verify(world.store, on=date(2026, 12, 31)).is_clean


def test_one_person_alone_cannot_hand_a_partner_over(world: World) -> None:
    """WFL-502 for the person who prepared it, WFL-504 where nobody did."""
    with pytest.raises(SkolaError, match="WFL-504"):
        world.do("approver", succeed_partner, programme=SK, number=f"L-{LIEPAJA}")
    world.do(
        "manager",
        prepare_succession,
        programme=SK,
        number=f"L-{LIEPAJA}",
        successor=REZEKNE,
        on=date(2026, 1, 10),
        source="a law",
    )
    with pytest.raises(SkolaError, match="WFL-502"):
        world.do("manager", succeed_partner, programme=SK, number=f"L-{LIEPAJA}")


def test_a_claim_in_review_is_approved_on_the_successors_money(tmp_path: Path) -> None:
    """Filed by the old partner, approved after the succession: the new one's allocation pays."""
    with new_store("sqlite", tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL, cents=500_000)
        world.add_partner(REZEKNE, OTHER_SCHOOL, cents=700_000, iban="LV17DEMO0000000000002")
        ready = world.recommended("liepaja.accountant", [line(), line()])
        take_over(world)
        approved = world.do(
            "approver",
            approve_claim_payment,
            claim=ready["claim"],
            row_version=ready["row_version"],
        )
        assert (approved["approved_cents"], approved["unfunded_cents"]) == (2640, 0)
        with store.reading() as repositories:
            totals = repositories.books.balances(SK).totals(programme=SK)
        assert totals[REZEKNE, Account.PAYABLE] == 2640
        assert (LIEPAJA, Account.PAYABLE) not in totals
        assert verify(store, on=date(2026, 12, 31)).is_clean
