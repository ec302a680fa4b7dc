"""A raised allocation brings unfunded lines back in the order of their approval."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.ledger import Account
from skola_finance.problems import SkolaError
from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.deciding.revival import preview_revival, revive_unfunded
from skola_finance.usecases.order import Order
from skola_finance.usecases.paying.confirming import confirm_correction
from skola_finance.usecases.paying.corrections import correct_lines
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.review.deciding_lines import park_line
from skola_finance.usecases.review.outcome import recommend_claim
from skola_finance.usecases.review.taking_up import start_review
from skola_finance.workflow import Actor, Role
from tests.databases import KINDS
from tests.usecases.money_back import (
    WHO,
    assert_sound,
    assert_sums_hold,
    cents,
    claim_row,
    lines_of,
    pay,
    standing_cents,
)
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.order import Answer


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give Liepāja with room for two hours and a half, on each database."""
    with prepared(opened, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone."""
    with prepared(opened, tmp_path) as world:
        yield world


def opened(world: World) -> None:
    """Open the programme."""
    world.open().add_partner(LIEPAJA, SCHOOL, cents=2640 + 660)


def hours(number: int) -> list[dict[str, Any]]:
    """Make so many lines of one hour each, in the order of their days."""
    return [line(activity_on=date(2025, 11, 3 + day)) for day in range(number)]


def revive(world: World, **more: int) -> Answer:
    """Let the approver revive what fits."""
    return world.do("approver", revive_unfunded, programme=SK, partner=LIEPAJA, **more)


def parked(world: World) -> str:
    """Approve a claim of two lines, the second of which the reviewer parked."""
    filed = world.filed(WHO, hours(2))
    key = filed["claim"]
    world.do("reviewer", start_review, claim=key)
    world.do("reviewer", park_line, claim=key, line_id=f"{key}-0002", reason="no journal yet")
    made = world.do("reviewer", recommend_claim, claim=key)
    world.do("approver", approve_claim_payment, claim=key, row_version=made["row_version"])
    return str(key)


def test_a_raised_allocation_revives_lines_in_their_order(world: World) -> None:
    """What a reviewer parked stays parked; a paid claim is paid once more; the preview is right."""
    first = parked(world)
    second = world.approved(WHO, hours(3))["claim"]
    assert [one.unfunded_cents for one in lines_of(world, second)] == [0, 660, 1320]
    pay(world, second)
    world.allocate(LIEPAJA, 1000)
    seen = preview_revival(world.store, world.order("auditor"), programme=SK, partner=LIEPAJA)
    assert [(one.claim, [part.cents for part in one.lines]) for one in seen] == [
        (second, [660, 340])
    ]
    assert standing_cents(world, second) == 1980
    done = revive(world, expected_cents=1000)
    assert [one["claim"] for one in done["claims"]] == [second]
    assert [one.unfunded_cents for one in lines_of(world, first)] == [0, 1320]
    row = claim_row(world, second)
    assert (row.state, row.unfunded_cents, row.eligible_cents) == ("approved", 980, 2980)
    assert (row.approved_cents, row.esf_plus_cents) == (2980, 2533)
    assert pay(world, second)["amount_cents"] == 1000
    assert cents(world, Account.ALLOCATION) == 0
    assert_sound(world)


def test_several_claims_revive_one_after_the_other(small: World) -> None:
    """The earlier approval takes the room first, and the later one what is left."""
    first = small.approved(WHO, hours(3))["claim"]
    small.allocate(LIEPAJA, 100)
    second = small.approved(WHO, hours(1))["claim"]
    small.allocate(LIEPAJA, 1000)
    seen = preview_revival(small.store, small.order(WHO), programme=SK, partner=LIEPAJA)
    assert [(one.claim, one.cents) for one in seen] == [(first, 660), (second, 340)]
    with pytest.raises(SkolaError, match="WFL-563"):
        revive(small, expected_cents=999)
    third = small.recommended(WHO, hours(1))
    done = revive(small, expected_cents=1000)
    assert [(one["claim"], one["revived_cents"]) for one in done["claims"]] == [
        (first, 660),
        (second, 340),
    ]
    numbers = [one["approval_no"] for one in done["claims"]]
    assert numbers == [3, 4]
    with pytest.raises(SkolaError, match="WFL-562"):
        revive(small)
    with pytest.raises(SkolaError, match="WFL-540"):
        small.do(
            "approver",
            approve_claim_payment,
            claim=third["claim"],
            row_version=third["row_version"],
        )
    assert_sums_hold(small)


def test_nothing_is_revived_while_its_payment_is_with_the_bank(small: World) -> None:
    """Nor by somebody who reviewed the claim."""
    key = small.approved(WHO, hours(3))["claim"]
    ordered = small.do("treasurer", order_claim_payment, claim=key)
    small.allocate(LIEPAJA, 660)
    with pytest.raises(SkolaError, match="WFL-501"):
        revive(small)
    small.do("treasurer", mark_paid, order=ordered["order"], executed_on=date(2026, 1, 15))
    promoted = Order(Actor("reviewer", Role.AGENCY_APPROVER), "c-promoted", small.clock.now())
    with pytest.raises(SkolaError, match="WFL-502"):
        revive_unfunded(small.store, promoted, programme=SK, partner=LIEPAJA)
    with pytest.raises(SkolaError, match="AUT-603"):
        preview_revival(small.store, small.order("manager"), programme=SK, partner="99990100999")
    assert revive(small)["revived_cents"] == 660
    assert_sums_hold(small)


def test_a_line_that_was_corrected_since_is_not_revived(small: World) -> None:
    """Who was at fault claims it again."""
    key = small.approved(WHO, hours(3))["claim"]
    proposed = small.do(
        "manager", correct_lines, claim=key, lines={f"{key}-0003": 660}, reason="no session"
    )
    small.do("approver", confirm_correction, correction=proposed["correction"])
    small.allocate(LIEPAJA, 5000)
    with pytest.raises(SkolaError, match="WFL-562"):
        revive(small)
    assert standing_cents(small, key) == 2640
    assert_sums_hold(small)
