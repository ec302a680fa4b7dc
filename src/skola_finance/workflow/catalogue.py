"""Every machine there is, for the pages and tests that walk them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance.workflow.agreement_states import AGREEMENTS
from skola_finance.workflow.claim_states import CLAIMS
from skola_finance.workflow.clarification_states import CLARIFICATIONS
from skola_finance.workflow.irregularity_states import IRREGULARITIES
from skola_finance.workflow.objection_states import OBJECTIONS
from skola_finance.workflow.payment_states import PAYMENT_ORDERS
from skola_finance.workflow.proposal_states import (
    ADVANCES,
    ALLOCATIONS,
    BANK_ACCOUNTS,
    CORRECTIONS,
    SETTINGS,
)
from skola_finance.workflow.recovery_states import RECOVERIES
from skola_finance.workflow.spot_check_states import SPOT_CHECKS
from skola_finance.workflow.sub_project_states import SUB_PROJECTS

if TYPE_CHECKING:
    from skola_finance.workflow.machine import Machine

MACHINES: tuple[Machine[Any, Any], ...] = (
    CLAIMS,
    CLARIFICATIONS,
    SPOT_CHECKS,
    OBJECTIONS,
    PAYMENT_ORDERS,
    AGREEMENTS,
    SETTINGS,
    ALLOCATIONS,
    BANK_ACCOUNTS,
    ADVANCES,
    CORRECTIONS,
    SUB_PROJECTS,
    IRREGULARITIES,
    RECOVERIES,
)
"""The claim first, then what a claim sets going, then the frame it stands in."""
