"""Commands for a random life of a programme: likely ones, by those who may, on what is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

from sqlmodel import select

from skola_finance.storage.tables import ClaimLineRow, ClaimRow
from skola_finance.usecases.permissions import every_use_case
from skola_finance.workflow import ClaimCommand, ClaimState
from tests.usecases.arguments import draw, known_values
from tests.usecases.world import (
    AGENCY,
    LIEPAJA,
    OTHER_SCHOOL,
    PARTNERS,
    REZEKNE,
    SCHOOL,
    SK,
    World,
    line,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.use_case import UseCase

CASES = every_use_case()
NAMES = {reg_no: name for name, reg_no in PARTNERS.items()}
SCHOOLS = {LIEPAJA: SCHOOL, REZEKNE: OTHER_SCHOOL}
PEOPLE = (
    *AGENCY,
    *(f"{one}.{role}" for one in PARTNERS for role in ("accountant", "signatory", "coordinator")),
)

OF_CLAIM: Mapping[str, ClaimCommand] = {
    "edit_lines": ClaimCommand.EDIT,
    "submit_claim": ClaimCommand.SUBMIT,
    "withdraw_claim": ClaimCommand.WITHDRAW,
    "assign_reviewer": ClaimCommand.ASSIGN,
    "start_review": ClaimCommand.START_REVIEW,
    "draw_sample": ClaimCommand.DRAW_SAMPLE,
    "cut_line": ClaimCommand.CUT_LINE,
    "park_line": ClaimCommand.PARK_LINE,
    "keep_line": ClaimCommand.KEEP_LINE,
    "ask_clarification": ClaimCommand.ASK,
    "resume_review": ClaimCommand.RESUME,
    "return_claim": ClaimCommand.RETURN,
    "reject_claim": ClaimCommand.REJECT,
    "recommend_claim": ClaimCommand.RECOMMEND,
    "endorse_review": ClaimCommand.ENDORSE,
    "send_back": ClaimCommand.SEND_BACK,
    "approve_claim_payment": ClaimCommand.APPROVE,
    "order_claim_payment": ClaimCommand.ORDER,
    "settle_claim": ClaimCommand.SETTLE,
}
"""Use cases that name a claim and take one step in its life."""

FORWARD: Mapping[ClaimState, Sequence[str]] = {
    ClaimState.DRAFT: ("submit_claim", "submit_claim", "edit_lines"),
    ClaimState.RETURNED: ("edit_lines", "submit_claim"),
    ClaimState.SUBMITTED: ("start_review", "start_review", "assign_reviewer", "withdraw_claim"),
    ClaimState.IN_REVIEW: (
        *("recommend_claim",) * 4,
        *("cut_line", "park_line", "keep_line", "ask_clarification", "draw_sample"),
        *("return_claim", "reject_claim"),
    ),
    ClaimState.CLARIFICATION: ("resume_review", "answer_clarification"),
    ClaimState.RECOMMENDED: (*("approve_claim_payment",) * 4, "send_back"),
    ClaimState.APPROVED: ("order_claim_payment", "order_claim_payment", "settle_claim"),
    ClaimState.ORDERED: ("mark_paid", "mark_paid", "cancel_order", "reject_order"),
    ClaimState.PAID: ("return_order",),
}
"""What may well come next for a claim; twice what is likelier."""

BESIDE: Sequence[str] = (
    *("create_claim",) * 4,
    *("propose_allocation", "confirm_amendment", "confirm_amendment", "propose_reallocation"),
    *("reject_amendment", "withdraw_amendment", "propose_envelope"),
    *("suspend_agreement", "resume_agreement", "resume_agreement", "revive_unfunded"),
    *("correct_lines", "enter_credit_note", "correct_proportionally", "confirm_correction"),
    *("confirm_correction", "undo_correction", "reject_correction", "order_refund"),
    *("mark_refund_paid", "set_off_open_debts", "notify_recovery", "record_repayment"),
    *("mark_recovery_overdue", "propose_write_off", "write_off_recovery", "annul_recovery"),
    *("propose_advance", "order_advance", "mark_advance_paid", "repay_unspent_advance"),
    *("cancel_advance_order", "reject_advance_order", "return_advance_payment"),
    *("mark_advance_overdue", "suspect_irregularity", "establish_irregularity"),
    *("withhold_irregularity", "recover_irregularity", "close_irregularity"),
    *("dismiss_irregularity", "file_objection", "uphold_objection", "dismiss_objection"),
    *("accept_answer", "propose_setting", "confirm_setting"),
)
"""Commands beside the life of one claim; a name that no release has is left out."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A command to be given: by whom, which, with what."""

    who: str
    case: UseCase[Any]
    inputs: dict[str, Any] = field(default_factory=dict)


def likely(world: World, random: Random) -> Deed:
    """Give a command that fits what is there, by somebody who may."""
    with world.store.reading() as repositories:
        claims = [
            one
            for one in repositories.claims.find(programme=SK, limit=500)
            if ClaimState(one.state) in FORWARD
        ]
        if claims and random.random() < 0.5:
            claim = random.choice(claims)
            name = random.choice(FORWARD[ClaimState(claim.state)])
            name = "edit_lines" if name == "submit_claim" and not claim.lines else name
            inputs = _on_claim(repositories, claim, random)
        else:
            inputs = _beside(world, repositories, random)
            name = random.choice([one for one in BESIDE if _fits(one, inputs)])
    case = CASES[name]
    told = {one: value for one, value in inputs.items() if one in _named(name)}
    must = {one: each for one, each in draw(case, random, {}).items() if one in _required(name)}
    return Deed(_somebody(case, random, inputs.get("partner", "")), case, {**must, **told})


