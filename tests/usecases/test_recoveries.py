"""Recoveries: schedules, parts, overdue terms, write-offs, set-off, and the final balance."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.ledger import Account
from skola_finance.problems import SkolaError
from skola_finance.usecases.paying.confirming import confirm_correction
from skola_finance.usecases.paying.corrections import correct_lines
from skola_finance.usecases.paying.final_balance import close_final_balance, final_balance
from skola_finance.usecases.paying.orders import cancel_order, order_claim_payment, settle_claim
from skola_finance.usecases.paying.recoveries import (
    agree_schedule,
    annul_recovery,
    mark_recovery_overdue,
    notify_recovery,
    propose_write_off,
    record_repayment,
    request_schedule,
    write_off_recovery,
)
from skola_finance.usecases.paying.set_off import set_off_open_debts
from tests.usecases.money_back import (
    WHO,
    assert_sound,
    assert_sums_hold,
    cents,
    paid,
    pay,
    standing_cents,
)
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give a programme with two partners and the terms of the law entered."""
    with prepared(filled, tmp_path) as world:
        yield world


def filled(world: World) -> None:
    """Open the programme, with a term to repay."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    world.set("deadline.repay.months", "1")


def owed(world: World, key: str, part: int = 1320) -> str:
    """Correct the first line of a claim that was paid; gives the recovery."""
    proposed = world.do(
        "manager", correct_lines, claim=key, lines={f"{key}-0001": part}, reason="no session"
    )
    done = world.do("approver", confirm_correction, correction=proposed["correction"])
    return str(done["recovery"])


def test_a_debt_is_repaid_on_a_schedule(world: World) -> None:
    """The partner asks, another person agrees, an instalment is missed, the rest comes."""
    debt = owed(world, paid(world, [line()]))
    plan = [
        {"due_on": "2026-03-01", "amount_cents": 660},
        {"due_on": date(2026, 4, 1), "amount_cents": 660},
    ]
    asked = world.do(WHO, request_schedule, recovery=debt, reason="no money before March")
    assert asked["repay_by"] == "2026-02-16"
    with pytest.raises(SkolaError, match="RUL-301"):
        world.do("manager", agree_schedule, recovery=debt, instalments=plan)
    world.set("recovery.schedule.months", "36")
    world.set("recovery.schedule.last_day", "2039-12-31")
    with pytest.raises(SkolaError, match="WFL-509"):
        world.do("manager", agree_schedule, recovery=debt, instalments=plan[:1])
    with pytest.raises(SkolaError, match="WFL-518"):
        world.do("manager", agree_schedule, recovery=debt, instalments=[{"due_on": "soon"}])
    for _ in range(2):
        agreed = world.do("manager", agree_schedule, recovery=debt, instalments=plan)
    assert (agreed["state"], agreed["instalments"]) == ("schedule_agreed", 2)
    world.clock.go_to(2026, 3, 2)
    part = world.do(
        "treasurer", record_repayment, recovery=debt, cents=600, received_on=date(2026, 3, 1)
    )
    assert (part["state"], part["left_cents"]) == ("schedule_agreed", 720)
    assert world.do("treasurer", mark_recovery_overdue, recovery=debt)["due_on"] == "2026-03-01"
    with pytest.raises(SkolaError, match="PAY-803"):
        world.do(
            "treasurer", record_repayment, recovery=debt, cents=721, received_on=date(2026, 3, 2)
        )
    rest = world.do(
        "treasurer", record_repayment, recovery=debt, cents=720, received_on=date(2026, 3, 2)
    )
    assert rest["state"] == "repaid"
    assert cents(world, Account.PAID) == 0
    assert_sound(world)


def test_a_debt_is_given_up_by_two_persons(world: World) -> None:
    """The term passes, the treasurer proposes with a reason, the approver decides."""
    debt = owed(world, paid(world, [line()]))
    with pytest.raises(SkolaError, match="PAY-864"):
        world.do("treasurer", mark_recovery_overdue, recovery=debt)
    world.clock.go_to(2026, 2, 17)
    assert world.do("treasurer", mark_recovery_overdue, recovery=debt)["state"] == "overdue"
    with pytest.raises(SkolaError, match="WFL-504"):
        world.do("approver_2", write_off_recovery, recovery=debt)
    world.do("treasurer", propose_write_off, recovery=debt, reason="the company is gone")
    with pytest.raises(SkolaError, match="WFL-502"):
        world.do("approver", write_off_recovery, recovery=debt)
    assert world.do("approver_2", write_off_recovery, recovery=debt)["written_off_cents"] == 1320
    assert cents(world, Account.WRITTEN_OFF) == 1320
    assert_sums_hold(world)


def test_a_recovery_raised_by_mistake_is_annulled_with_its_correction(world: World) -> None:
    """By another approver than the one who confirmed the correction."""
    key = paid(world, [line()])
    debt = owed(world, key)
    with pytest.raises(SkolaError, match="WFL-502"):
        world.do("approver", annul_recovery, recovery=debt, reason="it was right")
    done = world.do("approver_2", annul_recovery, recovery=debt, reason="it was right")
    assert (done["state"], done["given_back_cents"]) == ("annulled", 1320)
    assert (standing_cents(world, key), cents(world, Account.RECOVERABLE)) == (1320, 0)
    assert_sums_hold(world)


def test_a_debt_that_arose_in_transit_is_set_off_against_what_came_back(world: World) -> None:
    """The order is called back; what is payable again pays the debt."""
    key = world.approved(WHO, [line(), line()])["claim"]
    ordered = world.do("treasurer", order_claim_payment, claim=key)
    debt = owed(world, key)
    with pytest.raises(SkolaError, match="PAY-865"):
        world.do("treasurer", set_off_open_debts, programme=SK, partner=LIEPAJA)
    world.do("treasurer", cancel_order, order=ordered["order"], reason="a debt arose")
    part = world.do("treasurer", set_off_open_debts, programme=SK, partner=LIEPAJA, cents=320)
    assert part["recoveries"] == {debt: "notified"}
    done = world.do("treasurer", set_off_open_debts, programme=SK, partner=LIEPAJA)
    assert (done["set_off_cents"], done["recoveries"]) == (1000, {debt: "repaid"})
    assert pay(world, key)["amount_cents"] == 1320
    assert_sums_hold(world)


def test_a_partner_is_closed_once_nothing_is_open(world: World) -> None:
    """The statement of all accounts names what is open; then the allocation goes back."""
    key = world.approved(WHO, [line()])["claim"]
    number = f"L-{LIEPAJA}"
    closing = {"programme": SK, "number": number, "reason": "the project is over"}
    before = final_balance(world.store, world.order(WHO), programme=SK, partner=LIEPAJA)
    assert [(one.kind, one.thing) for one in before.open_matters] == [
        ("account", "payable"),
        ("claim", key),
    ]
    with pytest.raises(SkolaError, match="PAY-869"):
        world.do("manager", close_final_balance, **closing)
    debt = owed(world, key)
    assert debt == ""
    world.do("treasurer", settle_claim, claim=key)
    after = final_balance(world.store, world.order("auditor"), programme=SK, partner=LIEPAJA)
    assert (after.is_settled, after.returns_cents) == (True, 10_000_000)
    assert after.accounts["approved"][0] == after.accounts["withdrawn"][0] == 1320
    assert world.do("manager", close_final_balance, **closing)["state"] == "ended"
    assert cents(world, Account.ALLOCATION) == 0
    assert_sums_hold(world)


def test_what_belongs_to_others_or_is_not_owed_is_refused(world: World) -> None:
    """Another partner's debt is not found; a document without one cannot be notified of."""
    world.add_partner(REZEKNE, OTHER_SCHOOL, iban="LV17DEMO0000000000002")
    debt = owed(world, paid(world, [line()]))
    with pytest.raises(SkolaError, match="AUT-603"):
        world.do("rezekne.accountant", request_schedule, recovery=debt, reason="ours?")
    order = world.order("rezekne.accountant")
    with pytest.raises(SkolaError, match="AUT-603"):
        final_balance(world.store, order, programme=SK, partner=LIEPAJA)
    for document in ("nowhere", "KOR-SK-00001"):
        with pytest.raises(SkolaError, match="PAY-868"):
            world.do(
                "treasurer",
                notify_recovery,
                programme=SK,
                partner=LIEPAJA,
                document=document,
                reason="why",
            )
