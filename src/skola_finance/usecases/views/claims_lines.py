"""The lines of a claim as a grid shows them: cells, amounts, what was found, and sums below."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.claims.columns import COLUMN, Type
from skola_finance.claims.shown import show_value
from skola_finance.money import format_amount
from skola_finance.problems import Severity
from skola_finance.usecases.filing.standing import Cents, claim_seen, standing_of, sums_of
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.views.claims_columns import (
    columns_of,
    needed_keys,
    single_form,
    typed_keys,
)
from skola_finance.usecases.views.claims_repeated import RepeatedFinding, key_of, repeated_in

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from skola_finance.claims.columns import Column
    from skola_finance.problems import Language, Problem, Text
    from skola_finance.usecases.filing.standing import Standing
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.claims_columns import LineColumn

PAGE = 200
_SEARCHED = (
    *("line_id", "learner_ref", "document_no", "session_ref", "plan_no", "specialist_ref"),
    *("supplier_reg_no", "institution_reg_no", "project_no", "evidence", "note"),
)
_GIVEN = frozenset({"activity", "cost_form"})
"""What a new line begins with."""
_MANY_WANTED = 3
"""A line that lacks fewer cells is nearly done, and told what is wrong with it like any other."""


class LineMark(StrEnum):
    """What has to be done about a line; of a decided claim, what became of it."""

    MEND = "mend"
    """It has an error."""
    CHECK = "check"
    """It has a warning, and no error."""
    FINE = "fine"
    """Nothing was found on it."""
    CUT = "cut"
    """It came out with less than was claimed."""
    FULL = "full"
    """All that was claimed on it is eligible."""


_MARKS = (LineMark.FINE, LineMark.CHECK, LineMark.MEND)


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the grid; amounts in cents, claimed = eligible + ineligible + unfunded.

    Attributes:
        line_no: its place in the claim, from 0.
        line_id: its stable id.
        sheet, row: where it stands in the workbook, if it came from one.
        mark: what has to be done about it.
        cells: by column key, as people write them in the language that was asked for.
        faulty: keys of the columns that a problem points at.
        problems: what was found on it, the gravest first.
        cents: its amounts.
        wanted: names of the columns that it still needs, where little was typed into it yet and
            nothing that is wrong; empty for any other line.
    """

    line_no: int
    line_id: str
    sheet: str | None
    row: int | None
    mark: LineMark
    cells: Mapping[str, str]
    faulty: frozenset[str]
    problems: tuple[Problem, ...]
    cents: Cents
    wanted: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class LineCounts:
    """How many lines of a claim there are, and of each mark."""

    all: int
    mend: int
    check: int
    fine: int
    cut: int
    full: int


@dataclass(frozen=True, slots=True)
class ClaimLinesView:
    """A page of lines.

    Attributes:
        columns: those that tell something in the lines of the page, or all of them.
        lines: the page.
        counts: of the whole claim.
        found: how many lines the filter leaves.
        totals: sums of the lines that the filter leaves.
        next_after: asks for the next page; None after the last.
        is_preview: whether the verdict is of this moment, and nothing was filed yet.
        illustrative: whether amounts rest on values that are only examples.
        cost_form: what every line has, as people call it; empty where they differ.
        repeated: what was found on many lines of a claim in work, the gravest first.
    """

    columns: tuple[LineColumn, ...]
    lines: tuple[LineView, ...]
    counts: LineCounts
    found: int
    totals: Cents
    next_after: int | None
    is_preview: bool
    illustrative: bool
    cost_form: str
    repeated: tuple[RepeatedFinding, ...]


