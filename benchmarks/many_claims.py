"""A store to click through: the demo, 100 000 claims more, and one claim of 2 000 lines.

`python -m benchmarks.many_claims FOLDER KIND` fills a database and prints where it is as JSON. The
claims are rows alone, made from those of the demo: lists and searches read nothing else.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from benchmarks.approvals import SCHOOL, line
from benchmarks.databases import SQLITE, new_store
from skola_finance.storage.tables import AgreementRow, ClaimRow, table_of
from skola_finance.usecases.demo.people import SK, SLUGS, person
from skola_finance.usecases.demo.programme import load_demo
from skola_finance.usecases.filing.drafts import create_claim, edit_lines
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.order import Order
from skola_finance.workflow import ClaimState

if TYPE_CHECKING:
    from skola_finance.usecases.store import Store

CLAIMS, LINES = 100_000, 2_000
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
ACCOUNTANT = "partner_accountant.liepaja"
STRIDE = 7_919
"""A prime: amounts and partners of neighbouring claims have nothing to do with each other."""
BATCH = 5_000


def fill(store: Store, *, more: int = CLAIMS) -> str:
    """Fill an empty store with the demo and more claims; gives the key of the long claim."""
    load_demo(store)
    key = _long_claim(store)
    with store.database.engine.begin() as connection:
        claims = table_of(ClaimRow)
        like = connection.execute(sa.select(claims).where(claims.c.key == key)).one()._mapping  # noqa: SLF001 - a row's own names
        partners = list(
            connection.scalars(
                sa.select(table_of(AgreementRow).c.partner_reg_no).where(
                    table_of(AgreementRow).c.programme == SK
                )
            )
        )
        for begin in range(0, more, BATCH):
            numbers = range(begin, min(begin + BATCH, more))
            rows = [_claim(dict(like), number, partners) for number in numbers]
            connection.execute(sa.insert(claims), rows)
    with store.database.engine.begin() as connection:
        connection.execute(sa.text("ANALYZE"))
    return key


def _long_claim(store: Store) -> str:
    def order(name: str) -> Order:
        return Order(person(ACCOUNTANT), f"bench-{name}", AT)

    made = create_claim(
        *(store, order("create")),
        programme=SK,
        partner=SLUGS["liepaja"],
        claim_no="2000",
        kind="interim",
        period_from=date(2025, 9, 1),
        period_to=date(2025, 12, 31),
    )
    lines = [{**line(number), "institution_reg_no": SCHOOL} for number in range(LINES)]
    key = str(made["claim"])
    made = edit_lines(
        *(store, order("edit")), claim=key, row_version=made["row_version"], changed=lines
    )
    submit_claim(store, order("file"), claim=key, row_version=made["row_version"])
    return key


def _claim(like: dict[str, Any], number: int, partners: list[str]) -> dict[str, Any]:
    states = list(ClaimState)
    cents = number * STRIDE % 10_000_000
    return {
        **{name: value for name, value in like.items() if name != "id"},
        "key": f"SK-{number + 1_000_000}",
        "partner_reg_no": partners[number * STRIDE % len(partners)],
        "claim_no": f"B{number}",
        "state": states[number % len(states)].value,
        "claimed_cents": cents,
        "eligible_cents": cents,
        "ineligible_cents": 0,
        "unfunded_cents": 0,
        "approval_no": None,
        "risk_score": number % 100,
    }


if __name__ == "__main__":
    folder, kind = Path(sys.argv[1]), sys.argv[2]
    with new_store(kind, folder) as made_store:
        long_claim = fill(made_store)
    where = str(folder / "measured.db") if kind == SQLITE else made_store.database.name
    print(json.dumps({"claim": long_claim, "database": where}))
