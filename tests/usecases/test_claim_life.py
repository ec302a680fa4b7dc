"""The life of a claim from an empty programme to money paid, on both databases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.ledger import Account
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from tests.databases import KINDS, new_store
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it."""
    with new_store(request.param, tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        yield world


def test_a_claim_is_filed_reviewed_approved_and_paid(world: World) -> None:
    """Every cent of it, by six people."""
    approved = world.approved("liepaja.accountant", [line(), line(), line(amount="14.00")])
    assert approved["approved_cents"] == 3 * 1320
    assert approved["payable_cents"] == 3960
    assert approved["esf_plus_cents"] == 3366
    ordered = world.do("treasurer", order_claim_payment, claim=approved["claim"])
    world.clock.go_to(2026, 1, 20)
    paid = world.do("treasurer", mark_paid, order=ordered["order"], executed_on=date(2026, 1, 20))
    assert (paid["state"], paid["amount_cents"]) == ("paid", 3960)
    with world.store.reading() as repositories:
        balances = repositories.books.balances(SK, partner=LIEPAJA)
        assert balances.split(Account.PAID).total_cents == 3960
        assert balances.split(Account.PAYABLE).total_cents == 0
