"""Parts of one document, over all claims and both programmes, within its total.

A line that was cut still uses up its part, in earlier claims too: only unfunded euros may be
claimed again. Where lines state different totals the smallest binds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.groups import DOCUMENT, GROUPS
from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to
from skola_finance.claims.pool import Walked, given, groups, positive, same_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.claims.facts import Facts
    from skola_finance.claims.pool import Frame, Row
    from skola_finance.rulebook import Rule, Version


def judge(rule: Rule, _version: Version, _facts: Facts) -> Judgement:
    """Ask for the document; a missing total is said, because nothing can be compared then."""
    applies = applies_to(rule.applies)
    no_total = nw.col("document_total_cents").is_null()
    return Judgement(
        applies=applies,
        flags=(Flag(applies & no_total, "missing_total", subject="document_total"),),
        needs=(Need("document_no", applies), Need("document_on", applies)),
    )


def suspects(rule: Rule, _version: Version, _facts: Facts, pool: Frame) -> Frame:
    """Find documents whose parts may exceed their total."""
    parts = pool.filter(applies_to(rule.applies) & given(DOCUMENT) & nw.col("stands"))
    sums = parts.group_by(DOCUMENT).agg(
        positive("uses_cents").sum().alias("claimed"),
        nw.col("document_total_cents").min().alias("total"),
    )
    return same_group(parts, sums.filter(nw.col("claimed") > nw.col("total")), DOCUMENT)


def walk(_rule: Rule, _version: Version, _facts: Facts, rows: Iterable[Row]) -> Iterator[Walked]:
    """Let the parts use up the document, approved ones first."""
    for group in groups(rows, *GROUPS[DOCUMENT]):
        totals = [row["document_total_cents"] for row in group]
        total = min((one for one in totals if one is not None), default=None)
        if total is None:  # the line that stated it was rejected by another rule
            continue
        used = 0
        seen: set[tuple[object, ...]] = set()
        for row in group:
            part = row["uses_cents"]
            likeness = (row["activity"], row["amount_cents"], row["activity_on"])
            room = max(0, total - used)
            if part > room and not row["is_history"]:
                yield Walked(
                    row["line_key"],
                    "repeated" if likeness in seen else "exceeded",
                    left_cents=min(row["left_cents"], room),
                    limit=total,
                    used=used,
                )
            used += min(part, room) if part > 0 else part
            seen.add(likeness)
