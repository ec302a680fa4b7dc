"""Who may do what, when and after whom: states, commands, roles, four eyes, legal clocks.

Imports `problems`, `money` and `funding`, and the type of a setting from `rulebook`. Pure tables
and sums over them: nothing is stored, no clock is read (days and times are handed in), and no
web or database is known.

It promises: a state changes only by a command that its table knows, given in a role that may,
by a person whom no earlier act bars; money never moves by the will of fewer than two persons; a
pause moves a deadline by exactly the days it lasted; a refusal says what is possible now, and who
may do it.
"""

from skola_finance.workflow.agreement_states import AGREEMENTS, AgreementCommand
from skola_finance.workflow.catalogue import MACHINES
from skola_finance.workflow.claim_states import CLAIMS, claim_machine, step
from skola_finance.workflow.claim_vocabulary import ClaimCommand, ClaimState
from skola_finance.workflow.clarification_states import (
    CLARIFICATIONS,
    ClarificationCommand,
    ClarificationState,
)
from skola_finance.workflow.clock import (
    Clock,
    ImpossiblePause,
    ImpossibleTerm,
    Pause,
    Term,
    Unit,
    add_months,
)
from skola_finance.workflow.duties import DUTIES, Duty, DutyTerm, Reckoning
from skola_finance.workflow.four_eyes import Act, Quorum, Separation, TooShallow
from skola_finance.workflow.irregularity_states import (
    IRREGULARITIES,
    IrregularityCommand,
    IrregularityState,
)
from skola_finance.workflow.machine import Machine, Refused
from skola_finance.workflow.notices import NOTICE_KEY, check_notice, check_request_term
from skola_finance.workflow.objection_states import OBJECTIONS, ObjectionCommand, ObjectionState
from skola_finance.workflow.obligations import Obligation, UnusableTerm, day_of, obligations
from skola_finance.workflow.payment_states import PAYMENT_ORDERS, PaymentCommand, PaymentState
from skola_finance.workflow.proposal_states import (
    ADVANCES,
    ALLOCATIONS,
    BANK_ACCOUNTS,
    CORRECTIONS,
    SETTINGS,
    ProposalCommand,
    ProposalState,
)
from skola_finance.workflow.recovery_states import RECOVERIES, RecoveryCommand, RecoveryState
from skola_finance.workflow.repayment import (
    ImpossibleRecovery,
    Instalment,
    RecoveryPlan,
    check_schedule,
    plan_recovery,
)
from skola_finance.workflow.roles import (
    AGENCY_ROLES,
    PARTNER_ROLES,
    Actor,
    ImpossibleActor,
    NotFound,
    Role,
    RoleNotAllowed,
    not_found,
    require_role,
    require_sight,
)
from skola_finance.workflow.spot_check_states import (
    SPOT_CHECKS,
    SpotCheckCommand,
    SpotCheckState,
)
from skola_finance.workflow.sub_project_states import (
    SUB_PROJECTS,
    SubProjectCommand,
    SubProjectState,
)
from skola_finance.workflow.tasks import TASK_NAMES, TASKS, Task
from skola_finance.workflow.working_days import (
    LATVIA,
    ContradictoryCalendar,
    WorkingCalendar,
    riga_day,
)
from skola_finance.workflow.year_end import (
    ApprovedBeforeUse,
    BookedAs,
    YearOfRecord,
    vat_periods,
    year_of_record,
)

__all__ = [
    "ADVANCES",
    "AGENCY_ROLES",
    "AGREEMENTS",
    "ALLOCATIONS",
    "BANK_ACCOUNTS",
    "CLAIMS",
    "CLARIFICATIONS",
    "CORRECTIONS",
    "DUTIES",
    "IRREGULARITIES",
    "LATVIA",
    "MACHINES",
    "NOTICE_KEY",
    "OBJECTIONS",
    "PARTNER_ROLES",
    "PAYMENT_ORDERS",
    "RECOVERIES",
    "SETTINGS",
    "SPOT_CHECKS",
    "SUB_PROJECTS",
    "TASKS",
    "TASK_NAMES",
    "Act",
    "Actor",
    "AgreementCommand",
    "ApprovedBeforeUse",
    "BookedAs",
    "ClaimCommand",
    "ClaimState",
    "ClarificationCommand",
    "ClarificationState",
    "Clock",
    "ContradictoryCalendar",
    "Duty",
    "DutyTerm",
    "ImpossibleActor",
    "ImpossiblePause",
    "ImpossibleRecovery",
    "ImpossibleTerm",
    "Instalment",
    "IrregularityCommand",
    "IrregularityState",
    "Machine",
    "NotFound",
    "ObjectionCommand",
    "ObjectionState",
    "Obligation",
    "Pause",
    "PaymentCommand",
    "PaymentState",
    "ProposalCommand",
    "ProposalState",
    "Quorum",
    "Reckoning",
    "RecoveryCommand",
    "RecoveryPlan",
    "RecoveryState",
    "Refused",
    "Role",
    "RoleNotAllowed",
    "Separation",
    "SpotCheckCommand",
    "SpotCheckState",
    "SubProjectCommand",
    "SubProjectState",
    "Task",
    "Term",
    "TooShallow",
    "Unit",
    "UnusableTerm",
    "WorkingCalendar",
    "YearOfRecord",
    "add_months",
    "check_notice",
    "check_request_term",
    "check_schedule",
    "claim_machine",
    "day_of",
    "not_found",
    "obligations",
    "plan_recovery",
    "require_role",
    "require_sight",
    "riga_day",
    "step",
    "vat_periods",
    "year_of_record",
]
