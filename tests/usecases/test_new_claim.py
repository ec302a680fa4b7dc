"""What a new claim is offered: its semester, and the room of that very semester."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance.queries.claims import new_claim
from tests.databases import new_store
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World

if TYPE_CHECKING:
    from pathlib import Path

WHO = "liepaja.accountant"


def test_the_room_told_is_that_of_the_offered_period(tmp_path: Path) -> None:
    """Proves it with a room, without one, and without any room by semester."""
    with new_store("sqlite", tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        world.set("semester.autumn_from", "09-01")
        world.set("semester.spring_from", "01-01")
        offered = new_claim(store, world.order(WHO), programme=SK)
        assert (offered.period_from, offered.period_to) == (date(2025, 9, 1), date(2025, 12, 31))
        assert (offered.semesters, offered.without_room) == ((), ())
        world.set(f"allocation.{LIEPAJA}.2026-spring", "100.00")
        offered = new_claim(store, world.order(WHO), programme=SK)
        assert (offered.semesters, offered.without_room) == ((), ("2025-autumn",))
        world.set(f"allocation.{LIEPAJA}.2025-autumn", "200.00")
        offered = new_claim(store, world.order(WHO), programme=SK)
        assert [one.left_cents for one in offered.semesters] == [20_000]
        assert offered.without_room == ()
