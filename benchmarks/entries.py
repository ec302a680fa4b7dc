"""Entries of the ledger alone, durable, one after the other: what django-ledger's are set beside.

`python -m benchmarks.entries KIND ENTRIES` posts what an approval of one line posts, eight postings
over balances that it reads and moves, with its journal entry and its seals, but without a claim.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.approvals import PARTNER, SCHOOL, SETTINGS, SIGNED_ON, told
from benchmarks.databases import new_store
from benchmarks.people import PROGRAMME, People, noon
from skola_finance.ledger import CostPart, Quota
from skola_finance.ledger.events import Approval, approve_claim
from skola_finance.problems import Text
from skola_finance.usecases.deciding.approval import running_periods
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import UseCase
from skola_finance.workflow import Role

if TYPE_CHECKING:
    from skola_finance.usecases.work import Work

CENTS = 1320
POSTINGS = 8


def _post(work: Work, *, document: str, period: str) -> Answer:
    """Post one approved part of a claim that is not there."""
    programme = work.programme(PROGRAMME, lock=True)
    number = work.next_approval_no(programme)
    parts = (CostPart(Quota.INDIVIDUAL_SUPPORT, "2025-autumn", period, CENTS),)
    free = work.open_balances(PROGRAMME, PARTNER).free(programme=PROGRAMME, partner=PARTNER)
    periods = running_periods(work, PROGRAMME, parts)
    approval = Approval(PARTNER, document, number, parts, free, periods)
    entry = approve_claim(work.occasion(PROGRAMME, document), approval)
    work.post(entry)
    work.count("approved", CENTS)
    return Answer(document, {"approval_no": number, "postings": len(entry.postings)})


# Not in the table of use cases: nobody may do this.
POST = UseCase("post", Text(lv="Iegrāmatot", en="Post"), frozenset({Role.AGENCY_APPROVER}), _post)


def run(kind: str, entries: int, folder: Path) -> None:
    """Measure on one kind of database."""
    with new_store(kind, folder) as store:
        people = People(store, noon(2026, 1, 15))
        people.open(SETTINGS, envelope_cents=838_000_000)
        people.add_partner(PARTNER, [SCHOOL], signed_on=SIGNED_ON, cents=10_000_000)
        with store.reading() as repositories:
            period = repositories.programmes.rate_periods(PROGRAMME)[0].key
        seconds = []
        for number in range(entries + 1):
            order = people.order("approver")
            begin = time.perf_counter()
            posted = POST(store, order, document=f"B-{number}", period=period)
            seconds.append(time.perf_counter() - begin)
            if posted["postings"] != POSTINGS:
                raise AssertionError(posted)
    print(json.dumps({**told("entry", seconds[1:]), "postings": POSTINGS}))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        run(sys.argv[1], int(sys.argv[2]), Path(name))
