"""Orders, payments, advances and debts, cent by cent."""

from __future__ import annotations

import pytest

from skola_finance.ledger import (
    Account,
    AdvanceLimitExceeded,
    BalanceExceeded,
    Event,
    events,
    sub_project_advance_limit,
)
from skola_finance.ledger.legs import NOTHING
from tests.ledger.books import MADONA, RATE, SHARE, item, legs, occasion, split


def test_a_payment_orders_the_rest_of_a_payable_exactly() -> None:
    """The movement that empties it takes 86 and 15, whatever the rate."""
    entry = events.order_payment(occasion(batch="F-1"), payable=item("C-7", 86, 15), cents=101)
    assert (entry.event, entry.occasion.batch) == (Event.PAYMENT_ORDERED, "F-1")
    assert legs(entry) == {
        (Account.PAYABLE, "C-7"): (86, 15),
        (Account.ORDERED, "C-7"): (-86, -15),
    }


def test_a_part_of_a_payable_takes_the_floor_of_its_share() -> None:
    """10 of 86 + 15: the floor of 8.51."""
    entry = events.order_payment(occasion(), payable=item("C-7", 86, 15), cents=10)
    assert legs(entry)[Account.PAYABLE, "C-7"] == (8, 2)


def test_an_executed_payment_is_paid() -> None:
    """On the document of the claim."""
    entry = events.execute_payment(occasion(), ordered=item("C-7", 86, 15), cents=101)
    assert legs(entry) == {
        (Account.ORDERED, "C-7"): (86, 15),
        (Account.PAID, "C-7"): (-86, -15),
    }


def test_a_rejected_payment_is_payable_again() -> None:
    """So is one cancelled before execution."""
    entry = events.reject_payment(occasion(), ordered=item("C-7", 86, 15), cents=101)
    assert legs(entry) == {
        (Account.ORDERED, "C-7"): (86, 15),
        (Account.PAYABLE, "C-7"): (-86, -15),
    }


def test_a_returned_payment_is_payable_again() -> None:
    """After it had been executed."""
    entry = events.return_payment(
        occasion(), paid=item("C-7", 86, 15), cents=101, partner_paid_cents=500
    )
    assert legs(entry) == {
        (Account.PAID, "C-7"): (86, 15),
        (Account.PAYABLE, "C-7"): (-86, -15),
    }


def test_more_than_a_partner_was_paid_in_all_does_not_come_back() -> None:
    """It had repaid a debt since; PAY-803 on its whole."""
    with pytest.raises(BalanceExceeded) as refused:
        events.return_payment(
            occasion(), paid=item("C-7", 86, 15), cents=101, partner_paid_cents=100
        )
    assert refused.value.problem.subject == "paid"


def test_more_than_stands_on_a_document_is_not_paid() -> None:
    """PAY-803 names account, partner, document, what was asked and what there is."""
    with pytest.raises(BalanceExceeded) as refused:
        events.order_payment(occasion(), payable=item("C-7", 86, 15), cents=102)
    assert refused.value.problem.message.en == (
        f"€1.02 cannot be taken from “payable” (partner {MADONA}) (document C-7): "
        "€1.01 is available."
    )


def test_an_advance_is_split_by_the_rate_of_its_day() -> None:
    """It stands on no balance yet: 85 % of 0.99 € is 84.15 cents."""
    entry = events.order_advance(
        occasion(),
        partner=MADONA,
        document="A-1",
        cents=99,
        rate=RATE,
        out_cents=1,
        limit_cents=100,
        sub_project="P-1",
    )
    assert legs(entry) == {(Account.ADVANCE, "A-1"): (84, 15), (Account.ORDERED, "A-1"): (-84, -15)}
    assert {posting.dimensions.sub_project for posting in entry.postings} == {"P-1"}


def test_a_sub_project_is_advanced_at_most_four_fifths() -> None:
    """80 % of 1 000.01 € is 800.00 €; a cent more is refused, what is out counted in."""
    limit = sub_project_advance_limit(100_001, share=SHARE)
    assert limit == 80_000
    with pytest.raises(AdvanceLimitExceeded) as refused:
        events.order_advance(
            occasion(),
            partner=MADONA,
            document="A-2",
            cents=1,
            rate=RATE,
            out_cents=80_000,
            limit_cents=limit,
        )
    problem = refused.value.problem
    assert problem.code == "FUN-718"
    assert "may be advanced €800.00; €800.00 is out, €0.01 more" in problem.message.en
    assert "vajag vēl 0,01" in problem.message.lv


def test_an_executed_advance_is_paid() -> None:
    """Ordered / paid, as any payment, under its own event."""
    entry = events.execute_advance(occasion(), ordered=item("A-1", 84, 15), cents=99)
    assert entry.event is Event.ADVANCE_EXECUTED
    assert legs(entry) == {(Account.ORDERED, "A-1"): (84, 15), (Account.PAID, "A-1"): (-84, -15)}


