"""The demo programme: claims in every state for four partners, and a proof that can fail."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa

from skola_finance.ledger import Account
from skola_finance.usecases.demo.people import SK, SLUGS
from skola_finance.usecases.demo.programme import load_demo
from skola_finance.usecases.proof.backup import backup, restore
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.store import Store
from skola_finance.workflow import ClaimState
from tests.databases import KEY, new_database, new_store

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2026, 12, 31)


def test_the_demo_is_whole_proves_itself_and_names_what_was_changed(tmp_path: Path) -> None:
    """Loaded once and asked everything, because it takes a while: each part says what it proves."""
    with new_store("sqlite", tmp_path) as demo:
        load_demo(demo)
        four_partners_have_a_claim_in_every_state(demo)
        the_figures_of_the_recipe_come_out(demo)
        the_stories_left_their_traces(demo)
        loading_it_again_changes_nothing(demo)
        it_proves_itself_on_the_other_database_too(demo, tmp_path)
        one_byte_of_an_amount_changed_by_hand_is_named(demo)


def four_partners_have_a_claim_in_every_state(demo: Store) -> None:
    """Rēzekne, Daugavpils, Liepāja and Jelgava, all twelve states each."""
    states: defaultdict[str, set[str]] = defaultdict(set)
    with demo.reading() as repositories:
        for row in repositories.claims.find(limit=1000):
            states[row.partner_reg_no].add(row.state)
    for slug in ("rezekne", "daugavpils", "liepaja", "jelgava"):
        assert states[SLUGS[slug]] == {state.value for state in ClaimState}, slug


def the_figures_of_the_recipe_come_out(demo: Store) -> None:
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


def the_stories_left_their_traces(demo: Store) -> None:
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


def it_proves_itself_on_the_other_database_too(demo: Store, tmp_path: Path) -> None:
    """Every row comes over to PostgreSQL, and everything holds there."""
    backup(demo, tmp_path / "demo.zip")
    with new_database("postgresql", tmp_path) as database:
        found = restore(Store(database, KEY, tmp_path / "e"), tmp_path / "demo.zip", on=ON)
        assert found.problems == ()
        assert found.counts["verdicts"] > 100


def loading_it_again_changes_nothing(demo: Store) -> None:
    """Every command is known by its id, so the journal does not grow."""
    before = _journal_length(demo)
    load_demo(demo)
    assert _journal_length(demo) == before


def _journal_length(demo: Store) -> int:
    with demo.reading() as repositories:
        return repositories.records.journal(limit=1)[0].number


def one_byte_of_an_amount_changed_by_hand_is_named(demo: Store) -> None:
    """Change a posting, a line, a journal entry's amount: each time the entry is named."""
    changes = {
        "UPDATE posting SET cents = cents + 1 WHERE entry_no = 100 AND place = 0": "100",
        "UPDATE journal_entry SET amounts = replace(amounts, '137280', '137281')": "",
        "UPDATE claim_line SET claimed_cents = 1321 WHERE claim_id = 15 AND line_no = 0": "",
    }
    for change, subject in changes.items():
        with demo.database.engine.connect() as connection, connection.begin() as transaction:
            assert connection.execute(sa.text(change)).rowcount
            transaction.commit()
        found = verify(demo, on=ON)
        assert not found.is_clean, change
        assert found.problems[0].subject == subject or (not subject and found.problems[0].subject)
        back = (
            change.replace("cents + 1", "cents - 1")
            .replace("'137280', '137281'", "'137281', '137280'")
            .replace("= 1321", "= 1320")
        )
        with demo.database.engine.begin() as connection:
            connection.execute(sa.text(back))
