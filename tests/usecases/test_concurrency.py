"""Many at once, on both databases: every thread has a store and connections of its own."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from skola_finance.ledger import Account
from skola_finance.problems import SkolaError, Text
from skola_finance.storage.database import open_database
from skola_finance.storage.frames import pack, unpack
from skola_finance.storage.tables import AssessmentRow, ClaimRow, ClaimVersionRow
from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.filing.drafts import edit_lines
from skola_finance.usecases.order import Answer, Order
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.programmes.allocations import confirm_amendment, propose_allocation
from skola_finance.usecases.programmes.settings import confirm_setting, propose_setting
from skola_finance.usecases.proof.verify import _Proof, verify
from skola_finance.usecases.store import Store
from skola_finance.usecases.use_case import UseCase
from skola_finance.workflow import Role
from tests.databases import KINDS, new_store
from tests.usecases.world import (
    LIEPAJA,
    OTHER_SCHOOL,
    REZEKNE,
    SCHOOL,
    SK,
    World,
    actor,
    line,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from skola_finance.storage.tables import ClaimLineRow
    from skola_finance.usecases.work import Work

LINE = 1320
ROOM = 10 * LINE + 500
"""Ten lines fit, and 5.00 € of an eleventh."""


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it, whose allocation holds ten lines and a bit."""
    with new_store(request.param, tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL, cents=ROOM)
        yield world


def _at_once(world: World, actions: Sequence[Callable[[Store], Any]]) -> list[Any]:
    """Do things at the same moment, each on connections of its own; gives what came of each."""
    url = world.store.database.engine.url.render_as_string(hide_password=False)
    ready = Barrier(len(actions))

    def do(action: Callable[[Store], Any]) -> Any:  # noqa: ANN401 - an answer or a refusal
        database = open_database(url)
        try:
            store = Store(database, world.store.key, world.store.evidence)
            ready.wait()
            try:
                return action(store)
            except SkolaError as refused:
                return refused
        finally:
            database.dispose()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(do, actions))


def _deed(
    world: World,
    who: str,
    case: UseCase[Any],
    command_id: str,
    **inputs: Any,  # noqa: ANN401 - any
) -> Callable[[Store], Answer]:
    order = Order(actor(who), command_id, world.clock.now())
    return lambda store: case(store, order, **inputs)


def _codes(results: Sequence[Any]) -> list[str]:
    return sorted(one.problem.code for one in results if isinstance(one, SkolaError))


def _journal(world: World) -> int:
    with world.store.reading() as repositories:
        return repositories.records.journal(limit=1)[0].number


def _assert_proven(world: World) -> None:
    found = verify(world.store, on=world.clock.at.date(), only_first=False)
    assert found.problems == ()


def _copies(work: Work, *, claim: str, number: int) -> Answer:
    """Make copies of a recommended claim, of other learners: each as if it had been judged."""
    repositories = work.repositories
    first = work.claim(claim)
    version = repositories.claims.version(first.id, 1)
    verdict = repositories.claims.assessment(first.id, 1)
    lines = [row.model_dump(exclude={"claim_id", "version"}) for row in _lines(work, first)]
    acts = repositories.records.acts("claim", first.key)
    assert version is not None
    assert verdict is not None
    for each in range(number):
        key = f"{first.key}-{each}"
        copy = ClaimRow(**{**first.model_dump(exclude={"id"}), "key": key, "claim_no": key})
        repositories.add(copy)
        others = {name: f"{key}-{name}" for name in ("learner_ref", "specialist_ref", "plan_no")}
        frame = unpack(version.frame).with_columns(**{n: pl.lit(v) for n, v in others.items()})
        told = {"claim_id": copy.id, "frame": pack(frame)}
        repositories.add(ClaimVersionRow(**{**version.model_dump(), **told}))
        repositories.add(
            AssessmentRow(**{**verdict.model_dump(exclude={"id"}), "claim_id": copy.id})
        )
        kept = [{**row, **{n: others[n] for n in SHARED_HERE}} for row in lines]
        digest = repositories.claims.keep_lines(copy.id, 1, kept)
        repositories.seal("claim_line", f"{copy.id}/1", digest)
        for act in acts:
            repositories.act(**{**act.model_dump(exclude={"id", "journal_no"}), "thing": key})
    return Answer(first.key, {})


def _lines(work: Work, claim: ClaimRow) -> Sequence[ClaimLineRow]:
    return work.repositories.claims.lines(claim.id, 1)


