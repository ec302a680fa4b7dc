"""Approvals with posting and journal, durable, one after the other; and bare inserts of their rows.

`python -m benchmarks.approvals KIND CLAIMS` brings claims of one line to a recommendation, approves
each, then takes the rows that the approvals wrote out and puts them back with bare SQL.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.databases import new_store
from benchmarks.people import PROGRAMME, People, noon
from skola_finance.storage.tables import METADATA
from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.filing.drafts import create_claim, edit_lines
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.review.outcome import recommend_claim
from skola_finance.usecases.review.taking_up import start_review

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.storage.database import Database

PARTNER, SCHOOL = "99990100042", "99990200024"
SIGNED_ON = date(2025, 8, 1)
SETTINGS = {
    "unit_cost.reading_support": "13.20",
    "group_size.min": "2",
    "group_size.max": "6",
    "hours_cap.learner_semester": "60",
    "hours_per_day": "8",
    "project_agreement_on": "2025-05-08",
}
WRITTEN = {
    "command": "journal_no",
    "act": "journal_no",
    "journal_entry": "number",
    "ledger_entry": "journal_no",
    "posting": "entry_no",
    "balance": "document",
    "line_movement": "claim_id",
    "seal": "journal_no",
}
"""The tables that an approval adds rows to, and the column that says which rows are its own."""


def line(number: int) -> dict[str, Any]:
    """Make a sound line of a learner and a specialist of its own."""
    return {
        "activity": "reading_support",
        "cost_form": "unit_cost",
        "amount": "13.20",
        "activity_on": date(2025, 11, 3 + number % 20),
        "institution_reg_no": SCHOOL,
        "institution_founder": "municipal",
        "education_programme": "general",
        "study_form": "full_time",
        "learner_ref": f"I-{number:06}",
        "learner_grade": 2,
        "learner_age": 8,
        "risk_ground": "early_leaving",
        "plan_no": f"P-{number:06}",
        "specialist": "teacher",
        "specialist_ref": f"S-{number:06}",
        "group_size": 1,
        "quantity": "1",
        "other_funding": "none",
        "evidence": "journal.pdf; plan.pdf",
    }


def recommended(people: People, number: int) -> tuple[str, int]:
    """Bring a claim of one line to its recommendation; gives its key and version."""
    made = people.do(
        *(PARTNER, create_claim),
        programme=PROGRAMME,
        partner=PARTNER,
        claim_no=str(number),
        kind="interim",
        period_from=date(2025, 9, 1),
        period_to=date(2025, 12, 31),
    )
    key = made["claim"]
    version = made["row_version"]
    made = people.do(PARTNER, edit_lines, claim=key, row_version=version, changed=[line(number)])
    people.do(PARTNER, submit_claim, claim=key, row_version=made["row_version"])
    people.do("reviewer", start_review, claim=key)
    made = people.do("reviewer", recommend_claim, claim=key)
    return key, made["row_version"]


def run(kind: str, claims: int, folder: Path) -> None:
    """Measure on one kind of database."""
    with new_store(kind, folder) as store:
        people = People(store, noon(2026, 1, 15))
        people.open(SETTINGS, envelope_cents=838_000_000)
        people.add_partner(PARTNER, [SCHOOL], signed_on=SIGNED_ON, cents=10_000_000)
        ready = [recommended(people, number) for number in range(claims)]
        seconds = []
        first = _last_journal_no(store.database) + 1
        for key, row_version in ready:
            order = people.order("approver")
            begin = time.perf_counter()
            approved = approve_claim_payment(store, order, claim=key, row_version=row_version)
            seconds.append(time.perf_counter() - begin)
            if approved["payable_cents"] != 1320:
                raise AssertionError(approved)
        rows = written(store.database, first)
        bare = insert_again(store.database, rows)
    figures = {
        **told("approval", seconds),
        **told("bare", bare),
        "rows": sum(len(of_table) for of_table in rows[0].values()),
        "postings": len(rows[0]["posting"]),
        "ratio": statistics.median(seconds) / statistics.median(bare),
    }
    print(json.dumps(figures))


def told(name: str, seconds: Sequence[float]) -> dict[str, float]:
    """Give the median, the 95th hundredth, and how many fit into a second one after the other."""
    return {
        f"{name}_median_ms": statistics.median(seconds) * 1000,
        f"{name}_p95_ms": statistics.quantiles(seconds, n=20)[-1] * 1000,
        f"{name}_per_second": len(seconds) / sum(seconds),
    }


def _last_journal_no(database: Database) -> int:
    with database.engine.connect() as connection:
        found: int = connection.exec_driver_sql(
            "SELECT max(number) FROM journal_entry"
        ).scalar_one()
    return found


Rows = dict[str, list[tuple[Any, ...]]]


def written(database: Database, first: int) -> list[Rows]:
    """Give the rows that each command from a journal number on has added, as the driver does."""
    with database.engine.connect() as connection:
        found = []
        asked = f"SELECT number, subject FROM journal_entry WHERE number >= {first} ORDER BY number"
        for number, claim in connection.exec_driver_sql(asked).all():
            entry = f"(SELECT number FROM ledger_entry WHERE journal_no = {number})"
            own = {
                "journal_no": str(number),
                "number": str(number),
                "entry_no": entry,
                "document": f"'{claim}'",
                "claim_id": f"(SELECT id FROM claim WHERE key = '{claim}')",
            }
            found.append(
                {
                    table: [
                        tuple(row)
                        for row in connection.exec_driver_sql(
                            f"SELECT * FROM {table} WHERE {column} = {own[column]}"
                        )
                    ]
                    for table, column in WRITTEN.items()
                }
            )
    return found


def insert_again(database: Database, approvals: Sequence[Rows]) -> list[float]:
    """Take rows out and put them back: one `executemany` a table, one commit an approval."""
    mark = "?" if database.is_sqlite else "%s"
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    seconds = []
    inserts = {}
    for table in reversed(WRITTEN):
        columns = list(METADATA.tables[table].columns.keys())
        marks = ", ".join(mark for _ in columns)
        inserts[table] = f"INSERT INTO {table} VALUES ({marks})"
    cursor.execute("BEGIN")
    for approval in approvals:
        for table in reversed(WRITTEN):
            _take_out(cursor, table, approval[table], mark)
    cursor.execute("COMMIT")
    for approval in approvals:
        plain = {
            table: [tuple(_plain(cell) for cell in row) for row in approval[table]]
            for table in WRITTEN
        }
        begin = time.perf_counter()
        cursor.execute("BEGIN")
        for table, rows in plain.items():
            cursor.executemany(inserts[table], rows)
        cursor.execute("COMMIT")
        seconds.append(time.perf_counter() - begin)
    connection.close()
    return seconds


def _take_out(cursor: Any, table: str, rows: Sequence[tuple[Any, ...]], mark: str) -> None:
    names = list(METADATA.tables[table].columns.keys())
    keys = [column.name for column in METADATA.tables[table].primary_key.columns]
    where = " AND ".join(f'"{key}" = {mark}' for key in keys)
    places = [names.index(key) for key in keys]
    for row in rows:
        chosen = tuple(row[place] for place in places)
        cursor.execute(f"DELETE FROM {table} WHERE {where}", chosen)


def _plain(cell: Any) -> Any:
    """Give a cell as the driver takes it: what came back from JSON as JSON."""
    return json.dumps(cell) if isinstance(cell, dict | list) else cell


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        run(sys.argv[1], int(sys.argv[2]), Path(name))
