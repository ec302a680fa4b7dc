"""A partner's statement at a date: its allocation, what it is owed and owes, and every movement."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from skola_finance.funding import FundingSource, FundingSplit
from skola_finance.ledger import Account, Balances, Dimension, Event, Quota
from skola_finance.ledger.legs import NOTHING, split_of, sum_of
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.wording import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.storage.repositories.figures import PostedSum
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

SHOWN = (
    *(Account.ALLOCATION, Account.USED, Account.APPROVED, Account.WITHDRAWN),
    *(Account.PAYABLE, Account.ORDERED, Account.PAID),
    *(Account.ADVANCE, Account.RECOVERABLE, Account.WRITTEN_OFF),
)
"""The accounts of a partner; `source_rounding` comes to nothing in every entry and is left out."""


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """A partner's allocation under one action quota, in cents by source: allocated = used + free.

    An irregularity lowers what is allocated: the allocation is not refilled.
    """

    quota: Quota
    allocated: FundingSplit
    used: FundingSplit
    free: FundingSplit


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account over the period, in cents by source: opening + movements = closing."""

    account: Account
    opening: FundingSplit
    closing: FundingSplit


@dataclass(frozen=True, slots=True)
class Movement:
    """What one entry did to one account under one quota and document.

    `amount` is in cents by source, above zero where the account grew; `balance_cents` is what
    stands on the whole account after it. `reference` names the decision, order or agreement.
    """

    on: date
    entry_no: int
    event: Event
    reference: str
    account: Account
    quota: Quota
    document: str
    amount: FundingSplit
    balance_cents: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A partner's statement: balances at the end of `until`, movements from `since` to it.

    `since` is None where the statement begins with the first entry. `illustrative` says that a
    setting in force is only an example.
    """

    programme: str
    partner_reg_no: str
    partner_name: str
    since: date | None
    until: date
    quotas: tuple[QuotaRow, ...]
    accounts: tuple[AccountRow, ...]
    movements: tuple[Movement, ...]
    illustrative: bool

    def of(self, account: Account) -> FundingSplit:
        """Give what stands on an account at the end, in cents by source."""
        return next(row.closing for row in self.accounts if row.account is account)


def partner_statement(
    store: Store,
    order: Order,
    *,
    programme: str,
    partner: str,
    until: date,
    since: date | None = None,
) -> Statement:
    """Give a partner's statement; every balance is a sum of postings that had effect by the day.

    Args:
        until: the day at whose end balances are given, itself included.
        since: the first day of the movements; the first entry there is, if left out.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another's partner; CommandRefused
        WFL-580 where the period ends before it begins.
    """
    if since is not None and until < since:
        raise refuse(
            "WFL-580",
            lv=f"Periods beidzas {until:%d.%m.%Y.}, pirms tas sākas {since:%d.%m.%Y.}",
            en=f"The period ends on {until}, before it begins on {since}.",
            hint_lv="Norādiet beigu dienu, kas nav agrāka par sākuma dienu.",
            hint_en="Give a last day that is not before the first one.",
        )
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        closing = repositories.books.balances_at(programme, on=until, partners=[partner])
        opening = Balances()
        if since is not None:
            opening = repositories.books.balances_at(
                programme, on=since - timedelta(days=1), partners=[partner]
            )
        accounts = tuple(
            AccountRow(each, opening.split(each), closing.split(each)) for each in SHOWN
        )
        posted = repositories.figures.posted(
            programme,
            accounts=[each.value for each in SHOWN],
            partner=partner,
            since=since,
            until=until,
        )
        return Statement(
            programme=programme,
            partner_reg_no=partner,
            partner_name=scope.names[partner],
            since=since,
            until=until,
            quotas=quota_rows(closing),
            accounts=accounts,
            movements=_movements(posted, accounts),
            illustrative=scope.illustrative,
        )


def quota_rows(balances: Balances) -> tuple[QuotaRow, ...]:
    """Give allocated, used and free by quota, of the balances of one partner."""
    by = (Dimension.QUOTA,)
    free = balances.sums(Account.ALLOCATION, by=by)
    used = balances.sums(Account.USED, by=by)
    return tuple(
        QuotaRow(
            quota=quota,
            allocated=sum_of([used.get((quota,), NOTHING), free.get((quota,), NOTHING)]),
            used=used.get((quota,), NOTHING),
            free=free.get((quota,), NOTHING),
        )
        for quota in Quota
        if (quota,) in free or (quota,) in used
    )


def _movements(posted: Iterable[PostedSum], accounts: Iterable[AccountRow]) -> tuple[Movement, ...]:
    """Put the sources of each movement together, and let every account's balance run."""
    balances = {row.account: row.opening.total_cents for row in accounts}
    legs: defaultdict[tuple[int, str, str, str], dict[str, int]] = defaultdict(dict)
    first: dict[tuple[int, str, str, str], PostedSum] = {}
    for one in posted:
        key = (one.number, one.account, one.quota, one.document)
        legs[key][one.source] = one.cents
        first.setdefault(key, one)
    found = []
    for key, one in first.items():
        account = Account(one.account)
        amount = _amount(legs[key], sign=account.normal_side.sign)
        if not amount.total_cents and not amount.esf_plus_cents:
            continue
        balances[account] += amount.total_cents
        found.append(
            Movement(
                on=one.effective_on,
                entry_no=one.number,
                event=Event(one.event),
                reference=one.reference,
                account=account,
                quota=Quota(one.quota),
                document=one.document,
                amount=amount,
                balance_cents=balances[account],
            )
        )
    return tuple(found)


def _amount(legs: Mapping[str, int], *, sign: int) -> FundingSplit:
    return split_of(sign * sum(legs.values()), sign * legs.get(FundingSource.ESF_PLUS.value, 0))
