"""Small claims of the spring semester: enough of them that a partner has one in every state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from skola_finance.usecases.demo.people import PUMPURS, SK, SLUGS, Demo
from skola_finance.usecases.demo.sources import demo_schools
from skola_finance.usecases.filing.drafts import create_claim, edit_lines
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.partners.plan_register import register_plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.usecases.order import Answer

SPRING = {SK: (date(2026, 2, 2), "2026-spring"), PUMPURS: (date(2021, 2, 1), "2021-spring")}
LAST = {SK: date(2026, 5, 31), PUMPURS: date(2021, 5, 31)}
LINES = 3
_PRICE = {SK: "13.20", PUMPURS: "7.55"}
_ACTIVITY = {SK: "reading_support", PUMPURS: "consultation"}
_WEEK = timedelta(days=7)


@dataclass
class SmallClaims:
    """The small claims of one partner: their learners, plans, sessions and numbers."""

    demo: Demo
    slug: str
    programme: str
    learners: int = field(default=0)
    number: int = field(default=100)

    @property
    def reg_no(self) -> str:
        """The partner."""
        return SLUGS[self.slug]

    @property
    def accountant(self) -> str:
        """The login of the partner's accountant."""
        return f"partner_accountant.{self.slug}"

    def draft(self, lines: int = LINES, **changes: Any) -> Answer:  # noqa: ANN401 - cells
        """Make a claim with lines; `changes` go into every line."""
        made = self.create("interim")
        return self.demo.do(
            self.accountant,
            edit_lines,
            claim=made["claim"],
            row_version=made["row_version"],
            changed=[self.line(**changes) for _ in range(lines)],
        )

    def create(self, kind: str) -> Answer:
        """Make an empty claim of the spring."""
        self.number += 1
        first, _ = SPRING[self.programme]
        return self.demo.do(
            self.accountant,
            create_claim,
            programme=self.programme,
            partner=self.reg_no,
            claim_no=str(self.number),
            kind=kind,
            period_from=first.replace(month=1, day=1),
            period_to=LAST[self.programme],
        )

    def filed(self, lines: int = LINES, **changes: Any) -> Answer:  # noqa: ANN401 - cells
        """Make a claim and file it."""
        return self.file(self.draft(lines, **changes))

    def file(self, made: Answer) -> Answer:
        """File a claim."""
        return self.demo.do(
            self.accountant, submit_claim, claim=made["claim"], row_version=made["row_version"]
        )

    def line(self, **changes: Any) -> Mapping[str, Any]:  # noqa: ANN401 - cells
        """Make one session of a learner with a plan of its own."""
        self.learners += 1
        first, semester = SPRING[self.programme]
        learner, plan = self._plan(first, semester)
        school = next(one for one in demo_schools() if one.partner == self.reg_no)
        day = first + (self.learners % 15) * _WEEK + timedelta(days=self.learners % 4)
        sound: dict[str, Any] = {
            "activity": _ACTIVITY[self.programme],
            "cost_form": "unit_cost",
            "amount": _PRICE[self.programme],
            "activity_on": day,
            "starts_at": f"{13 + self.learners % 4}:30",
            "institution_reg_no": school.reg_no,
            "institution_founder": school.founder,
            "education_programme": "general",
            "learner_ref": learner,
            "risk_ground": "early_leaving",
            "plan_no": plan,
            "specialist": "teacher",
            "specialist_ref": f"{self.slug[:3].upper()}-P{self.learners:03}",
            "group_size": 1,
            "quantity": "1",
            "other_funding": "none",
            "evidence": f"individuālais plāns {plan}; nodarbību žurnāls {day:%m/%Y}",
            **self._of_programme(school.kind),
        }
        return {**sound, **changes}

    def _of_programme(self, kind: str) -> Mapping[str, Any]:
        if self.programme == PUMPURS:
            return {
                "learner_grade": 7,
                "learner_age": 13,
                "institution_kind": kind,
                "employment_form": "employment",
                "budget_bucket": "eligible",
            }
        return {"study_form": "full_time", "learner_grade": 2, "learner_age": 8}

    def _plan(self, first: date, semester: str) -> Sequence[str]:
        learner = f"{self.slug[:3].upper()}-P{self.learners:03}"
        plan = f"IP-{learner}"
        self.demo.do(
            f"partner_coordinator.{self.slug}",
            register_plan,
            programme=self.programme,
            partner=self.reg_no,
            plan_no=plan,
            learner_ref=learner,
            risk_ground="early_leaving",
            plan_from=first,
            plan_to=LAST[self.programme],
            supports=[
                {
                    "activity": _ACTIVITY[self.programme],
                    "semester": semester,
                    "planned_hours": "4",
                }
            ],
        )
        return learner, plan
