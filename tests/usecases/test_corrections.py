"""Corrections of approved costs: proposed by one, posted by another, undone by a mirror."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.ledger import Account
from skola_finance.problems import SkolaError
from skola_finance.usecases.order import Order
from skola_finance.usecases.paying.confirming import (
    confirm_correction,
    reject_correction,
    withdraw_correction,
)
from skola_finance.usecases.paying.corrections import (
    correct_by_rule,
    correct_lines,
    correct_proportionally,
    enter_credit_note,
    undo_correction,
)
from skola_finance.usecases.paying.orders import order_claim_payment
from skola_finance.usecases.paying.recoveries import record_repayment
from skola_finance.usecases.paying.refunds import (
    mark_refund_paid,
    order_refund,
    take_back_refund,
)
from skola_finance.workflow import Actor, Role
from tests.databases import KINDS
from tests.usecases.money_back import (
    WHO,
    assert_sound,
    assert_sums_hold,
    cents,
    claim_row,
    lines_of,
    paid,
    pay,
    standing_cents,
)
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.order import Answer


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it, on each database."""
    with prepared(filled, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone."""
    with prepared(filled, tmp_path) as world:
        yield world


def filled(world: World) -> None:
    """Open the programme with Liepāja in it."""
    world.open().add_partner(LIEPAJA, SCHOOL)


def confirm(world: World, proposed: Answer) -> Answer:
    """Let the approver confirm a proposed correction."""
    return world.do("approver", confirm_correction, correction=proposed["correction"])


def test_a_credit_note_before_payment_lowers_what_is_payable(world: World) -> None:
    """The allocation is refilled, the line keeps what stands of it, the rest is paid."""
    approved = world.approved(WHO, [line(), line()])
    key = approved["claim"]
    free = cents(world, Account.ALLOCATION)
    proposed = world.do(
        "reviewer",
        enter_credit_note,
        claim=key,
        lines={f"{key}-0001": 500},
        credit_note_no="KR-7",
        reason="the supplier took an hour back",
    )
    assert cents(world, Account.PAYABLE) == 2640
    done = confirm(world, proposed)
    assert (done["withdrawn_cents"], done["withheld_cents"], done["recovery"]) == (500, 500, "")
    assert done["approval_no"] == approved["approval_no"] + 1
    assert cents(world, Account.PAYABLE) == 2140
    assert cents(world, Account.ALLOCATION) == free + 500
    assert [one.withdrawn_cents for one in lines_of(world, key)] == [500, 0]
    assert standing_cents(world, key) == 2140
    assert pay(world, key)["amount_cents"] == 2140
    assert_sound(world)


def test_an_error_found_after_payment_is_set_off_in_the_next_claim(world: World) -> None:
    """The debt is recovered from what the next approval would pay."""
    key = paid(world, [line(), line()])
    proposed = world.do(
        "manager", correct_lines, claim=key, lines={f"{key}-0002": 1320}, reason="no session"
    )
    done = confirm(world, proposed)
    assert (done["withheld_cents"], done["recoverable_cents"]) == (0, 1320)
    assert cents(world, Account.RECOVERABLE) == 1320
    approved = world.approved(WHO, [line(), line(), line()])
    assert (approved["set_off_cents"], approved["payable_cents"]) == (1320, 2640)
    assert cents(world, Account.RECOVERABLE) == 0
    with world.store.reading() as repositories:
        recovery = repositories.payments.recovery(done["recovery"])
        assert recovery is not None
        assert (recovery.state, recovery.document) == ("repaid", done["correction"])
    assert_sound(world)


def test_a_rate_is_shared_over_the_lines_by_largest_remainder(small: World) -> None:
    """Five percent of what stands, to the cent."""
    key = paid(small, [line(), line(amount="7.01"), line(amount="7.02")])
    proposed = small.do(
        "manager", correct_proportionally, claim=key, rate="5 %", reason="a procurement error"
    )
    assert [one["cents"] for one in proposed["lines"]] == [66, 35, 35]
    assert confirm(small, proposed)["withdrawn_cents"] == 136
    assert standing_cents(small, key) == 1320 + 701 + 702 - 136
    assert_sums_hold(small)


def test_a_rule_takes_every_line_that_it_now_finds_at_fault(small: World) -> None:
    """A unit cost that is lowered after the approval; the whole rest of each line goes."""
    key = paid(small, [line(), line(amount="9.00")])
    small.set("unit_cost.reading_support", "10.00")
    proposed = small.do(
        "reviewer", correct_by_rule, claim=key, rule_code="ELG-140", reason="the rate was wrong"
    )
    assert [(one["line_id"], one["cents"]) for one in proposed["lines"]] == [(f"{key}-0001", 1320)]
    assert confirm(small, proposed)["recoverable_cents"] == 1320
    with pytest.raises(SkolaError, match="PAY-861"):
        small.do("reviewer", correct_by_rule, claim=key, rule_code="ELG-140", reason="again")
    assert_sound(small)


def test_what_was_corrected_by_mistake_is_given_back_and_paid(world: World) -> None:
    """A part had been repaid: that comes back as a refund on the correction's document."""
    key = paid(world, [line(), line()])
    proposed = world.do(
        "manager", correct_lines, claim=key, lines={f"{key}-0001": 1320}, reason="no plan"
    )
    done = confirm(world, proposed)
    document = done["correction"]
    world.do(
        "treasurer",
        record_repayment,
        recovery=done["recovery"],
        cents=1000,
        received_on=date(2026, 1, 15),
        statement="S-1",
    )
    undoing = world.do("manager", undo_correction, document=document, reason="the plan was found")
    assert confirm(world, undoing)["given_back_cents"] == 1320
    assert (cents(world, Account.RECOVERABLE), cents(world, Account.PAYABLE)) == (0, 1000)
    assert standing_cents(world, key) == 2640
    with pytest.raises(SkolaError, match="PAY-863"):
        world.do("manager", undo_correction, document=document, reason="twice")
    ordered = world.do("treasurer", order_refund, document=document)
    world.do("treasurer", take_back_refund, order=ordered["order"], reason="a slip")
    ordered = world.do("treasurer", order_refund, document=document)
    world.do("treasurer", mark_refund_paid, order=ordered["order"], executed_on=date(2026, 1, 15))
    assert (cents(world, Account.PAID), cents(world, Account.PAYABLE)) == (2640, 0)
    assert_sound(world)


def test_a_settled_claim_can_be_paid_again_after_the_correction_is_undone(small: World) -> None:
    """What was taken of its payable is payable again, and the claim is open to an order."""
    approved = small.approved(WHO, [line()])
    key = approved["claim"]
    proposed = small.do(
        "manager", correct_lines, claim=key, lines={f"{key}-0001": 320}, reason="too long"
    )
    confirm(small, proposed)
    pay(small, key)
    undoing = small.do(
        "manager", undo_correction, document=proposed["correction"], reason="it was right"
    )
    promoted = Order(Actor("manager", Role.AGENCY_APPROVER), "c-promoted", small.clock.now())
    with pytest.raises(SkolaError, match="WFL-502"):
        confirm_correction(small.store, promoted, correction=undoing["correction"])
    assert claim_row(small, key).state == "paid"
    confirm(small, undoing)
    assert claim_row(small, key).state == "approved"
    assert pay(small, key)["amount_cents"] == 320
    assert_sums_hold(small)


def test_never_more_than_stands_approved_is_corrected(small: World) -> None:
    """Two proposals on one line: the second finds too little left; a partner's own line counts."""
    key = paid(small, [line()])
    whole = {f"{key}-0001": 1320}
    first = small.do("manager", correct_lines, claim=key, lines=whole, reason="one")
    second = small.do("manager", correct_lines, claim=key, lines=whole, reason="two")
    small.approved(WHO, [line(amount="-3.20", corrects_line_id=f"{key}-0001")])
    with small.store.reading() as repositories:
        owed = repositories.payments.recoveries(SK, partner=LIEPAJA)
        assert [(one.amount_cents, one.state) for one in owed] == [(320, "notified")]
    with pytest.raises(SkolaError, match="PAY-860"):
        confirm(small, first)
    small.do("approver", reject_correction, correction=first["correction"], reason="too much")
    small.do("manager", withdraw_correction, correction=second["correction"])
    left = small.do(
        "manager", correct_lines, claim=key, lines={f"{key}-0001": 1000}, reason="the rest"
    )
    assert confirm(small, left)["withdrawn_cents"] == 1000
    assert_sums_hold(small)


IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({}, "PAY-862"),
    ({"nowhere": 1}, "WFL-533"),
    ({"0001": 0}, "PAY-860"),
    ({"0001": "1"}, "WFL-518"),
]


