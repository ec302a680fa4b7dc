"""The ground of support stands in the plan: accountants neither see nor type it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance.usecases.filing.drafts import create_claim, dry_run, edit_lines
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.partners.plan_register import register_plan
from skola_finance.usecases.proof.verify import verify
from tests.databases import new_store
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from pathlib import Path

GROUND = "CLM-201"


def test_a_line_without_a_ground_has_the_one_of_its_plan(tmp_path: Path) -> None:
    """Proves for preview, filing and proof that a line of a registered plan lacks no ground."""
    with new_store("sqlite", tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        sound = line()
        world.do(
            *("liepaja.coordinator", register_plan),
            programme=SK,
            partner=LIEPAJA,
            plan_no=sound["plan_no"],
            learner_ref=sound["learner_ref"],
            risk_ground=sound["risk_ground"],
            plan_from=date(2025, 9, 1),
            plan_to=date(2026, 5, 31),
            supports=[
                {
                    "activity": sound["activity"],
                    "semester": "2025-autumn",
                    "planned_hours": "30",
                }
            ],
        )
        made = world.do(
            *("liepaja.accountant", create_claim),
            programme=SK,
            partner=LIEPAJA,
            claim_no="1",
            kind="interim",
            period_from=date(2025, 9, 1),
            period_to=date(2025, 12, 31),
        )
        typed = {name: value for name, value in sound.items() if name != "risk_ground"}
        made = world.do(
            *("liepaja.accountant", edit_lines),
            claim=made["claim"],
            row_version=made["row_version"],
            changed=[typed],
        )
        tried = dry_run(store, world.order("liepaja.accountant"), claim=made["claim"])
        assert GROUND not in {problem.code for problem in tried.assessment.problems}
        filed = world.do(
            *("liepaja.accountant", submit_claim),
            claim=made["claim"],
            row_version=made["row_version"],
        )
        assert (filed["errors"], filed["eligible_cents"]) == (0, 1_320)
        assert verify(store, on=date(2026, 12, 31)).problems == ()
