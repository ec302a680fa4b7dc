"""Ageing of open claims against the legal clock: how long with the agency, pauses left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.reports.states import IN_PROCESS, UNPAID, WITH_THE_AGENCY
from skola_finance.usecases.reports.terms_due import Due, Terms
from skola_finance.usecases.wording import refuse
from skola_finance.workflow import (
    CLAIMS,
    ClaimState,
    Duty,
    Pause,
    riga_day,
)
from skola_finance.workflow.working_days import days_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from skola_finance.storage.repositories.waiting import ActOf
    from skola_finance.storage.tables import ActRow, ClaimRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

BOUNDS = (20, 40, 60, 80)
"""Upper ends of the buckets in counted calendar days; 80 is the term of Regulation 135 par. 48."""


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A claim that waits for the agency; the sum is in cents: eligible, or approved and unpaid.

    Days are counted after the day of filing, those of pauses left out. `duties` are the terms that
    run for it; a term that nobody has entered is not there.
    """

    claim: str
    partner_reg_no: str
    state: ClaimState
    reviewer: str
    filed_on: date
    cents: int
    working_days: int
    calendar_days: int
    is_stopped: bool
    duties: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """Open claims of one age in counted calendar days, both ends included; sums in cents.

    `to_days` of the last bucket is None: it has no end.
    """

    from_days: int
    to_days: int | None
    claims: int
    cents: int


@dataclass(frozen=True, slots=True)
class Ageing:
    """Open claims on a day, the oldest first, and how many there are of each age."""

    on: date
    claims: tuple[OpenClaim, ...]
    buckets: tuple[Bucket, ...]


def ageing_of_claims(
    store: Store,
    order: Order,
    *,
    programme: str,
    partner: str | None = None,
    reviewer: str = "",
    bounds: Sequence[int] = BOUNDS,
) -> Ageing:
    """Give the claims that wait for the agency, from filing to payment, the oldest first.

    A returned claim is with its partner and is not among them; filed again, it is as old as its
    last filing. The age is counted to the day of the order.

    Args:
        reviewer: the claims of one reviewer alone.
        bounds: upper ends of the buckets, in counted calendar days, each above the one before.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); CommandRefused WFL-581 for bounds that do
        not rise, WFL-518 for a setting of the calendar that holds no days.
    """
    if not bounds or bounds[0] < 0 or any(b <= a for a, b in pairwise(bounds)):
        raise _bounds(bounds)
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        terms = Terms(rulebook_now(store, repositories, programme), on=order.on)
        rows = repositories.figures.claims(
            programme, partners=scope.claimants, states=[one.value for one in WITH_THE_AGENCY]
        )
        wanted = [row for row in rows if reviewer in ("", row.reviewer)]
        acts = repositories.waiting.acts(CLAIMS.key, (row.key for row in wanted))
        ages = Ages(terms)
        found = [
            _open_claim(row, ages.of(row, filed_at, acts.get(row.key, ())))
            for row in wanted
            if (filed_at := row.filed_at) is not None
        ]
    found.sort(key=lambda one: (-one.calendar_days, one.filed_on, one.claim))
    return Ageing(order.on, tuple(found), _buckets(found, bounds))


def pauses_of(acts: Iterable[ActRow | ActOf], *, since: datetime) -> tuple[Pause, ...]:
    """Give the times in which the clock of a claim stood, of the acts since a filing.

    It stands from the day of a question to the day of the last answer, or of going on without.
    """
    pauses: list[Pause] = []
    for act in acts:
        if act.at < since:
            continue
        is_open = bool(pauses) and pauses[-1].ends is None
        asks = act.state == ClaimState.CLARIFICATION.value
        if asks and not is_open:
            pauses.append(Pause(riga_day(act.at)))
        elif is_open and not asks:
            pauses[-1] = Pause(pauses[-1].starts, riga_day(act.at))
    return tuple(pauses)


@dataclass(frozen=True, slots=True)
class Age:
    """What claims share that were filed on one day and stood on the same days.

    Days are counted after the day of filing, those of pauses left out; `duties` name no claim.
    """

    filed_on: date
    working_days: int
    calendar_days: int
    is_stopped: bool
    duties: tuple[Due, ...]


class Ages:
    """Ages of claims as of a day, each reckoned once."""

    def __init__(self, terms: Terms) -> None:
        """Take the terms of the programme."""
        self._terms = terms
        self._known: dict[tuple[date, tuple[Pause, ...], bool], Age] = {}

    def of(self, row: ClaimRow, filed_at: datetime, acts: Iterable[ActOf]) -> Age:
        """Give the age of a claim that is with the agency."""
        in_review = ClaimState(row.state) in _REVIEWED
        key = (riga_day(filed_at), pauses_of(acts, since=filed_at), in_review)
        if key not in self._known:
            self._known[key] = self._reckoned(*key)
        return self._known[key]

    def _reckoned(self, filed_on: date, pauses: tuple[Pause, ...], in_review: bool) -> Age:  # noqa: FBT001 - the parts of a key
        terms = self._terms
        counted = [
            day
            for day in days_between(filed_on, terms.on)
            if not any(pause.holds(day, on=terms.on) for pause in pauses)
        ]
        duties = (Duty.REVIEW_CLAIM, Duty.CHECK_CLAIM) if in_review else (Duty.CHECK_CLAIM,)
        return Age(
            filed_on=filed_on,
            working_days=sum(terms.calendar.is_working(day) for day in counted),
            calendar_days=len(counted),
            is_stopped=bool(pauses) and pauses[-1].ends is None,
            duties=tuple(
                one
                for duty in duties
                for one in terms.due(duty, subject="", since=filed_on, pauses=pauses)
            ),
        )


def _open_claim(row: ClaimRow, age: Age) -> OpenClaim:
    state = ClaimState(row.state)
    return OpenClaim(
        claim=row.key,
        partner_reg_no=row.partner_reg_no,
        state=state,
        reviewer=row.reviewer,
        filed_on=age.filed_on,
        cents=row.approved_cents if state in UNPAID else row.eligible_cents,
        working_days=age.working_days,
        calendar_days=age.calendar_days,
        is_stopped=age.is_stopped,
        duties=tuple(one.of(row.key, partner=row.partner_reg_no) for one in age.duties),
    )


_REVIEWED = tuple(state for state in IN_PROCESS if state is not ClaimState.RECOMMENDED)
"""States in which the review is still to be done."""


def _buckets(found: Sequence[OpenClaim], bounds: Sequence[int]) -> tuple[Bucket, ...]:
    starts = (0, *(bound + 1 for bound in bounds))
    ends: tuple[int | None, ...] = (*bounds, None)
    buckets = []
    for start, end in zip(starts, ends, strict=True):
        inside = [
            one
            for one in found
            if start <= one.calendar_days and (end is None or one.calendar_days <= end)
        ]
        buckets.append(Bucket(start, end, len(inside), sum(one.cents for one in inside)))
    return tuple(buckets)


def _bounds(bounds: Sequence[int]) -> Exception:
    told = ", ".join(str(bound) for bound in bounds) or "–"
    return refuse(
        "WFL-581",
        lv=f"Vecuma robežas „{told}” neaug.",
        en=f"The bounds of age “{told}” do not rise.",
        hint_lv="Norādiet vismaz vienu robežu dienās, katru lielāku par iepriekšējo.",
        hint_en="Give at least one bound in days, each above the one before.",
    )
