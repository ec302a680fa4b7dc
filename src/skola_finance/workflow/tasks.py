"""What people do that moves no state: who may."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.workflow.machine import named
from skola_finance.workflow.roles import AGENCY_ROLES, PARTNER_ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class Task(StrEnum):
    """A thing to do or to read that belongs to no machine."""

    OPEN_PROGRAMME = "open_programme"
    """Open a programme from a rulebook."""
    REGISTER_PARTNER = "register_partner"
    """Register a partner and its institutions."""
    KEEP_PLANS = "keep_plans"
    """Register individual plans and close them."""
    OPEN_RISK_GROUND = "open_risk_ground"
    """Open a learner's risk ground, with a reason that is journalled."""
    MAKE_PAYMENT_FILE = "make_payment_file"
    """Make a file for the bank out of payment orders."""
    IMPORT_STATEMENT = "import_statement"
    """Read the bank's statement and match it."""
    READ_REPORTS = "read_reports"
    """Read statements and reports; a partner's people their own."""
    SIMULATE = "simulate"
    """Re-assess stored lines under other rules or settings."""
    READ_JOURNAL = "read_journal"
    """Search the journal and check its chain."""
    ERASE_LEARNERS = "erase_learners"
    """Erase what is known of learners once the term of retention is over."""
    KEEP_USERS = "keep_users"
    """Add users, lock them, give them roles."""


TASKS: Mapping[Task, frozenset[Role]] = MappingProxyType(
    {
        Task.OPEN_PROGRAMME: frozenset({Role.PROGRAMME_MANAGER}),
        Task.REGISTER_PARTNER: frozenset({Role.PROGRAMME_MANAGER}),
        Task.KEEP_PLANS: frozenset({Role.PARTNER_COORDINATOR}),
        Task.OPEN_RISK_GROUND: frozenset({Role.AGENCY_REVIEWER, Role.AUDITOR}),
        Task.MAKE_PAYMENT_FILE: frozenset({Role.AGENCY_TREASURER}),
        Task.IMPORT_STATEMENT: frozenset({Role.AGENCY_TREASURER}),
        Task.READ_REPORTS: PARTNER_ROLES | AGENCY_ROLES | {Role.AUDITOR},
        Task.SIMULATE: frozenset({Role.PROGRAMME_MANAGER, Role.AUDITOR}),
        Task.READ_JOURNAL: frozenset({Role.PROGRAMME_MANAGER, Role.AUDITOR}),
        Task.ERASE_LEARNERS: frozenset({Role.PROGRAMME_MANAGER}),
        Task.KEEP_USERS: frozenset({Role.ADMINISTRATOR}),
    }
)
"""The roles that may do each task."""

TASK_NAMES = named(
    {
        Task.OPEN_PROGRAMME: ("Atvērt programmu", "Open a programme"),
        Task.REGISTER_PARTNER: ("Reģistrēt partneri", "Register a partner"),
        Task.KEEP_PLANS: ("Uzturēt individuālos plānus", "Keep individual plans"),
        Task.OPEN_RISK_GROUND: ("Atvērt riska pamatojumu", "Open a risk ground"),
        Task.MAKE_PAYMENT_FILE: ("Sagatavot maksājumu datni", "Make a payment file"),
        Task.IMPORT_STATEMENT: ("Ielasīt konta izrakstu", "Read a bank statement"),
        Task.READ_REPORTS: ("Skatīt pārskatus", "Read reports"),
        Task.SIMULATE: ("Simulēt", "Simulate"),
        Task.READ_JOURNAL: ("Skatīt darbību žurnālu", "Read the journal"),
        Task.ERASE_LEARNERS: ("Dzēst ziņas par izglītojamajiem", "Erase learners"),
        Task.KEEP_USERS: ("Uzturēt lietotājus", "Keep users"),
    }
)
"""The tasks on the screen."""
