"""Every command of the product, a part of the facade: what changes something, by name.

A command is called with a store and an order: `submit_claim(store, order, claim="…")`. Who may do
it stands in `docs/permissions.md`; `COMMANDS` holds all of them by name.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skola_finance.usecases.access.factors import (
    enrol_second_factor,
    remove_second_factor,
    reset_second_factor,
)
from skola_finance.usecases.access.own_password import set_own_password
from skola_finance.usecases.access.tokens import issue_token, revoke_token
from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.deciding.revival import revive_unfunded
from skola_finance.usecases.filing.declared_total import declare_total
from skola_finance.usecases.filing.drafts import create_claim, edit_lines
from skola_finance.usecases.filing.earlier_lines import take_over_lines
from skola_finance.usecases.filing.evidence import attach_reference, hand_in_evidence
from skola_finance.usecases.filing.importing import import_workbook
from skola_finance.usecases.filing.submission import submit_claim, withdraw_claim
from skola_finance.usecases.partners.agreements import (
    end_agreement,
    prepare_succession,
    resume_agreement,
    sign_agreement,
    succeed_partner,
    suspend_agreement,
)
from skola_finance.usecases.partners.bank_accounts import confirm_iban, propose_iban, reject_iban
from skola_finance.usecases.partners.learners import issue_learner
from skola_finance.usecases.partners.plan_register import (
    change_plan,
    end_plan,
    import_plans,
    register_plan,
)
from skola_finance.usecases.partners.register import (
    add_institution,
    end_institution,
    register_partner,
)
from skola_finance.usecases.partners.sub_project_reports import (
    abandon_sub_project,
    approve_sub_project_report,
    recommend_sub_project_report,
    report_sub_project,
    return_sub_project_report,
)
from skola_finance.usecases.partners.sub_projects import (
    apply_for_sub_project,
    approve_sub_project,
    recommend_sub_project,
    reject_sub_project,
    withdraw_sub_project,
)
from skola_finance.usecases.paying.advance_ends import mark_advance_overdue, repay_unspent_advance
from skola_finance.usecases.paying.advance_payments import (
    cancel_advance_order,
    mark_advance_paid,
    order_owed_again,
    reject_advance_order,
    return_advance_payment,
)
from skola_finance.usecases.paying.advances import (
    order_advance,
    propose_advance,
    reject_advance,
    withdraw_advance,
)
from skola_finance.usecases.paying.confirming import (
    confirm_correction,
    reject_correction,
    withdraw_correction,
)
from skola_finance.usecases.paying.corrections import (
    correct_by_rule,
    correct_lines,
    correct_proportionally,
    enter_credit_note,
    undo_correction,
)
from skola_finance.usecases.paying.final_balance import close_final_balance
from skola_finance.usecases.paying.irregularities import (
    close_irregularity,
    dismiss_irregularity,
    establish_irregularity,
    recover_irregularity,
    suspect_irregularity,
    withhold_irregularity,
)
from skola_finance.usecases.paying.orders import (
    cancel_order,
    mark_paid,
    order_claim_payment,
    reject_order,
    return_order,
    settle_claim,
)
from skola_finance.usecases.paying.recoveries import (
    agree_schedule,
    annul_recovery,
    mark_recovery_overdue,
    notify_recovery,
    propose_write_off,
    record_repayment,
    request_schedule,
    write_off_recovery,
)
from skola_finance.usecases.paying.refunds import mark_refund_paid, order_refund, take_back_refund
from skola_finance.usecases.paying.set_off import set_off_open_debts
from skola_finance.usecases.paying.sub_project_advances import order_sub_project_advance
from skola_finance.usecases.paying.sub_project_settlement import settle_sub_project
from skola_finance.usecases.privacy import erase_learners
from skola_finance.usecases.programmes.allocations import (
    confirm_amendment,
    propose_allocation,
    propose_envelope,
    propose_reallocation,
    reject_amendment,
    withdraw_amendment,
)
from skola_finance.usecases.programmes.opening import (
    adopt_rulebook,
    close_programme,
    open_programme,
)
from skola_finance.usecases.programmes.settings import (
    confirm_setting,
    propose_setting,
    reject_setting,
    withdraw_setting,
)
from skola_finance.usecases.review.deciding_lines import (
    cut_line,
    decide_law,
    decide_lines,
    keep_line,
    park_line,
)
from skola_finance.usecases.review.objections import (
    dismiss_objection,
    file_objection,
    uphold_objection,
    withdraw_objection,
)
from skola_finance.usecases.review.outcome import (
    endorse_review,
    recommend_claim,
    reject_claim,
    return_claim,
    send_back,
)
from skola_finance.usecases.review.questions import (
    accept_answer,
    answer_clarification,
    ask_about_lines,
    ask_clarification,
    resume_review,
)
from skola_finance.usecases.review.spot_checks import (
    cancel_spot_check,
    hold_spot_check,
    hold_unannounced_check,
    notify_spot_check,
    plan_spot_check,
    record_finding,
    report_spot_check,
)
from skola_finance.usecases.review.taking_up import (
    assign_reviewer,
    draw_sample,
    fill_checklist,
    start_review,
    tick_checklist,
)
from skola_finance.usecases.use_case import USE_CASES, UseCase
from skola_finance.usecases.users import add_user, lock_user, set_password, unlock_user

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Mapping[str, UseCase[Any]] = MappingProxyType(USE_CASES)
"""Every command by name."""

__all__ = [
    "COMMANDS",
    "UseCase",
    "abandon_sub_project",
    "accept_answer",
    "add_institution",
    "add_user",
    "adopt_rulebook",
    "agree_schedule",
    "annul_recovery",
    "answer_clarification",
    "apply_for_sub_project",
    "approve_claim_payment",
    "approve_sub_project",
    "approve_sub_project_report",
    "ask_about_lines",
    "ask_clarification",
    "assign_reviewer",
    "attach_reference",
    "cancel_advance_order",
    "cancel_order",
    "cancel_spot_check",
    "change_plan",
    "close_final_balance",
    "close_irregularity",
    "close_programme",
    "confirm_amendment",
    "confirm_correction",
    "confirm_iban",
    "confirm_setting",
    "correct_by_rule",
    "correct_lines",
    "correct_proportionally",
    "create_claim",
    "cut_line",
    "decide_law",
    "decide_lines",
    "declare_total",
    "dismiss_irregularity",
    "dismiss_objection",
    "draw_sample",
    "edit_lines",
    "end_agreement",
    "end_institution",
    "end_plan",
    "endorse_review",
    "enrol_second_factor",
    "enter_credit_note",
    "erase_learners",
    "establish_irregularity",
    "file_objection",
    "fill_checklist",
    "hand_in_evidence",
    "hold_spot_check",
    "hold_unannounced_check",
    "import_plans",
    "import_workbook",
    "issue_learner",
    "issue_token",
    "keep_line",
    "lock_user",
    "mark_advance_overdue",
    "mark_advance_paid",
    "mark_paid",
    "mark_recovery_overdue",
    "mark_refund_paid",
    "notify_recovery",
    "notify_spot_check",
    "open_programme",
    "order_advance",
    "order_claim_payment",
    "order_owed_again",
    "order_refund",
    "order_sub_project_advance",
    "park_line",
    "plan_spot_check",
    "prepare_succession",
    "propose_advance",
    "propose_allocation",
    "propose_envelope",
    "propose_iban",
    "propose_reallocation",
    "propose_setting",
    "propose_write_off",
    "recommend_claim",
    "recommend_sub_project",
    "recommend_sub_project_report",
    "record_finding",
    "record_repayment",
    "recover_irregularity",
    "register_partner",
    "register_plan",
    "reject_advance",
    "reject_advance_order",
    "reject_amendment",
    "reject_claim",
    "reject_correction",
    "reject_iban",
    "reject_order",
    "reject_setting",
    "reject_sub_project",
    "remove_second_factor",
    "repay_unspent_advance",
    "report_spot_check",
    "report_sub_project",
    "request_schedule",
    "reset_second_factor",
    "resume_agreement",
    "resume_review",
    "return_advance_payment",
    "return_claim",
    "return_order",
    "return_sub_project_report",
    "revive_unfunded",
    "revoke_token",
    "send_back",
    "set_off_open_debts",
    "set_own_password",
    "set_password",
    "settle_claim",
    "settle_sub_project",
    "sign_agreement",
    "start_review",
    "submit_claim",
    "succeed_partner",
    "suspect_irregularity",
    "suspend_agreement",
    "take_back_refund",
    "take_over_lines",
    "tick_checklist",
    "undo_correction",
    "unlock_user",
    "uphold_objection",
    "withdraw_advance",
    "withdraw_amendment",
    "withdraw_claim",
    "withdraw_correction",
    "withdraw_objection",
    "withdraw_setting",
    "withdraw_sub_project",
    "withhold_irregularity",
    "write_off_recovery",
]
