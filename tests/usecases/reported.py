"""A scene that reports tell about: two partners, an advance, and claims in most states."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from skola_finance.storage.database import open_database
from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.paying.advance_payments import mark_advance_paid
from skola_finance.usecases.paying.advances import order_advance, propose_advance
from skola_finance.usecases.paying.confirming import confirm_correction
from skola_finance.usecases.paying.corrections import correct_lines
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.review.deciding_lines import cut_line
from skola_finance.usecases.review.outcome import recommend_claim, return_claim
from skola_finance.usecases.review.questions import answer_clarification, ask_clarification
from skola_finance.usecases.review.taking_up import start_review
from skola_finance.usecases.store import Store
from tests.databases import KEY, Clock, new_store
from tests.scratch import scratch_folder
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

L, R = "liepaja.accountant", "rezekne.accountant"
ALLOCATED, ALLOCATED_TO_R = 1_000_000, 500_000
ADVANCE = 5_000
PAID, CUT, CORRECTED = 6 * 1320, 320, 1000


@dataclass
class Scene:
    """A world in which much has happened, and the keys of its claims by what became of them."""

    world: World
    claims: dict[str, str] = field(default_factory=dict)


def scene(store: Store) -> Scene:
    """Let much happen.

    Liepāja: a claim of seven lines, one of them rejected by a rule and one cut by the reviewer, is
    paid, and 10.00 of it corrected afterwards; one is approved, one in review with a question
    answered after a week, one returned, one filed, one a draft. Rēzekne: an advance cleared by an
    approved claim, and a claim ordered.
    """
    world = World(store).open()
    world.set("advance.max_rate", "30 %")
    world.set("deadline.check_claim.calendar_days", "80")
    world.set("deadline.review_claim.working_days", "20")
    world.add_partner(LIEPAJA, SCHOOL, cents=ALLOCATED)
    world.add_partner(REZEKNE, OTHER_SCHOOL, cents=ALLOCATED_TO_R, iban="LV17DEMO0000000000002")
    found = Scene(world)
    _paid(found)
    approved = world.approved(L, [line(activity_on=date(2025, 12, 8)), line()])
    _asked(found)
    returned = world.filed(L, [line(activity_on=date(2025, 9, 9))])
    world.do("reviewer", start_review, claim=returned["claim"])
    world.do("reviewer", return_claim, claim=returned["claim"], reason="the plan is missing")
    filed = world.filed(L, [line(), line(activity="specialist_support", specialist="psychologist")])
    draft = world.draft(L, [line()])
    found.claims |= {
        "approved": approved["claim"],
        "returned": returned["claim"],
        "filed": filed["claim"],
        "draft": draft["claim"],
    }
    _of_rezekne(found)
    return found


@contextmanager
def scene_on(kind: str, folder: Path) -> Iterator[Scene]:
    """Give the scene in a database of its own; on SQLite it is made once for all tests."""
    if kind != "sqlite":
        with new_store(kind, folder) as store:
            yield scene(store)
        return
    made, claims, at = _made()
    path = folder / "scene.db"
    shutil.copyfile(made, path)
    database = open_database(f"sqlite:///{path}")
    store = Store(database, KEY, folder / "evidence")
    yield Scene(World(store, Clock(at), count(10_000)), dict(claims))
    database.dispose()


@cache
def _made() -> tuple[Path, dict[str, str], datetime]:
    """Let everything happen in one file, which every test copies."""
    folder = scratch_folder("skola-scene-")
    with new_store("sqlite", folder) as store:
        found = scene(store)
    (path,) = folder.glob("*.db")
    return path, found.claims, found.world.clock.at


def _paid(found: Scene) -> None:
    world = found.world
    support = line(activity="specialist_support", specialist="psychologist")
    lines = [*(line() for _ in range(5)), support, line(learner_grade=5, line_id="reject")]
    made = world.filed(L, lines)
    key = made["claim"]
    world.do("reviewer", start_review, claim=key)
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(key)
        assert row is not None
        named = repositories.claims.lines(row.id, row.version)[0].line_id
    world.do(
        "reviewer",
        cut_line,
        claim=key,
        line_id=named,
        limit_cents=1320 - CUT,
        reason="a quarter of an hour less",
        rule_code="ELG-140",
    )
    ready = world.do("reviewer", recommend_claim, claim=key)
    world.do("approver", approve_claim_payment, claim=key, row_version=ready["row_version"])
    ordered = world.do("treasurer", order_claim_payment, claim=key)
    world.do("treasurer", mark_paid, order=ordered["order"], executed_on=date(2026, 1, 15))
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(key)
        assert row is not None
        second = repositories.claims.lines(row.id, row.version)[1].line_id
    proposed = world.do(
        "manager", correct_lines, claim=key, lines={second: CORRECTED}, reason="held twice"
    )
    world.do("approver_2", confirm_correction, correction=proposed["correction"])
    found.claims |= {"paid": key, "cut": named, "corrected": second}


def _asked(found: Scene) -> None:
    world = found.world
    made = world.filed(L, [line(activity_on=date(2025, 10, 6))])
    world.do("reviewer", start_review, claim=made["claim"])
    world.clock.go_to(2026, 1, 20)
    asked = world.do(
        "reviewer",
        ask_clarification,
        claim=made["claim"],
        question="Which plan?",
        answer_by=date(2026, 2, 3),
    )
    world.clock.go_to(2026, 1, 27)
    world.do(L, answer_clarification, clarification=asked["clarification"], answer="The one named.")
    found.claims["asked"] = made["claim"]


def _of_rezekne(found: Scene) -> None:
    world = found.world
    theirs = {"institution_reg_no": OTHER_SCHOOL}
    proposed = world.do(
        "manager", propose_advance, programme=SK, partner=REZEKNE, cents=ADVANCE, reason="schools"
    )
    ordered = world.do("treasurer", order_advance, advance=proposed["advance"])
    world.do(
        "treasurer",
        mark_advance_paid,
        order=ordered["order"],
        executed_on=world.clock.at.date(),
    )
    cleared = world.approved(R, [line(**theirs), line(**theirs)])
    rest = world.approved(R, [line(**theirs) for _ in range(4)])
    world.do("treasurer", order_claim_payment, claim=rest["claim"])
    found.claims |= {"cleared": cleared["claim"], "ordered": rest["claim"]}
