"""A programme whose books and registers grow together, so that they can be compared."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from skola_finance.ledger import (
    Account,
    Balances,
    Dimension,
    Drawing,
    Entry,
    Occasion,
    Quota,
    Registers,
    UpwardClaim,
    events,
)
from skola_finance.money import Rate
from tests.ledger.books import DAY, PROGRAMME, SHARE

if TYPE_CHECKING:
    from skola_finance.ledger import OpenItem, RatePeriod

RATES = {"2024": Rate.parse("85 %"), "2027": Rate.parse("1/3"), "state_only": Rate.parse("0 %")}
QUOTAS = (Quota.INDIVIDUAL_SUPPORT, Quota.PROJECTS, Quota.EVENTS, Quota.CENTRAL)
SEMESTERS = ("2025-autumn", "2026-spring")
SUB_PROJECTS = {"P-1": 100_001, "P-2": 33_333}


def dice(seed: int) -> Random:
    """Give dice that fall the same way for the same seed."""
    return Random(seed)  # noqa: S311 - invented amounts are no secret


class World:
    """The books of one programme, and what its registers say."""

    def __init__(self) -> None:
        """Begin with an envelope and four partners."""
        self.entries: list[Entry] = []
        self.balances = Balances()
        self.partners = [f"9999000{n:04}" for n in range(4)]
        self.closed: set[str] = set()
        self.files: dict[str, int] = {}
        self.statements: dict[str, int] = {}
        self.approvals: list[int] = []
        self.corrections: dict[str, Entry] = {}
        self.documents = 0
        self.random = dice(0)
        self.is_closed = False
        self.post(
            events.raise_envelope(
                self.occasion(),
                cents=3_000_001,
                rate=RATES["2024"],
                appropriation=self.balances.split(Account.APPROPRIATION),
            )
        )
        for partner in self.partners:
            for quota in QUOTAS:
                self.allocate(partner, quota, 100_003)

    # ── what every deed needs ────────────────────────────────────────────────────────────────

    def occasion(self, batch: str = "") -> Occasion:
        """Give the occasion of the next entry."""
        return Occasion(PROGRAMME, DAY, f"R-{len(self.entries) + 1}", batch)

    def post(self, entry: Entry) -> None:
        """Write an entry into the books, and what it says into the registers."""
        self.entries.append(entry)
        self.balances.add(entry.postings)
        moved = {
            account: sum(p.grows_cents for p in entry.postings if p.account is account)
            for account in (Account.ORDERED, Account.PAID, Account.APPROVED, Account.WITHDRAWN)
        }
        batch = entry.occasion.batch
        if batch.startswith("file"):
            self.files[batch] = self.files.get(batch, 0) + moved[Account.ORDERED]
        if batch.startswith("statement"):
            self.statements[batch] = self.statements.get(batch, 0) + moved[Account.PAID]
        if entry.approval_no is not None:
            self.approvals.append(moved[Account.APPROVED] - moved[Account.WITHDRAWN])

    def registers(self) -> Registers:
        """Give the registers as they stand, with upward claims over the approvals so far."""
        middle, last = len(self.approvals) // 2, len(self.approvals)
        return Registers(
            PROGRAMME,
            RATES,
            SHARE,
            SUB_PROJECTS,
            frozenset(self.closed),
            dict(self.files),
            dict(self.statements),
            (
                UpwardClaim("M-1", 1, middle, sum(self.approvals[:middle])),
                UpwardClaim("M-2", middle + 1, last, sum(self.approvals[middle:])),
            ),
            self.is_closed,
        )

    def document(self, kind: str) -> str:
        """Give a new document its number."""
        self.documents += 1
        return f"{kind}-{self.documents}"

    def file(self) -> str:
        """Pick the payment file of an order."""
        return f"file-{len(self.entries) // 7}"

    def statement(self) -> str:
        """Pick the bank statement of money that moved."""
        return f"statement-{len(self.entries) // 5}"

    def partner(self) -> str:
        """Pick a partner that is not closed."""
        return self.random.choice([each for each in self.partners if each not in self.closed])

    def some(self, most: int) -> int:
        """Pick an amount up to a most; a third of the time all of it."""
        return most if self.random.random() < 1 / 3 else self.random.randint(1, most)

    def items(self, account: Account, partner: str) -> list[OpenItem]:
        """Give what a partner has open, in random order."""
        found = [
            each
            for each in self.balances.open_items(account, programme=PROGRAMME, partner=partner)
            if each.available_cents > 0
        ]
        self.random.shuffle(found)
        return found

    def one(self, account: Account) -> OpenItem | None:
        """Pick something open, if there is anything."""
        found = self.items(account, self.partner())
        return found[0] if found else None

    def same(self, account: Account, item: OpenItem) -> OpenItem:
        """Give what stands on the same document of another account."""
        where = item.dimensions
        return self.balances.open_item(
            account,
            programme=PROGRAMME,
            partner=where.partner,
            document=where.document,
            sub_project=where.sub_project,
        )

    def periods(self) -> tuple[RatePeriod, ...]:
        """Give every rate period as it stands."""
        return tuple(
            self.balances.rate_period(key, programme=PROGRAMME, rate=rate)
            for key, rate in RATES.items()
        )

    def paid_cents(self, partner: str) -> int:
        """Give all that a partner has been paid, net."""
        return self.balances.split(Account.PAID, only=self.of(partner)).total_cents

    def of(self, partner: str) -> dict[Dimension, str]:
        """Choose a partner's balances."""
        return {Dimension.PROGRAMME: PROGRAMME, Dimension.PARTNER: partner}

    def allocate(self, partner: str, quota: Quota, cents: int) -> None:
        """Allocate a fixed amount."""
        self.post(
            events.raise_allocation(
                self.occasion(),
                partner=partner,
                quota=quota,
                cents=cents,
                envelope=self.balances.split(Account.ENVELOPE),
            )
        )

    def drawing(self, account: Account, partner: str, most: int) -> tuple[Drawing, int]:
        """Draw as much as an account has, sometimes less, up to a most; gives what is left."""
        items = tuple(self.items(account, partner))
        there = min(most, sum(each.available_cents for each in items))
        cents = self.some(there) if there else 0
        return Drawing(cents, items), most - cents