SHARED_HERE = ("learner_ref", "specialist_ref")
COPIES: UseCase[Any] = UseCase(
    "copies", Text(lv="Kopijas", en="Copies"), frozenset({Role.AGENCY_REVIEWER}), _copies
)
"""Judging takes the engine a tenth of a second: fifty claims are judged once and copied."""


def _assert_books_proven(world: World) -> None:
    """Prove everything but the verdicts, which are fifty times the same."""
    with world.store.reading() as repositories:
        proof = _Proof(world.store, repositories, Counter(), world.clock.at.date())
        parts = (proof.chains, proof.rows, proof.entries, proof.balances, proof.invariants)
        assert [problem for part in parts for problem in part()] == []


def test_fifty_approvals_race_for_an_allocation_that_holds_ten(world: World) -> None:
    """Ten are approved whole, one in part, and nobody gets a cent more; each loser learns why."""
    first = world.recommended("liepaja.accountant", [line()])["claim"]
    world.do("reviewer", COPIES, claim=first, number=49)
    claims = [first, *(f"{first}-{each}" for each in range(49))]
    with world.store.reading() as repositories:
        versions = {one: repositories.claims.by_key(one).row_version for one in claims}  # type: ignore[union-attr] # made above
    journal = _journal(world)
    results = _at_once(
        world,
        [
            _deed(
                world,
                ("approver", "approver_2")[place % 2],
                approve_claim_payment,
                f"race-{place}",
                claim=claim,
                row_version=versions[claim],
            )
            for place, claim in enumerate(claims)
        ],
    )
    approved = sorted(one["approved_cents"] for one in results if not isinstance(one, SkolaError))
    assert approved == [500, *[LINE] * 10]
    assert _codes(results) == ["WFL-540"] * 39
    numbers = sorted(one["approval_no"] for one in results if not isinstance(one, SkolaError))
    assert numbers == list(range(1, 12))
    with world.store.reading() as repositories:
        balances = repositories.books.balances(SK, partner=LIEPAJA)
        assert balances.split(Account.USED).total_cents == ROOM
        assert balances.split(Account.ALLOCATION).total_cents == 0
        assert repositories.claims.count(states=["approved"]) == 11
        assert repositories.claims.count(states=["recommended"]) == 39
        assert repositories.programmes.get(SK).last_approval_no == 11  # type: ignore[union-attr] # open
    assert _journal(world) == journal + 11
    _assert_books_proven(world)


def test_the_second_editor_learns_of_the_first_and_loses_nothing(world: World) -> None:
    """One of two at the same moment goes through; the other loads anew and repeats."""
    made = world.draft("liepaja.accountant", [line()])
    version = made["row_version"]
    deeds = [
        _deed(
            world,
            who,
            edit_lines,
            f"edit-{who}",
            claim=made["claim"],
            row_version=version,
            changed=[line(line_id=f"by-{who}")],
        )
        for who in ("liepaja.accountant", "liepaja.coordinator")
    ]
    results = _at_once(world, deeds)
    (refused,) = (one for one in results if isinstance(one, SkolaError))
    assert refused.problem.code == "WFL-517"
    assert refused.problem.subject == str(version + 1)
    loser = ("liepaja.accountant", "liepaja.coordinator")[results.index(refused)]
    world.do(
        loser,
        edit_lines,
        claim=made["claim"],
        row_version=version + 1,
        changed=[line(line_id=f"by-{loser}")],
    )
    with world.store.reading() as repositories:
        claim = repositories.claims.by_key(made["claim"])
        assert claim is not None
        kept = repositories.claims.version(claim.id, 1)
        assert kept is not None
        ids = set(unpack(kept.frame)["line_id"])
    assert ids == {
        f"{made['claim']}-0001",
        "by-liepaja.accountant",
        "by-liepaja.coordinator",
    }
    _assert_proven(world)


def test_the_same_approval_sent_twenty_times_at_once_has_one_effect(world: World) -> None:
    """Twenty equal answers, one entry in the books and one in the journal."""
    claim = world.recommended("liepaja.accountant", [line()])
    journal = _journal(world)
    deed = _deed(
        world,
        "approver",
        approve_claim_payment,
        "once",
        claim=claim["claim"],
        row_version=claim["row_version"],
    )
    results = _at_once(world, [deed] * 20)
    assert _codes(results) == []
    assert {repr(one.as_json()) for one in results} == {repr(results[0].as_json())}
    assert results[0]["approved_cents"] == LINE
    assert _journal(world) == journal + 1
    _assert_proven(world)


