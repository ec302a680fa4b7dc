"""Partners, their home page, payments, institutions and individual plans."""

from __future__ import annotations

from skola_finance.usecases.partners.plan_views import open_risk_ground, plans_of
from skola_finance.usecases.views.partner_home import (
    AllocationKind,
    AllocationPart,
    CameBack,
    Owed,
    PartnerHome,
    PaymentMade,
    partner_home,
)
from skola_finance.usecases.views.partner_payments import (
    InstalmentShown,
    OwnDebt,
    PartnerAdvance,
    PartnerOrder,
    PartnerPayments,
    partner_payments,
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
from skola_finance.usecases.views.registers import (
    RegisterPage,
    RegisterRow,
    list_institutions,
    list_rulebooks,
    list_settings_sets,
)
from skola_finance.usecases.views.standing import Membership, memberships_of

__all__ = [
    "AgreementView",
    "AllocationKind",
    "AllocationPart",
    "BankAccountView",
    "CameBack",
    "ClaimCount",
    "InstalmentShown",
    "InstitutionView",
    "Membership",
    "Owed",
    "OwnDebt",
    "PartnerAdvance",
    "PartnerEntry",
    "PartnerHome",
    "PartnerList",
    "PartnerOrder",
    "PartnerPage",
    "PartnerPayments",
    "PaymentMade",
    "PlanChoices",
    "PlanDifference",
    "PlanList",
    "PlanRow",
    "PlanSays",
    "PlanShown",
    "RegisterPage",
    "RegisterRow",
    "Succession",
    "SupportShown",
    "ground_opened",
    "list_institutions",
    "list_rulebooks",
    "list_settings_sets",
    "memberships_of",
    "open_risk_ground",
    "partner_home",
    "partner_page",
    "partner_payments",
    "partners_list",
    "plan_choices",
    "plan_differences",
    "plan_list",
    "plan_shown",
    "plans_of",
    "succession_preview",
]
