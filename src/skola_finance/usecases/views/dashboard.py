"""The dashboard of a programme: what was allocated, asked for, approved and paid, and how fast."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.calendar import Calendar, semester_number
from skola_finance.funding import AgreementStatus
from skola_finance.problems import Text
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.ageing import ageing_of_claims
from skola_finance.usecases.reports.lines_behind import title_of
from skola_finance.usecases.reports.obligations import missing_settings
from skola_finance.usecases.reports.programme_status import programme_status
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.views.pace import PacePoint, Window, pace_of
from skola_finance.workflow import ClaimState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.ageing import Ageing
    from skola_finance.usecases.reports.obligations import MissingSetting
    from skola_finance.usecases.reports.programme_status import ProgrammeStatus, StatusRow
    from skola_finance.usecases.reports.scope import Scope
    from skola_finance.usecases.store import Store

_JUDGED = tuple(
    state for state in ClaimState if state not in {ClaimState.DRAFT, ClaimState.WITHDRAWN}
)
_SEMESTER_PARTS = 3
_HUNDRED = 100
BY_REVIEWERS = ""
"""Stands where a rule's code does for what reviewers cut or parked line by line."""
REVIEWERS = Text(
    lv="Pārbaudītāju lēmumi: samazinātas un atliktas rindas",
    en="Reviewers' decisions: lines that were cut or parked",
)


@dataclass(frozen=True, slots=True)
class Sums:
    """What one partner, one semester or the whole programme comes to, in cents.

    `claimed` is in process with the agency, `approved` stands approved (withdrawn is taken off),
    `paid` is net. `allocated` of a semester is what was entered for it, 0 where nothing was.
    """

    allocated_cents: int
    claimed_cents: int
    approved_cents: int
    paid_cents: int

    @property
    def left_cents(self) -> int:
        """What is neither approved nor asked for; below zero where more is asked than is left."""
        return self.allocated_cents - self.approved_cents - self.claimed_cents

    @property
    def bar(self) -> tuple[int, int, int]:
        """Widths in whole percent of the allocation: paid, approved and unpaid, claimed.

        What is there is one percent wide at least, so that it can be seen; together they never
        go beyond 100.
        """
        widths: list[int] = []
        for cents in (
            self.paid_cents,
            self.approved_cents - self.paid_cents,
            self.claimed_cents,
        ):
            share = cents * _HUNDRED // self.allocated_cents if self.allocated_cents > 0 else 0
            seen = max(share, 1) if cents > 0 else 0
            widths.append(min(seen, _HUNDRED - sum(widths)))
        return widths[0], widths[1], widths[2]


@dataclass(frozen=True, slots=True)
class PartnerSums:
    """A partner and what it comes to."""

    reg_no: str
    name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class SemesterSums:
    """A semester and what its activities come to."""

    semester: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class RuleCut:
    """A rule, and what it took from lines by the last verdict on each claim.

    `code` is empty for what reviewers decided line by line; its lines are not counted here.
    """

    code: str
    title: Text
    lines: int
    claims: int
    cut_cents: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Where a programme stands on a day; amounts in cents.

    `envelope_cents` is all the money for partners, allocated or not; `cuts` holds the rules that
    took money, the dearest first; `missing` the terms that nobody has entered.
    """

    programme: str
    title: Text
    on: date
    opened_on: date
    closed_on: date | None
    envelope_cents: int
    sums: Sums
    partners: tuple[PartnerSums, ...]
    semesters: tuple[SemesterSums, ...]
    pace: tuple[PacePoint, ...]
    cuts: tuple[RuleCut, ...]
    ageing: Ageing
    missing: tuple[MissingSetting, ...]

    @property
    def largest(self) -> tuple[PartnerSums, ...]:
        """The ten partners with most approved and claimed, for a picture."""
        ordered = sorted(
            self.partners,
            key=lambda one: -(one.sums.approved_cents + one.sums.claimed_cents),
        )
        return tuple(
            one for one in ordered[:10] if one.sums.approved_cents or one.sums.claimed_cents
        )


@kept_for_a_while(32)
def programme_dashboard(store: Store, order: Order, *, programme: str) -> Dashboard:
    """Give the dashboard of a programme as it stands now, or of a partner's own part of it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    status = programme_status(store, order, programme=programme)
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        row = repositories.programmes.get(programme)
        assert row is not None  # noqa: S101 - the scope has refused a programme that is not there
        rulebook = rulebook_now(store, repositories, programme)
        window = _window(repositories, rulebook, programme, set(scope.names))
        cuts = _cuts(repositories, rulebook, scope)
    semesters = _semesters(status, _planned(rulebook, set(scope.holders)))
    partners = _partners(status)
    return Dashboard(
        programme=programme,
        title=Text(lv=row.title_lv, en=row.title_en),
        on=order.on,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        envelope_cents=status.envelope.total_cents + status.allocated.total_cents,
        sums=_sums(status.rows, allocated_cents=status.allocated.total_cents),
        partners=partners,
        semesters=semesters,
        pace=pace_of(
            status.rows,
            {one.reg_no: one.sums.allocated_cents for one in partners},
            window,
            now=Calendar(rulebook).semester_no(order.on),
        ),
        cuts=cuts,
        ageing=ageing_of_claims(store, order, programme=programme),
        missing=missing_settings(store, order, programme),
    )


