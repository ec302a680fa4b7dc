"""Workbooks for the tests of this folder, built cell by cell or part by part."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import polars as pl

from skola_finance.claims.assessment import Assessment, LineVerdict, RuleUse, Totals
from skola_finance.claims.claim import LINE_SCHEMA, PLAN_SCHEMA, Claim, ClaimHeader
from skola_finance.problems import Citation, CitationStatus, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from skola_finance.problems import Problem

CLAIM_ROWS: tuple[tuple[Any, ...], ...] = (
    ("key", "value"),
    ("", ""),
    ("programme", "skola-kopiena"),
    ("claim_kind", "interim"),
    ("period_from", date(2025, 9, 1)),
    ("period_to", date(2025, 12, 31)),
)
GOOD_LINE: Mapping[str, Any] = {
    "activity": "venue",
    "cost_form": "actual",
    "activity_on": date(2025, 11, 20),
    "amount": 180.0,
}
CITATION = Citation(
    act="MK 483",
    locator="27",
    uri="https://likumi.lv/ta/id/353645",
    status=CitationStatus.SOURCED,
)


def write_rows(
    path: Path,
    lines: Sequence[Mapping[str, Any]],
    *,
    keys: Sequence[str] | None = None,
    sheet: str = "Lines",
    claim: Sequence[Sequence[Any]] | None = CLAIM_ROWS,
    plans: Sequence[Mapping[str, Any]] = (),
) -> Path:
    """Write a plain workbook: keys in row 1, headings in row 2, the lines from row 3."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    if claim is not None:
        worksheet = workbook.create_sheet("Claim")
        for row in claim:
            worksheet.append(list(row))
    tables: list[tuple[str, Sequence[Mapping[str, Any]]]] = [(sheet, lines)]
    if plans:
        tables.append(("Plans", plans))
    for name, rows in tables:
        found = list(dict.fromkeys(key for cells in rows for key in cells))
        columns = list(keys) if keys is not None and name == sheet else found
        worksheet = workbook.create_sheet(name)
        worksheet.append(columns)
        worksheet.append([key.upper() for key in columns])
        for cells in rows:
            worksheet.append([cells.get(key) for key in columns])
    workbook.save(path)
    return path


def write_line(path: Path, **cells: Any) -> Path:  # noqa: ANN401 - any cell a person may type
    """Write a workbook of two lines, the first with these cells, the second a good one."""
    return write_rows(path, [{**GOOD_LINE, **cells}, GOOD_LINE])


def change_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change the XML of one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def add_cell(path: Path, xml: str, *, sheet: int = 2) -> Path:
    """Add rows of XML to the end of a sheet; the second sheet is that of the lines."""
    return change_part(
        path,
        f"xl/worksheets/sheet{sheet}.xml",
        lambda old: old.replace(b"</sheetData>", xml.encode() + b"</sheetData>"),
    )


def claim_of(lines: Sequence[Mapping[str, Any]], **header: Any) -> Claim:  # noqa: ANN401 - as above
    """Make a claim from lines given by the names of the frame."""
    frame = pl.DataFrame(
        [{**dict.fromkeys(LINE_SCHEMA), "sheet": "Lines", **line} for line in lines],
        schema=LINE_SCHEMA,
    ).with_columns(
        line_no=pl.int_range(pl.len(), dtype=pl.Int64),
        row=pl.int_range(3, pl.len() + 3, dtype=pl.Int64),
    )
    return Claim(header=ClaimHeader(**{"programme": "skola-kopiena", **header}), lines=frame)


def plans_of(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Make individual plans from rows given by the names of the frame."""
    return pl.DataFrame(
        [{**dict.fromkeys(PLAN_SCHEMA), "sheet": "Plans", **row} for row in rows],
        schema=PLAN_SCHEMA,
    ).with_columns(row=pl.int_range(3, pl.len() + 3, dtype=pl.Int64))


def assess_by_hand(
    claim: Claim, problems: Sequence[Problem] = (), *, illustrative: bool = False
) -> Assessment:
    """Make the verdict on a claim: a line with an error has 0 eligible, any other all."""
    verdicts = []
    for line in claim.lines.iter_rows(named=True):
        own = tuple(
            problem
            for problem in problems
            if (problem.where.sheet, problem.where.row) == (line["sheet"], line["row"])
        )
        claimed = line["amount_cents"] or 0
        eligible = 0 if any(problem.severity == "error" for problem in own) else claimed
        verdicts.append(
            LineVerdict(
                line_no=line["line_no"],
                sheet=line["sheet"],
                row=line["row"],
                line_id=line["line_id"],
                problems=own,
                claimed_cents=claimed,
                eligible_cents=eligible,
                ineligible_cents=claimed - eligible,
                unfunded_cents=0,
            )
        )
    eligible = sum(verdict.eligible_cents for verdict in verdicts)
    claimed = sum(verdict.claimed_cents for verdict in verdicts)
    state = eligible - eligible * 85 // 100
    return Assessment(
        programme=claim.header.programme,
        on=date(2026, 1, 15),
        rulebook_digest="ab" * 32,
        settings_digest="cd" * 32,
        illustrative=illustrative,
        totals=Totals(
            claimed_cents=claimed,
            eligible_cents=eligible,
            ineligible_cents=claimed - eligible,
            unfunded_cents=0,
            esf_plus_cents=eligible - state,
            state_cents=state,
        ),
        lines=tuple(verdicts),
        problems=tuple(problems),
        rules=(
            RuleUse(
                code="ELG-120",
                title=Text(lv="Mentora atbalsts no 13 gadu vecuma", en="Mentor support from 13"),
                citation=CITATION,
                lines=2,
                cut_cents=3960,
            ),
        ),
    )


def said(problems: Sequence[Problem]) -> str:
    """Give every word of some problems, in both languages, with places."""
    return "\n".join(
        " ".join(
            (p.code, *(t for text in (p.message, p.hint) for t in (text.lv, text.en)), str(p.where))
        )
        for p in problems
    )