def test_a_rejected_advance_is_out_no_longer() -> None:
    """Though it was in transit, its balance goes."""
    entry = events.reject_advance(
        occasion(),
        ordered=item("A-1", 84, 15),
        advance=item("A-1", 84, 15, in_transit=99),
        cents=99,
    )
    assert legs(entry) == {(Account.ORDERED, "A-1"): (84, 15), (Account.ADVANCE, "A-1"): (-84, -15)}


def test_a_returned_advance_is_out_no_longer() -> None:
    """Paid / advance."""
    entry = events.return_advance(
        occasion(),
        paid=item("A-1", 84, 15),
        advance=item("A-1", 84, 15),
        cents=99,
        partner_paid_cents=99,
        document="C-7",
    )
    assert legs(entry) == {(Account.PAID, "A-1"): (84, 15), (Account.ADVANCE, "A-1"): (-84, -15)}


def test_the_cleared_part_of_a_returned_advance_is_payable_on_its_claim() -> None:
    """0.40 is still out; the 0.59 that a claim cleared never reached the partner."""
    entry = events.return_advance(
        occasion(),
        paid=item("A-1", 84, 15),
        advance=item("A-1", 30, 10),
        cents=99,
        partner_paid_cents=99,
        document="C-7",
    )
    assert legs(entry) == {
        (Account.PAID, "A-1"): (84, 15),
        (Account.ADVANCE, "A-1"): (-30, -10),
        (Account.PAYABLE, "C-7"): (-50, -9),
        (Account.SOURCE_ROUNDING, "money"): (-4, 4),
    }


def test_an_advance_cleared_whole_and_returned_is_payable_whole() -> None:
    """Nothing of it is out."""
    entry = events.return_advance(
        occasion(),
        paid=item("A-1", 84, 15),
        advance=item("A-1", 0, 0),
        cents=99,
        partner_paid_cents=99,
        document="C-7",
    )
    assert legs(entry) == {(Account.PAID, "A-1"): (84, 15), (Account.PAYABLE, "C-7"): (-84, -15)}


def test_what_was_not_spent_of_an_advance_is_repaid() -> None:
    """Each account by its own share: 40 of 84 + 15 is 33, all of 30 + 10 is 30."""
    entry = events.repay_advance(
        occasion(),
        paid=item("A-1", 84, 15),
        advance=item("A-1", 30, 10),
        cents=40,
        partner_paid_cents=99,
    )
    assert legs(entry) == {
        (Account.PAID, "A-1"): (33, 7),
        (Account.ADVANCE, "A-1"): (-30, -10),
        (Account.SOURCE_ROUNDING, "money"): (-3, 3),
    }


def test_an_overdue_advance_becomes_recoverable() -> None:
    """On the number of the recovery; the sub-project stays with it."""
    entry = events.make_advance_overdue(
        occasion(), advance=item("A-1", 30, 10, sub_project="P-1"), document="K-1", cents=40
    )
    assert legs(entry) == {
        (Account.RECOVERABLE, "K-1"): (30, 10),
        (Account.ADVANCE, "A-1"): (-30, -10),
    }
    assert {posting.dimensions.sub_project for posting in entry.postings} == {"P-1"}


def test_an_advance_in_transit_does_not_become_overdue() -> None:
    """The partner has not got it yet."""
    with pytest.raises(BalanceExceeded):
        events.make_advance_overdue(
            occasion(), advance=item("A-1", 30, 10, in_transit=40), document="K-1", cents=1
        )


def test_a_repaid_debt_lowers_what_was_paid() -> None:
    """All of 17 + 3, and 20 of the 850 + 150 that were paid."""
    entry = events.repay(
        occasion(), recoverable=item("K-1", 16, 4), cents=20, partner_paid=split(850, 150)
    )
    assert legs(entry) == {
        (Account.PAID, "K-1"): (17, 3),
        (Account.RECOVERABLE, "K-1"): (-16, -4),
        (Account.SOURCE_ROUNDING, "money"): (-1, 1),
    }


def test_a_debt_is_not_repaid_from_money_that_is_still_in_transit() -> None:
    """Paid would fall below zero."""
    with pytest.raises(BalanceExceeded):
        events.repay(occasion(), recoverable=item("K-1", 16, 4), cents=20, partner_paid=NOTHING)


def test_a_debt_is_written_off() -> None:
    """And part of another."""
    entry = events.write_off(occasion(), recoverable=item("K-1", 17, 3), cents=10)
    assert legs(entry) == {
        (Account.WRITTEN_OFF, "K-1"): (8, 2),
        (Account.RECOVERABLE, "K-1"): (-8, -2),
    }
