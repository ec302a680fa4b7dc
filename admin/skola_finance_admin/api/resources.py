"""Friendlier addresses for the reads that programs want most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance_admin.api.reads import answer_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance_admin.api.endpoint import Endpoint
    from skola_finance_admin.api.reads import Read

RESOURCES: Mapping[str, str] = {
    "/claims": "claims_page",
    "/claims/{claim}": "claim_page",
    "/claims/{claim}/lines": "claim_lines",
    "/claims/{claim}/lines/{line_id}": "line_why",
    "/claims/{claim}/evidence/missing": "missing_evidence",
    "/claims/{claim}/verdict": "dry_run",
    "/evidence/{evidence}": "open_evidence",
    "/journal": "search_journal",
    "/journal/{number}": "journal_line",
    "/objections": "objections_of",
    "/obligations": "obligations_of",
    "/partners/{partner}/final-balance": "final_balance",
    "/partners/{partner}/statement": "partner_statement",
    "/plans": "plans_of",
    "/reports/ageing": "ageing_of_claims",
    "/reports/exposure": "prefinancing_exposure",
    "/reports/forecast": "run_out_forecast",
    "/reports/provenance": "unfold",
    "/reports/results": "results_achieved",
    "/reports/status": "programme_status",
    "/settings/missing": "missing_settings",
    "/spot-checks": "spot_checks_of",
    "/users": "users_of",
}
"""What each address reads; a name in braces is an input of the read."""


def resource(read: Read) -> Endpoint:
    """Make the endpoint of a read under an address of its own."""

    async def served(request: Request) -> Response:
        return await answer_read(request, read, named=dict(request.path_params))

    return served
