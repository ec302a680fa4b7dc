"""What if, over a stored programme: other settings on everything ever filed, to the cent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.rulebook import load_rulebook, make_setting
from skola_finance.usecases.filing.drafts import create_claim, edit_lines
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.partners.agreements import prepare_succession, succeed_partner
from skola_finance.usecases.proof.simulation import simulate_stored
from skola_finance.usecases.review.deciding_lines import cut_line, park_line
from skola_finance.usecases.review.taking_up import start_review
from skola_finance.usecases.wording import CommandRefused
from skola_finance.workflow import NotFound, RoleNotAllowed
from tests.cli.command import Command
from tests.databases import KEY, KINDS, new_store
from tests.usecases.world import AGENCY, LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.claims.compare import Change, Comparison

MAY = {"manager", "manager_2", "auditor"}
PEOPLE = {*AGENCY, "liepaja.accountant", "liepaja.signatory", "liepaja.coordinator"}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    """Give a programme with two partners, in which nothing was filed yet."""
    with new_store("sqlite", tmp_path) as store:
        yield _with_partners(World(store))


@pytest.fixture(scope="module", params=KINDS)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Give a programme with an autumn claim of Liepāja and a spring claim of Rēzekne, to read.

    Of Liepāja's three lines one was cut to 5.00 and one parked; a draft lies beside them.
    """
    with new_store(request.param, tmp_path_factory.mktemp("simulation")) as store:
        yield _with_claims(_with_partners(World(store)))


def _with_partners(world: World) -> World:
    world.open()
    world.add_partner(LIEPAJA, SCHOOL)
    world.add_partner(REZEKNE, OTHER_SCHOOL)
    return world


def _with_claims(world: World) -> World:
    filed = world.filed("liepaja.accountant", [line(), line(), line()])
    claim = filed["claim"]
    world.do("reviewer", start_review, claim=claim)
    world.do(
        *("reviewer", cut_line),
        claim=claim,
        line_id=f"{claim}-0002",
        limit_cents=500,
        reason="half of it was cancelled",
        rule_code="ELG-140",
    )
    world.do("reviewer", park_line, claim=claim, line_id=f"{claim}-0003", reason="a paper is due")
    made = world.do(
        *("rezekne.accountant", create_claim),
        programme=SK,
        partner=REZEKNE,
        claim_no="spring",
        kind="interim",
        period_from=date(2026, 1, 1),
        period_to=date(2026, 1, 31),
    )
    spring = {"activity_on": date(2026, 1, 9), "institution_reg_no": OTHER_SCHOOL}
    made = world.do(
        *("rezekne.accountant", edit_lines),
        claim=made["claim"],
        row_version=made["row_version"],
        changed=[line(**spring), line(**spring)],
    )
    world.do(
        *("rezekne.accountant", submit_claim),
        claim=made["claim"],
        row_version=made["row_version"],
    )
    world.draft("liepaja.accountant", [line()])
    return world


def _simulated(world: World, who: str = "auditor", **settings: str) -> Comparison:
    """Simulate settings, with dots of their keys written as two bars."""
    book = load_rulebook(SK)
    changed = [
        make_setting(
            rulebook=book,
            key=key.replace("__", "."),
            value=value,
            starts=None,
            ends=None,
            source="what if",
        )
        for key, value in settings.items()
    ]
    return simulate_stored(world.store, world.order(who), programme=SK, settings=changed)


def _told(changes: tuple[Change, ...]) -> dict[str, tuple[int, int, int]]:
    return {one.name: (one.lines, one.before_cents, one.after_cents) for one in changes}


def test_under_the_same_rules_nothing_changes(world: World) -> None:
    """Every filed line is judged, the draft is not; cut and parked lines stand as decided."""
    same = _simulated(world)
    assert (same.lines, same.changed, same.by_rule) == (5, 0, ())
    assert same.before_cents == same.after_cents == 1320 + 500 + 0 + 2 * 1320
    assert _told(same.by_partner) == {LIEPAJA: (0, 1820, 1820), REZEKNE: (0, 2640, 2640)}


def test_a_lower_unit_cost_takes_what_is_above_it(world: World) -> None:
    """3.20 of each line, by rule, partner and semester; what a person decided stays decided."""
    found = _simulated(world, unit_cost__reading_support="10.00")
    assert (found.lines, found.changed) == (5, 3)
    assert (found.before_cents, found.after_cents) == (4460, 1000 + 500 + 2 * 1000)
    assert _told(found.by_partner) == {LIEPAJA: (1, 1820, 1500), REZEKNE: (2, 2640, 2000)}
    assert _told(found.by_semester) == {
        "2025-autumn": (1, 1820, 1500),
        "2026-spring": (2, 2640, 2000),
    }
    # The rule cuts the parked line too; the one that was cut is below the unit cost already.
    cuts = {name: told for name, told in _told(found.by_rule).items() if any(told[1:])}
    assert cuts == {"ELG-140": (4, 0, 4 * 320)}


