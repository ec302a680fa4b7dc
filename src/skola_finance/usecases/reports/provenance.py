"""Figures with provenance: any total unfolds to entries, documents, claims, lines and rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Dimension, Event
from skola_finance.usecases.reports.lines_behind import claim_parts
from skola_finance.usecases.reports.parts import (
    CorrectionPart,
    DocumentPart,
    EntryPart,
    OrderPart,
    Provenance,
)
from skola_finance.usecases.reports.scope import Scope, claim_in, reading_reports, scope_of
from skola_finance.usecases.wording import CommandRefused, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.repositories.figures import PostedSum
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

COSTS = frozenset({Account.APPROVED, Account.WITHDRAWN, Account.USED})
"""Accounts whose every numbered movement is a sum of movements of lines."""

MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure: one account, or what stands approved, narrowed down."""

    account: Account | None
    partner: str
    quota: str
    semester: str
    claim: ClaimRow | None

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts whose postings the figure is."""
        return (Account.APPROVED, Account.WITHDRAWN) if self.account is None else (self.account,)

    @property
    def sign(self) -> int:
        """What turns debits above zero into growth."""
        return 1 if self.account is None else self.account.normal_side.sign

    @property
    def is_of_costs(self) -> bool:
        """Whether lines stand behind it."""
        return COSTS.issuperset(self.accounts)

    @property
    def line_sign(self) -> int:
        """What turns a movement of a line into growth."""
        return -1 if self.account is Account.WITHDRAWN else 1

    def takes(self, event: Event) -> bool:
        """Say whether an event that moves lines moves the account."""
        match self.account:
            case Account.APPROVED:
                return event is Event.CLAIM_APPROVED
            case Account.WITHDRAWN:
                return event is not Event.CLAIM_APPROVED
            case _:
                return True


def unfold(
    store: Store,
    order: Order,
    *,
    programme: str,
    partner: str | None = None,
    account: Account | None = None,
    semester: str | None = None,
    quota: str | None = None,
    claim: str | None = None,
    most_lines: int = MOST_LINES,
) -> Provenance:
    """Give everything behind a figure as it stands now; each level adds up to the one above.

    Args:
        partner: one partner; left out, everybody that this person sees.
        account: the account; left out, what stands approved (approved less withdrawn).
        semester: of the activity, such as `2025-autumn`; only on accounts of costs.
        quota: the action quota, by its key.
        claim: one claim: of costs the part of its lines in every entry, else what stands on it.
        most_lines: how many lines are shown; those beyond are added up, claim by claim.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); CommandRefused WFL-583 where the account
        is not kept by what it is narrowed down by.
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        row = claim_in(repositories, scope, claim) if claim is not None else None
        one = "" if scope.is_whole else next(iter(scope.names))
        asked = Asked(account, one, quota or "", semester or "", row)
        _check_dimensions(asked)
        if row is not None and asked.is_of_costs:
            entries, documents = _of_lines(repositories, scope, asked, row)
        else:
            entries, documents = _of_postings(repositories, scope, asked)
        flat = tuple(each for entry in entries for each in entry.flat())
        claims, lined = claim_parts(store, repositories, programme, asked, flat, most=most_lines)
        cents = sum(entry.cents for entry in entries)
        return Provenance(
            programme=programme,
            partner_reg_no=one,
            account=account,
            cents=cents,
            entries=entries,
            documents=documents,
            claims=claims,
            without_lines_cents=cents - lined if asked.is_of_costs else 0,
            corrections=_corrections(repositories, programme, flat),
            orders=_orders(repositories, programme, flat, documents),
        )


def _check_dimensions(asked: Asked) -> None:
    wanted = {
        Dimension.PARTNER: asked.partner,
        Dimension.QUOTA: asked.quota,
        Dimension.SEMESTER: asked.semester,
        Dimension.DOCUMENT: "" if asked.claim is None else asked.claim.key,
    }
    for account in asked.accounts:
        for dimension, value in wanted.items():
            if value and dimension not in account.allowed:
                raise _not_kept_by(account, dimension)


def _of_postings(
    repositories: Repositories, scope: Scope, asked: Asked
) -> tuple[tuple[EntryPart, ...], tuple[DocumentPart, ...]]:
    """Give the entries of the postings, and the documents that these stand on."""
    # What stands on a claim moves with it to a successor: both sides of that are taken, or neither.
    partner = asked.partner if asked.claim is None else ""
    posted = list(_posted(repositories, scope, asked, partner=partner))
    entries = _entries(repositories, scope, asked, posted, partner=partner)
    documents: defaultdict[str, int] = defaultdict(int)
    for one in posted:
        documents[one.document] += asked.sign * one.cents
    return entries, _documents(documents)


def _posted(
    repositories: Repositories,
    scope: Scope,
    asked: Asked,
    *,
    partner: str,
    before: int | None = None,
) -> Iterable[PostedSum]:
    return repositories.figures.posted(
        scope.programme,
        accounts=[each.value for each in asked.accounts],
        partner=partner,
        quota=asked.quota,
        semester=asked.semester,
        document="" if asked.claim is None else asked.claim.key,
        before_entry=before,
    )


