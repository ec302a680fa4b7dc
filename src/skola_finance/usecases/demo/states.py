"""A claim of one partner in every state of its life."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.filing.submission import withdraw_claim
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.review.deciding_lines import cut_line, park_line
from skola_finance.usecases.review.outcome import recommend_claim, reject_claim, return_claim
from skola_finance.usecases.review.questions import ask_clarification
from skola_finance.usecases.review.taking_up import draw_sample, start_review, tick_checklist
from skola_finance.workflow import LATVIA

if TYPE_CHECKING:
    from skola_finance.usecases.demo.people import Demo
    from skola_finance.usecases.demo.small_claims import SmallClaims
    from skola_finance.usecases.order import Answer

REVIEWER, APPROVER, TREASURER = "agency_reviewer", "agency_approver", "agency_treasurer"


def claims_in_every_state(demo: Demo, small: SmallClaims) -> None:
    """Make a claim for each of the twelve states."""
    small.draft()
    filed = small.filed()
    small.filed(lines=2)
    demo.do(
        small.accountant, withdraw_claim, claim=filed["claim"], row_version=filed["row_version"]
    )
    in_review(demo, small.filed())
    clarification(demo, small)
    returned(demo, small)
    rejected = in_review(demo, small.filed(lines=1))
    demo.do(
        REVIEWER,
        reject_claim,
        claim=rejected["claim"],
        reason="Par tām pašām nodarbībām jau ir iesniegts cits pārskats.",
    )
    recommended(demo, small)
    approved(demo, recommended(demo, small))
    ordered(demo, approved(demo, recommended(demo, small)))
    paid(demo, ordered(demo, approved(demo, recommended(demo, small, is_cut=True))))
    nil = small.file(small.create("nil"))
    in_review(demo, nil)
    approved(demo, demo.do(REVIEWER, recommend_claim, claim=nil["claim"]))


def in_review(demo: Demo, filed: Answer) -> Answer:
    """Let the reviewer take a claim up, with a sample and an answer of the checklist."""
    demo.do(REVIEWER, start_review, claim=filed["claim"])
    if filed["claimed_cents"]:
        demo.do(REVIEWER, draw_sample, claim=filed["claim"], size=2, seed=filed["claim"])
    return demo.do(REVIEWER, tick_checklist, claim=filed["claim"], item="signed", answer="yes")


def clarification(demo: Demo, small: SmallClaims) -> Answer:
    """Ask about a line of a claim; nobody has answered yet."""
    filed = in_review(demo, small.filed())
    return demo.do(
        REVIEWER,
        ask_clarification,
        claim=filed["claim"],
        line_id=f"{filed['claim']}-0001",
        question="Lūdzu, iesniedziet nodarbības žurnāla izrakstu.",
        answer_by=LATVIA.add(demo.at.date(), working_days=10),
    )


def returned(demo: Demo, small: SmallClaims) -> Answer:
    """Give a claim back to be mended."""
    filed = in_review(demo, small.filed())
    return demo.do(
        REVIEWER,
        return_claim,
        claim=filed["claim"],
        reason="Divām rindām nav norādīts nodarbību žurnāls; lūdzu, papildiniet.",
    )


def recommended(demo: Demo, small: SmallClaims, *, is_cut: bool = False) -> Answer:
    """Review a claim and hand it to the approver."""
    filed = in_review(demo, small.filed())
    if is_cut:
        demo.do(
            REVIEWER,
            cut_line,
            claim=filed["claim"],
            line_id=f"{filed['claim']}-0001",
            limit_cents=600,
            reason="Nodarbība ilga pusstundu.",
            rule_code="ELG-140",
        )
        demo.do(
            REVIEWER,
            park_line,
            claim=filed["claim"],
            line_id=f"{filed['claim']}-0002",
            reason="Plāna grozījums vēl nav saņemts.",
        )
    return demo.do(REVIEWER, recommend_claim, claim=filed["claim"])


def approved(demo: Demo, made: Answer) -> Answer:
    """Approve a recommended claim."""
    return demo.do(
        APPROVER, approve_claim_payment, claim=made["claim"], row_version=made["row_version"]
    )


def ordered(demo: Demo, made: Answer) -> Answer:
    """Order the payment of an approved claim."""
    batch = f"MF-{demo.at:%Y%m%d}"
    return demo.do(TREASURER, order_claim_payment, claim=made["claim"], batch=batch)


def paid(demo: Demo, order: Answer) -> Answer:
    """Record that the bank carried an order out on the day after."""
    day = demo.at.date() + timedelta(days=1)
    demo.go_to(day)
    return demo.do(
        TREASURER,
        mark_paid,
        order=order["order"],
        executed_on=day,
        statement=f"KI-{day:%Y%m%d}",
    )
