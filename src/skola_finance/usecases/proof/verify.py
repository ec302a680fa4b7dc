"""Proving a database: chains, seals, books, balances, rules and every verdict.

Each part is a generator of problems, so that the first difference is found as soon as it is met.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain as chained
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, check_all, digest_entry
from skola_finance.ledger import verify as verify_chain
from skola_finance.problems import SkolaError
from skola_finance.storage.chain import Chain, head_hash, links
from skola_finance.storage.repositories.proof import CELL
from skola_finance.storage.seals import GONE, PREFIX, combined, key_of, row_digest
from skola_finance.usecases.proof.differences import (
    balance_differs,
    entry_differs,
    entry_unknown,
    row_added,
    row_changed,
    row_gone,
    seals_differ,
)
from skola_finance.usecases.proof.registers import registers_of
from skola_finance.usecases.proof.rules import rule_problems
from skola_finance.usecases.proof.verdicts import verdict_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from skola_finance.ledger import JournalEntry, Posting
    from skola_finance.problems import Problem
    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proven, and what does not hold.

    Attributes:
        counts: how much of each kind was looked at: `journal`, `access`, `rows`, `entries`,
            `cells`, `rulebooks`, `settings`, `verdicts`, `erased` (verdicts whose learners were
            erased: only their sums and seals were compared).
        problems: the differences, the first one first; empty where everything holds.
    """

    counts: Counter[str] = field(default_factory=Counter)
    problems: tuple[Problem, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether everything holds."""
        return not self.problems


def verify(
    store: Store,
    *,
    on: date,
    only_first: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> Verification:
    """Prove the whole database.

    Args:
        store: what is proven.
        on: the day; entries that have effect later are not looked at by the invariants.
        only_first: stop at the first difference.
        progress: told what is being looked at: `journal`, `rows`, `entries`, `balances`,
            `invariants`, `rules`, `verdicts`.

    Returns: what was looked at, and what does not hold, each naming the entry it leads to.
    """
    counts: Counter[str] = Counter()
    with store.reading() as repositories:
        proof = _Proof(store, repositories, counts, on)
        parts: tuple[tuple[str, Callable[[], Iterator[Problem]]], ...] = (
            ("journal", proof.chains),
            ("rows", proof.rows),
            ("entries", proof.entries),
            ("balances", proof.balances),
            ("invariants", proof.invariants),
            ("rules", lambda: rule_problems(repositories, counts)),
            ("verdicts", lambda: verdict_problems(store, repositories, counts)),
        )
        problems: list[Problem] = []
        for name, part in parts:
            progress(name)
            for problem in part():
                problems.append(problem)
                if only_first:
                    return Verification(counts, tuple(problems))
    return Verification(counts, tuple(problems))


_STANDING = frozenset({Account.APPROVED, Account.WITHDRAWN})


class _Proof:
    def __init__(
        self, store: Store, repositories: Repositories, counts: Counter[str], on: date
    ) -> None:
        self.store, self.repositories, self.counts, self.on = store, repositories, counts, on
        self.posted: dict[str, int] = {}
        self.sealed: dict[int, str] = {}
        self.commands: dict[int, str] = {}

    def chains(self) -> Iterator[Problem]:
        """Walk both chains from their beginning to the head that was noted."""
        for chain in Chain:
            noted = head_hash(self.repositories.session, chain)
            yield from verify_chain(self._counted(chain), last_hash=noted)

    def _counted(self, chain: Chain) -> Iterator[JournalEntry]:
        for link in links(self.repositories.session, chain):
            self.counts[chain.value] += 1
            if chain is Chain.JOURNAL:
                self._remember(link)
            yield link

    def _remember(self, link: JournalEntry) -> None:
        number, recorded = link.number, link.recorded
        self.commands[number] = recorded.command
        for digest in recorded.posted:
            if digest.startswith(PREFIX):
                self.sealed[number] = digest
            else:
                self.posted[digest] = number

    def rows(self) -> Iterator[Problem]:
        """Compare the seals with the journal, and every row with its last seal."""
        last: dict[tuple[str, str], tuple[int, str]] = {}
        seals: list[tuple[str, str, str]] = []
        number = 0
        for journal_no, table, key, digest in chained(
            self.repositories.records.seals(), [(0, "", "", "")]
        ):
            if journal_no != number:
                if number and combined(seals) != self.sealed.get(number):
                    yield seals_differ(number, self.commands.get(number, ""))
                number, seals = journal_no, []
            if journal_no:
                seals.append((table, key, digest))
                last[table, key] = (journal_no, digest)
        yield from self._compare(last)

    def _compare(self, last: dict[tuple[str, str], tuple[int, str]]) -> Iterator[Problem]:
        for table, key, digest in self._digests():
            self.counts["rows"] += 1
            sealed = last.pop((table, key), None)
            if sealed is None or sealed[1] == GONE:
                yield row_added(table, key)
            elif sealed[1] != digest:
                yield row_changed(table, key, sealed[0], self.commands.get(sealed[0], ""))
        for (table, key), (journal_no, digest) in last.items():
            if digest != GONE:
                yield row_gone(table, key, journal_no, self.commands.get(journal_no, ""))

    def _digests(self) -> Iterator[tuple[str, str, str]]:
        repositories = self.repositories
        for row in repositories.proof.sealed_rows():
            yield str(row.__tablename__), key_of(row), row_digest(row)
        for claim_id, version in repositories.claims.line_keys():
            digest = repositories.claims.lines_digest(claim_id, version)
            yield "claim_line", f"{claim_id}/{version}", digest
        for programme, approval_no in repositories.proof.movement_keys():
            digest = repositories.claims.movements_digest(programme, approval_no)
            yield "line_movement", f"{programme}/{approval_no}", digest

    def entries(self) -> Iterator[Problem]:
        """Compare every entry of the books with its digest in the journal."""
        waiting = dict(self.posted)
        after = 0
        while True:
            try:
                for row, entry in self.repositories.books.entries(after=after):
                    self.counts["entries"] += 1
                    after = row.number
                    found = digest_entry(entry)
                    if found != row.digest or waiting.pop(found, None) != row.journal_no:
                        yield entry_differs(row.number, row.journal_no, row.reference)
            except SkolaError as error:
                # What was stored is no entry any more: it does not balance, or is none at all.
                number = after + 1
                yield entry_differs(number, 0, error.problem.message.en)
                return
            break
        for number in waiting.values():
            yield entry_unknown(number, self.commands.get(number, ""))

    def balances(self) -> Iterator[Problem]:
        """Add every posting up anew, and compare."""
        sums: Counter[tuple[str, ...]] = Counter()
        standing: Counter[tuple[str, str]] = Counter()
        for _, entry in self.repositories.books.entries():
            for posting in entry.postings:
                sums[_cell(posting)] += posting.cents
                if posting.account in _STANDING:
                    where = posting.dimensions
                    standing[where.programme, where.rate_period] += posting.cents
        kept = self.repositories.proof.balance_cells()
        for cell in sorted({*sums, *kept}):
            self.counts["cells"] += 1
            if sums.get(cell, 0) != kept.get(cell, 0):
                yield balance_differs(cell, expected=sums.get(cell, 0), found=kept.get(cell, 0))
        for programme in self.repositories.programmes.all():
            for period in self.repositories.programmes.rate_periods(programme.code):
                expected = standing[programme.code, period.key]
                if expected != period.approved_cents:
                    place = (programme.code, "rate_period", period.key)
                    yield balance_differs(place, expected=expected, found=period.approved_cents)

    def invariants(self) -> Iterator[Problem]:
        """Check the eleven invariants of every programme."""
        for programme in self.repositories.programmes.all():
            entries = [
                entry
                for _, entry in self.repositories.books.entries()
                if entry.occasion.programme == programme.code
            ]
            registers = registers_of(self.repositories, programme, entries)
            yield from check_all(entries, registers, on=self.on)


def _cell(posting: Posting) -> tuple[str, ...]:
    where = posting.dimensions
    values = {
        "programme": where.programme,
        "partner": where.partner,
        "account": posting.account.value,
        "group": posting.group.value,
        "quota": where.quota.value,
        "semester": where.semester,
        "rate_period": where.rate_period,
        "sub_project": where.sub_project,
        "document": where.document,
        "source": posting.source.value,
    }
    return tuple(values[name] for name in CELL)
