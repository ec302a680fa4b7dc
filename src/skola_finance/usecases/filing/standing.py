"""How a claim stands: the verdict kept of a filed version, or made anew of one in work."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from skola_finance.problems import Problem, Severity
from skola_finance.storage.chain import Chain, head_hash
from skola_finance.storage.frames import unpack
from skola_finance.usecases.assessing import Judged, judge
from skola_finance.usecases.filing.drafts import filed_version, no_line
from skola_finance.usecases.lately import Lately
from skola_finance.usecases.problem_records import problem_of_record
from skola_finance.usecases.work import CLAIM, sees
from skola_finance.workflow import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

LARGEST_KEPT = 20_000
"""Lines of the largest claim whose verdict is kept."""

_WEIGHT = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}


class Cents(NamedTuple):
    """Amounts of a line: claimed = eligible + ineligible + unfunded."""

    claimed: int
    eligible: int
    ineligible: int
    unfunded: int
    approved: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The lines of one version of a claim, and the verdict on them.

    Attributes:
        row: the claim.
        version: the version shown.
        frame: its lines, columns of `LINE_SCHEMA`.
        judged: the verdict of this moment, where the version is in work.
        cents: amounts by line number.
        found: problems by line number; of a filed version as they are kept.
        of_claim: problems of the claim as a whole.
        illustrative: whether an amount rests on a value that is only an example.
        on: the day of assessment; None where it was never judged.
    """

    row: ClaimRow
    version: ClaimVersionRow
    frame: pl.DataFrame
    judged: Judged | None
    cents: Mapping[int, Cents]
    found: Mapping[int, Sequence[Problem | Mapping[str, Any]]]
    of_claim: tuple[Problem, ...]
    illustrative: bool
    on: date | None
    # Worked out once, and carried along to the same lines under another row.
    _weights: dict[int, int] = field(default_factory=dict, compare=False, repr=False)
    _total: list[Cents] = field(default_factory=list, compare=False, repr=False)

    @property
    def is_preview(self) -> bool:
        """Whether the verdict is of this moment, and nothing was filed yet."""
        return self.judged is not None

    def problems(self, line_no: int) -> tuple[Problem, ...]:
        """Give what was found on a line."""
        return tuple(_problem(one) for one in self.found.get(line_no, ()))

    def weight(self, line_no: int) -> int:
        """Say how much a line's gravest problem weighs: 2 error, 1 warning, 0 nothing."""
        if line_no not in self._weights:
            found = (_WEIGHT[_severity(one)] for one in self.found.get(line_no, ()))
            self._weights[line_no] = max(found, default=0)
        return self._weights[line_no]

    def line(self, line_id: str) -> Mapping[str, Any]:
        """Give a line by its id, columns of `LINE_SCHEMA`.

        Raises: CommandRefused WFL-533 (no such line).
        """
        told = self.frame.filter(pl.col("line_id") == line_id)
        if told.is_empty():
            raise no_line(line_id)
        return told.row(0, named=True)

    @property
    def total(self) -> Cents:
        """What all lines come to."""
        if not self._total:
            self._total.append(sums_of(self.cents.values()))
        return self._total[0]


_NOTHING = Cents(0, 0, 0, 0)


def sums_of(lines: Iterable[Cents]) -> Cents:
    """Add up amounts of lines."""
    return Cents(*(sum(each) for each in zip(_NOTHING, *lines, strict=True)))


def claim_seen(repositories: Repositories, order: Order, key: str) -> ClaimRow:
    """Give a claim that a person sees.

    Raises: NotFound (AUT-603), also for a malformed key and for what belongs to others.
    """
    row = repositories.claims.by_key(key) if key.isprintable() else None
    if row is None or not order.actor.role.sees_money or not sees(repositories, order.actor, row):
        raise not_found(CLAIM)
    return row


def version_shown(repositories: Repositories, row: ClaimRow) -> ClaimVersionRow:
    """Give the version of a claim that is in work or was filed last.

    Raises: NotFound (AUT-603) where it is missing.
    """
    version = repositories.claims.version(row.id, row.version)
    if version is None:
        raise not_found(CLAIM)
    return version


def standing_of(repositories: Repositories, store: Store, order: Order, row: ClaimRow) -> Standing:
    """Say how a claim stands.

    Raises: NotFound (AUT-603); SkolaError STO-912.
    """
    head = head_hash(repositories.session, Chain.JOURNAL)
    kept = (store.database.name, head, row.key, row.row_version)
    known = _FILED.get(kept) if head else None
    if known is not None:
        return replace(known, row=row)
    version = version_shown(repositories, row)
    if version.filed_at is not None:
        found = _kept(repositories, row, version)
        if head and found.frame.height <= LARGEST_KEPT:
            _FILED.put(kept, found)
        return found
    return standing_judged(row, version, judged_now(repositories, store, order, row, version))


def standing_judged(row: ClaimRow, version: ClaimVersionRow, judged: Judged) -> Standing:
    """Give how a claim stands under a verdict of this moment."""
    lines = judged.assessment.lines
    on_lines = {id(problem) for line in lines for problem in line.problems}
    return Standing(
        row=row,
        version=version,
        frame=judged.frame,
        judged=judged,
        cents={
            one.line_no: Cents(
                one.claimed_cents, one.eligible_cents, one.ineligible_cents, one.unfunded_cents
            )
            for one in lines
        },
        found={one.line_no: one.problems for one in lines if one.problems},
        of_claim=tuple(p for p in judged.assessment.problems if id(p) not in on_lines),
        illustrative=judged.assessment.illustrative,
        on=judged.assessment.on,
    )


def _kept(repositories: Repositories, row: ClaimRow, version: ClaimVersionRow) -> Standing:
    verdict = repositories.claims.assessment(row.id, version.version)
    found: dict[int, list[Mapping[str, Any]]] = {}
    of_claim = []
    for record in verdict.problems if verdict is not None else ():
        if record["line_no"] is None:
            of_claim.append(problem_of_record(record))
        else:
            found.setdefault(record["line_no"], []).append(record)
    amounts = repositories.claims.line_cents(row.id, version.version)
    return Standing(
        row=row,
        version=version,
        frame=unpack(version.frame),
        judged=None,
        cents={line_no: Cents(*cents) for line_no, *cents in amounts},
        found=found,
        of_claim=tuple(of_claim),
        illustrative=verdict is not None and verdict.illustrative,
        on=verdict.assessed_on if verdict is not None else None,
    )


def judged_now(
    repositories: Repositories, store: Store, order: Order, row: ClaimRow, version: ClaimVersionRow
) -> Judged:
    """Judge a version in work as if it were filed today; kept until anything at all changes."""
    head = head_hash(repositories.session, Chain.JOURNAL)
    key = (store.database.name, head, row.key, row.row_version, order.on)
    known = _VERDICTS.get(key) if head else None
    if known is not None:
        return known
    filed = filed_version(repositories, row, version)
    judged = judge(store, repositories, row, filed, on=order.on)
    if head and judged.frame.height <= LARGEST_KEPT:
        _VERDICTS.put(key, judged)
    return judged


_VERDICTS: Lately[Judged] = Lately()
_FILED: Lately[Standing] = Lately()


def _problem(one: Problem | Mapping[str, Any]) -> Problem:
    return one if isinstance(one, Problem) else problem_of_record(one)


def _severity(one: Problem | Mapping[str, Any]) -> Severity:
    return one.severity if isinstance(one, Problem) else Severity(one["severity"])
