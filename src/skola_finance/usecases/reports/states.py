"""Which claims are on their way, by whose hands."""

from __future__ import annotations

from skola_finance.workflow import ClaimState

IN_PROCESS = (
    ClaimState.SUBMITTED,
    ClaimState.IN_REVIEW,
    ClaimState.CLARIFICATION,
    ClaimState.RECOMMENDED,
)
"""Filed and not decided: what they come to is computed, nothing of it stands in the books."""

UNDECIDED = (*IN_PROCESS, ClaimState.RETURNED)
"""Filed and not decided, those that the partner is mending included."""

UNPAID = (ClaimState.APPROVED, ClaimState.ORDERED)
"""Approved, and the money has not gone out."""

WITH_THE_AGENCY = (*IN_PROCESS, *UNPAID)
"""What the agency still has to do something about, up to the payment."""
