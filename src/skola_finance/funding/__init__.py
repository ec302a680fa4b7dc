"""Where the money comes from: sources, agreements, allocations, the envelope, the split.

Imports `problems` and `money`. What the law or the programme decides (rates, windows, totals)
comes in as plain values; nothing here knows a rule file or a claim.

It promises: the parts of a split are its total to the cent; the ESF+ share never exceeds its
rate; nothing is available beyond what was allocated; what contradicts itself is refused.
"""

from skola_finance.funding.agreement import (
    AgreementStatus,
    CooperationAgreement,
    PartnerKind,
    ProjectAgreement,
)
from skola_finance.funding.allocation import (
    ActionQuota,
    AllocationExceeded,
    AllocationVersion,
    PartnerAllocation,
    UnusableAllocation,
    available,
)
from skola_finance.funding.envelope import (
    Envelope,
    EnvelopeExceeded,
    check_individual_support_share,
)
from skola_finance.funding.sources import FundingSource, FundingSplit, UnbalancedSplit
from skola_finance.funding.split import apportion, split_allocation, split_claims
from skola_finance.funding.windows import (
    ImpossibleDates,
    NoCommonDays,
    Window,
    eligible_days,
)

__all__ = [
    "ActionQuota",
    "AgreementStatus",
    "AllocationExceeded",
    "AllocationVersion",
    "CooperationAgreement",
    "Envelope",
    "EnvelopeExceeded",
    "FundingSource",
    "FundingSplit",
    "ImpossibleDates",
    "NoCommonDays",
    "PartnerAllocation",
    "PartnerKind",
    "ProjectAgreement",
    "UnbalancedSplit",
    "UnusableAllocation",
    "Window",
    "apportion",
    "available",
    "check_individual_support_share",
    "eligible_days",
    "split_allocation",
    "split_claims",
]
