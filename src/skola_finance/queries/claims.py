"""Claims as lists, pages and files: lines, findings, evidence, story, the workbook."""

from __future__ import annotations

from skola_finance.claims.ceilings import Ceiling
from skola_finance.usecases.filing.drafts import dry_run
from skola_finance.usecases.filing.evidence import open_evidence
from skola_finance.usecases.filing.importing import preview_import
from skola_finance.usecases.filing.missing_evidence import missing_evidence
from skola_finance.usecases.views.claims_columns import LineColumn
from skola_finance.usecases.views.claims_earlier import EarlierClaim, earlier_claim
from skola_finance.usecases.views.claims_evidence import EvidenceItem, evidence_of, line_id_at
from skola_finance.usecases.views.claims_files import ClaimFile, claim_template, claim_workbook
from skola_finance.usecases.views.claims_known import KnownValue, known_values
from skola_finance.usecases.views.claims_line_form import (
    LineCells,
    LineGroup,
    LineGroupKind,
    check_line_cells,
    claim_line_cells,
)
from skola_finance.usecases.views.claims_lines import (
    ClaimLinesView,
    LineCounts,
    LineMark,
    LineView,
    claim_lines,
)
from skola_finance.usecases.views.claims_list import (
    ClaimItem,
    ClaimsPage,
    ClaimsWanted,
    NewClaim,
    claims_page,
    export_claims,
    new_claim,
)
from skola_finance.usecases.views.claims_page import (
    ClaimFigures,
    ClaimHead,
    ClaimPage,
    NextStep,
    claim_page,
)
from skola_finance.usecases.views.claims_repeated import RepeatedFinding
from skola_finance.usecases.views.claims_story import (
    ClaimDecision,
    ClaimObjection,
    ClaimOrder,
    DecidedLine,
    HistoryStep,
    Question,
    decision_of,
    history_of,
    questions_of,
)
from skola_finance.usecases.views.claims_submit import FoundKind, findings_of
from skola_finance.usecases.views.claims_typing import (
    CheckedLines,
    check_lines,
    pasted_block,
    typed_lines,
)
from skola_finance.usecases.views.claims_why import LineWhy, RuleSpoke, Seen, line_why
from skola_finance.usecases.views.cuts import Cut

__all__ = [
    "Ceiling",
    "CheckedLines",
    "ClaimDecision",
    "ClaimFigures",
    "ClaimFile",
    "ClaimHead",
    "ClaimItem",
    "ClaimLinesView",
    "ClaimObjection",
    "ClaimOrder",
    "ClaimPage",
    "ClaimsPage",
    "ClaimsWanted",
    "Cut",
    "DecidedLine",
    "EarlierClaim",
    "EvidenceItem",
    "FoundKind",
    "HistoryStep",
    "KnownValue",
    "LineCells",
    "LineColumn",
    "LineCounts",
    "LineGroup",
    "LineGroupKind",
    "LineMark",
    "LineView",
    "LineWhy",
    "NewClaim",
    "NextStep",
    "Question",
    "RepeatedFinding",
    "RuleSpoke",
    "Seen",
    "check_line_cells",
    "check_lines",
    "claim_line_cells",
    "claim_lines",
    "claim_page",
    "claim_template",
    "claim_workbook",
    "claims_page",
    "decision_of",
    "dry_run",
    "earlier_claim",
    "evidence_of",
    "export_claims",
    "findings_of",
    "history_of",
    "known_values",
    "line_id_at",
    "line_why",
    "missing_evidence",
    "new_claim",
    "open_evidence",
    "pasted_block",
    "preview_import",
    "questions_of",
    "typed_lines",
]