def anything(world: World, random: Random) -> Deed:
    """Give any command of any use case, by anybody, with values likely and not."""
    case = CASES[random.choice(sorted(CASES))]
    with world.store.reading() as repositories:
        known = known_values(repositories)
    return Deed(random.choice(PEOPLE), case, draw(case, random, known))


def _somebody(case: UseCase[Any], random: Random, partner: str) -> str:
    people = []
    for who in PEOPLE:
        name, _, role = who.partition(".")
        is_own = not partner or partner not in NAMES or NAMES[partner] == name
        if (role and f"partner_{role}" in case.roles and is_own) or AGENCY.get(who) in case.roles:
            people.append(who)
    return random.choice(people)


def _on_claim(repositories: Repositories, claim: ClaimRow, random: Random) -> dict[str, Any]:
    lines = [row.line_id for row in repositories.claims.lines(claim.id, claim.version)]
    orders = repositories.payments.orders(SK, document=claim.key)
    open_ones = repositories.claims.clarifications(claim.id)
    day = claim.created_at.date()
    told: dict[str, Any] = {
        "claim": claim.key,
        "row_version": claim.row_version,
        "partner": claim.partner_reg_no,
        "line_id": random.choice(lines) if lines else "none",
        "limit_cents": random.choice([0, 1, 660, 1319]),
        "reason": "a reason",
        "rule_code": "ELG-140",
        "question": "why?",
        "answer_by": day + timedelta(days=30),
        "answer": "therefore",
        "reviewer": "reviewer",
        "size": 2,
        "seed": "seed",
        "batch": random.choice(["", "file-1", "file-2"]),
        "statement": random.choice(["", "statement-1", "statement-2"]),
        "executed_on": day,
        "returned_on": day,
        "clarification": random.choice(open_ones).id if open_ones else 0,
        "order": orders[-1].key if orders else "none",
        "changed": _lines(repositories, claim.partner_reg_no, random),
    }
    return told


def _lines(repositories: Repositories, partner: str, random: Random) -> list[dict[str, Any]]:
    """Give a few new lines, now and then one that corrects what was approved."""
    made = [
        line(
            institution_reg_no=SCHOOLS[partner],
            amount=random.choice(["13.20", "13.20", "14.00", "6.61", "0.01"]),
        )
        for _ in range(random.randint(1, 4))
    ]
    claims = repositories.claims.find(programme=SK, partners=[partner], limit=100)
    approved = [
        (claim, row)
        for claim in claims
        if claim.approval_no
        for row in repositories.claims.lines(claim.id, claim.version)
        if row.approved_cents > row.withdrawn_cents
    ]
    if approved and random.random() < 0.3:
        _, row = random.choice(approved)
        made.append(
            line(
                institution_reg_no=SCHOOLS[partner],
                amount=random.choice(["-0.01", "-6.60"]),
                corrects_line_id=row.line_id,
                activity_on=row.activity_on,
            )
        )
    return made


def _beside(world: World, repositories: Repositories, random: Random) -> dict[str, Any]:
    known = known_values(repositories)
    partner = random.choice([LIEPAJA, REZEKNE])
    other = REZEKNE if partner == LIEPAJA else LIEPAJA
    day = world.clock.at.date()
    lines = [one for one in repositories.session.exec(select(ClaimLineRow)) if one.approved_cents]
    chosen = random.choice(lines) if lines else None
    owner = repositories.claims.get(chosen.claim_id) if chosen is not None else None
    told: dict[str, Any] = {
        **{one: random.choice(values) for one, values in known.items() if values},
        "programme": SK,
        "partner": partner,
        "claim_no": f"l-{random.randrange(10**9)}",
        "kind": random.choice(["interim", "interim", "interim", "nil", "correction"]),
        "period_from": day.replace(year=2025, month=9, day=1),
        "period_to": day.replace(year=2025, month=12, day=31),
        "quota": "individual_support",
        "giver": partner,
        "receiver": other,
        "giver_quota": "individual_support",
        "receiver_quota": random.choice(["individual_support", "projects"]),
        "change_cents": random.choice([-5000, -1320, 1320, 5000, -10_000]),
        "cents": random.choice([1, 660, 1320, 3000]),
        "effective_on": day,
        "executed_on": day,
        "returned_on": day,
        "received_on": day,
        "repaid_on": day,
        "source": "a source",
        "reason": "a reason",
        "reasons": "reasons",
        "decision": "a decision",
        "suspicion": "a suspicion",
        "credit_note_no": "KR-1",
        "rate": random.choice(["5 %", "25 %", "100 %"]),
        "machine": "claim",
        "thing": random.choice(known["claim"] or ["none"]),
        "key": "unit_cost.reading_support",
        "value": random.choice(["13.20", "12.00"]),
        "batch": random.choice(["", "file-1"]),
        "statement": random.choice(["", "statement-1"]),
        "lines": {},
    }
    if chosen is not None and owner is not None and random.random() < 0.8:
        left = chosen.approved_cents - chosen.withdrawn_cents
        told["claim"] = owner.key
        told["line_id"] = chosen.line_id
        told["lines"] = {chosen.line_id: random.choice([1, max(left, 1), max(left // 2, 1)])}
    return told


IDS = frozenset(
    {
        *("amendment", "setting", "order", "number", "correction", "document", "advance"),
        *("recovery", "irregularity", "objection", "clarification"),
    }
)
"""Arguments that name a thing: without one the command is not thought of."""


def _fits(name: str, told: Mapping[str, Any]) -> bool:
    return name in CASES and not (_required(name) & IDS) - set(told)


def _named(name: str) -> Mapping[str, Parameter]:
    return signature(CASES[name].body).parameters


def _required(name: str) -> set[str]:
    return {one for one, each in _named(name).items() if each.default is Parameter.empty}
