"""The demo programme: claims in every state for four partners, and a proof that can fail."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from skola_finance.ledger import Account
from skola_finance.usecases.demo.people import SK, SLUGS
from skola_finance.usecases.demo.programme import load_demo
from skola_finance.usecases.proof.backup import backup, restore
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.store import Store
from skola_finance.workflow import ClaimState
from tests.databases import KEY, new_database
from tests.demo_store import demo_copy, proof_of_demo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ON = date(2026, 12, 31)


@pytest.fixture(scope="module")
def demo(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give the demo to tests that change nothing."""
    with demo_copy(demo_folder, tmp_path_factory.mktemp("demo")) as store:
        yield store


@pytest.fixture
def own(demo_folder: Path, tmp_path: Path) -> Iterator[Store]:
    """Give the demo to one test alone."""
    with demo_copy(demo_folder, tmp_path / "own") as store:
        yield store


def test_four_partners_have_a_claim_in_every_state(demo: Store) -> None:
    """Rēzekne, Daugavpils, Liepāja and Jelgava, all twelve states each."""
    states: defaultdict[str, set[str]] = defaultdict(set)
    with demo.reading() as repositories:
        for row in repositories.claims.find(limit=1000):
            states[row.partner_reg_no].add(row.state)
    for slug in ("rezekne", "daugavpils", "liepaja", "jelgava"):
        assert states[SLUGS[slug]] == {state.value for state in ClaimState}, slug


def test_the_figures_of_the_recipe_come_out(demo: Store) -> None:
    """1 372.80, 13 464.00 with the event, 45 047.76; 260.79 that was unfunded and revived."""
    with demo.reading() as repositories:
        rows = {row.key: row for row in repositories.claims.find(limit=1000)}
        revived = repositories.claims.movements(SK, _approval_of(rows["SK-00002"].id, demo))
        assert rows["SK-00001"].approved_cents == 137_280
        assert rows["SK-00002"].approved_cents == 633_600
        assert sum(one.amount_cents for one in revived) == 26_079
        assert rows["SK-00003"].approved_cents == 1_430_530
        assert rows["PU-00001"].approved_cents == 4_504_776


def _approval_of(claim_id: int, demo: Store) -> int:
    """Give the number under which a claim's unfunded lines were revived."""
    with demo.database.engine.connect() as connection:
        wanted = sa.text(
            "SELECT approval_no FROM line_movement WHERE claim_id = :claim AND kind = 'revived'"
        )
        return int(connection.execute(wanted, {"claim": claim_id}).scalars().first() or 0)


def test_the_stories_left_their_traces(demo: Store) -> None:
    """Find a payment that came back, an irregularity, a debt set off, a cleared advance."""
    with demo.reading() as repositories:
        orders = Counter(one.state for one in repositories.payments.orders(SK))
        cases = repositories.cases.irregularities(SK)
        cleared = [one for one in repositories.claims.find(limit=1000) if one.cleared_cents]
        set_off = [one for one in repositories.claims.find(limit=1000) if one.set_off_cents]
        versions = [one for one in repositories.claims.find(limit=1000) if one.version > 1]
        varaklani = repositories.books.balances(SK, partner=SLUGS["varaklani"])
        balances = repositories.books.balances(SK)
    assert orders["rejected"] == 1
    assert orders["returned"] == 1
    assert [one.state for one in cases] == ["established"]
    assert balances.split(Account.APPROPRIATION).total_cents == 838_000_000 - 1_320
    assert {one.state for one in cleared} == {"settled"}
    assert set_off
    assert versions
    assert list(varaklani.cells()) == []


def test_it_proves_itself_on_the_other_database_too(demo: Store, tmp_path: Path) -> None:
    """Every row comes over to PostgreSQL, and everything holds there."""
    backup(demo, tmp_path / "demo.zip")
    with new_database("postgresql", tmp_path) as database:
        found = restore(Store(database, KEY, tmp_path / "e"), tmp_path / "demo.zip", on=ON)
        assert found.problems == ()
        assert found.counts["verdicts"] > 100


def test_loading_it_again_changes_nothing(own: Store) -> None:
    """Every command is known by its id, so the journal does not grow."""
    before = _journal_length(own)
    load_demo(own)
    assert _journal_length(own) == before


def _journal_length(demo: Store) -> int:
    with demo.reading() as repositories:
        return repositories.records.journal(limit=1)[0].number


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ("UPDATE posting SET cents = cents + 1 WHERE entry_no = 100 AND place = 0", "100"),
        ("UPDATE journal_entry SET amounts = replace(amounts, '137280', '137281')", ""),
        ("UPDATE claim_line SET claimed_cents = 1321 WHERE claim_id = 15 AND line_no = 0", ""),
    ],
    ids=["a posting", "an amount in the journal", "a line"],
)
def test_one_byte_of_an_amount_changed_by_hand_is_named(
    own: Store, change: str, subject: str
) -> None:
    """Proves that whoever changes a digit in the database is found out, with the entry named."""
    with own.database.engine.begin() as connection:
        assert connection.execute(sa.text(change)).rowcount
    found = verify(own, on=ON)
    assert not found.is_clean
    assert found.problems[0].subject == subject or (not subject and found.problems[0].subject)


def test_the_demo_is_clean(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Proves that the loaded demo proves itself, every verdict recomputed."""
    codes, counts = proof_of_demo(demo_folder, tmp_path_factory)
    assert codes == []
    assert counts["verdicts"] > 100
