"""The stories that the demo shows, one claim each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from skola_finance.ledger import Quota
from skola_finance.usecases.deciding.revival import revive_unfunded
from skola_finance.usecases.demo.partners import allocate
from skola_finance.usecases.demo.people import SK, SLUGS, Demo
from skola_finance.usecases.demo.states import (
    APPROVER,
    REVIEWER,
    TREASURER,
    approved,
    in_review,
    ordered,
    paid,
    recommended,
    returned,
)
from skola_finance.usecases.filing.drafts import edit_lines
from skola_finance.usecases.order import Answer
from skola_finance.usecases.partners.sub_project_reports import (
    approve_sub_project_report,
    recommend_sub_project_report,
    report_sub_project,
)
from skola_finance.usecases.partners.sub_projects import (
    apply_for_sub_project,
    approve_sub_project,
    recommend_sub_project,
)
from skola_finance.usecases.paying.advance_ends import repay_unspent_advance
from skola_finance.usecases.paying.advance_payments import mark_advance_paid
from skola_finance.usecases.paying.advances import order_advance, propose_advance
from skola_finance.usecases.paying.confirming import confirm_correction
from skola_finance.usecases.paying.corrections import correct_lines, enter_credit_note
from skola_finance.usecases.paying.irregularities import (
    establish_irregularity,
    suspect_irregularity,
)
from skola_finance.usecases.paying.orders import reject_order, return_order
from skola_finance.usecases.paying.sub_project_advances import order_sub_project_advance
from skola_finance.usecases.paying.sub_project_settlement import settle_sub_project
from skola_finance.usecases.programmes.settings import confirm_setting, propose_setting
from skola_finance.usecases.review.outcome import recommend_claim
from skola_finance.usecases.review.questions import (
    accept_answer,
    answer_clarification,
    ask_clarification,
)
from skola_finance.workflow import LATVIA

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.usecases.demo.small_claims import SmallClaims
    from skola_finance.usecases.use_case import UseCase

MANAGER = "programme_manager"
ADVANCE_STEPS = 2
"""How often an advance changes its sub-project: when it is ordered, and when it is paid."""


def tell_stories(demo: Demo, small: Mapping[str, SmallClaims]) -> None:
    """Make every story, in the order of the days on which they happen."""
    filed_again(demo, small["daugavpils"])
    clock_stopped(demo, small["rezekne"])
    refused_then_returned(demo, small["liepaja"])
    quota_raised(demo)
    credit_note(demo, small["daugavpils"])
    error_set_off(demo, small["liepaja"])
    irregular(demo, small["rezekne"])
    cleared_by_an_advance(demo, small["daugavpils"])
    sub_project(demo, small["liepaja"])


def filed_again(demo: Demo, small: SmallClaims) -> None:
    """Return a claim, mend it and file it again as version 2; the first version stays."""
    given_back = returned(demo, small)
    demo.go_to(date(2026, 6, 22))
    mended = demo.do(
        small.accountant,
        edit_lines,
        claim=given_back["claim"],
        row_version=given_back["row_version"],
        changed=[
            {
                "line_id": f"{given_back['claim']}-0001",
                "activity": "reading_support",
                "cost_form": "unit_cost",
                "amount": "13.20",
                "note": "pievienots nodarbību žurnāla izraksts",
            }
        ],
    )
    again = small.file(mended)
    in_review(demo, again)
    ready = demo.do(REVIEWER, recommend_claim, claim=again["claim"])
    paid(demo, ordered(demo, approved(demo, ready)))


def clock_stopped(demo: Demo, small: SmallClaims) -> None:
    """Ask a question and answer it eight days later; the clock stands meanwhile."""
    filed = in_review(demo, small.filed())
    asked = demo.do(
        REVIEWER,
        ask_clarification,
        claim=filed["claim"],
        line_id=f"{filed['claim']}-0002",
        question="Kurā dienā notika nodarbība?",
        answer_by=LATVIA.add(demo.at.date(), working_days=10),
    )
    demo.at += timedelta(days=8)
    demo.do(
        f"partner_coordinator.{small.slug}",
        answer_clarification,
        clarification=asked["clarification"],
        answer="Nodarbība notika žurnālā norādītajā dienā; izraksts pievienots.",
    )
    demo.do(REVIEWER, accept_answer, clarification=asked["clarification"])
    demo.do(REVIEWER, recommend_claim, claim=filed["claim"])


def refused_then_returned(demo: Demo, small: SmallClaims) -> None:
    """Let the bank refuse a payment; the second one comes back, the third arrives."""
    ready = approved(demo, recommended(demo, small))
    order = ordered(demo, ready)
    demo.do(TREASURER, reject_order, order=order["order"], reason="kļūda maksājuma datnē")
    order = ordered(demo, ready)
    paid(demo, order)
    demo.at += timedelta(days=2)
    day = demo.at.date()
    demo.do(
        TREASURER,
        return_order,
        order=order["order"],
        returned_on=day,
        reason="konts slēgts",
        statement=f"KI-{day:%Y%m%d}",
    )
    paid(demo, ordered(demo, ready))


def quota_raised(demo: Demo) -> None:
    """Raise Rēzekne's allocation; what had been left unfunded is revived and paid."""
    partner = SLUGS["rezekne"]
    demo.go_to(date(2026, 7, 6))
    _raise_semester(demo, partner)
    allocate(demo, SK, partner, Quota.INDIVIDUAL_SUPPORT, 30_000)
    revived = demo.do(APPROVER, revive_unfunded, programme=SK, partner=partner)
    for one in revived["claims"]:
        paid(demo, ordered(demo, one))


