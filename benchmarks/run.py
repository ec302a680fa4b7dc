"""All measurements in one run, printed as tables: what `make bench` calls.

Quote ratios and medians, not single times: machines differ and are seldom quiet.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.bulk import ON, rulebook
from benchmarks.measure import in_own_process
from benchmarks.openfisca_rules import through_openfisca, with_openfisca
from benchmarks.programme import make_programme
from benchmarks.stored import stored
from benchmarks.ten_rules import (
    Measured,
    rows_of,
    with_python,
    with_rule_engine,
    with_skola,
    with_zen,
)
from benchmarks.workbooks import measure
from skola_finance import Language, eur, split_allocation
from skola_finance.claims.prepare import prepare
from skola_finance.money import format_amount

MILLION = 1_000_000
SAMPLE = {"python": 200_000, "rule-engine": 20_000, "zen": 20_000, "openfisca": 200_000}
LOST = 13_559_106.50


def bulk(folder: Path) -> None:
    """Measure one million lines through the whole rulebook."""
    file = folder / "lines.parquet"
    made = in_own_process("bulk", "make", str(MILLION), str(file))
    judged = in_own_process("bulk", "judge", str(file))
    print(f"\n{MILLION:,} lines through {judged['rules']} rules of skola-kopiena, from memory")
    print(f"  median           {judged['seconds']:.2f} s  (fastest {judged['fastest']:.2f} s)")
    print(f"  lines a second   {judged['lines_per_second']:,.0f}")
    print(f"  findings         {judged['findings']:,}, taken out as one frame")
    print(f"  peak memory      {judged['peak_mib']:,.0f} MiB ({judged['loaded_mib']:,.0f} loaded)")
    print(f"  preparing once   {made['prepare_seconds']:.2f} s")


def engines() -> None:
    """Measure the same ten rules in five engines."""
    lines = make_programme(MILLION)
    book = rulebook()
    ours = with_skola(prepare(lines, rulebook=book), book, on=ON)
    rows = rows_of(lines.head(SAMPLE["python"]))
    others = [
        with_python(rows),
        with_openfisca(rows[: SAMPLE["openfisca"]]),
        with_zen(rows[: SAMPLE["zen"]]),
        with_rule_engine(rows[: SAMPLE["rule-engine"]]),
    ]
    print("\nthe same ten rules on the same lines")
    print(f"  {'engine':<24}{'lines':>10}{'lines/s':>14}{'ours is':>10}{'lines off by a cent':>21}")
    for one in (ours, *others):
        ratio = ours.lines_per_second / one.lines_per_second
        wrong = _wrong(one, ours)
        print(
            f"  {one.engine:<24}{one.lines:>10,}{one.lines_per_second:>14,.0f}"
            f"{ratio:>9,.1f}x{wrong:>21,}"
        )
    print(
        f"  one amount through OpenFisca: {LOST:,.2f} comes out as {through_openfisca(LOST):,.2f}"
    )
    split = split_allocation(eur("15951890.00"))
    print(f"  ours, of 15 951 890.00: ESF+ {format_amount(split.esf_plus_cents, Language.EN)}")


def _wrong(one: Measured, ours: Measured) -> int:
    pairs = zip(one.eligible_cents, ours.eligible_cents[: one.lines], strict=True)
    return sum(theirs != mine for theirs, mine in pairs)


def workbooks(folder: Path) -> None:
    """Measure a workbook of 10 000 lines."""
    seconds = measure(folder)
    print("\na workbook of 10 000 lines")
    print(f"  reading          {seconds['read_seconds']:.2f} s")
    print(f"  openpyxl         {seconds['openpyxl_seconds']:.2f} s ({seconds['ratio']:.1f} x ours)")
    print(f"  check, process   {seconds['check_seconds']:.2f} s")


def main() -> None:
    """Measure everything."""
    with tempfile.TemporaryDirectory() as name:
        bulk(Path(name))
        workbooks(Path(name))
    stored()
    engines()


if __name__ == "__main__":
    main()
