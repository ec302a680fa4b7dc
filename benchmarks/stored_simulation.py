"""`simulate` over a stored programme: about 250 claims of 10 000 lines, each judged twice.

`python -m benchmarks.stored_simulation make LINES FOLDER` fills an embedded database; `… judge
FOLDER` simulates a lower unit cost over it, and prints seconds and peak memory as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.databases import KEY, SQLITE, new_store
from benchmarks.measure import peak_mib
from benchmarks.people import PROGRAMME, People, noon
from benchmarks.programme import AGREEMENT, make_programme, settings_of_programme
from skola_finance.claims.claim import LINE_SCHEMA, ClaimHeader
from skola_finance.claims.vectors import settings_of
from skola_finance.rulebook import load_rulebook
from skola_finance.storage.database import open_database
from skola_finance.storage.frames import pack
from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
from skola_finance.usecases.assessing import header_record
from skola_finance.usecases.order import Order
from skola_finance.usecases.proof.simulation import simulate_stored
from skola_finance.usecases.store import Store
from skola_finance.workflow import Actor, ClaimState, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES, CLAIM_LINES = 2_500_000, 10_000
ROOM_CENTS_PER_LINE = 14
"""Each partner's allocation for every line of the programme: a little less than is claimed."""
AT = noon(2029, 12, 1)
CHANGED = {"unit_cost.reading_support": "12.00"}
OF_REGISTERS = ("allocation.", "envelope")


def make(lines: int, folder: Path) -> None:
    """Fill a database: registers through the use cases, claims straight into their tables."""
    programme = make_programme(lines)
    with new_store(SQLITE, folder) as store:
        _register(store, programme)
        with store.writing() as unit:
            for number, frame in enumerate(_claims(programme), start=1):
                claim, version = _rows(number, frame)
                unit.add(claim)
                version.claim_id = claim.id
                unit.add(version)
    print(json.dumps({"claims": number, "mib": (folder / "measured.db").stat().st_size / 2**20}))


def _register(store: Store, programme: pl.DataFrame) -> None:
    places = programme.select("partner_reg_no", "institution_reg_no").unique(maintain_order=True)
    schools = places.group_by("partner_reg_no", maintain_order=True).agg("institution_reg_no")
    people = People(store, noon(2024, 9, 2))
    room = programme.height * ROOM_CENTS_PER_LINE
    settings = settings_of_programme().items()
    people.open(
        {key: value for key, value in settings if not key.startswith(OF_REGISTERS)},
        envelope_cents=room * schools.height,
    )
    for partner, of_partner in schools.iter_rows():
        people.add_partner(partner, of_partner, signed_on=AGREEMENT, cents=room)


def _claims(programme: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for of_partner in programme.partition_by("partner_reg_no", maintain_order=True):
        yield from of_partner.iter_slices(CLAIM_LINES)


def _rows(number: int, frame: pl.DataFrame) -> tuple[ClaimRow, ClaimVersionRow]:
    first = frame.row(0, named=True)
    claim = ClaimRow(
        key=f"SK-{number:05}",
        programme=PROGRAMME,
        partner_reg_no=first["partner_reg_no"],
        claim_no=str(number),
        kind="interim",
        period_from=first["period_from"],
        period_to=first["period_to"],
        state=ClaimState.SUBMITTED.value,
        created_at=AT,
        filed_at=AT,
        lines=frame.height,
        claimed_cents=int(frame["amount_cents"].sum()),
    )
    header = ClaimHeader(
        programme=PROGRAMME,
        partner_reg_no=claim.partner_reg_no,
        partner_kind=first["partner_kind"],
        agreement_on=first["agreement_on"],
        period_from=claim.period_from,
        period_to=claim.period_to,
        claim_no=claim.claim_no,
        claim_kind=claim.kind,
    )
    missing = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in LINE_SCHEMA.items()
        if name not in frame.columns
    ]
    lines = frame.with_columns(*missing, pl.int_range(pl.len(), dtype=pl.Int64).alias("line_no"))
    version = ClaimVersionRow(
        claim_id=0,
        version=1,
        header=header_record(header),
        frame=pack(lines.select(*LINE_SCHEMA)),
        reading=[],
        filed_at=AT,
        filed_by="accountant",
    )
    return claim, version


def judge(folder: Path) -> None:
    """Simulate over the database that `make` left."""
    store = Store(open_database(f"sqlite:///{folder / 'measured.db'}"), KEY)
    book = load_rulebook(PROGRAMME)
    loaded = peak_mib()
    told: list[tuple[str, float]] = []
    begin, processor = time.perf_counter(), time.process_time()

    def progress(step: str, done: int | None) -> None:
        name = f"{step} figures" if step != "read" and done is not None else step
        told.append((name, time.perf_counter() - begin))

    found = simulate_stored(
        store,
        Order(Actor("auditor", Role.AUDITOR), "b-1", AT),
        programme=PROGRAMME,
        settings=settings_of(CHANGED, book),
        progress=progress,
    )
    figures = {
        "lines": found.lines,
        "changed": found.changed,
        "difference_cents": found.after_cents - found.before_cents,
        "seconds": time.perf_counter() - begin,
        "processor_seconds": time.process_time() - processor,
        "first_progress_seconds": told[0][1],
        "first_figures_seconds": next(at for name, at in told if name.endswith("figures")),
        "begun_mib": loaded,
        "peak_mib": peak_mib(),
        "steps": {name: round(at, 2) for name, at in told},
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        judge(Path(sys.argv[2]))
