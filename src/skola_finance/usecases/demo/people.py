"""The people of the demo, its clock, and orders whose ids are the same every time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from skola_finance.usecases.order import Answer, Order
from skola_finance.workflow import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.use_case import UseCase

SK, PUMPURS = "skola-kopiena", "pumpurs"
SLUGS = {
    "rezekne": "99990100343",
    "daugavpils": "99990100019",
    "liepaja": "99990100042",
    "jelgava": "99990100199",
    "madona": "99990100288",
    "varaklani": "99990100451",
    "talsi": "99990100413",
}
"""Partners whose people have accounts, by the name in their logins."""
FIRST = "liepaja"
"""The partner that is shown first wherever the demo is begun: sign-in page, console, README."""
_STEP = timedelta(seconds=40)
_MORNING = time(7, tzinfo=UTC)


class Demo:
    """The demo in the making: who does what, when."""

    def __init__(self, store: Store, tell: Callable[[str, int | None], None]) -> None:
        """Begin."""
        self.store = store
        self.at = datetime(2017, 9, 11, 7, tzinfo=UTC)
        self.count = 0
        self.registered: set[str] = set()
        self._tell = tell

    def go_to(self, day: date) -> None:
        """Go on to the morning of a day; the clock never goes back."""
        self.at = max(self.at, datetime.combine(day, _MORNING))

    def do(self, who: str, case: UseCase[Any], **inputs: Any) -> Answer:  # noqa: ANN401 - any
        """Let a person do something, under an id that is the same every time."""
        self.count += 1
        self.at += _STEP
        self._tell("demo", self.count)
        order = Order(person(who), f"demo-{self.count:05}", self.at)
        return case(self.store, order, **inputs)

    def two(
        self,
        propose: UseCase[Any],
        confirm: UseCase[Any],
        name: str,
        **inputs: Any,  # noqa: ANN401 - any
    ) -> Answer:
        """Let the programme manager propose something and the approver confirm it."""
        proposed = self.do("programme_manager", propose, **inputs)
        return self.do("agency_approver", confirm, **{name: proposed[name]})

    def order(self, who: str) -> Order:
        """Make an order to read."""
        return Order(person(who), f"demo-read-{self.count:05}", self.at)


def is_demo(repositories: Repositories) -> bool:
    """Say whether a database holds the demo: its first command carries the demo's first number."""
    return repositories.records.command("demo-00001") is not None


def person(login: str) -> Actor:
    """Give the person behind a demo login: a role, for partners with a dot and their name."""
    role, _, slug = login.partition(".")
    return Actor(login, Role(role), SLUGS[slug] if slug else None)
