"""Whatever anybody does, in whatever order: the stored claims, books and journal stay right."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from skola_finance.funding import FundingSource
from skola_finance.ledger import Account, check_all
from skola_finance.problems import SkolaError
from skola_finance.storage.tables import METADATA, ClaimLineRow, ClaimRow
from skola_finance.usecases.order import Order
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.programmes.settings import propose_setting
from skola_finance.usecases.proof.registers import registers_of
from skola_finance.usecases.proof.verify import _Proof, verify
from skola_finance.workflow import CLAIMS, ClaimState
from tests.databases import become_copy, new_store
from tests.usecases.arguments import dice
from tests.usecases.life import OF_CLAIM, Deed, anything, likely
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, actor, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.ledger import Entry, Posting
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.repositories.records import Given

ALLOCATION = 10_000
"""Seven lines fit, so that a random life comes upon the ceiling."""
SETTINGS = {
    "advance.max_rate": "30 %",
    "deadline.repay.months": "1",
    "recovery.schedule.months": "36",
    "recovery.schedule.last_day": "2039-12-31",
}
LATER = date(2040, 12, 31)
UNTOUCHED = frozenset({ClaimState.DRAFT, ClaimState.RETURNED})
"""What a claim comes to is not known in these states."""
seeds = st.integers(0, 2**32 - 1)


def dump(world: World) -> str:
    """Digest every row of every table."""
    database = world.store.database
    digest = hashlib.sha256()
    engine = database.engine.execution_options(skola_reads_only=True)
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            order = ", ".join(f'"{one.name}"' for one in table.primary_key.columns)
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table.name}" ORDER BY {order}')  # noqa: S608 - our own tables
            digest.update(table.name.encode())
            for row in rows:
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


class Life(RuleBasedStateMachine):
    """A programme with two partners and little money, and people who do what they like."""

    kind = "sqlite"

    def __init__(self) -> None:
        """Begin with a copy of the same open programme."""
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        store = self.stack.enter_context(new_store(self.kind, folder))
        self.world = World(store)
        become_copy(store.database, "life", self._fill)
        self.world.clock.at = self.world.clock.at.replace(hour=12)
        self.number = 0
        self.given: list[tuple[Deed, Order, Any]] = []
        self.journal = self._journal()
        self.before = dump(self.world)
        self.codes: Counter[str] = Counter()

    def _fill(self) -> None:
        self.world.open()
        self.world.add_partner(LIEPAJA, SCHOOL, cents=ALLOCATION)
        self.world.add_partner(REZEKNE, OTHER_SCHOOL, cents=ALLOCATION)
        for key, value in SETTINGS.items():
            self.world.set(key, value)
        who = "liepaja.accountant"
        paid = self.world.approved(who, [line(), line()])
        order = self.world.do("treasurer", order_claim_payment, claim=paid["claim"])["order"]
        day = self.world.clock.at.date()
        self.world.do("treasurer", mark_paid, order=order, executed_on=day)
        self.world.approved(who, [line(), line(amount="6.61")])
        self.world.recommended("rezekne.accountant", [line(institution_reg_no=OTHER_SCHOOL)])

    def _journal(self) -> int:
        with self.world.store.reading() as repositories:
            return repositories.records.journal(limit=1)[0].number

    def _give(self, deed: Deed) -> None:
        self.number += 1
        order = Order(actor(deed.who), f"life-{self.number}", self.world.clock.now())
        must = self._must_be_refused(deed)
        try:
            answer = deed.case(self.world.store, order, **deed.inputs)
        except SkolaError as refused:
            self._check_refusal(refused, order, must)
        else:
            assert must == "", f"{deed} should have been refused with {must}"
            self.given.append((deed, order, answer))
            self.journal += 1
            self.before = dump(self.world)
            self._check_everything()
        assert self._journal() == self.journal

    def _must_be_refused(self, deed: Deed) -> str:
        """Give the code that a command is refused with, as far as role and state alone say it."""
        if actor(deed.who).role not in deed.case.roles:
            return "AUT-601"
        command = OF_CLAIM.get(deed.case.name)
        key = deed.inputs.get("claim", "")
        with self.world.store.reading() as repositories:
            storable = key.isprintable()
            claim = repositories.claims.by_key(key) if command and storable else None
        if claim is None:
            return ""
        if not actor(deed.who).sees(claim.partner_reg_no):
            return "AUT-603"
        is_edge = command is None or (ClaimState(claim.state), command) in CLAIMS.transitions
        return "" if is_edge else "any"

    def _check_refusal(self, refused: SkolaError, order: Order, must: str) -> None:
        problem = refused.problem
        self.codes[problem.code] += 1
        assert must in {"", "any", problem.code} or problem.code == "WFL-518"
        assert problem.message.lv
        assert problem.message.en
        assert problem.hint.lv != problem.hint.en
        assert dump(self.world) == self.before, f"{problem.code} left something behind"
        assert self._known(order) is None

    def _known(self, order: Order) -> Given | None:
        with self.world.store.reading() as repositories:
            return repositories.records.command(order.command_id)

    # ── what people do ───────────────────────────────────────────────────────────────────────

    @rule(seed=seeds)
    def go_on(self, seed: int) -> None:
        """Somebody who may does what well comes next."""
        self._give(likely(self.world, dice(seed)))

    @rule(seed=seeds)
    def go_further(self, seed: int) -> None:
        """Do the same, so that lives get somewhere."""
        self._give(likely(self.world, dice(seed)))

    @rule(seed=seeds, who=st.sampled_from(["auditor", "treasurer", "rezekne.accountant"]))
    def meddle(self, seed: int, who: str) -> None:
        """Somebody who perhaps may not does it."""
        deed = likely(self.world, dice(seed))
        self._give(Deed(who, deed.case, deed.inputs))

    @rule(seed=seeds)
    def do_anything(self, seed: int) -> None:
        """Anybody does anything, with values that fit or not."""
        self._give(anything(self.world, dice(seed)))

    @precondition(lambda self: self.given)
    @rule(seed=seeds)
    def ask_again(self, seed: int) -> None:
        """Ask for the same under the same id: the first answer; for something else: refused."""
        deed, order, answer = dice(seed).choice(self.given)
        again = deed.case(self.world.store, order, **deed.inputs)
        assert again.as_json() == answer.as_json()
        other = Order(actor("manager"), order.command_id, order.at)
        with pytest.raises(SkolaError) as refused:
            _something_else(self.world, other)
        assert refused.value.problem.code == "WFL-520"
        assert dump(self.world) == self.before
        assert self._journal() == self.journal

    # ── what always holds ────────────────────────────────────────────────────────────────────

    def _check_everything(self) -> None:
        with self.world.store.reading() as repositories:
            programme = repositories.programmes.get(SK)
            assert programme is not None
            entries = [entry for _, entry in repositories.books.entries()]
            registers = registers_of(repositories, programme, entries)
            assert check_all(entries, registers, on=LATER) == ()
            proof = _Proof(self.world.store, repositories, Counter(), LATER)
            assert [*proof.balances()] == []
            _check_claims(repositories)
            _check_ceilings(repositories, entries)
            _check_sources(repositories, entries)

    def teardown(self) -> None:
        """Prove the whole database at the end of a life."""
        try:
            found = verify(self.world.store, on=LATER, only_first=False)
            assert found.problems == ()
        finally:
            self.stack.close()


def _something_else(world: World, order: Order) -> None:
    """Give some command that a manager may give."""
    propose_setting(world.store, order, programme=SK, key="hours_per_day", value="7", source="x")


def _check_claims(repositories: Repositories) -> None:
    """Claimed = eligible + ineligible + unfunded, and approved ≤ claimed: each line and claim."""
    session = repositories.session
    lines = session.scalars(sa.select(ClaimLineRow)).all()
    for one in lines:
        parts = one.eligible_cents + one.ineligible_cents + one.unfunded_cents
        assert one.claimed_cents == parts
        assert 0 <= one.withdrawn_cents <= max(one.approved_cents, 0)
        assert abs(one.approved_cents) <= abs(one.claimed_cents)
    for claim in session.scalars(sa.select(ClaimRow)):
        if ClaimState(claim.state) in UNTOUCHED:
            continue
        own = [one for one in lines if (one.claim_id, one.version) == (claim.id, claim.version)]
        parts = claim.eligible_cents + claim.ineligible_cents + claim.unfunded_cents
        assert claim.claimed_cents == parts == sum(one.claimed_cents for one in own)
        assert claim.approved_cents <= sum(max(one.claimed_cents, 0) for one in own)
        assert claim.approved_cents == sum(max(one.approved_cents, 0) for one in own)
        if claim.approval_no:
            assert claim.esf_plus_cents <= claim.approved_cents


def _check_ceilings(repositories: Repositories, entries: list[Entry]) -> None:
    """Σ approved ≤ quota ≤ allocation ≤ envelope; lines and books tell the same."""
    quotas, envelope = _allocated(repositories)
    approved: Counter[tuple[str, str]] = Counter()
    for posting in _standing(entries):
        where = posting.dimensions
        approved[where.partner, where.quota.value] += posting.cents
    assert all(cents >= 0 for cents in quotas.values())
    assert sum(quotas.values()) <= envelope
    for key, cents in approved.items():
        assert 0 <= cents <= quotas[key], key
    moved: Counter[str] = Counter()
    for claim in repositories.session.scalars(sa.select(ClaimRow)):
        for one in repositories.claims.lines(claim.id, claim.version):
            moved[claim.partner_reg_no] += one.approved_cents - one.withdrawn_cents
    for partner in (LIEPAJA, REZEKNE):
        stands = sum(cents for (whose, _), cents in approved.items() if whose == partner)
        assert moved[partner] == stands


def _allocated(repositories: Repositories) -> tuple[Counter[tuple[str, str]], int]:
    """Add up what was confirmed: by partner and quota, and the envelope."""
    quotas: Counter[tuple[str, str]] = Counter()
    envelope = 0
    for one in repositories.programmes.amendments(SK, states=["confirmed"]):
        if one.kind == "envelope":
            envelope += one.amount_cents
            continue
        quotas[one.partner_reg_no, one.quota] += one.amount_cents
        if one.kind == "reallocation":
            quotas[one.giver_reg_no, one.giver_quota] -= one.amount_cents
    return quotas, envelope


def _check_sources(repositories: Repositories, entries: list[Entry]) -> None:
    """ESF+ never exceeds its rate of all that stands approved, period by period."""
    sources: Counter[tuple[str, FundingSource]] = Counter()
    for posting in _standing(entries):
        sources[posting.dimensions.rate_period, posting.source] += posting.cents
    for period in repositories.programmes.rate_periods(SK):
        esf_plus = sources[period.key, FundingSource.ESF_PLUS]
        whole = sum(cents for (key, _), cents in sources.items() if key == period.key)
        numerator, _, denominator = period.rate.partition("/")
        assert esf_plus * int(denominator) <= whole * int(numerator)
        assert whole == period.approved_cents


def _standing(entries: list[Entry]) -> Iterator[Posting]:
    for entry in entries:
        for posting in entry.postings:
            if posting.account in {Account.APPROVED, Account.WITHDRAWN}:
                yield posting


class LifeOnPostgresql(Life):
    """The same on the server."""

    kind = "postgresql"


few = settings(
    max_examples=3,
    stateful_step_count=20,
    deadline=None,
    # A failing life is told by its steps; a shorter one would take minutes to find.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
LifeOnSqlite = Life.TestCase
LifeOnSqlite.settings = few
LifeOnServer = LifeOnPostgresql.TestCase
LifeOnServer.settings = few
