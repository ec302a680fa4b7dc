"""What reviewers decided about lines, as the columns that the assessment knows."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skola_finance.storage.tables import LineDecisionRow


class DecisionKind(StrEnum):
    """What can be decided about a line."""

    CUT = "cut"
    """At most so many cents are eligible."""
    PARK = "park"
    """Put off: it keeps its place and is not approved now."""
    KEEP = "keep"
    """A cut or a parking is undone."""
    LAW_APPLIES = "law_applies"
    """Of a line marked RUL-303: the stricter version holds, the line falls."""
    LAW_SPARES = "law_spares"
    """Of a line marked RUL-303: the version holds under which the line stands."""


LAW = frozenset({DecisionKind.LAW_APPLIES, DecisionKind.LAW_SPARES})


def last_of_lines(decisions: Iterable[LineDecisionRow]) -> dict[str, LineDecisionRow]:
    """Give the last decision on each line about its amount."""
    last: dict[str, LineDecisionRow] = {}
    for one in decisions:
        if DecisionKind(one.kind) in LAW:
            continue
        last[one.line_id] = one
    return {line: one for line, one in last.items() if one.kind != DecisionKind.KEEP}


def law_decisions(decisions: Iterable[LineDecisionRow]) -> dict[tuple[str, str], DecisionKind]:
    """Give, by line and rule, which version of the law a person says holds."""
    return {
        (one.line_id, one.rule_code): DecisionKind(one.kind)
        for one in decisions
        if DecisionKind(one.kind) in LAW
    }


def with_decisions(lines: pl.DataFrame, decisions: Iterable[LineDecisionRow]) -> pl.DataFrame:
    """Add `review_limit_cents` and `is_parked` to lines, where anything was decided."""
    decisions = list(decisions)
    if not decisions:
        return lines
    limits: dict[str, int] = {}
    parked: list[str] = []
    for line, one in last_of_lines(decisions).items():
        if one.kind == DecisionKind.PARK:
            parked.append(line)
        elif one.limit_cents is not None:
            limits[line] = one.limit_cents
    for (line, _), kind in law_decisions(decisions).items():
        if kind is DecisionKind.LAW_APPLIES:
            limits[line] = 0
    cut = pl.DataFrame(
        {"line_id": list(limits), "review_limit_cents": list(limits.values())},
        schema={"line_id": pl.String, "review_limit_cents": pl.Int64},
    )
    return lines.join(cut, on="line_id", how="left", maintain_order="left").with_columns(
        pl.col("line_id").is_in(parked).fill_null(value=False).alias("is_parked")
    )
