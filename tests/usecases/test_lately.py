"""Answers that are kept: the same until anything changes, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.usecases.filing.drafts import create_claim
from skola_finance.usecases.lately import Lately, kept_for_a_while
from skola_finance.usecases.views.partner_home import partner_home
from tests.databases import new_store
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

WHO = "liepaja.accountant"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give a programme with two partners."""
    with new_store("sqlite", tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        world.add_partner(REZEKNE, OTHER_SCHOOL)
        yield world


def home(world: World, who: str = WHO) -> Any:  # noqa: ANN401 - the page
    """Give what Liepāja's people see first."""
    return partner_home(world.store, world.order(who), programme=SK, partner=LIEPAJA)


def test_an_answer_is_kept_until_the_journal_grows(world: World) -> None:
    """Proves that a command of anybody, and the next day, ask anew."""
    first = home(world)
    assert home(world) is first
    world.do(
        *("rezekne.accountant", create_claim),
        programme=SK,
        partner=REZEKNE,
        claim_no="1",
        kind="nil",
        period_from=world.clock.at.date(),
        period_to=world.clock.at.date(),
    )
    second = home(world)
    assert second is not first
    assert second == first
    world.clock.go_to(2026, 2, 1)
    assert home(world) is not second


def test_nobody_gets_the_answer_of_somebody_else(world: World) -> None:
    """Proves it for a colleague, and for another partner's person, who is refused each time."""
    first = home(world)
    assert home(world, "liepaja.coordinator") is not first
    for _ in range(2):
        with pytest.raises(SkolaError, match="AUT-603"):
            home(world, "rezekne.accountant")


def test_answers_to_other_questions_are_others(world: World) -> None:
    """Proves that arguments tell answers apart, and that only so many are kept."""
    asked: list[str] = []

    @kept_for_a_while(2)
    def told(_store: Store, _order: Order, *, about: str) -> str:
        asked.append(about)
        return about

    for about in ("a", "b", "a", "c", "b"):
        assert told(world.store, world.order(WHO), about=about) == about
    assert asked == ["a", "b", "c", "b"]
    few: Lately[int] = Lately(most=1)
    few.put(("x",), 1)
    few.put(("y",), 2)
    assert (few.get(("x",)), few.get(("y",))) == (None, 2)
