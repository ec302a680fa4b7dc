"""Reports and the dashboard, each figure with the lines behind it."""

from __future__ import annotations

from skola_finance.usecases.reports.ageing import ageing_of_claims
from skola_finance.usecases.reports.explanation import explain_line
from skola_finance.usecases.reports.exposure import prefinancing_exposure
from skola_finance.usecases.reports.forecast import run_out_forecast
from skola_finance.usecases.reports.obligations import missing_settings, obligations_of
from skola_finance.usecases.reports.programme_status import programme_status
from skola_finance.usecases.reports.provenance import unfold
from skola_finance.usecases.reports.results import results_achieved
from skola_finance.usecases.reports.statement import partner_statement
from skola_finance.usecases.views.dashboard import (
    Dashboard,
    PartnerSums,
    RuleCut,
    SemesterSums,
    Sums,
    programme_dashboard,
)
from skola_finance.usecases.views.pace import PacePoint
from skola_finance.usecases.views.reports import (
    Figure,
    Report,
    ReportCode,
    ReportTitle,
    report_of,
    report_titles,
    unfold_figure,
)

__all__ = [
    "Dashboard",
    "Figure",
    "PacePoint",
    "PartnerSums",
    "Report",
    "ReportCode",
    "ReportTitle",
    "RuleCut",
    "SemesterSums",
    "Sums",
    "ageing_of_claims",
    "explain_line",
    "missing_settings",
    "obligations_of",
    "partner_statement",
    "prefinancing_exposure",
    "programme_dashboard",
    "programme_status",
    "report_of",
    "report_titles",
    "results_achieved",
    "run_out_forecast",
    "unfold",
    "unfold_figure",
]