def test_an_impossible_correction_is_refused(small: World) -> None:
    """No lines, an unknown one, nothing, what is no number; and a payment on its way."""
    key = small.approved(WHO, [line()])["claim"]
    for lines, code in IMPOSSIBLE:
        named = {f"{key}-{name}" if name == "0001" else name: part for name, part in lines.items()}
        with pytest.raises(SkolaError, match=code):
            small.do("manager", correct_lines, claim=key, lines=named, reason="why")
    proposed = small.do(
        "manager", correct_lines, claim=key, lines={f"{key}-0001": 320}, reason="too long"
    )
    confirm(small, proposed)
    small.do("treasurer", order_claim_payment, claim=key)
    undoing = small.do("manager", undo_correction, document=proposed["correction"], reason="no")
    with pytest.raises(SkolaError, match="PAY-863"):
        confirm(small, undoing)
    assert standing_cents(small, key) == 1000


def test_only_an_approved_claim_is_corrected_and_others_stay_hidden(small: World) -> None:
    """A claim in review is cut instead; a partner proposes nothing."""
    small.add_partner(REZEKNE, OTHER_SCHOOL, iban="LV17DEMO0000000000002")
    filed = small.filed(WHO, [line()])
    with pytest.raises(SkolaError, match="WFL-560"):
        small.do("manager", correct_proportionally, claim=filed["claim"], rate="5 %", reason="why")
    with pytest.raises(SkolaError, match="AUT-601"):
        small.do("rezekne.accountant", correct_lines, claim=filed["claim"], lines={}, reason="why")
    with pytest.raises(SkolaError, match="AUT-603"):
        small.do("approver", confirm_correction, correction="KOR-SK-99999")
    assert cents(small, Account.ALLOCATION) == 10_000_000
