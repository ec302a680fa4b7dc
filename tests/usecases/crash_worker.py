"""Runs cheap commands on a database, one after the other, and prints each once it is answered.

`python -m tests.usecases.crash_worker URL FROM TO`; the test kills it at some moment.
What the command with number *n* is depends on nothing but *n* and what is in the database.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from skola_finance.storage.database import open_database
from skola_finance.usecases.filing.drafts import create_claim, edit_lines
from skola_finance.usecases.order import Order
from skola_finance.usecases.programmes.allocations import confirm_amendment, propose_allocation
from skola_finance.usecases.store import Store
from tests.databases import KEY
from tests.usecases.world import LIEPAJA, SK, actor, line

if TYPE_CHECKING:
    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.use_case import UseCase

MORNING = datetime(2026, 2, 2, 8, tzinfo=UTC)
ACCOUNTANT = "liepaja.accountant"


def command(store: Store, number: int) -> tuple[str, UseCase[Any], dict[str, Any]]:
    """Give a command: who, what, with what. Pairs: proposed and confirmed, or made and filled."""
    is_second = bool(number % 2)
    name = f"pair-{number - is_second}"
    if number % 10 < 8:
        if not is_second:
            return (
                "manager",
                propose_allocation,
                {
                    "programme": SK,
                    "partner": LIEPAJA,
                    "quota": "individual_support",
                    "change_cents": number + 1,
                    "effective_on": date(2026, 1, 15),
                    "source": name,
                },
            )
        with store.reading() as repositories:
            (amendment,) = (
                one.id for one in repositories.programmes.amendments(SK) if one.source == name
            )
        return "manager_2", confirm_amendment, {"amendment": amendment}
    if not is_second:
        return (
            ACCOUNTANT,
            create_claim,
            {
                "programme": SK,
                "partner": LIEPAJA,
                "claim_no": name,
                "kind": "interim",
                "period_from": date(2025, 9, 1),
                "period_to": date(2025, 12, 31),
            },
        )
    with store.reading() as repositories:
        claim = repositories.claims.by_no(SK, LIEPAJA, name)
        assert claim is not None
    changed = [line(learner_ref=f"{name}-{each}", amount="13.20") for each in range(3)]
    for each in changed:
        each |= {"activity_on": date(2025, 11, 5), "plan_no": name, "specialist_ref": name}
    return ACCOUNTANT, edit_lines, {"claim": claim.key, "row_version": 1, "changed": changed}


def give(store: Store, number: int) -> Answer:
    """Give the command with a number under its id; again, where it was given before."""
    who, case, inputs = command(store, number)
    order = Order(actor(who), f"crash-{number}", MORNING + timedelta(seconds=number))
    return case(store, order, **inputs)


def run(url: str, first: int, last: int) -> None:
    """Give the commands, and print each answer as soon as it is there."""
    store = Store(open_database(url), KEY)
    for number in range(first, last):
        answer = give(store, number)
        sys.stdout.write(json.dumps([number, answer.as_json()], sort_keys=True) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
