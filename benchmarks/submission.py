"""Filing a claim of 10 000 lines, 5 in 100 of them faulty, on one KIND of database."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.approvals import PARTNER, SCHOOL, SETTINGS, SIGNED_ON, line
from benchmarks.databases import new_store
from benchmarks.measure import peak_mib
from benchmarks.people import PROGRAMME, People, noon
from skola_finance.usecases.filing.drafts import create_claim, edit_lines
from skola_finance.usecases.filing.submission import submit_claim

LINES = 10_000
EVERY_FAULTY = 20


def run(kind: str, folder: Path) -> None:
    """Measure on one kind of database."""
    lines = [
        {**line(number), "other_funding": "none" if number % EVERY_FAULTY else "state"}
        for number in range(LINES)
    ]
    with new_store(kind, folder) as store:
        people = People(store, noon(2026, 1, 15))
        people.open(SETTINGS, envelope_cents=838_000_000)
        people.add_partner(PARTNER, [SCHOOL], signed_on=SIGNED_ON, cents=20_000_000)
        made = people.do(
            *(PARTNER, create_claim),
            programme=PROGRAMME,
            partner=PARTNER,
            claim_no="1",
            kind="interim",
            period_from=date(2025, 9, 1),
            period_to=date(2025, 12, 31),
        )
        key = made["claim"]
        begin = time.perf_counter()
        made = people.do(
            *(PARTNER, edit_lines), claim=key, row_version=made["row_version"], changed=lines
        )
        edited = time.perf_counter()
        filed = people.do(PARTNER, submit_claim, claim=key, row_version=made["row_version"])
        seconds = time.perf_counter() - edited
        if filed["errors"] < LINES // EVERY_FAULTY:
            raise AssertionError(filed)
    figures = {
        "lines": LINES,
        "edit_seconds": edited - begin,
        "submit_seconds": seconds,
        "errors": filed["errors"],
        "peak_mib": peak_mib(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        run(sys.argv[1], Path(name))
