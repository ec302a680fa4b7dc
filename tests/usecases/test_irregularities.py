"""Cases of irregularity: nobody does two steps, and the project's total shrinks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.ledger import Account
from skola_finance.problems import SkolaError
from skola_finance.usecases.paying.irregularities import (
    close_irregularity,
    dismiss_irregularity,
    establish_irregularity,
    recover_irregularity,
    suspect_irregularity,
    withhold_irregularity,
)
from skola_finance.usecases.paying.recoveries import annul_recovery, record_repayment
from tests.databases import KINDS
from tests.usecases.money_back import (
    WHO,
    assert_sound,
    assert_sums_hold,
    cents,
    claim_row,
    paid,
    standing_cents,
)
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, SCHOOL, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.order import Answer


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it, on each database."""
    with prepared(opened, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone."""
    with prepared(opened, tmp_path) as world:
        yield world


def opened(world: World) -> None:
    """Open the programme, with a floor of 20 € below which nothing is claimed back."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    world.set("recovery.floor", "20.00")


def suspected(world: World, key: str) -> str:
    """Let the reviewer suspect something."""
    made = world.do(
        "reviewer", suspect_irregularity, claim=key, suspicion="no such session", cents=1320
    )
    return str(made["irregularity"])


def established(world: World, key: str, part: int) -> Answer:
    """Let the approver establish it on the first lines, each with at most 13.20 €."""
    lines = {}
    for number in range(1, 4):
        taken = min(part, 1320)
        if taken:
            lines[f"{key}-{number:04}"] = taken
        part -= taken
    return world.do(
        "approver",
        establish_irregularity,
        irregularity=suspected(world, key),
        lines=lines,
        reason="the learner was not there",
    )


def test_an_irregularity_shrinks_the_total_and_is_repaid(world: World) -> None:
    """The allocation is not refilled; each step is another person's."""
    key = paid(world, [line(), line(), line()])
    total = cents(world, Account.APPROPRIATION, partner="")
    free = cents(world, Account.ALLOCATION)
    done = established(world, key, 2640)
    assert (done["withheld_cents"], done["claimed_back_cents"]) == (0, 2640)
    assert cents(world, Account.APPROPRIATION, partner="") == total - 2640
    assert cents(world, Account.ALLOCATION) == free
    assert standing_cents(world, key) == 1320
    case = done["irregularity"]
    with pytest.raises(SkolaError, match="PAY-866"):
        world.do("manager", recover_irregularity, irregularity=case)
    world.do(
        "treasurer",
        record_repayment,
        recovery=done["recovery"],
        cents=2640,
        received_on=date(2026, 1, 15),
    )
    with pytest.raises(SkolaError, match="PAY-867"):
        world.do("manager", close_irregularity, irregularity=case, reason="small")
    recovered = world.do("manager", recover_irregularity, irregularity=case)
    assert (recovered["state"], recovered["recovered_cents"]) == ("recovered", 2640)
    assert_sound(world)


def test_what_is_payable_is_kept_back_and_a_small_sum_is_left(small: World) -> None:
    """Within the floor nothing is claimed back; what cannot be withheld is written off."""
    key = paid(small, [line(), line()])
    done = established(small, key, 1500)
    assert (done["not_recovered_cents"], done["recovery"]) == (1500, "")
    with pytest.raises(SkolaError, match="PAY-865"):
        small.do("treasurer", withhold_irregularity, irregularity=done["irregularity"])
    small.approved(WHO, [line(amount="10.00")])
    withheld = small.do("treasurer", withhold_irregularity, irregularity=done["irregularity"])
    assert (withheld["withheld_cents"], withheld["set_off_cents"]) == (1000, 1000)
    with pytest.raises(SkolaError, match="WFL-502"):
        small.do("approver", close_irregularity, irregularity=done["irregularity"], reason="x")
    closed = small.do(
        "manager", close_irregularity, irregularity=done["irregularity"], reason="small"
    )
    assert (closed["state"], closed["written_off_cents"]) == ("not_recovered", 500)
    assert cents(small, Account.WRITTEN_OFF) == 500
    assert_sums_hold(small)


def test_a_recovery_of_a_case_is_set_off_in_the_next_claim_and_counted(small: World) -> None:
    """The case knows what was kept back; the state waits for a person of its own."""
    key = paid(small, [line(), line()])
    done = established(small, key, 2640)
    with pytest.raises(SkolaError, match="WFL-564"):
        small.do("approver_2", annul_recovery, recovery=done["recovery"], reason="no")
    assert small.approved(WHO, [line(), line()])["set_off_cents"] == 2640
    recovered = small.do("treasurer", recover_irregularity, irregularity=done["irregularity"])
    assert (recovered["withheld_cents"], recovered["recovered_cents"]) == (2640, 0)
    assert_sums_hold(small)


def test_a_dismissed_case_gives_everything_back(small: World) -> None:
    """Another approver decides; the recovery is annulled, the total is what it was."""
    key = paid(small, [line(), line()])
    total = cents(small, Account.APPROPRIATION, partner="")
    done = established(small, key, 2640)
    case = done["irregularity"]
    with pytest.raises(SkolaError, match="WFL-502"):
        small.do("approver", dismiss_irregularity, irregularity=case, reason="a slip")
    dismissed = small.do("approver_2", dismiss_irregularity, irregularity=case, reason="a slip")
    assert dismissed["state"] == "dismissed"
    assert cents(small, Account.APPROPRIATION, partner="") == total
    assert (cents(small, Account.RECOVERABLE), standing_cents(small, key)) == (0, 2640)
    with small.store.reading() as repositories:
        recovery = repositories.payments.recovery(done["recovery"])
        assert recovery is not None
        assert recovery.state == "annulled"
    assert claim_row(small, key).state == "paid"
    other = suspected(small, key)
    assert (
        small.do("approver", dismiss_irregularity, irregularity=other, reason="none")["approval_no"]
        is None
    )
    assert_sums_hold(small)


def test_a_suspicion_names_a_line_that_is_there(small: World) -> None:
    """And a sum that was approved; the floor must have been entered before it is established."""
    key = small.approved(WHO, [line()])["claim"]
    for wrong, code in (({"line_id": "x"}, "WFL-533"), ({"cents": 1321}, "WFL-518")):
        with pytest.raises(SkolaError, match=code):
            small.do("reviewer", suspect_irregularity, claim=key, suspicion="s", **wrong)
    with pytest.raises(SkolaError, match="WFL-518"):
        small.do("reviewer", suspect_irregularity, claim=key, suspicion=" ")
    with pytest.raises(SkolaError, match="AUT-603"):
        small.do("manager", recover_irregularity, irregularity="NEA-SK-99999")