def test_a_lower_cap_spares_a_line_that_a_reviewer_cut_deeper(world: World) -> None:
    """A unit cost of 4.00 is below the reviewer's 5.00 and wins; 6.00 is above it and does not."""
    assert _told(_simulated(world, unit_cost__reading_support="6.00").by_partner)[LIEPAJA] == (
        *(1, 1820),
        600 + 500,
    )
    assert _told(_simulated(world, unit_cost__reading_support="4.00").by_partner)[LIEPAJA] == (
        *(2, 1820),
        400 + 400,
    )


def test_another_register_is_looked_up_anew(world: World) -> None:
    """Lines are prepared again where the changed settings name other institutions."""
    found = _simulated(world, **{f"institution__{LIEPAJA}__{SCHOOL}": "no"})
    assert _told(found.by_partner) == {LIEPAJA: (2, 1820, 0), REZEKNE: (0, 2640, 2640)}


def test_progress_is_told_from_the_first_claim_to_the_last_verdict(world: World) -> None:
    """Steps in order, and after each line stage the cents that are left, long before the end."""
    told: list[tuple[str, int | None]] = []
    simulate_stored(
        world.store,
        world.order("manager"),
        programme=SK,
        progress=lambda step, done: told.append((step, done)),
    )
    left = 1320 + 500 + 1320 + 2 * 1320
    assert told == [
        ("read", 0),
        ("before", None),
        ("before", left),
        ("after", None),
        ("after", left),
    ]


def test_lines_of_a_succeeded_partner_count_as_the_successors(empty: World) -> None:
    """They are judged in the room that the successor took over."""
    empty.filed("liepaja.accountant", [line(), line()])
    before = _simulated(empty, unit_cost__reading_support="10.00")
    empty.do(
        *("manager", prepare_succession),
        programme=SK,
        number=f"L-{LIEPAJA}",
        successor=REZEKNE,
        on=date(2026, 1, 15),
        source="a law on mergers",
    )
    empty.do("approver", succeed_partner, programme=SK, number=f"L-{LIEPAJA}")
    after = _simulated(empty, unit_cost__reading_support="10.00")
    assert _told(before.by_partner) == {LIEPAJA: (2, 2640, 2000)}
    assert _told(after.by_partner) == {REZEKNE: (2, 2640, 2000)}


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_only_managers_and_auditors_simulate(world: World) -> None:
    """AUT-601 for everybody else, before anything is read."""
    for who in MAY:
        assert _simulated(world, who).lines == 5
    for who in PEOPLE - MAY:
        with pytest.raises(RoleNotAllowed, match="AUT-601"):
            _simulated(world, who)


def test_what_is_not_there_is_not_simulated(empty: World) -> None:
    """STO-913 where nothing was filed, AUT-603 where there is no such programme."""
    empty.draft("liepaja.accountant", [line()])
    with pytest.raises(CommandRefused, match="STO-913"):
        _simulated(empty)
    with pytest.raises(NotFound, match="AUT-603"):
        simulate_stored(empty.store, empty.order("auditor"), programme="pumpurs")


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_the_command_simulates_the_database_that_the_environment_names(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """`simulate` without files: settings of a file against everything that was filed."""
    monkeypatch.setenv("SKOLA_DATABASE_URL", f"sqlite:///{world.store.database.name}")
    monkeypatch.setenv("SKOLA_SECRET_KEY", KEY.decode())
    run = Command(monkeypatch, capsysbinary)
    settings = tmp_path / "what-if.toml"
    settings.write_text(
        '[[setting]]\nkey = "unit_cost.reading_support"\nvalue = "10.00"\nsource = "what if"\n',
        encoding="utf-8",
    )
    asked = ("simulate", "--programme", SK, "--settings", settings, "--on", "2026-01-20")
    ran = run(*asked, "--json")
    ran.assert_fine()
    assert (ran.json["lines"], ran.json["changed"]) == (5, 3)
    assert ran.json["eligible"] == {"before": "44.60", "after": "35.00", "difference": "-9.60"}
    assert [one["semester"] for one in ran.json["by_semester"]] == ["2025-autumn", "2026-spring"]
    people = run(*asked, "--lang", "en")
    people.assert_fine()
    assert "2026-spring" in people.out
