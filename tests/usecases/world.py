"""A small programme for tests: two partners, people for every role, money, settings, an account.

`World` gives orders on behalf of people by name, each with a command id of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.filing.drafts import create_claim, edit_lines
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.order import Answer, Order
from skola_finance.usecases.partners.agreements import CHECKLIST, sign_agreement
from skola_finance.usecases.partners.bank_accounts import confirm_iban, propose_iban
from skola_finance.usecases.partners.register import add_institution, register_partner
from skola_finance.usecases.programmes.allocations import (
    confirm_amendment,
    propose_allocation,
    propose_envelope,
)
from skola_finance.usecases.programmes.opening import open_programme
from skola_finance.usecases.programmes.settings import confirm_setting, propose_setting
from skola_finance.usecases.review.outcome import recommend_claim
from skola_finance.usecases.review.taking_up import start_review
from skola_finance.workflow import Actor, Role
from tests.databases import Clock, become_copy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.usecases.store import Store
    from skola_finance.usecases.use_case import UseCase

SK = "skola-kopiena"
LIEPAJA, REZEKNE = "99990100042", "99990100343"
SCHOOL, OTHER_SCHOOL = "99990200024", "99990200058"
IBAN = "LV44DEMO0000000000001"

AGENCY = {
    "reviewer": Role.AGENCY_REVIEWER,
    "reviewer_2": Role.AGENCY_REVIEWER,
    "approver": Role.AGENCY_APPROVER,
    "approver_2": Role.AGENCY_APPROVER,
    "treasurer": Role.AGENCY_TREASURER,
    "manager": Role.PROGRAMME_MANAGER,
    "manager_2": Role.PROGRAMME_MANAGER,
    "auditor": Role.AUDITOR,
    "administrator": Role.ADMINISTRATOR,
}
PARTNERS = {"liepaja": LIEPAJA, "rezekne": REZEKNE}
SETTINGS = {
    "unit_cost.reading_support": "13.20",
    "unit_cost.subject_consultation": "13.20",
    "unit_cost.specialist_support": "13.20",
    "unit_cost.mentor_support": "13.20",
    "group_size.min": "2",
    "group_size.max": "6",
    "hours_cap.learner_semester": "60",
    "hours_per_day": "8",
    "mentor_load": "6",
    "project_agreement_on": "2025-05-08",
}


def actor(name: str) -> Actor:
    """Give a person: an agency role, or `<partner>.<accountant|signatory|coordinator>`."""
    if name in AGENCY:
        return Actor(name, AGENCY[name])
    partner, _, role = name.partition(".")
    return Actor(name, Role(f"partner_{role}"), PARTNERS[partner])


_AFTER_OPENING = 1000
_OPENED_AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


@dataclass
class World:
    """A programme in a store, and the people who work on it."""

    store: Store
    clock: Clock = field(default_factory=Clock)
    numbers: Any = field(default_factory=lambda: count(1))

    def order(self, who: str, command_id: str = "") -> Order:
        """Make an order of a person, now."""
        return Order(actor(who), command_id or f"c-{next(self.numbers)}", self.clock.now())

    def do(self, who: str, case: UseCase[Any], **inputs: Any) -> Answer:  # noqa: ANN401 - any
        """Let a person do something."""
        return case(self.store, self.order(who), **inputs)

    def two(
        self,
        propose: UseCase[Any],
        confirm: UseCase[Any],
        name: str,
        **inputs: Any,  # noqa: ANN401
    ) -> Answer:
        """Let one manager propose something and another confirm it."""
        proposed = self.do("manager", propose, **inputs)
        return self.do("manager_2", confirm, **{name: proposed[name]})

    def open(self) -> World:
        """Open the programme with its settings; every world after the first is a copy."""
        if become_copy(self.store.database, "open", self._open):
            self.numbers, self.clock.at = count(_AFTER_OPENING), _OPENED_AT
        return self

    def _open(self) -> None:
        self.do("manager", open_programme, programme=SK)
        for key, value in SETTINGS.items():
            self.set(key, value)
        self.two(
            propose_envelope,
            confirm_amendment,
            "amendment",
            programme=SK,
            change_cents=838_000_000,
            effective_on=date(2025, 5, 8),
            source="a public page",
        )
        self.numbers, self.clock.at = count(_AFTER_OPENING), _OPENED_AT

    def set(self, key: str, value: str, **days: date) -> Answer:
        """Enter a setting and confirm it."""
        return self.two(
            propose_setting,
            confirm_setting,
            "setting",
            programme=SK,
            key=key,
            value=value,
            source="a document of the tests",
            illustrative=True,
            **days,
        )

    def add_partner(
        self,
        reg_no: str,
        school: str,
        *,
        cents: int = 10_000_000,
        iban: str = IBAN,
        retention_until: date | None = None,
    ) -> None:
        """Register a partner with an agreement, a school, money and an account."""
        self.do(
            "manager",
            register_partner,
            reg_no=reg_no,
            name=f"Partner {reg_no}",
            kind="municipality",
        )
        self.do(
            "manager",
            sign_agreement,
            programme=SK,
            partner=reg_no,
            number=f"L-{reg_no}",
            signed_on=date(2025, 8, 1),
            signing_body="the chair of the council",
            checklist=dict.fromkeys(CHECKLIST, True),
            retention_until=retention_until,
        )
        self.do(
            "manager",
            add_institution,
            programme=SK,
            partner=reg_no,
            reg_no=school,
            name="A school",
            founder="municipal",
            joined_on=date(2025, 8, 1),
        )
        if cents:
            self.allocate(reg_no, cents)
        proposed = self.do("treasurer", propose_iban, partner=reg_no, iban=iban, source="a letter")
        self.do("approver", confirm_iban, bank_account=proposed["bank_account"], programme=SK)

    def allocate(self, reg_no: str, cents: int, quota: str = "individual_support") -> Answer:
        """Allocate money to a partner, or less where below zero."""
        return self.two(
            propose_allocation,
            confirm_amendment,
            "amendment",
            programme=SK,
            partner=reg_no,
            quota=quota,
            change_cents=cents,
            effective_on=self.clock.at.date(),
            source="an amendment",
        )

    def draft(self, who: str, lines: Sequence[Mapping[str, Any]], claim_no: str = "") -> Answer:
        """Make a claim of autumn 2025 with lines."""
        partner = PARTNERS[who.partition(".")[0]]
        made = self.do(
            who,
            create_claim,
            programme=SK,
            partner=partner,
            claim_no=claim_no or f"n-{next(self.numbers)}",
            kind="interim",
            period_from=date(2025, 9, 1),
            period_to=date(2025, 12, 31),
        )
        return self.do(
            who, edit_lines, claim=made["claim"], row_version=made["row_version"], changed=lines
        )

    def filed(self, who: str, lines: Sequence[Mapping[str, Any]], claim_no: str = "") -> Answer:
        """Make a claim and file it."""
        made = self.draft(who, lines, claim_no)
        return self.do(who, submit_claim, claim=made["claim"], row_version=made["row_version"])

    def recommended(self, who: str, lines: Sequence[Mapping[str, Any]]) -> Answer:
        """File a claim and let the reviewer recommend it."""
        made = self.filed(who, lines)
        self.do("reviewer", start_review, claim=made["claim"])
        return self.do("reviewer", recommend_claim, claim=made["claim"])

    def approved(self, who: str, lines: Sequence[Mapping[str, Any]]) -> Answer:
        """Bring a claim to its approval."""
        made = self.recommended(who, lines)
        return self.do(
            "approver",
            approve_claim_payment,
            claim=made["claim"],
            row_version=made["row_version"],
        )


_line_numbers = count(1)


def line(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - cells
    """Make a sound line of reading support, one hour of a learner of its own."""
    number = next(_line_numbers)
    sound: dict[str, Any] = {
        "activity": "reading_support",
        "cost_form": "unit_cost",
        "amount": "13.20",
        "activity_on": date(2025, 11, 3 + number % 20),
        "institution_reg_no": SCHOOL,
        "institution_founder": "municipal",
        "education_programme": "general",
        "study_form": "full_time",
        "learner_ref": f"IZG-{number:05}",
        "learner_grade": 2,
        "learner_age": 8,
        "risk_ground": "early_leaving",
        "plan_no": f"P-{number:05}",
        "specialist": "teacher",
        "specialist_ref": f"S-{number:05}",
        "group_size": 1,
        "quantity": "1",
        "other_funding": "none",
        "evidence": "journal.pdf; plan.pdf",
    }
    return {**sound, **changes}