def _raise_semester(demo: Demo, partner: str) -> None:
    demo.two(
        propose_setting,
        confirm_setting,
        "setting",
        programme=SK,
        key=f"allocation.{partner}.2025-autumn",
        value="6375.21",
        source="Demonstrācijas pieņēmums: sadarbības līguma grozījums",
        illustrative=True,
    )


def credit_note(demo: Demo, small: SmallClaims) -> None:
    """Lower a line that was paid already, by a supplier's credit note."""
    order = ordered(demo, approved(demo, recommended(demo, small)))
    paid(demo, order)
    proposed = demo.do(
        REVIEWER,
        enter_credit_note,
        claim=order.subject,
        lines={f"{order.subject}-0001": 320},
        credit_note_no="KR-2026-17",
        reason="Piegādātājs samazināja rēķinu.",
    )
    demo.do(APPROVER, confirm_correction, correction=proposed["correction"])


def error_set_off(demo: Demo, small: SmallClaims) -> None:
    """Find an error after payment; the debt is set off in the next claim."""
    order = ordered(demo, approved(demo, recommended(demo, small)))
    paid(demo, order)
    demo.go_to(date(2026, 7, 20))
    proposed = demo.do(
        REVIEWER,
        correct_lines,
        claim=order.subject,
        lines={f"{order.subject}-0002": 1320},
        reason="Nodarbība nav notikusi; konstatēts pārbaudē.",
    )
    demo.do(APPROVER, confirm_correction, correction=proposed["correction"])
    approved(demo, recommended(demo, small))


def irregular(demo: Demo, small: SmallClaims) -> None:
    """Suspect and establish an irregularity: the project's total shrinks."""
    order = ordered(demo, approved(demo, recommended(demo, small)))
    paid(demo, order)
    demo.go_to(date(2026, 8, 3))
    case = demo.do(
        REVIEWER,
        suspect_irregularity,
        claim=order.subject,
        line_id=f"{order.subject}-0003",
        suspicion="Par to pašu nodarbību samaksāts arī no pašvaldības budžeta.",
        cents=1320,
    )
    demo.do(
        APPROVER,
        establish_irregularity,
        irregularity=case["irregularity"],
        lines={f"{order.subject}-0003": 1320},
        reason="Dubultais finansējums ir pierādīts.",
    )


def cleared_by_an_advance(demo: Demo, small: SmallClaims) -> None:
    """Clear a whole claim by an advance: it is settled, and nothing is paid."""
    demo.go_to(date(2026, 8, 17))
    proposed = demo.do(
        MANAGER,
        propose_advance,
        programme=SK,
        partner=small.reg_no,
        cents=3960,
        reason="Mācību gada sākums.",
    )
    order = demo.do(TREASURER, order_advance, advance=proposed["advance"])
    _advance_paid(demo, order)
    approved(demo, recommended(demo, small))


def sub_project(demo: Demo, small: SmallClaims) -> None:
    """Run an initiative project: 80 % in advance, a report below it, the rest repaid."""
    demo.go_to(date(2026, 9, 1))
    accountant = small.accountant
    row = demo.do(
        accountant,
        apply_for_sub_project,
        programme=SK,
        partner=small.reg_no,
        activity="initiative_project",
        title="Jauniešu iniciatīva „Mēs kopā”",
        asked_cents=460_000,
        project_no="IP-DEMO-01",
    )
    row = _with(demo, REVIEWER, recommend_sub_project, row, recommended_cents=460_000)
    row = _with(demo, APPROVER, approve_sub_project, row, approved_cents=460_000)
    order = demo.do(
        TREASURER, order_sub_project_advance, programme=SK, project_no=row["project_no"]
    )
    _advance_paid(demo, order)
    demo.go_to(date(2026, 10, 26))
    row = _moved(row, times=ADVANCE_STEPS)
    row = _with(demo, accountant, report_sub_project, row, reported_cents=300_000)
    row = _with(demo, REVIEWER, recommend_sub_project_report, row)
    row = _with(demo, APPROVER, approve_sub_project_report, row)
    made = small.create("interim")
    line = {
        "activity": "initiative_project",
        "cost_form": "lump_sum",
        "amount": "3000.00",
        "activity_on": date(2026, 4, 20),
        "project_no": "IP-DEMO-01",
        "other_funding": "none",
        "evidence": "noslēguma pārskats IP-DEMO-01",
    }
    edited = demo.do(
        accountant,
        edit_lines,
        claim=made["claim"],
        row_version=made["row_version"],
        changed=[line],
    )
    filed = in_review(demo, small.file(edited))
    approved(demo, demo.do(REVIEWER, recommend_claim, claim=filed["claim"]))
    day = demo.at.date()
    demo.do(
        TREASURER,
        repay_unspent_advance,
        advance=order.subject,
        cents=68_000,
        repaid_on=day,
        statement=f"KI-{day:%Y%m%d}",
    )
    _with(demo, TREASURER, settle_sub_project, row)


def _advance_paid(demo: Demo, order: Answer) -> None:
    day = demo.at.date() + timedelta(days=1)
    demo.go_to(day)
    demo.do(
        TREASURER,
        mark_advance_paid,
        order=order["order"],
        executed_on=day,
        statement=f"KI-{day:%Y%m%d}",
    )


def _with(
    demo: Demo,
    who: str,
    case: UseCase[Any],
    row: Answer,
    **inputs: Any,  # noqa: ANN401 - whatever the step asks for
) -> Answer:
    """Take a step with a sub-project."""
    return demo.do(
        who,
        case,
        programme=SK,
        project_no=row["project_no"],
        row_version=row["row_version"],
        **inputs,
    )


def _moved(row: Answer, *, times: int) -> Answer:
    """Count the changes that payments made to a sub-project since its last answer."""
    return Answer(row.subject, {**row.facts, "row_version": row["row_version"] + times})
