"""Every read of the product, a part of the facade: what people may look at, and nothing changes.

A read is called with a store and an order, as a command is; a partner's people see their own
partner only, and what belongs to others is “not found” (AUT-603).
"""

from __future__ import annotations

from skola_finance.usecases.deciding.revival import preview_revival
from skola_finance.usecases.filing.drafts import dry_run
from skola_finance.usecases.filing.evidence import open_evidence
from skola_finance.usecases.filing.importing import preview_import
from skola_finance.usecases.filing.missing_evidence import missing_evidence
from skola_finance.usecases.partners.plan_views import open_risk_ground, plans_of
from skola_finance.usecases.paying.final_balance import final_balance
from skola_finance.usecases.proof.simulation import simulate_stored
from skola_finance.usecases.reports.ageing import ageing_of_claims
from skola_finance.usecases.reports.explanation import explain_line
from skola_finance.usecases.reports.exposure import prefinancing_exposure
from skola_finance.usecases.reports.forecast import run_out_forecast
from skola_finance.usecases.reports.journal_view import journal_line, search_journal
from skola_finance.usecases.reports.obligations import missing_settings, obligations_of
from skola_finance.usecases.reports.programme_status import programme_status
from skola_finance.usecases.reports.provenance import unfold
from skola_finance.usecases.reports.results import results_achieved
from skola_finance.usecases.reports.statement import partner_statement
from skola_finance.usecases.review.objections import objections_of
from skola_finance.usecases.review.spot_checks import spot_checks_of
from skola_finance.usecases.users import check_password, users_of
from skola_finance.usecases.views.claims_lines import (
    ClaimLinesView,
    LineColumn,
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
from skola_finance.usecases.views.claims_why import LineWhy, RuleSpoke, Seen, line_why
from skola_finance.usecases.views.clocks import ClaimClock, ClaimClocks, RunningTerm
from skola_finance.usecases.views.dashboard import (
    Dashboard,
    PacePoint,
    PartnerSums,
    RuleCut,
    SemesterSums,
    Sums,
    programme_dashboard,
)
from skola_finance.usecases.views.illustrative import Basis, RestsOn, rests_on
from skola_finance.usecases.views.orders import (
    OrderLine,
    OrderList,
    OrdersInState,
    OrderView,
    payment_order,
    payment_orders,
)
from skola_finance.usecases.views.orders_to_make import (
    ClaimPayment,
    ClaimsToPay,
    ClaimToPay,
    claim_payment,
    claims_to_pay,
)
from skola_finance.usecases.views.partner_home import (
    AllocationPart,
    CameBack,
    Owed,
    Part,
    PartnerHome,
    PaymentMade,
    partner_home,
)
from skola_finance.usecases.views.posted import Deed, PostedEntry
from skola_finance.usecases.views.queue import (
    OtherWork,
    QueueOrder,
    WaitingClaim,
    WorkQueue,
    next_claim,
    work_queue,
)
from skola_finance.usecases.views.rehearsal import Effect, Movement, Rehearsal, rehearse
from skola_finance.usecases.views.rights import Right
from skola_finance.usecases.views.rule_examples import (
    ExampleFact,
    ExamplesRun,
    RuleExample,
    run_examples,
)
from skola_finance.usecases.views.rule_shapes import (
    RuleListed,
    RulePeriod,
    RuleShown,
    RulesListed,
    RuleTold,
    RuleTouched,
    RuleVersion,
    SettingEntered,
    SettingNeeded,
)
from skola_finance.usecases.views.rule_words import RuleValue
from skola_finance.usecases.views.rulebook import rule_in_force, rules_in_force
from skola_finance.usecases.views.standing import Membership, memberships_of
from skola_finance.usecases.views.try_cost import (
    CostForm,
    TraceStep,
    TriedCost,
    TriedField,
    cost_form,
    try_cost,
)

__all__ = [
    "AllocationPart",
    "Basis",
    "CameBack",
    "ClaimClock",
    "ClaimClocks",
    "ClaimFigures",
    "ClaimHead",
    "ClaimItem",
    "ClaimLinesView",
    "ClaimPage",
    "ClaimPayment",
    "ClaimToPay",
    "ClaimsPage",
    "ClaimsToPay",
    "ClaimsWanted",
    "CostForm",
    "Dashboard",
    "Deed",
    "Effect",
    "ExampleFact",
    "ExamplesRun",
    "LineColumn",
    "LineCounts",
    "LineMark",
    "LineView",
    "LineWhy",
    "Membership",
    "Movement",
    "NewClaim",
    "NextStep",
    "OrderLine",
    "OrderList",
    "OrderView",
    "OrdersInState",
    "OtherWork",
    "Owed",
    "PacePoint",
    "Part",
    "PartnerHome",
    "PartnerSums",
    "PaymentMade",
    "PostedEntry",
    "QueueOrder",
    "Rehearsal",
    "RestsOn",
    "Right",
    "RuleCut",
    "RuleExample",
    "RuleListed",
    "RulePeriod",
    "RuleShown",
    "RuleSpoke",
    "RuleTold",
    "RuleTouched",
    "RuleValue",
    "RuleVersion",
    "RulesListed",
    "RunningTerm",
    "Seen",
    "SemesterSums",
    "SettingEntered",
    "SettingNeeded",
    "Sums",
    "TraceStep",
    "TriedCost",
    "TriedField",
    "WaitingClaim",
    "WorkQueue",
    "ageing_of_claims",
    "check_password",
    "claim_lines",
    "claim_page",
    "claim_payment",
    "claims_page",
    "claims_to_pay",
    "cost_form",
    "dry_run",
    "explain_line",
    "export_claims",
    "final_balance",
    "journal_line",
    "line_why",
    "memberships_of",
    "missing_evidence",
    "missing_settings",
    "new_claim",
    "next_claim",
    "objections_of",
    "obligations_of",
    "open_evidence",
    "open_risk_ground",
    "partner_home",
    "partner_statement",
    "payment_order",
    "payment_orders",
    "plans_of",
    "prefinancing_exposure",
    "preview_import",
    "preview_revival",
    "programme_dashboard",
    "programme_status",
    "rehearse",
    "rests_on",
    "results_achieved",
    "rule_in_force",
    "rules_in_force",
    "run_examples",
    "run_out_forecast",
    "search_journal",
    "simulate_stored",
    "spot_checks_of",
    "try_cost",
    "unfold",
    "users_of",
    "work_queue",
]
