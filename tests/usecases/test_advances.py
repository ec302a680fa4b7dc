"""General advances: proposed, ordered by another, cleared by claims, repaid or overdue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.ledger import Account
from skola_finance.problems import SkolaError
from skola_finance.usecases.paying.advance_ends import mark_advance_overdue, repay_unspent_advance
from skola_finance.usecases.paying.advance_payments import (
    mark_advance_paid,
    order_owed_again,
    reject_advance_order,
)
from skola_finance.usecases.paying.advances import (
    order_advance,
    propose_advance,
    reject_advance,
    withdraw_advance,
)
from skola_finance.usecases.proof.verify import verify
from tests.databases import KINDS
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.use_case import UseCase

ALLOCATION = 10_000_000
DAY = date(2026, 1, 15)


def _world(kind: str, folder: Path) -> Iterator[World]:
    with prepared(filled, folder, kind) as world:
        yield world
        found = verify(world.store, on=date(2026, 12, 31), only_first=False)
        assert found.problems == ()


def filled(world: World) -> None:
    """Open the programme with Liepāja in it."""
    world.open().add_partner(LIEPAJA, SCHOOL, cents=ALLOCATION)


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it; afterwards the whole database proves itself."""
    yield from _world(request.param, tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone."""
    yield from _world("sqlite", tmp_path)


def proposed(world: World, cents: int) -> Answer:
    """Let the manager propose an advance."""
    asked = {"programme": SK, "partner": LIEPAJA, "cents": cents, "reason": "the first semester"}
    return world.do("manager", propose_advance, **asked)


def advanced(world: World, cents: int) -> Answer:
    """Propose an advance, order it, and record that the bank has paid."""
    made = proposed(world, cents)
    ordered = world.do("treasurer", order_advance, advance=made["advance"])
    return world.do("treasurer", mark_advance_paid, order=ordered["order"], executed_on=DAY)


def standing(world: World, account: Account) -> int:
    """Give what stands on an account of Liepāja."""
    with world.store.reading() as repositories:
        return repositories.books.balances(SK, partner=LIEPAJA).split(account).total_cents


def refusal(world: World, who: str, case: UseCase[Any], **inputs: Any) -> str:  # noqa: ANN401
    """Give the code with which something is refused."""
    with pytest.raises(SkolaError) as caught:
        world.do(who, case, **inputs)
    return caught.value.problem.code


def test_a_claim_below_the_advance_is_settled_without_a_payment(world: World) -> None:
    """Two euros more were advanced than claimed: they stay out, and come back."""
    world.set("advance.max_rate", "30 %")
    paid = advanced(world, 2 * 1320 + 200)
    claim = world.approved("liepaja.accountant", [line(), line()])
    assert (claim["state"], claim["cleared_cents"]) == ("settled", 2640)
    assert standing(world, Account.ADVANCE) == 200
    repaid = world.do(
        "treasurer", repay_unspent_advance, advance=paid.subject, cents=200, repaid_on=DAY
    )
    assert repaid["out_cents"] == 0
    assert standing(world, Account.PAID) == 2640
    more = {"advance": paid.subject, "cents": 1, "repaid_on": DAY}
    assert refusal(world, "treasurer", repay_unspent_advance, **more) == "PAY-803"


def test_an_advance_needs_the_setting_and_stays_below_it(small: World) -> None:
    """30 % of what is free and used; what is out counts, and `none` is no limit."""
    asked = {"programme": SK, "partner": LIEPAJA, "cents": 1, "reason": "why not"}
    assert refusal(small, "manager", propose_advance, **asked) == "RUL-301"
    small.set("advance.max_rate", "30 %")
    assert refusal(small, "manager", propose_advance, **asked | {"reason": ""}) == "WFL-518"
    assert refusal(small, "treasurer", propose_advance, **asked) == "AUT-601"
    first = proposed(small, ALLOCATION * 30 // 100)
    second = proposed(small, 1)
    small.do("treasurer", order_advance, advance=first["advance"])
    late = {"advance": second["advance"]}
    assert refusal(small, "treasurer", order_advance, **late) == "FUN-718"
    small.set("advance.max_rate", "none")
    assert small.do("treasurer", order_advance, **late)["amount_cents"] == 1


def test_an_advance_is_ordered_once_and_again_after_the_bank_refused_it(small: World) -> None:
    """What was rejected or withdrawn as a proposal is not ordered at all."""
    small.set("advance.max_rate", "30 %")
    made = proposed(small, 1000)
    ordered = small.do("treasurer", order_advance, advance=made["advance"])
    again = {"advance": made["advance"]}
    assert refusal(small, "treasurer", order_advance, **again) == "WFL-501"
    early = {"order": ordered["order"], "executed_on": date(2026, 1, 14)}
    assert refusal(small, "treasurer", mark_advance_paid, **early) == "WFL-518"
    small.do("treasurer", reject_advance_order, order=ordered["order"], reason="no such account")
    assert standing(small, Account.ADVANCE) == standing(small, Account.ORDERED) == 0
    ordered = small.do("treasurer", order_advance, **again)
    assert ordered["amount_cents"] == 1000
    assert refusal(small, "treasurer", order_owed_again, **again) == "PAY-843"
    other = proposed(small, 10)
    small.do("manager", withdraw_advance, advance=other["advance"])
    assert refusal(small, "treasurer", order_advance, advance=other["advance"]) == "WFL-501"
    other = proposed(small, 10)
    small.do("treasurer", reject_advance, advance=other["advance"], reason="too small")
    assert refusal(small, "treasurer", order_advance, advance=other["advance"]) == "WFL-501"


def test_an_advance_is_overdue_only_after_its_day(small: World) -> None:
    """Six months from the payment by the setting; then it is a debt."""
    small.set("advance.max_rate", "30 %")
    small.set("deadline.clear_advance.months", "6")
    paid = advanced(small, 5000)
    with small.store.reading() as repositories:
        kept = repositories.payments.advance(paid.subject)
        assert kept is not None
        assert kept.clear_by == date(2026, 7, 15)
    known = {"advance": paid.subject, "reason": "nothing was claimed"}
    small.clock.go_to(2026, 7, 15)
    assert refusal(small, "treasurer", mark_advance_overdue, **known) == "PAY-853"
    small.clock.go_to(2026, 7, 16)
    overdue = small.do("treasurer", mark_advance_overdue, **known)
    assert (overdue["amount_cents"], overdue["state"]) == (5000, "notified")
    assert (standing(small, Account.ADVANCE), standing(small, Account.RECOVERABLE)) == (0, 5000)
    assert refusal(small, "treasurer", mark_advance_overdue, **known) == "PAY-804"
