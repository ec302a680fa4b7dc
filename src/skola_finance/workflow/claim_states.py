"""A claim from draft to paid: states, commands, who gives them, and who may not do both.

A returned claim is filed again as a new version, but it stays the same claim: whoever reviewed
the first version may not approve the second.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.workflow.claim_vocabulary import (
    COMMAND_NAMES,
    STATE_NAMES,
    ClaimCommand,
    ClaimState,
)
from skola_finance.workflow.four_eyes import Quorum, Separation, check_depth
from skola_finance.workflow.machine import Machine
from skola_finance.workflow.roles import PARTNER_ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from skola_finance.workflow.four_eyes import Act
    from skola_finance.workflow.roles import Actor


TRANSITIONS: Mapping[tuple[ClaimState, ClaimCommand], ClaimState] = MappingProxyType(
    {
        (ClaimState.DRAFT, ClaimCommand.EDIT): ClaimState.DRAFT,
        (ClaimState.DRAFT, ClaimCommand.ATTACH): ClaimState.DRAFT,
        (ClaimState.DRAFT, ClaimCommand.SUBMIT): ClaimState.SUBMITTED,
        (ClaimState.SUBMITTED, ClaimCommand.WITHDRAW): ClaimState.WITHDRAWN,
        (ClaimState.SUBMITTED, ClaimCommand.ASSIGN): ClaimState.SUBMITTED,
        (ClaimState.SUBMITTED, ClaimCommand.START_REVIEW): ClaimState.IN_REVIEW,
        (ClaimState.IN_REVIEW, ClaimCommand.ASSIGN): ClaimState.IN_REVIEW,
        (ClaimState.IN_REVIEW, ClaimCommand.DRAW_SAMPLE): ClaimState.IN_REVIEW,
        (ClaimState.IN_REVIEW, ClaimCommand.TICK): ClaimState.IN_REVIEW,
        (ClaimState.IN_REVIEW, ClaimCommand.CUT_LINE): ClaimState.IN_REVIEW,
        (ClaimState.IN_REVIEW, ClaimCommand.PARK_LINE): ClaimState.IN_REVIEW,
        (ClaimState.IN_REVIEW, ClaimCommand.KEEP_LINE): ClaimState.IN_REVIEW,
        (ClaimState.IN_REVIEW, ClaimCommand.DECIDE_LAW): ClaimState.IN_REVIEW,
        (ClaimState.IN_REVIEW, ClaimCommand.ASK): ClaimState.CLARIFICATION,
        (ClaimState.IN_REVIEW, ClaimCommand.RETURN): ClaimState.RETURNED,
        (ClaimState.IN_REVIEW, ClaimCommand.REJECT): ClaimState.REJECTED,
        (ClaimState.IN_REVIEW, ClaimCommand.RECOMMEND): ClaimState.RECOMMENDED,
        (ClaimState.CLARIFICATION, ClaimCommand.ASK): ClaimState.CLARIFICATION,
        (ClaimState.CLARIFICATION, ClaimCommand.ATTACH): ClaimState.CLARIFICATION,
        (ClaimState.CLARIFICATION, ClaimCommand.ANSWER): ClaimState.IN_REVIEW,
        (ClaimState.CLARIFICATION, ClaimCommand.RESUME): ClaimState.IN_REVIEW,
        (ClaimState.RETURNED, ClaimCommand.EDIT): ClaimState.RETURNED,
        (ClaimState.RETURNED, ClaimCommand.ATTACH): ClaimState.RETURNED,
        (ClaimState.RETURNED, ClaimCommand.SUBMIT): ClaimState.SUBMITTED,
        (ClaimState.RECOMMENDED, ClaimCommand.ENDORSE): ClaimState.RECOMMENDED,
        (ClaimState.RECOMMENDED, ClaimCommand.SEND_BACK): ClaimState.IN_REVIEW,
        (ClaimState.RECOMMENDED, ClaimCommand.APPROVE): ClaimState.APPROVED,
        (ClaimState.REJECTED, ClaimCommand.UPHOLD_OBJECTION): ClaimState.IN_REVIEW,
        (ClaimState.APPROVED, ClaimCommand.SETTLE): ClaimState.SETTLED,
        (ClaimState.APPROVED, ClaimCommand.REVIVE): ClaimState.APPROVED,
        (ClaimState.PAID, ClaimCommand.REVIVE): ClaimState.APPROVED,
        (ClaimState.SETTLED, ClaimCommand.REVIVE): ClaimState.APPROVED,
        (ClaimState.APPROVED, ClaimCommand.ORDER): ClaimState.ORDERED,
        (ClaimState.ORDERED, ClaimCommand.MARK_PAID): ClaimState.PAID,
        (ClaimState.ORDERED, ClaimCommand.CANCEL_ORDER): ClaimState.APPROVED,
        (ClaimState.ORDERED, ClaimCommand.REJECT_PAYMENT): ClaimState.APPROVED,
        (ClaimState.PAID, ClaimCommand.RETURN_PAYMENT): ClaimState.APPROVED,
    }
)
"""The life of a claim: state and command to the next state. Whatever is not here is refused."""

PREPARING = frozenset(
    {
        *(ClaimCommand.CREATE, ClaimCommand.EDIT, ClaimCommand.ATTACH),
        *(ClaimCommand.SUBMIT, ClaimCommand.ANSWER),
    }
)
REVIEWING = frozenset(
    {
        *(ClaimCommand.START_REVIEW, ClaimCommand.DRAW_SAMPLE, ClaimCommand.TICK),
        *(ClaimCommand.CUT_LINE, ClaimCommand.PARK_LINE, ClaimCommand.KEEP_LINE),
        *(ClaimCommand.DECIDE_LAW, ClaimCommand.ASK, ClaimCommand.RESUME),
        *(ClaimCommand.RETURN, ClaimCommand.REJECT),
        *(ClaimCommand.RECOMMEND, ClaimCommand.ENDORSE),
    }
)
APPROVING = frozenset({ClaimCommand.APPROVE, ClaimCommand.REVIVE})
PAYING = frozenset(
    {
        *(ClaimCommand.ORDER, ClaimCommand.MARK_PAID, ClaimCommand.CANCEL_ORDER),
        *(ClaimCommand.REJECT_PAYMENT, ClaimCommand.RETURN_PAYMENT),
    }
)

_FILING = frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY})
_APPROVER = frozenset({Role.AGENCY_APPROVER})

_MAY: Mapping[ClaimCommand, frozenset[Role]] = MappingProxyType(
    {
        ClaimCommand.CREATE: _FILING,
        ClaimCommand.EDIT: PARTNER_ROLES,
        ClaimCommand.ATTACH: PARTNER_ROLES,
        ClaimCommand.SUBMIT: _FILING,
        ClaimCommand.WITHDRAW: _FILING,
        ClaimCommand.ANSWER: PARTNER_ROLES,
        ClaimCommand.ASSIGN: frozenset({Role.PROGRAMME_MANAGER, Role.AGENCY_APPROVER}),
        **dict.fromkeys(REVIEWING, frozenset({Role.AGENCY_REVIEWER})),
        ClaimCommand.SEND_BACK: _APPROVER,
        ClaimCommand.APPROVE: _APPROVER,
        ClaimCommand.REVIVE: _APPROVER,
        ClaimCommand.UPHOLD_OBJECTION: frozenset({Role.AGENCY_APPROVER, Role.PROGRAMME_MANAGER}),
        ClaimCommand.SETTLE: frozenset({Role.AGENCY_APPROVER, Role.AGENCY_TREASURER}),
        **dict.fromkeys(PAYING, frozenset({Role.AGENCY_TREASURER})),
    }
)

_SEPARATIONS = (
    Separation(
        later=REVIEWING | APPROVING | {ClaimCommand.UPHOLD_OBJECTION},
        earlier=PREPARING,
        reason=Text(
            lv="Pārskatu nepārbauda un neapstiprina tas, kurš to sagatavoja.",
            en="Nobody reviews or approves a claim that they prepared.",
        ),
    ),
    Separation(
        later=APPROVING,
        earlier=REVIEWING,
        reason=Text(
            lv="Pārskatu neapstiprina tas, kurš to pārbaudīja.",
            en="Nobody approves a claim that they reviewed.",
        ),
    ),
    Separation(
        later=frozenset({ClaimCommand.ENDORSE}),
        earlier=frozenset({ClaimCommand.RECOMMEND, ClaimCommand.ENDORSE}),
        since=ClaimCommand.RECOMMEND,
        reason=Text(
            lv="Otro pārbaudi veic cita persona.",
            en="The second review is another person's.",
        ),
    ),
    Separation(
        later=frozenset({ClaimCommand.UPHOLD_OBJECTION}),
        earlier=REVIEWING,
        reason=Text(
            lv="Par iebildumu nelemj tas, kurš pārskatu pārbaudīja.",
            en="Nobody decides on an objection to their own review.",
        ),
    ),
    Separation(
        later=PAYING,
        earlier=PREPARING | APPROVING,
        reason=Text(
            lv="Maksājumu neveic tas, kurš pārskatu sagatavoja vai apstiprināja.",
            en="Nobody pays a claim that they prepared or approved.",
        ),
    ),
)


@cache
def claim_machine(
    *, reviewers: int = 1, signatory_submits: bool = False
) -> Machine[ClaimState, ClaimCommand]:
    """Give the life of a claim under one programme's depth of review.

    Args:
        reviewers: how many persons review before the approver, one or two
            (setting `review.reviewers`).
        signatory_submits: whether only the partner's signatory files
            (setting `review.signatory_submits`).

    Raises: TooShallow (WFL-505).
    """
    signing = {ClaimCommand.SUBMIT: frozenset({Role.PARTNER_SIGNATORY})}
    return Machine(
        key="claim",
        title=Text(lv="Izdevumu pārskats", en="Expenditure claim"),
        opening=ClaimCommand.CREATE,
        initial=ClaimState.DRAFT,
        transitions=TRANSITIONS,
        may=MappingProxyType({**_MAY, **signing}) if signatory_submits else _MAY,
        state_names=STATE_NAMES,
        command_names=COMMAND_NAMES,
        separations=_SEPARATIONS,
        quorums=(
            Quorum(
                command=ClaimCommand.APPROVE,
                counted=frozenset({ClaimCommand.RECOMMEND, ClaimCommand.ENDORSE}),
                since=ClaimCommand.RECOMMEND,
                persons=check_depth(reviewers),
                reason=Text(
                    lv=f"Pirms apstiprināšanas pārskatu pārbauda personas: {reviewers}.",
                    en=f"Persons who review before the approval: {reviewers}.",
                ),
            ),
        ),
    )


CLAIMS = claim_machine()
"""The life of a claim with one reviewer, where the accountant may file too."""


def step(
    state: ClaimState,
    command: ClaimCommand,
    *,
    actor: Actor,
    at: datetime,
    history: Sequence[Act],
    machine: Machine[ClaimState, ClaimCommand] = CLAIMS,
) -> ClaimState:
    """Give the state of a claim after a command; see `Machine.step`."""
    return machine.step(state, command, actor=actor, at=at, history=history)
