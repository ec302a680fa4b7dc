"""The work queue, the review page, clocks, checks on the spot and objections."""

from __future__ import annotations

from skola_finance.usecases.review.objections import objections_of
from skola_finance.usecases.review.spot_checks import spot_checks_of
from skola_finance.usecases.views.agency_home import AgencyHome, Waiting, agency_home
from skola_finance.usecases.views.clocks import ClaimClock, ClaimClocks, RunningTerm
from skola_finance.usecases.views.queue import (
    OtherWork,
    QueueOrder,
    WaitingClaim,
    WorkQueue,
    next_claim,
    work_queue,
)
from skola_finance.usecases.views.review import (
    LastChange,
    ReviewHead,
    ReviewPage,
    last_change,
    review_page,
)
from skola_finance.usecases.views.review_cases import (
    FindingShown,
    ObjectionShown,
    SpotCheckShown,
    SpotChecksPage,
    objections_page,
    spot_checks_page,
)
from skola_finance.usecases.views.review_line import EarlierClaims, EarlierLine, earlier_lines
from skola_finance.usecases.views.review_parts import (
    AskedQuestion,
    ChecklistItem,
    EvidenceShown,
    LineDecided,
    SampledLine,
    SampleShown,
    checklist_shown,
)

__all__ = [
    "AgencyHome",
    "AskedQuestion",
    "ChecklistItem",
    "ClaimClock",
    "ClaimClocks",
    "EarlierClaims",
    "EarlierLine",
    "EvidenceShown",
    "FindingShown",
    "LastChange",
    "LineDecided",
    "ObjectionShown",
    "OtherWork",
    "QueueOrder",
    "ReviewHead",
    "ReviewPage",
    "RunningTerm",
    "SampleShown",
    "SampledLine",
    "SpotCheckShown",
    "SpotChecksPage",
    "Waiting",
    "WaitingClaim",
    "WorkQueue",
    "agency_home",
    "checklist_shown",
    "earlier_lines",
    "last_change",
    "next_claim",
    "objections_of",
    "objections_page",
    "review_page",
    "spot_checks_of",
    "spot_checks_page",
    "work_queue",
]
