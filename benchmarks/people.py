"""The people who run a made-up programme, and what they do before anything is measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from skola_finance.usecases.order import Answer, Order
from skola_finance.usecases.partners.agreements import CHECKLIST, sign_agreement
from skola_finance.usecases.partners.register import add_institution, register_partner
from skola_finance.usecases.programmes.allocations import (
    confirm_amendment,
    propose_allocation,
    propose_envelope,
)
from skola_finance.usecases.programmes.opening import open_programme
from skola_finance.usecases.programmes.settings import confirm_setting, propose_setting
from skola_finance.workflow import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from skola_finance.usecases.store import Store
    from skola_finance.usecases.use_case import UseCase

PROGRAMME = "skola-kopiena"
AGENCY = {
    "reviewer": Role.AGENCY_REVIEWER,
    "approver": Role.AGENCY_APPROVER,
    "manager": Role.PROGRAMME_MANAGER,
    "manager_2": Role.PROGRAMME_MANAGER,
}
SOURCE = "made up for the benchmark"


@dataclass
class People:
    """Give orders to a store, each with an id of its own and a second after the one before."""

    store: Store
    at: datetime
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def order(self, who: str) -> Order:
        """Make an order of an agency's person, or of the accountant of a partner by number."""
        self.at += timedelta(seconds=1)
        known = who in AGENCY
        actor = Actor(who, AGENCY[who]) if known else Actor(who, Role.PARTNER_ACCOUNTANT, who)
        return Order(actor, f"b-{next(self.numbers)}", self.at)

    def do(self, who: str, case: UseCase[Any], **inputs: Any) -> Answer:
        """Let a person do something."""
        return case(self.store, self.order(who), **inputs)

    def two(self, propose: UseCase[Any], confirm: UseCase[Any], name: str, **inputs: Any) -> None:
        """Let one person propose something and another confirm it."""
        proposed = self.do("manager", propose, **inputs)
        self.do("manager_2", confirm, **{name: proposed[name]})

    def open(self, settings: Mapping[str, str], *, envelope_cents: int) -> None:
        """Open the programme under settings, with money to allocate."""
        self.do("manager", open_programme, programme=PROGRAMME)
        for key, value in settings.items():
            self.two(
                *(propose_setting, confirm_setting, "setting"),
                programme=PROGRAMME,
                key=key,
                value=value,
                source=SOURCE,
            )
        self.two(
            *(propose_envelope, confirm_amendment, "amendment"),
            programme=PROGRAMME,
            change_cents=envelope_cents,
            effective_on=self.at.date(),
            source=SOURCE,
        )

    def add_partner(
        self, reg_no: str, schools: Iterable[str], *, signed_on: date, cents: int
    ) -> None:
        """Register a partner with an agreement, its schools and its allocation."""
        self.do(
            *("manager", register_partner),
            reg_no=reg_no,
            name=f"Partner {reg_no}",
            kind="municipality",
        )
        self.do(
            *("manager", sign_agreement),
            programme=PROGRAMME,
            partner=reg_no,
            number=f"L-{reg_no}",
            signed_on=signed_on,
            signing_body="the chair of the council",
            checklist=dict.fromkeys(CHECKLIST, True),
        )
        for school in schools:
            self.do(
                *("manager", add_institution),
                programme=PROGRAMME,
                partner=reg_no,
                reg_no=school,
                name=f"School {school}",
                founder="municipal",
                joined_on=signed_on,
            )
        self.two(
            *(propose_allocation, confirm_amendment, "amendment"),
            programme=PROGRAMME,
            partner=reg_no,
            quota="individual_support",
            change_cents=cents,
            effective_on=self.at.date(),
            source=SOURCE,
        )


def noon(year: int, month: int, day: int) -> datetime:
    """Give noon of a day, in UTC."""
    return datetime(year, month, day, 12, tzinfo=UTC)
