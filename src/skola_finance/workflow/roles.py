"""The nine roles, who is acting, and what a role may see at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Role(StrEnum):
    """What a person is signed in as; one person acts in one role at a time."""

    PARTNER_ACCOUNTANT = "partner_accountant"
    """Prepares the partner's claims and files them."""
    PARTNER_SIGNATORY = "partner_signatory"
    """Signs for the partner."""
    PARTNER_COORDINATOR = "partner_coordinator"
    """Keeps the partner's individual plans and sessions; sees no bank data."""
    AGENCY_REVIEWER = "agency_reviewer"
    """Reviews claims: cuts, parks, asks, returns, recommends."""
    AGENCY_APPROVER = "agency_approver"
    """Approves what somebody else has reviewed."""
    AGENCY_TREASURER = "agency_treasurer"
    """Orders payments, records what the bank did, gets money back."""
    PROGRAMME_MANAGER = "programme_manager"
    """Keeps agreements, allocations and settings."""
    AUDITOR = "auditor"
    """Reads all and changes nothing."""
    ADMINISTRATOR = "administrator"
    """Keeps the users; sees and touches no money."""

    @property
    def label(self) -> Text:
        """The role's name on the screen."""
        return _LABELS[self]

    @property
    def sees_own_partner_only(self) -> bool:
        """Whether everything of another partner is “not found” for this role."""
        return self in PARTNER_ROLES

    @property
    def is_agency(self) -> bool:
        """Whether the role works on the claims of all partners."""
        return self in AGENCY_ROLES

    @property
    def may_change_money(self) -> bool:
        """Whether a command of this role can post to the ledger."""
        return self in _MONEY_ROLES

    @property
    def sees_money(self) -> bool:
        """Whether amounts are shown to the role at all."""
        return self is not Role.ADMINISTRATOR

    @property
    def sees_bank_accounts(self) -> bool:
        """Whether IBANs are shown to the role."""
        return self not in {Role.PARTNER_COORDINATOR, Role.ADMINISTRATOR}

    @property
    def sees_risk_grounds(self) -> bool:
        """Whether a learner's risk ground is shown as it is; others see that one was given."""
        return self is Role.PARTNER_COORDINATOR

    @property
    def may_open_risk_grounds(self) -> bool:
        """Whether the role may open a risk ground by giving a reason, which is journalled."""
        return self in {Role.AGENCY_REVIEWER, Role.AUDITOR}

    @property
    def reads_only(self) -> bool:
        """Whether no command is open to the role."""
        return self is Role.AUDITOR


PARTNER_ROLES = frozenset(
    {Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY, Role.PARTNER_COORDINATOR}
)
AGENCY_ROLES = frozenset(
    {Role.AGENCY_REVIEWER, Role.AGENCY_APPROVER, Role.AGENCY_TREASURER, Role.PROGRAMME_MANAGER}
)
_MONEY_ROLES = AGENCY_ROLES - {Role.AGENCY_REVIEWER}

_LABELS: Mapping[Role, Text] = MappingProxyType(
    {
        Role.PARTNER_ACCOUNTANT: Text(lv="Partnera grāmatvedis", en="Partner's accountant"),
        Role.PARTNER_SIGNATORY: Text(lv="Paraksttiesīgā persona", en="Authorised signatory"),
        Role.PARTNER_COORDINATOR: Text(lv="Partnera koordinators", en="Partner's coordinator"),
        Role.AGENCY_REVIEWER: Text(lv="Pārbaudītājs", en="Reviewer"),
        Role.AGENCY_APPROVER: Text(lv="Apstiprinātājs", en="Approver"),
        Role.AGENCY_TREASURER: Text(lv="Maksājumu izpildītājs", en="Treasurer"),
        Role.PROGRAMME_MANAGER: Text(lv="Projekta vadītājs", en="Programme manager"),
        Role.AUDITOR: Text(lv="Revidents", en="Auditor"),
        Role.ADMINISTRATOR: Text(lv="Sistēmas administrators", en="System administrator"),
    }
)


def labels_of(roles: Iterable[Role]) -> Text:
    """Name several roles in a row, in the order in which they are declared."""
    wanted = frozenset(roles)
    named = [role.label for role in Role if role in wanted]
    return Text(lv=", ".join(one.lv for one in named), en=", ".join(one.en for one in named))


class RoleNotAllowed(SkolaError, PermissionError):
    """AUT-601: the command is not open to the role."""


class ImpossibleActor(SkolaError, ValueError):
    """AUT-602: a partner's person without a partner, or another person with one."""


class NotFound(SkolaError, LookupError):
    """AUT-603: no such thing, or a thing of another partner; the answer is the same."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a command: who, in which role, and for which partner."""

    id: str
    role: Role
    partner_reg_no: str | None = None

    def __post_init__(self) -> None:
        """Refuse a nameless actor, and a partner that the role contradicts."""
        has_partner = bool(self.partner_reg_no)
        if self.id.strip() and has_partner == self.role.sees_own_partner_only:
            return
        raise ImpossibleActor(
            Problem(
                code="AUT-602",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"Lietotājam „{self.id}” ar lomu „{self.role.label.lv}” "
                    f"norādītais partneris ir „{self.partner_reg_no or '–'}”.",
                    en=f"The user “{self.id}” in the role “{self.role.label.en}” "
                    f"has the partner “{self.partner_reg_no or '–'}”.",
                ),
                hint=Text(
                    lv="Partnera lomām norāda partneri, pārējām lomām – nenorāda; lietotāja "
                    "vārds ir obligāts.",
                    en="A partner's role names its partner, any other role names none; a user "
                    "has a name.",
                ),
            )
        )

    def sees(self, partner_reg_no: str) -> bool:
        """Say whether what belongs to a partner exists for this actor."""
        return not self.role.sees_own_partner_only or self.partner_reg_no == partner_reg_no


def refuse_role(role: Role, *, command: Text, may: frozenset[Role]) -> Problem:
    """Make the problem AUT-601: what the role may not do, and who may."""
    who = labels_of(may)
    return Problem(
        code="AUT-601",
        severity=Severity.ERROR,
        message=Text(
            lv=f"Lomai „{role.label.lv}” nav tiesību veikt darbību „{command.lv}”.",
            en=f"The role “{role.label.en}” may not do “{command.en}”.",
        ),
        hint=Text(lv=f"To drīkst: {who.lv}.", en=f"Those who may: {who.en}."),
        subject=role.value,
    )


def require_role(actor: Actor, *, command: Text, may: frozenset[Role]) -> None:
    """Let the command pass only in one of the roles.

    Raises: RoleNotAllowed (AUT-601).
    """
    if actor.role not in may:
        raise RoleNotAllowed(refuse_role(actor.role, command=command, may=may))


def require_sight(actor: Actor, *, partner_reg_no: str, what: Text) -> None:
    """Let the command pass only where the actor sees what belongs to the partner.

    Raises: NotFound (AUT-603), with the words used for what does not exist at all.
    """
    if not actor.sees(partner_reg_no):
        raise not_found(what)


def not_found(what: Text) -> NotFound:
    """Make the answer for what does not exist, and for what is not this actor's to see."""
    return NotFound(
        Problem(
            code="AUT-603",
            severity=Severity.ERROR,
            message=Text(lv=f"Nav atrasts: {what.lv}.", en=f"Not found: {what.en}."),
            hint=Text(
                lv="Pārbaudiet adresi vai numuru un atveriet to no saraksta.",
                en="Check the address or number, and open it from the list.",
            ),
        )
    )
