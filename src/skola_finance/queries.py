"""Every read of the product, a part of the facade: what people may look at, and nothing changes.

A read is called with a store and an order, as a command is; a partner's people see their own
partner only, and what belongs to others is “not found” (AUT-603).
"""

from __future__ import annotations

from skola_finance.usecases.access.accounts import (
    find_user,
    find_users,
    my_account,
    partner_choices,
    recovery_codes,
)
from skola_finance.usecases.access.factors import confirm_second_factor, new_second_factor
from skola_finance.usecases.access.own_password import (
    add_user_with_password,
    change_password,
    set_users_password,
)
from skola_finance.usecases.access.sessions import (
    end_other_sessions,
    end_session,
    finish_enrolling,
    finish_sign_in,
    look_at_session,
    sessions_of,
    sign_in,
    sign_out,
    signed_in,
    stay_signed_in,
)
from skola_finance.usecases.access.tokens import actor_of_token, make_token, scopes_for, tokens_of
from skola_finance.usecases.deciding.revival import preview_revival
from skola_finance.usecases.demo.accounts import demo_code, demo_offer, new_demo_factor
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
from skola_finance.usecases.views.access import (
    DemoOffer,
    ListedUser,
    NewSecondFactor,
    Opened,
    OpenSession,
    OwnAccount,
    Scope,
    SignedIn,
    Stage,
    Token,
    TokenHolder,
    UserPage,
)
from skola_finance.usecases.views.acts import Done, Standing
from skola_finance.usecases.views.advances import (
    AdvanceLine,
    AdvanceList,
    AdvanceOffer,
    AdvanceView,
    advance_offer,
    advance_page,
    advances_of,
    partners_in,
)
from skola_finance.usecases.views.approval import ActShown, ApprovalPage, OpenWarning, approval_page
from skola_finance.usecases.views.approval_preview import (
    ApprovalPreview,
    EntryToPost,
    LineToPost,
    RoomEffect,
    preview_approval,
)
from skola_finance.usecases.views.approval_unfunded import (
    RevivalPage,
    UnfundedPartner,
    revival_page,
    unfunded_partners,
)
from skola_finance.usecases.views.claims_files import ClaimFile, claim_template, claim_workbook
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
from skola_finance.usecases.views.claims_submit import FoundKind, findings_of
from skola_finance.usecases.views.claims_why import LineWhy, RuleSpoke, Seen, line_why
from skola_finance.usecases.views.clocks import ClaimClock, ClaimClocks, RunningTerm
from skola_finance.usecases.views.corrections import (
    CorrectableClaim,
    CorrectedLine,
    CorrectionLine,
    CorrectionList,
    CorrectionView,
    StandingLine,
    correctable_claim,
    correction_page,
    corrections_of,
)
from skola_finance.usecases.views.cuts import Cut
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
from skola_finance.usecases.views.irregularities import (
    CaseLine,
    CaseList,
    CaseView,
    RecoveryFloor,
    irregularities_of,
    irregularity_page,
    recovery_floor,
)
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
from skola_finance.usecases.views.partners_list import PartnerEntry, PartnerList, partners_list
from skola_finance.usecases.views.partners_page import (
    AgreementView,
    BankAccountView,
    ClaimCount,
    InstitutionView,
    PartnerPage,
    partner_page,
)
from skola_finance.usecases.views.partners_succession import Succession, succession_preview
from skola_finance.usecases.views.plan_import import PlanDifference, PlanSays, plan_differences
from skola_finance.usecases.views.plans import (
    PlanChoices,
    PlanList,
    PlanRow,
    PlanShown,
    SupportShown,
    ground_opened,
    plan_choices,
    plan_list,
    plan_shown,
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
from skola_finance.usecases.views.recoveries import (
    Debt,
    InstalmentLine,
    PartnerDebt,
    RecoveryLine,
    RecoveryList,
    RecoveryView,
    RefundLine,
    proposed_schedule,
    recoveries_of,
    recovery_page,
)
from skola_finance.usecases.views.recoveries_at_the_end import PartnerToClose, partners_to_close
from skola_finance.usecases.views.rehearsal import (
    Effect,
    Movement,
    Rehearsal,
    RehearsedWork,
    rehearse,
)
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
    "ActShown",
    "AdvanceLine",
    "AdvanceList",
    "AdvanceOffer",
    "AdvanceView",
    "AgreementView",
    "AllocationPart",
    "ApprovalPage",
    "ApprovalPreview",
    "BankAccountView",
    "Basis",
    "CameBack",
    "CaseLine",
    "CaseList",
    "CaseView",
    "ClaimClock",
    "ClaimClocks",
    "ClaimCount",
    "ClaimFigures",
    "ClaimFile",
    "ClaimHead",
    "ClaimItem",
    "ClaimLinesView",
    "ClaimPage",
    "ClaimPayment",
    "ClaimToPay",
    "ClaimsPage",
    "ClaimsToPay",
    "ClaimsWanted",
    "CorrectableClaim",
    "CorrectedLine",
    "CorrectionLine",
    "CorrectionList",
    "CorrectionView",
    "CostForm",
    "Cut",
    "Dashboard",
    "Debt",
    "Deed",
    "DemoOffer",
    "Done",
    "Effect",
    "EntryToPost",
    "ExampleFact",
    "ExamplesRun",
    "FoundKind",
    "InstalmentLine",
    "InstitutionView",
    "LineColumn",
    "LineCounts",
    "LineMark",
    "LineToPost",
    "LineView",
    "LineWhy",
    "ListedUser",
    "Membership",
    "Movement",
    "NewClaim",
    "NewSecondFactor",
    "NextStep",
    "OpenSession",
    "OpenWarning",
    "Opened",
    "OrderLine",
    "OrderList",
    "OrderView",
    "OrdersInState",
    "OtherWork",
    "Owed",
    "OwnAccount",
    "PacePoint",
    "Part",
    "PartnerDebt",
    "PartnerEntry",
    "PartnerHome",
    "PartnerList",
    "PartnerPage",
    "PartnerSums",
    "PartnerToClose",
    "PaymentMade",
    "PlanChoices",
    "PlanDifference",
    "PlanList",
    "PlanRow",
    "PlanSays",
    "PlanShown",
    "PostedEntry",
    "QueueOrder",
    "RecoveryFloor",
    "RecoveryLine",
    "RecoveryList",
    "RecoveryView",
    "RefundLine",
    "Rehearsal",
    "RehearsedWork",
    "RestsOn",
    "RevivalPage",
    "Right",
    "RoomEffect",
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
    "Scope",
    "Seen",
    "SemesterSums",
    "SettingEntered",
    "SettingNeeded",
    "SignedIn",
    "Stage",
    "Standing",
    "StandingLine",
    "Succession",
    "Sums",
    "SupportShown",
    "Token",
    "TokenHolder",
    "TraceStep",
    "TriedCost",
    "TriedField",
    "UnfundedPartner",
    "UserPage",
    "WaitingClaim",
    "WorkQueue",
    "actor_of_token",
    "add_user_with_password",
    "advance_offer",
    "advance_page",
    "advances_of",
    "ageing_of_claims",
    "approval_page",
    "change_password",
    "check_password",
    "claim_lines",
    "claim_page",
    "claim_payment",
    "claim_template",
    "claim_workbook",
    "claims_page",
    "claims_to_pay",
    "confirm_second_factor",
    "correctable_claim",
    "correction_page",
    "corrections_of",
    "cost_form",
    "demo_code",
    "demo_offer",
    "dry_run",
    "end_other_sessions",
    "end_session",
    "explain_line",
    "export_claims",
    "final_balance",
    "find_user",
    "find_users",
    "findings_of",
    "finish_enrolling",
    "finish_sign_in",
    "ground_opened",
    "irregularities_of",
    "irregularity_page",
    "journal_line",
    "line_why",
    "look_at_session",
    "make_token",
    "memberships_of",
    "missing_evidence",
    "missing_settings",
    "my_account",
    "new_claim",
    "new_demo_factor",
    "new_second_factor",
    "next_claim",
    "objections_of",
    "obligations_of",
    "open_evidence",
    "open_risk_ground",
    "partner_choices",
    "partner_home",
    "partner_page",
    "partner_statement",
    "partners_in",
    "partners_list",
    "partners_to_close",
    "payment_order",
    "payment_orders",
    "plan_choices",
    "plan_differences",
    "plan_list",
    "plan_shown",
    "plans_of",
    "prefinancing_exposure",
    "preview_approval",
    "preview_import",
    "preview_revival",
    "programme_dashboard",
    "programme_status",
    "proposed_schedule",
    "recoveries_of",
    "recovery_codes",
    "recovery_floor",
    "recovery_page",
    "rehearse",
    "rests_on",
    "results_achieved",
    "revival_page",
    "rule_in_force",
    "rules_in_force",
    "run_examples",
    "run_out_forecast",
    "scopes_for",
    "search_journal",
    "sessions_of",
    "set_users_password",
    "sign_in",
    "sign_out",
    "signed_in",
    "simulate_stored",
    "spot_checks_of",
    "stay_signed_in",
    "succession_preview",
    "tokens_of",
    "try_cost",
    "unfold",
    "unfunded_partners",
    "users_of",
    "work_queue",
]