def _entries(
    repositories: Repositories,
    scope: Scope,
    asked: Asked,
    posted: Iterable[PostedSum],
    *,
    partner: str,
) -> tuple[EntryPart, ...]:
    sums: defaultdict[int, int] = defaultdict(int)
    first: dict[int, PostedSum] = {}
    for one in posted:
        sums[one.number] += asked.sign * one.cents
        first.setdefault(one.number, one)
    found = []
    for number, one in first.items():
        if not sums[number]:
            continue
        carried: tuple[EntryPart, ...] = ()
        given_by = _given_by(repositories, scope, one, heir=partner)
        if given_by:
            before = list(_posted(repositories, scope, asked, partner=given_by, before=number))
            carried = _entries(repositories, scope, asked, before, partner=given_by)
        event = Event(one.event)
        found.append(
            EntryPart(
                number,
                one.effective_on,
                event,
                one.reference,
                one.approval_no,
                sums[number],
                carried,
            )
        )
    return tuple(found)


def _given_by(repositories: Repositories, scope: Scope, one: PostedSum, *, heir: str) -> str:
    """Give the partner whose balances an entry brought to another; empty for any other entry."""
    if one.event != Event.PARTNER_SUCCEEDED.value or not heir:
        return ""
    for row in repositories.partners.agreements(scope.programme):
        if one.reference == f"agreement/{row.number}" and row.successor_reg_no == heir:
            return row.partner_reg_no
    return ""


def _of_lines(
    repositories: Repositories, scope: Scope, asked: Asked, row: ClaimRow
) -> tuple[tuple[EntryPart, ...], tuple[DocumentPart, ...]]:
    """Give the part that a claim's lines have in each entry, and the documents of these."""
    numbers = repositories.traces.approval_nos(row.id)
    corrections = {
        one.entry_no: one.document for one in repositories.payments.corrections(scope.programme)
    }
    entries: list[EntryPart] = []
    documents: defaultdict[str, int] = defaultdict(int)
    for entry in repositories.traces.entries_numbered(scope.programme, numbers):
        event = Event(entry.event)
        if not asked.takes(event):
            continue
        moved = repositories.traces.moved_lines(
            scope.programme,
            [entry.approval_no or 0],
            claim_id=row.id,
            quota=asked.quota,
            semester=asked.semester,
        )
        cents = asked.line_sign * sum(moved.values())
        if moved:
            documents[corrections.get(entry.number, row.key)] += cents
            entries.append(
                EntryPart(
                    entry.number,
                    entry.effective_on,
                    event,
                    entry.reference,
                    entry.approval_no,
                    cents,
                )
            )
    return tuple(entries), _documents(documents)


def _documents(sums: dict[str, int]) -> tuple[DocumentPart, ...]:
    return tuple(DocumentPart(key, cents) for key, cents in sums.items() if key and cents)


def _corrections(
    repositories: Repositories, programme: str, flat: Sequence[EntryPart]
) -> tuple[CorrectionPart, ...]:
    """Give the corrections behind entries, and those that an entry has undone."""
    by_entry = {entry.number: entry for entry in flat}
    by_number = {entry.approval_no: entry for entry in flat if entry.approval_no is not None}
    return tuple(
        CorrectionPart(
            document=row.document,
            kind=row.kind,
            rule_code=row.rule_code,
            reason=row.reason,
            entry_no=entry.number,
            cents=entry.cents,
            amount_cents=row.amount_cents,
        )
        for row in repositories.payments.corrections(programme)
        for entry in (by_entry.get(row.entry_no), by_number.get(row.undone_approval_no or 0))
        if entry is not None
    )


def _orders(
    repositories: Repositories,
    programme: str,
    flat: Sequence[EntryPart],
    documents: Sequence[DocumentPart],
) -> tuple[OrderPart, ...]:
    """Give the payment orders of entries, and of the documents that the figure stands on."""
    moved: defaultdict[str, int] = defaultdict(int)
    for entry in flat:
        moved[entry.reference] += entry.cents
    wanted = {one.document for one in documents}
    return tuple(
        OrderPart(
            order=row.key,
            document=row.document,
            state=row.state,
            ordered_on=row.ordered_on,
            executed_on=row.executed_on,
            amount_cents=row.amount_cents,
            cents=moved.get(row.key, 0),
        )
        for row in repositories.payments.orders(programme)
        if row.key in moved or row.document in wanted
    )


def _not_kept_by(account: Account, dimension: Dimension) -> CommandRefused:
    named = {
        Dimension.PARTNER: ("partneriem", "partner"),
        Dimension.QUOTA: ("darbību kvotām", "action quota"),
        Dimension.SEMESTER: ("semestriem", "semester"),
        Dimension.DOCUMENT: ("dokumentiem", "document"),
    }[dimension]
    return refuse(
        "WFL-583",
        lv=f"Konts „{account.label.lv}” nav uzskaitīts pa {named[0]}.",
        en=f"The account “{account.label.en}” is not kept by {named[1]}.",
        hint_lv="Izvēlieties citu kontu vai noņemiet šo ierobežojumu.",
        hint_en="Choose another account, or leave that out.",
        subject=account.value,
    )
