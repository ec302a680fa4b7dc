"""A database proves itself, and names the entry that somebody changed by hand."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from skola_finance.storage.tables import METADATA
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.review.deciding_lines import cut_line
from skola_finance.usecases.review.taking_up import start_review
from tests.databases import KINDS
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, SCHOOL, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ON = date(2026, 12, 31)


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with a paid claim, and one in review with a line cut."""
    with prepared(filled, tmp_path, request.param) as world:
        world.clock.go_to(2026, 1, 20)
        yield world


def filled(world: World) -> None:
    """Pay a claim, and cut a line of another one."""
    world.open().add_partner(LIEPAJA, SCHOOL)
    approved = world.approved("liepaja.accountant", [line(), line(amount="14.00")])
    ordered = world.do("treasurer", order_claim_payment, claim=approved["claim"])
    world.clock.go_to(2026, 1, 20)
    world.do("treasurer", mark_paid, order=ordered["order"], executed_on=date(2026, 1, 20))
    filed = world.filed("liepaja.accountant", [line(), line()])
    world.do("reviewer", start_review, claim=filed["claim"])
    world.do(
        "reviewer",
        cut_line,
        claim=filed["claim"],
        line_id=f"{filed['claim']}-0001",
        limit_cents=1000,
        reason="half an hour was cancelled",
        rule_code="ELG-140",
    )


def test_a_sound_database_is_clean(world: World) -> None:
    """Everything that commands wrote holds, and everything was looked at."""
    found = verify(world.store, on=ON, only_first=False)
    assert found.problems == ()
    assert found.counts["verdicts"] == 4
    assert found.counts["entries"] == 5
    assert found.counts["journal"] > 20


def _amounts() -> list[tuple[str, str]]:
    """Give every column of every table that holds an amount in cents."""
    return [
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.name.endswith("cents")
    ]


def test_every_amount_changed_by_hand_is_noticed_and_named(world: World) -> None:
    """One cent more in any amount column of any table that has rows: `verify` names it."""
    tried = 0
    for table_name, column_name in _amounts():
        table = METADATA.tables[table_name]
        column = table.columns[column_name]
        key = list(table.primary_key.columns)
        with world.store.database.engine.connect() as connection:
            row = connection.execute(
                sa.select(*key, column).where(column.is_not(None)).order_by(*key).limit(1)
            ).first()
        if row is None:
            continue
        tried += 1
        same = sa.and_(*(column_ == value for column_, value in zip(key, row, strict=False)))
        _set(world, table.update().where(same).values({column_name: row[-1] + 1}))
        found = verify(world.store, on=ON)
        assert not found.is_clean, f"{table_name}.{column_name}"
        assert found.problems[0].subject, f"{table_name}.{column_name}"
        _set(world, table.update().where(same).values({column_name: row[-1]}))
    assert verify(world.store, on=ON).is_clean
    assert tried == 25


@pytest.mark.parametrize(("name", "column"), [("rulebook", "texts"), ("settings_set", "records")])
def test_rules_changed_by_hand_are_named_by_a_store_that_has_read_them(
    world: World, name: str, column: str
) -> None:
    """One character of one rulebook or set of settings: `verify` gives the digest it is not."""
    assert verify(world.store, on=ON).is_clean
    table = METADATA.tables[name]
    with world.store.database.engine.connect() as connection:
        rows = connection.execute(sa.select(table.c.digest, table.c[column])).all()
    assert rows
    for digest, kept in rows:
        same = table.update().where(table.c.digest == digest)
        _set(world, same.values({column: _with_one_digit_changed(kept)}))
        found = verify(world.store, on=ON, only_first=False)
        assert [one.subject for one in found.problems if one.code == "STO-928"] == [digest]
        _set(world, same.values({column: kept}))
    assert verify(world.store, on=ON).is_clean


def _with_one_digit_changed(kept: Any) -> Any:  # noqa: ANN401 - any JSON
    """Give the same JSON with the year of the last day that it names changed."""
    text = json.dumps(kept, ensure_ascii=False)
    *_, day = re.finditer(r"20[23]\d(?=-\d\d-\d\d)", text)
    return json.loads(f"{text[: day.start()]}{int(day[0]) - 1}{text[day.end() :]}")


def _set(world: World, statement: sa.Update) -> None:
    with world.store.database.engine.begin() as connection:
        connection.execute(statement)
