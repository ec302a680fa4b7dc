"""Bad input to stored claims: a problem with code and next action, nothing lost or half done."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.storage.frames import unpack
from skola_finance.storage.problems import StorageUnusable
from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.filing.drafts import create_claim, dry_run, edit_lines
from skola_finance.usecases.filing.importing import check_file_name
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.order import Order, UnusableOrder
from skola_finance.usecases.partners.bank_accounts import confirm_iban, propose_iban
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment, return_order
from skola_finance.usecases.programmes.allocations import (
    confirm_amendment,
    propose_allocation,
    propose_envelope,
)
from skola_finance.usecases.programmes.opening import close_programme
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.review.outcome import recommend_claim
from skola_finance.usecases.review.taking_up import start_review
from tests.databases import KINDS
from tests.usecases.prepared import prepared
from tests.usecases.test_life_machine import dump
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

    from skola_finance.usecases.use_case import UseCase

WHO = "liepaja.accountant"
TODAY = date(2026, 1, 15)


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with two partners, on each database."""
    with prepared(filled, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone."""
    with prepared(filled, tmp_path) as world:
        yield world


def filled(world: World) -> None:
    """Open the programme with two partners."""
    world.open()
    world.add_partner(LIEPAJA, SCHOOL, cents=10_000)
    world.add_partner(REZEKNE, OTHER_SCHOOL, cents=10_000, iban="LV17DEMO0000000000002")


def refused(world: World, who: str, case: UseCase[Any], **inputs: Any) -> str:  # noqa: ANN401 - any
    """Give the code of a refusal that left every row as it was and is not remembered."""
    before = dump(world)
    order = world.order(who)
    with pytest.raises(SkolaError) as error:
        case(world.store, order, **inputs)
    problem = error.value.problem
    assert problem.message.lv != problem.message.en
    assert problem.hint.lv != problem.hint.en
    assert dump(world) == before
    with world.store.reading() as repositories:
        assert repositories.records.command(order.command_id) is None
    return problem.code


def _period(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any
    return {
        "programme": SK,
        "partner": LIEPAJA,
        "claim_no": "1",
        "kind": "interim",
        "period_from": date(2025, 9, 1),
        "period_to": date(2025, 12, 31),
        **changes,
    }


def _allocation(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any
    return {
        "programme": SK,
        "partner": LIEPAJA,
        "quota": "individual_support",
        "change_cents": 1,
        "effective_on": TODAY,
        "source": "an amendment",
        **changes,
    }


def test_what_is_unknown_or_anothers_is_not_found(small: World) -> None:
    """AUT-603 in the same words, for partners and claims, in commands and in reading."""
    made = small.draft(WHO, [line()])
    for partner in ("99990100999", "", LIEPAJA):
        assert refused(small, "rezekne.accountant", create_claim, **_period(partner=partner)) == (
            "AUT-603"
        )
    for key in (made["claim"], "SK-99999", "", "'; --"):
        inputs = {"claim": key, "row_version": made["row_version"]}
        assert refused(small, "rezekne.accountant", submit_claim, **inputs) == "AUT-603"
        with pytest.raises(SkolaError, match="AUT-603"):
            dry_run(small.store, small.order("rezekne.accountant"), claim=key)
    assert refused(small, WHO, create_claim, **_period(programme="nowhere")) == "AUT-603"
    assert refused(small, "manager", propose_allocation, **_allocation(partner="x")) == "AUT-603"


def test_a_stale_version_number_is_named_and_nothing_is_lost(world: World) -> None:
    """WFL-517 for every command that depends on what somebody has read."""
    made = world.draft(WHO, [line()])
    old = made["row_version"] - 1
    for version in (old, 0, -1, made["row_version"] + 1):
        inputs = {"claim": made["claim"], "row_version": version}
        assert refused(world, WHO, edit_lines, **inputs, changed=[line()]) == "WFL-517"
        assert refused(world, WHO, submit_claim, **inputs) == "WFL-517"


def test_a_wrong_state_is_refused_with_what_is_possible(small: World) -> None:
    """WFL-501, and the hint names the commands that the state knows."""
    made = small.draft(WHO, [line()])
    for who, case, more in (
        ("reviewer", start_review, {}),
        ("reviewer", recommend_claim, {}),
        ("approver", approve_claim_payment, {"row_version": made["row_version"]}),
        ("treasurer", order_claim_payment, {}),
    ):
        assert refused(small, who, case, claim=made["claim"], **more) == "WFL-501"


def test_a_closed_programme_takes_nothing_more(small: World) -> None:
    """WFL-519 for claims, money and settings; and it closes only once nothing is open."""
    made = small.draft(WHO, [line()])
    assert refused(small, "manager", close_programme, programme=SK, source="the end") == "PAY-808"
    for partner in (LIEPAJA, REZEKNE):
        small.allocate(partner, -10_000)
    small.do("manager", close_programme, programme=SK, source="the end")
    inputs = {"claim": made["claim"], "row_version": made["row_version"]}
    assert refused(small, WHO, submit_claim, **inputs) == "WFL-519"
    assert refused(small, WHO, create_claim, **_period()) == "WFL-519"
    assert refused(small, "manager", propose_allocation, **_allocation()) == "WFL-519"
    assert verify(small.store, on=TODAY).is_clean


def test_the_last_day_for_claims_is_kept(small: World) -> None:
    """WFL-519 on the day after; on the day itself a claim is taken."""
    small.set("claims.last_day", "2026-01-16")
    first, second = small.draft(WHO, [line()]), small.draft(WHO, [line()])
    small.clock.go_to(2026, 1, 16)
    inputs = {"claim": first["claim"], "row_version": first["row_version"]}
    assert small.do(WHO, submit_claim, **inputs)["state"] == "submitted"
    small.clock.go_to(2026, 1, 17)
    inputs = {"claim": second["claim"], "row_version": second["row_version"]}
    assert refused(small, WHO, submit_claim, **inputs) == "WFL-519"


def test_a_period_that_ends_before_it_begins_is_refused(small: World) -> None:
    """WFL-518, as for a kind that nobody knows and an empty number."""
    assert refused(small, WHO, create_claim, **_period(period_to=date(2025, 8, 31))) == "WFL-518"
    assert refused(small, WHO, create_claim, **_period(kind="other")) == "WFL-518"
    assert refused(small, WHO, create_claim, **_period(claim_no=" ")) == "WFL-518"


def test_no_more_is_taken_of_an_allocation_than_is_free(world: World) -> None:
    """FUN-716 to the cent: what is approved stays, what is free may go."""
    world.approved(WHO, [line(), line()])
    free = 10_000 - 2 * 1320
    for cents, code in ((free + 1, "FUN-716"), (free, ""), (1, "FUN-716")):
        proposed = world.do("manager", propose_allocation, **_allocation(change_cents=-cents))
        inputs = {"amendment": proposed["amendment"]}
        if code:
            assert refused(world, "manager_2", confirm_amendment, **inputs) == code
        else:
            world.do("manager_2", confirm_amendment, **inputs)
    assert verify(world.store, on=TODAY).is_clean


def test_no_more_is_allocated_than_the_envelope_holds(small: World) -> None:
    """FUN-717 for a partner's allocation, and for lowering the envelope."""
    free = 838_000_000 - 20_000
    above = small.do("manager", propose_allocation, **_allocation(change_cents=free + 1))
    lower = {name: _allocation()[name] for name in ("programme", "effective_on", "source")}
    below = small.do("manager", propose_envelope, **lower, change_cents=-free - 1)
    for one in (above, below):
        code = refused(small, "manager_2", confirm_amendment, amendment=one["amendment"])
        assert code == "FUN-717"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("change_cents", 10**11),
        ("change_cents", -(10**11)),
        ("change_cents", 2**70),
        ("source", "a\x00b"),
        ("source", "\ud800"),
        ("quota", "nobody"),
        ("change_cents", 0),
        ("source", "  "),
    ],
)
def test_what_no_database_holds_is_refused_at_the_door(
    world: World, name: str, value: object
) -> None:
    """WFL-518 on both databases alike, never the driver's own words."""
    inputs = _allocation(**{name: value})
    assert refused(world, "manager", propose_allocation, **inputs) == "WFL-518"