@kept_for_a_while(16)
def claim_lines(
    store: Store,
    order: Order,
    *,
    claim: str,
    language: Language,
    mark: str = "",
    text: str = "",
    finding: str = "",
    after: int = -1,
    limit: int = PAGE,
    all_columns: bool = False,
    for_typing: bool = False,
    only: Collection[str] | None = None,
    also: Sequence[str] = (),
) -> ClaimLinesView:
    """Give a page of the lines of a claim: of its version in work, or the one filed last.

    Args:
        claim: its public key.
        language: of the cells.
        mark: one of `LineMark`; left out, lines of every mark.
        text: part of an id, pseudonym, number of a document, plan or project, or note.
        finding: `key` of a repeated finding, to see the lines that have it.
        after: `next_after` of the page before.
        limit: lines of a page.
        all_columns: whether columns are given that lead nobody to a line, too.
        for_typing: whether the columns that a new line needs are given, however empty.
        only: ids of the lines that are wanted, such as a sample; left out, all of them.
        also: keys of columns that are given however empty, before the amount.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        standing = standing_of(repositories, store, order, row)
    numbers = _numbers(standing, mark=mark, text=text, finding=finding, only=only)
    page = [n for n in numbers if n > after][: limit + 1]
    of_page = pl.col("line_no").is_in(page[:limit])
    columns = columns_of(
        standing.frame if for_typing else standing.frame.filter(of_page),
        row.programme,
        all_columns=all_columns,
        for_typing=for_typing,
        faulty=_faulty_columns(standing, page[:limit]),
        also=also,
    )
    keys = [one.key for one in columns]
    return ClaimLinesView(
        columns=columns,
        lines=lines_shown(standing, page[:limit], keys=keys, language=language),
        counts=counts_of(standing),
        found=len(numbers),
        totals=_totals(standing, numbers),
        next_after=page[limit - 1] if len(page) > limit else None,
        is_preview=standing.is_preview,
        illustrative=standing.illustrative,
        cost_form=cell_text(COLUMN["cost_form"], single_form(standing.frame), language),
        repeated=repeated_in(standing),
    )


_NOTHING = Cents(0, 0, 0, 0)


def lines_shown(
    standing: Standing, numbers: Sequence[int], *, keys: Sequence[str], language: Language
) -> tuple[LineView, ...]:
    """Give lines by their numbers, with the cells of some columns."""
    columns = [COLUMN[key] for key in keys]
    programme = standing.row.programme
    wanted = standing.frame.filter(pl.col("line_no").is_in(list(numbers)))
    shown = []
    for row in wanted.iter_rows(named=True):
        number = row["line_no"]
        problems = standing.problems(number)
        faulty = frozenset(p.where.column for p in problems if p.where.column)
        is_open = standing.is_preview and row["row"] is None
        wants = still_wanted(row, faulty, programme) if is_open else ()
        is_new = is_open and (is_blank(row, programme) or _is_begun(row, problems, wants))
        shown.append(
            LineView(
                line_no=number,
                line_id=row["line_id"] or "",
                sheet=row["sheet"],
                row=row["row"],
                mark=_mark(standing, number),
                cells={one.key: cell_text(one, row[one.frame], language) for one in columns},
                faulty=faulty,
                problems=tuple(sorted(problems, key=gravest_first)),
                cents=standing.cents.get(number, _NOTHING),
                wanted=wants if is_new else (),
            )
        )
    return tuple(shown)


def is_blank(line: Mapping[str, Any], programme: str) -> bool:
    """Say whether nothing was typed into a line yet but what it is of."""
    told = (line[COLUMN[key].frame] for key in typed_keys(programme) if key not in _GIVEN)
    return all(cell in (None, "") for cell in told)


def _is_begun(
    line: Mapping[str, Any], problems: Collection[Problem], wants: Collection[Text]
) -> bool:
    """Say whether somebody is filling a line in on the screen: all its faults are empty cells."""
    if len(wants) < _MANY_WANTED:
        return False
    columns = {one.where.column for one in problems if one.severity is Severity.ERROR}
    return all(key and line[COLUMN[key].frame] in (None, "") for key in columns)


def still_wanted(
    line: Mapping[str, Any], faulty: Collection[str], programme: str
) -> tuple[Text, ...]:
    """Name the empty columns that a usual line of its form of cost fills, or a problem points at.

    They come in the order of the workbook.
    """
    wanted = {*faulty, *needed_keys(line["cost_form"] or "", programme)}
    return tuple(
        COLUMN[key].label
        for key in typed_keys(programme)
        if key in wanted and line[COLUMN[key].frame] in (None, "")
    )


def cell_text(column: Column, value: Any, language: Language) -> str:  # noqa: ANN401 - a cell
    """Write a cell as it may be typed again: no unit, nothing for an empty one."""
    if value is None or value == "":
        return ""
    if column.type is Type.MONEY:
        return format_amount(value, language).strip("€\N{NO-BREAK SPACE} ").replace("€", "")
    return show_value(column, value, language)


def _faulty_columns(standing: Standing, numbers: Sequence[int]) -> frozenset[str]:
    found = (problem.where.column for number in numbers for problem in standing.problems(number))
    return frozenset(column for column in found if column)


def _numbers(
    standing: Standing, *, mark: str, text: str, finding: str, only: Collection[str] | None
) -> list[int]:
    """Give the numbers of the lines that a filter leaves; see `claim_lines`."""
    frame = _searched(standing.frame, text)
    if only is not None:
        frame = frame.filter(pl.col("line_id").is_in(list(only)))
    return [
        number
        for number in frame["line_no"].to_list()
        if (not mark or _is_marked(standing, number, mark))
        and (not finding or _has(standing, number, finding))
    ]


def _totals(standing: Standing, numbers: Sequence[int]) -> Cents:
    """Give the sums of some lines; those of all of them are known."""
    if len(numbers) == standing.frame.height:
        return standing.total
    return sums_of(standing.cents.get(n, _NOTHING) for n in numbers)


def _has(standing: Standing, line_no: int, finding: str) -> bool:
    return any(key_of(problem) == finding for problem in standing.problems(line_no))


def _searched(frame: pl.DataFrame, text: str) -> pl.DataFrame:
    wanted = text.strip().lower()
    if not wanted:
        return frame
    hits = [
        pl.col(name).str.to_lowercase().str.contains(wanted, literal=True).fill_null(value=False)
        for name in _SEARCHED
    ]
    if wanted.isdecimal():
        hits += [
            pl.col("row") == int(wanted[:18]),
            pl.col("line_no") == int(wanted[:18]) - 1,
        ]
    return frame.filter(pl.any_horizontal(*hits))


def _mark(standing: Standing, line_no: int) -> LineMark:
    return _MARKS[standing.weight(line_no)]


def _is_marked(standing: Standing, line_no: int, mark: str) -> bool:
    if mark in {LineMark.CUT, LineMark.FULL}:
        return _is_cut(standing.cents.get(line_no, _NOTHING)) == (mark == LineMark.CUT)
    return _mark(standing, line_no) == mark


def _is_cut(cents: Cents) -> bool:
    return cents.eligible != cents.claimed


def counts_of(standing: Standing) -> LineCounts:
    """Count the lines of a claim by what has to be done about them, and what became of them."""
    weights = [standing.weight(number) for number in standing.found]
    mend, check = weights.count(2), weights.count(1)
    total = standing.frame.height
    cut = sum(_is_cut(cents) for cents in standing.cents.values())
    return LineCounts(
        all=total, mend=mend, check=check, fine=total - mend - check, cut=cut, full=total - cut
    )


def gravest_first(problem: Problem) -> tuple[int, int, str]:
    """Order problems: errors, then warnings, then what is only said; of each what takes most."""
    weight = ("error", "warning", "info").index(problem.severity.value)
    return (weight, -problem.cut_cents, problem.code)