def test_the_same_new_thing_asked_for_twenty_times_at_once_is_made_once(world: World) -> None:
    """What has no row to hold yet collides on its number, and is answered all the same."""
    deed = _deed(
        world,
        "manager",
        propose_allocation,
        "once",
        programme=SK,
        partner=LIEPAJA,
        quota="events",
        change_cents=5,
        effective_on=world.clock.at.date(),
        source="an amendment",
    )
    results = _at_once(world, [deed] * 20)
    assert _codes(results) == []
    assert len({one["amendment"] for one in results}) == 1
    with world.store.reading() as repositories:
        assert len(repositories.programmes.amendments(SK, states=["proposed"])) == 1
    _assert_proven(world)


def test_an_amendment_confirmed_by_several_at_once_is_posted_once(world: World) -> None:
    """Others learn that it stands confirmed already; the money is there once."""
    proposed = world.do(
        "manager",
        propose_allocation,
        programme=SK,
        partner=LIEPAJA,
        quota="individual_support",
        change_cents=LINE,
        effective_on=world.clock.at.date(),
        source="an amendment",
    )
    results = _at_once(
        world,
        [
            _deed(
                world, who, confirm_amendment, f"confirm-{number}", amendment=proposed["amendment"]
            )
            for number, who in enumerate(["manager_2", "approver", "approver_2"] * 3)
        ],
    )
    assert _codes(results) == ["WFL-501"] * 8
    with world.store.reading() as repositories:
        balances = repositories.books.balances(SK, partner=LIEPAJA)
        assert balances.split(Account.ALLOCATION).total_cents == ROOM + LINE
    _assert_proven(world)


def test_a_payment_ordered_and_recorded_by_several_at_once_moves_once(world: World) -> None:
    """Eight orders of one claim, then eight records of one order: one of each goes through."""
    approved = world.approved("liepaja.accountant", [line()])
    orders = [
        _deed(world, "treasurer", order_claim_payment, f"o-{each}", claim=approved["claim"])
        for each in range(8)
    ]
    results = _at_once(world, orders)
    assert _codes(results) == ["WFL-501"] * 7
    (ordered,) = (one for one in results if not isinstance(one, SkolaError))
    paid = [
        _deed(
            world,
            "treasurer",
            mark_paid,
            f"p-{each}",
            order=ordered["order"],
            executed_on=world.clock.at.date(),
        )
        for each in range(8)
    ]
    assert _codes(_at_once(world, paid)) == ["WFL-501"] * 7
    with world.store.reading() as repositories:
        balances = repositories.books.balances(SK, partner=LIEPAJA)
        assert balances.split(Account.PAID).total_cents == LINE
    _assert_proven(world)


def test_a_clock_that_is_behind_hides_no_change(world: World) -> None:
    """A unit cost lowered after the recommendation counts, whatever its server says the time is."""
    proposed = world.do(
        "manager",
        propose_setting,
        programme=SK,
        key="unit_cost.reading_support",
        value="10.00",
        source="an order",
    )
    behind = Order(actor("manager_2"), "behind", world.clock.now())
    claim = world.recommended("liepaja.accountant", [line()])
    confirm_setting(world.store, behind, setting=proposed["setting"])
    approved = world.do(
        "approver",
        approve_claim_payment,
        claim=claim["claim"],
        row_version=claim["row_version"],
    )
    assert approved["approved_cents"] == 1000
    _assert_proven(world)


def test_a_proof_and_writers_do_not_stand_in_each_others_way(world: World) -> None:
    """`verify` sees one moment, whatever is written meanwhile, and holds nobody up."""
    world.add_partner(REZEKNE, OTHER_SCHOOL, iban="LV17DEMO0000000000002")
    world.approved("liepaja.accountant", [line()])
    on = world.clock.at.date()
    writers = [
        _deed(
            world,
            "manager",
            propose_allocation,
            f"w-{each}",
            programme=SK,
            partner=REZEKNE,
            quota="events",
            change_cents=each + 1,
            effective_on=on,
            source="an amendment",
        )
        for each in range(6)
    ]
    provers: list[Callable[[Store], Any]] = [lambda store: verify(store, on=on)] * 2
    results = _at_once(world, [*writers, *provers])
    assert _codes(results) == []
    assert [one.problems for one in results[-2:]] == [(), ()]
    _assert_proven(world)