@pytest.mark.parametrize(
    "cells",
    [
        {"amount": "abc"},
        {"amount": "0.001"},
        {"amount": 13.2},
        {"amount": "99999999999"},
        {"quantity": "1.2345"},
        {"quantity": "nan"},
        {"activity_on": "2025-11-05"},
        {"group_size": "two"},
        {"group_size": 2**70},
        {"starts_at": "25:61"},
        {"starts_at": 5},
        {"note": "a\x00b"},
        {"nobody_knows_this": 1},
    ],
)
def test_a_cell_that_cannot_be_read_is_refused(small: World, cells: dict[str, Any]) -> None:
    """Nothing of the whole command is kept, the sound line beside it included."""
    made = small.draft(WHO, [line()])
    code = refused(
        small,
        WHO,
        edit_lines,
        claim=made["claim"],
        row_version=made["row_version"],
        changed=[line(), {**line(), **cells}],
    )
    assert code in {"WFL-518", "FUN-702"}


def test_values_of_python_are_taken_as_they_are(small: World) -> None:
    """Decimals and times of day, as `ClaimLine` has them; asked again, it answers again."""
    made = small.draft(WHO, [line()])
    order = small.order(WHO)
    inputs = {
        "claim": made["claim"],
        "row_version": made["row_version"],
        "changed": [line(amount=Decimal("13.20"), quantity=Decimal("1.5"), starts_at=time(9, 30))],
    }
    answer = edit_lines(small.store, order, **inputs)
    assert edit_lines(small.store, order, **inputs).as_json() == answer.as_json()
    with small.store.reading() as repositories:
        row = repositories.claims.by_key(made["claim"])
        assert row is not None
        version = repositories.claims.version(row.id, 1)
        assert version is not None
        added = unpack(version.frame).row(1, named=True)
    assert (added["amount_cents"], added["quantity_milli"], added["starts_min"]) == (
        1320,
        1500,
        570,
    )


