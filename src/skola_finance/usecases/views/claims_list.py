"""The list of claims: a partner's own, or everybody's; and what a new one would be called."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from skola_finance.claims.calendar import Calendar, semester_name
from skola_finance.problems import Text
from skola_finance.storage.chain import Chain, head_hash
from skola_finance.storage.repositories.claim_list import ClaimFilter, ClaimOrder
from skola_finance.usecases.in_force import agreement_of, rulebook_now
from skola_finance.usecases.lately import Lately
from skola_finance.usecases.views.claims_earlier import EarlierClaim, earlier_of
from skola_finance.usecases.views.claims_page import APPROVED, paid_cents
from skola_finance.usecases.views.semester_rooms import rooms_of
from skola_finance.usecases.wording import unusable_input
from skola_finance.usecases.work import PARTNER
from skola_finance.workflow import ClaimState, Role, not_found, require_role, riga_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.semester_rooms import SemesterRoom

PAGE = 50
_DAY = timedelta(days=1)
LOOK = Text(lv="Skatīt izdevumu pārskatus", en="Look at claims")
READERS = frozenset(role for role in Role if role.sees_money)
_KEY = re.compile(r"([a-z]{2})-?0*([0-9]{1,9})", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(.*?)([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class ClaimsWanted:
    """Which claims a list asks for.

    Attributes:
        programme: whose claims.
        partner: of one partner; empty for all that a person sees.
        state: in one state; empty for all.
        text: a key, the beginning of a number, or a part of a partner's name.
        since, until: whose period reaches into these days, both inclusive.
        order: `newest`, `oldest`, `period` or `claimed`.
    """

    programme: str
    partner: str = ""
    state: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "newest"


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """A claim in the list; amounts in cents.

    `age_days` counts from the day it was filed, of a draft from the day it was begun, for as long
    as something is to be done about it; None once it is over.
    """

    key: str
    partner_reg_no: str
    partner_name: str
    claim_no: str
    kind: str
    period_from: date | None
    period_to: date | None
    state: str
    lines: int
    claimed_cents: int
    eligible_cents: int | None
    approved_cents: int | None
    paid_cents: int
    errors: int
    age_days: int | None


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """A page of the list: how many claims there are by state, and what asks for the next page."""

    items: tuple[ClaimItem, ...]
    counts: Mapping[str, int]
    found: int
    next_after: str
    partners: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewClaim:
    """What a new claim of a partner would sensibly be: its number and its period.

    `semesters` are the allocations of the semesters that the period lies in; `without_room` are
    those that none was entered for, where the partner has allocations by semester at all.
    `earlier` is the claim whose lines the new one may begin with.
    """

    partner_reg_no: str
    partner_name: str
    claim_no: str
    period_from: date
    period_to: date
    has_agreement: bool
    semesters: tuple[SemesterRoom, ...]
    without_room: tuple[str, ...]
    earlier: EarlierClaim | None


def claims_page(
    store: Store, order: Order, *, wanted: ClaimsWanted, after: str = "", limit: int = PAGE
) -> ClaimsPage:
    """Give a page of claims; a partner's people see their own and those they have taken over.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for another's partner; CommandRefused
        WFL-518 for an order that is not known, or an `after` that no page ended with.
    """
    require_role(order.actor, command=LOOK, may=READERS)
    with store.reading() as repositories:
        names = {row.reg_no: row.name for row in repositories.partners.all()}
        asked = _filter(repositories, order, wanted, names)
        counts = _counted(store, repositories, replace(asked, states=()))
        rows, next_after = _page(repositories, asked, wanted, after, limit)
    is_partner = order.actor.role.sees_own_partner_only
    return ClaimsPage(
        items=tuple(_item(row, names, on=order.on) for row in rows),
        counts=counts,
        found=counts.get(wanted.state, 0) if wanted.state else sum(counts.values()),
        next_after=next_after,
        partners=() if is_partner else tuple(sorted(names.items(), key=lambda one: one[1])),
    )


def _counted(store: Store, repositories: Repositories, asked: ClaimFilter) -> Mapping[str, int]:
    """Count claims by state; over many claims that takes longer than the page itself."""
    head = head_hash(repositories.session, Chain.JOURNAL)
    key = (store.database.name, head, asked)
    known = _COUNTS.get(key) if head else None
    if known is None:
        known = repositories.claim_list.counts(asked)
        if head:
            _COUNTS.put(key, known)
    return known


_COUNTS: Lately[Mapping[str, int]] = Lately()


def export_claims(
    store: Store, order: Order, *, wanted: ClaimsWanted, page: int = 500
) -> Iterator[ClaimItem]:
    """Give every claim of a list, read page by page.

    Raises: as `claims_page`, before the first claim.
    """
    after = ""
    while True:
        found = claims_page(store, order, wanted=wanted, after=after, limit=page)
        yield from found.items
        after = found.next_after
        if not after:
            return


def new_claim(store: Store, order: Order, *, programme: str) -> NewClaim:
    """Suggest the number and period of the next claim of whoever asks.

    The number after the last one; the semester that ended last, or the one that runs.

    Raises: NotFound (AUT-603) for somebody who is at no partner.
    """
    reg_no = order.actor.partner_reg_no
    with store.reading() as repositories:
        row = repositories.partners.get(reg_no) if reg_no is not None else None
        if row is None:
            raise not_found(PARTNER)
        numbers = repositories.claim_list.last_numbers(programme, row.reg_no)
        agreement = agreement_of(repositories, programme, partner=row.reg_no)
        calendar = Calendar(rulebook_now(store, repositories, programme))
        since, until = _semester(calendar, order.on)
        earlier = earlier_of(repositories, programme, partner=row.reg_no)
        rooms = rooms_of(repositories, store, programme=programme, partner=row.reg_no, on=order.on)
    named = _semesters_within(calendar, since, until)
    given = {one.semester for one in rooms}
    return NewClaim(
        partner_reg_no=row.reg_no,
        partner_name=row.name,
        claim_no=_next_number(numbers),
        period_from=since,
        period_to=until,
        has_agreement=agreement is not None,
        semesters=tuple(one for one in rooms if one.semester in named),
        without_room=tuple(name for name in named if name not in given) if given else (),
        earlier=earlier,
    )


def _filter(
    repositories: Repositories, order: Order, wanted: ClaimsWanted, names: Mapping[str, str]
) -> ClaimFilter:
    partners = partners_seen(
        repositories, order, programme=wanted.programme, partner=wanted.partner
    )
    text = wanted.text.strip()
    named: tuple[str, ...] = ()
    key = ""
    if text:
        folded = text.casefold()
        named = tuple(reg_no for reg_no, name in names.items() if folded in name.casefold())
        found = _KEY.fullmatch(text)
        key = f"{found[1].upper()}-{int(found[2]):05}" if found else text
    return ClaimFilter(
        programme=wanted.programme,
        partners=partners,
        states=(wanted.state,) if wanted.state else (),
        key=key,
        number=text,
        named=named,
        since=wanted.since,
        until=wanted.until,
    )


def partners_seen(
    repositories: Repositories, order: Order, *, programme: str, partner: str
) -> tuple[str, ...] | None:
    """Give the partners whose claims a person sees, or the one asked for; None for all.

    Raises: NotFound (AUT-603).
    """
    own = order.actor.partner_reg_no
    if own is None:
        if partner and repositories.partners.get(partner) is None:
            raise not_found(PARTNER)
        return (partner,) if partner else None
    seen = (own, *repositories.partners.predecessors(programme, partner=own))
    if partner and partner not in seen:
        raise not_found(PARTNER)
    return (partner,) if partner else seen


def _page(
    repositories: Repositories, asked: ClaimFilter, wanted: ClaimsWanted, after: str, limit: int
) -> tuple[Sequence[Any], str]:
    try:
        return repositories.claim_list.page(
            asked, order=ClaimOrder(wanted.order), after=after, limit=limit
        )
    except ValueError:
        raise unusable_input("after", lv="šādas lapas nav", en="there is no such page") from None


_OVER = frozenset({ClaimState.PAID, ClaimState.SETTLED, ClaimState.REJECTED, ClaimState.WITHDRAWN})
_NOT_JUDGED = frozenset({ClaimState.DRAFT})


def _item(row: Any, names: Mapping[str, str], *, on: date) -> ClaimItem:  # noqa: ANN401 - a row of columns
    began = row.filed_at if row.filed_at is not None else row.created_at
    return ClaimItem(
        key=row.key,
        partner_reg_no=row.partner_reg_no,
        partner_name=names.get(row.partner_reg_no, row.partner_reg_no),
        claim_no=row.claim_no,
        kind=row.kind,
        period_from=row.period_from,
        period_to=row.period_to,
        state=row.state,
        lines=row.lines,
        claimed_cents=row.claimed_cents,
        eligible_cents=None if row.state in _NOT_JUDGED else row.eligible_cents,
        approved_cents=row.approved_cents if row.state in APPROVED else None,
        paid_cents=paid_cents(row),
        errors=row.errors,
        age_days=None if row.state in _OVER else (on - riga_day(began)).days,
    )


def _next_number(numbers: Sequence[str]) -> str:
    """Count the last number up, with whatever stands before its digits."""
    for number in numbers:
        found = _LAST_NUMBER.fullmatch(number)
        if found:
            taken = set(numbers)
            following = int(found[2]) + 1
            while f"{found[1]}{following}" in taken:
                following += 1
            return f"{found[1]}{following}"
    return "1"


def _semester(calendar: Calendar, on: date) -> tuple[date, date]:
    """Give the semester that ended last, as claims are filed after it.

    Where its bounds were not entered: the year so far.
    """
    running = calendar.semester_no(on)
    if running is None:
        return date(on.year, 1, 1), on
    day = on
    while calendar.semester_no(day) == running:
        day -= _DAY
    last, ended = day, calendar.semester_no(day)
    while calendar.semester_no(day) == ended:
        day -= _DAY
    return day + _DAY, last


def _semesters_within(calendar: Calendar, since: date, until: date) -> tuple[str, ...]:
    """Name the semesters that a period reaches into, in time; none where bounds are missing."""
    first, last = calendar.semester_no(since), calendar.semester_no(until)
    if first is None or last is None:
        return ()
    return tuple(semester_name(number) for number in range(first, last + 1))
