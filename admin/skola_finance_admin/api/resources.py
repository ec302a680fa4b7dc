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
    "/advances": "advances_of",
    "/advances/{document}": "advance_page",
    "/allocations": "allocations_page",
    "/claims": "claims_page",
    "/claims/{claim}": "claim_page",
    "/claims/{claim}/decision": "approval_page",
    "/claims/{claim}/findings": "findings_of",
    "/claims/{claim}/lines": "claim_lines",
    "/claims/{claim}/lines/{line_id}": "line_why",
    "/claims/{claim}/evidence/missing": "missing_evidence",
    "/claims/{claim}/payment": "claim_payment",
    "/claims/{claim}/template": "claim_template",
    "/claims/{claim}/verdict": "dry_run",
    "/claims/{claim}/workbook": "claim_workbook",
    "/corrections": "corrections_of",
    "/corrections/{document}": "correction_page",
    "/evidence/{evidence}": "open_evidence",
    "/home": "partner_home",
    "/irregularities": "irregularities_of",
    "/irregularities/{key}": "irregularity_page",
    "/journal": "search_journal",
    "/journal/{number}": "journal_line",
    "/lines": "programme_lines",
    "/objections": "objections_of",
    "/obligations": "obligations_of",
    "/orders": "payment_orders",
    "/orders/{key}": "payment_order",
    "/partners": "partners_list",
    "/partners/{partner}": "partner_page",
    "/partners/{partner}/final-balance": "final_balance",
    "/partners/{partner}/statement": "partner_statement",
    "/partners/{partner}/payments": "partner_payments",
    "/plans": "plan_list",
    "/plans/{plan}": "plan_shown",
    "/queue": "work_queue",
    "/recoveries": "recoveries_of",
    "/recoveries/{key}": "recovery_page",
    "/reports/dashboard": "programme_dashboard",
    "/reports/ageing": "ageing_of_claims",
    "/reports/exposure": "prefinancing_exposure",
    "/reports/forecast": "run_out_forecast",
    "/reports/provenance": "unfold",
    "/reports/results": "results_achieved",
    "/reports/status": "programme_status",
    "/rulebook": "rules_in_force",
    "/rulebook/{code}": "rule_in_force",
    "/settings": "settings_page",
    "/settings/missing": "missing_settings",
    "/settings/{key}": "setting_page",
    "/spot-checks": "spot_checks_of",
    "/users": "users_of",
}
"""What each address reads; a name in braces is an input of the read."""


def resource(read: Read) -> Endpoint:
    """Make the endpoint of a read under an address of its own."""

    async def served(request: Request) -> Response:
        return await answer_read(request, read, named=dict(request.path_params))

    return served
