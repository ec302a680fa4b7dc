"""What is kept in a database: approving, filing, and simulating over everything ever filed.

Each measurement has a process of its own; this module runs them and prints their tables.
"""

from __future__ import annotations

import tempfile
from typing import Any

from benchmarks.databases import KINDS, SQLITE
from benchmarks.measure import in_own_process
from benchmarks.stored_simulation import LINES

CLAIMS = 100
"""Claims brought to a recommendation before the first is approved; half a second each."""


def approvals() -> None:
    """Measure approvals on both databases, their rows in bare SQL, and entries beside others'."""
    found = {kind: in_own_process("approvals", kind, str(CLAIMS)) for kind in KINDS}
    ours = found[SQLITE]
    theirs = in_own_process("ledger_of_django", str(CLAIMS), str(ours["postings"]))
    entries = {kind: in_own_process("entries", kind, str(CLAIMS)) for kind in KINDS}
    print(f"\n{CLAIMS} approvals with posting and journal, durable, one after the other")
    print(f"  {'':<28}{'a second':>10}{'median ms':>12}{'95 % ms':>10}")
    for kind, one in found.items():
        _row(kind, one, "approval")
        _row(f"  its {one['rows']} rows in bare SQL", one, "bare")
        print(f"    an approval takes {one['ratio']:.1f} x its rows in bare SQL")
    _row(f"django-ledger, {ours['postings']} postings", theirs, "entry")
    ratio = theirs["entry_median_ms"] / ours["approval_median_ms"]
    print(f"    ours on {SQLITE} is {ratio:.1f} x as fast, the whole approval included")
    for kind, one in entries.items():
        _row(f"such an entry alone, {kind}", one, "entry")
    ratio = theirs["entry_median_ms"] / entries[SQLITE]["entry_median_ms"]
    print(f"    ours on {SQLITE} is {ratio:.1f} x as fast, entry against entry")


def _row(name: str, one: dict[str, Any], key: str) -> None:
    print(
        f"  {name:<28}{one[f'{key}_per_second']:>10,.0f}"
        f"{one[f'{key}_median_ms']:>12.1f}{one[f'{key}_p95_ms']:>10.1f}"
    )


def submissions() -> None:
    """Measure filing a claim of 10 000 lines on both databases."""
    print("\nfiling a claim of 10 000 lines")
    for kind in KINDS:
        one = in_own_process("submission", kind)
        print(f"  {kind:<17}{one['submit_seconds']:.2f} s  ({one['errors']:,} errors found)")


def simulation() -> None:
    """Measure `simulate` over a stored programme, on the embedded database."""
    with tempfile.TemporaryDirectory() as name:
        made = in_own_process("stored_simulation", "make", str(LINES), name)
        one = in_own_process("stored_simulation", "judge", name)
    print(f"\nsimulate over {one['lines']:,} stored lines in {made['claims']} claims, twice judged")
    print(f"  wall time        {one['seconds']:.1f} s")
    print(f"  processor time   {one['processor_seconds']:.1f} s")
    print(f"  first progress   {one['first_progress_seconds']:.2f} s")
    print(f"  first figures    {one['first_figures_seconds']:.1f} s, after the line stage")
    print(f"  peak memory      {one['peak_mib']:,.0f} MiB ({one['begun_mib']:,.0f} at the start)")
    print(f"  lines changed    {one['changed']:,}")


def stored() -> None:
    """Measure everything that needs a database."""
    approvals()
    submissions()
    simulation()


if __name__ == "__main__":
    stored()