@pytest.mark.parametrize("command_id", ["", " ", "x" * 81, "a\nb", "a\x00b"])
def test_a_command_needs_an_id_that_can_be_remembered(small: World, command_id: str) -> None:
    """WFL-516, before anything is done."""
    at = small.clock.now()
    with pytest.raises(UnusableOrder, match="WFL-516"):
        Order(small.order(WHO).actor, command_id, at)
    with pytest.raises(UnusableOrder, match="WFL-516"):
        Order(small.order(WHO).actor, "fine", at.replace(tzinfo=None))


@pytest.mark.parametrize(
    "name", ["", "..", "a/b.xlsx", "..\\b.xlsx", "/etc/passwd", "a\nb.xlsx", "x" * 250 + ".xlsx"]
)
def test_a_file_name_is_a_name_alone(name: str) -> None:
    """CLM-224 for folders, unprintable signs and names that no disk takes."""
    with pytest.raises(SkolaError, match="CLM-224"):
        check_file_name(name)


def test_a_payment_has_a_day_on_which_it_can_have_happened(world: World) -> None:
    """WFL-518: not before it was ordered, back not before it went out, and neither to come."""
    approved = world.approved(WHO, [line()])
    world.clock.go_to(2026, 1, 20)
    order = world.do("treasurer", order_claim_payment, claim=approved["claim"])["order"]
    for day in (date(2026, 1, 19), date(1970, 1, 1), date(2026, 1, 21)):
        assert refused(world, "treasurer", mark_paid, order=order, executed_on=day) == "WFL-518"
    world.clock.go_to(2026, 1, 22)
    world.do("treasurer", mark_paid, order=order, executed_on=date(2026, 1, 21))
    inputs = {"order": order, "reason": "a closed account"}
    for day in (date(2026, 1, 20), date(2026, 1, 23)):
        assert refused(world, "treasurer", return_order, returned_on=day, **inputs) == "WFL-518"
    for number in range(15, 23):
        assert verify(world.store, on=date(2026, 1, number)).is_clean


def test_an_account_is_confirmed_for_a_programme_that_there_is(small: World) -> None:
    """AUT-603, and no advice to restore a backup."""
    inputs = {"partner": LIEPAJA, "iban": "LV44DEMO0000000000001", "source": "a letter"}
    proposed = small.do("treasurer", propose_iban, **inputs)
    inputs = {"bank_account": proposed["bank_account"], "programme": "nowhere"}
    assert refused(small, "approver", confirm_iban, **inputs) == "AUT-603"


def test_a_full_disk_leaves_nothing_half_done(small: World) -> None:
    """STO-904; with some space again, the same command under the same id goes through."""
    made = small.draft(WHO, [line()])
    before = dump(small)
    engine = small.store.database.engine
    _let_it_grow(engine, pages=0)
    lines = [line(note="x" * 2_000) for _ in range(200)]
    order = small.order(WHO)
    inputs = {"claim": made["claim"], "row_version": made["row_version"], "changed": lines}
    with pytest.raises(StorageUnusable, match="STO-904"):
        edit_lines(small.store, order, **inputs)
    assert dump(small) == before
    assert verify(small.store, on=TODAY).is_clean
    _let_it_grow(engine, pages=100_000)
    assert edit_lines(small.store, order, **inputs)["lines"] == 201
    assert verify(small.store, on=TODAY).is_clean


def _let_it_grow(engine: sa.Engine, *, pages: int) -> None:
    """Set how many pages more the file may have, on the one connection of the pool."""
    with engine.execution_options(skola_reads_only=True).connect() as connection:
        there = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {there + pages}")