def _sums(rows: Iterable[StatusRow], *, allocated_cents: int) -> Sums:
    found = list(rows)
    return Sums(
        allocated_cents=allocated_cents,
        claimed_cents=sum(row.claimed_cents for row in found),
        approved_cents=sum(row.standing.total_cents for row in found),
        paid_cents=sum(row.paid.total_cents for row in found),
    )


def _partners(status: ProgrammeStatus) -> tuple[PartnerSums, ...]:
    rows: defaultdict[str, list[StatusRow]] = defaultdict(list)
    for row in status.rows:
        rows[row.partner_reg_no].append(row)
    return tuple(
        PartnerSums(
            one.partner_reg_no,
            one.partner_name,
            _sums(
                rows[one.partner_reg_no],
                allocated_cents=sum(quota.allocated.total_cents for quota in one.quotas),
            ),
        )
        for one in status.allocations
    )


def _semesters(status: ProgrammeStatus, planned: Mapping[str, int]) -> tuple[SemesterSums, ...]:
    rows: defaultdict[str, list[StatusRow]] = defaultdict(list)
    for row in status.rows:
        if row.semester:
            rows[row.semester].append(row)
    return tuple(
        SemesterSums(name, _sums(rows[name], allocated_cents=planned.get(name, 0)))
        for name in sorted({*rows, *planned}, key=semester_number)
    )


def _planned(rulebook: Rulebook, partners: set[str]) -> dict[str, int]:
    """Add up the allocations that were entered for semesters."""
    found: defaultdict[str, int] = defaultdict(int)
    for one in rulebook.settings:
        parts = one.key.split(".")
        is_of_semester = len(parts) == _SEMESTER_PARTS and parts[0] == "allocation"
        if is_of_semester and parts[1] in partners and isinstance(one.value, int):
            found[parts[2]] += one.value
    return dict(found)


def _window(
    repositories: Repositories, rulebook: Rulebook, programme: str, partners: set[str]
) -> Window | None:
    """Give the semesters of the agreements in force; None where none ends."""
    calendar = Calendar(rulebook)
    first, last = [], []
    for row in repositories.partners.agreements(programme):
        if row.partner_reg_no not in partners or AgreementStatus(row.state).is_over:
            continue
        first.append(calendar.semester_no(row.signed_on))
        if row.in_force_until is not None:
            last.append(calendar.semester_no(row.in_force_until))
    begins = [number for number in first if number is not None]
    ends = [number for number in last if number is not None]
    return Window(min(begins), max(ends)) if begins and ends else None


def _cuts(repositories: Repositories, rulebook: Rulebook, scope: Scope) -> tuple[RuleCut, ...]:
    cents: defaultdict[str, int] = defaultdict(int)
    lines: defaultdict[str, set[tuple[str, int | None]]] = defaultdict(set)
    kept = repositories.overview.cutting_problems(
        scope.programme, partners=scope.claimants, states=_JUDGED
    )
    for key, lost_cents, problems in kept:
        left = lost_cents
        for one in problems:
            if one["cut_cents"]:
                left -= one["cut_cents"]
                cents[one["code"]] += one["cut_cents"]
                lines[one["code"]].add((key, one["line_no"]))
        if left:
            cents[BY_REVIEWERS] += left
            lines[BY_REVIEWERS].add((key, None))
    found = [
        RuleCut(
            code,
            title_of(rulebook, code) if code else REVIEWERS,
            lines=len(lines[code]) if code else 0,
            claims=len({key for key, _ in lines[code]}),
            cut_cents=cut,
        )
        for code, cut in cents.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.cut_cents, one.code)))
