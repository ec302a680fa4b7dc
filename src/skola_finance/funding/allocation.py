"""What a partner may spend: its allocation by action quota, amended over time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.funding.windows import day_lv
from skola_finance.money import format_amount, from_cents, to_cents
from skola_finance.problems import Language, Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from skola_finance.money import Money


class ActionQuota(StrEnum):
    """The actions that a partner has a quota for (Regulation 483 par. 20 and 35.5)."""

    INDIVIDUAL_SUPPORT = "individual_support"
    """Individual support by plan, mentors included (par. 23.3)."""
    PROJECTS = "projects"
    """Initiative and partnership projects (par. 23.5)."""
    EVENTS = "events"
    """The partners' own events (par. 23.7.2)."""


class AllocationExceeded(SkolaError, ValueError):
    """FUN-706: approved and in process come to more than was allocated."""

    def __init__(self, *, allocated: int, approved: int, in_process: int) -> None:
        """Name the three amounts, given in cents, and the excess."""
        cents = (approved + in_process - allocated, allocated, approved, in_process)
        lv, lv_of, lv_approved, lv_process = (format_amount(each, Language.LV) for each in cents)
        en, en_of, en_approved, en_process = (format_amount(each, Language.EN) for each in cents)
        super().__init__(
            Problem(
                code="FUN-706",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"Piešķirtais finansējums {lv_of} pārsniegts par {lv}: "
                    f"apstiprināts {lv_approved}, izskatīšanā {lv_process}.",
                    en=f"The allocation of {en_of} is exceeded by {en}: "
                    f"approved {en_approved}, in process {en_process}.",
                ),
                hint=Text(
                    lv="Samaziniet pieprasīto summu vai vienojieties par piešķīruma palielināšanu.",
                    en="Lower the amount claimed, or agree on a larger allocation.",
                ),
            ),
        )


class UnusableAllocation(SkolaError, ValueError):
    """FUN-714: an allocation that contradicts itself, or none on the day asked for."""

    def __init__(self, *, lv: str, en: str) -> None:
        """Say in both languages what is wrong with it."""
        super().__init__(
            Problem(
                code="FUN-714",
                severity=Severity.ERROR,
                message=Text(lv=lv, en=en),
                hint=Text(
                    lv="Pārbaudiet piešķīrumu un tā grozījumus sadarbības līgumā.",
                    en="Check the allocation and its amendments in the cooperation agreement.",
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class AllocationVersion:
    """A partner's whole allocation from one day on: the first, or as an amendment left it.

    `quotas` is empty where the programme has none (PuMPuRS); otherwise an action left out has a
    quota of zero, and the quotas add up to the total.
    """

    effective_from: date
    total: Money
    quotas: Mapping[ActionQuota, Money] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Refuse negative amounts, and quotas that are not the total."""
        total_cents = to_cents(self.total)
        cents = {action: to_cents(quota) for action, quota in self.quotas.items()}
        if any(each < 0 for each in (total_cents, *cents.values())):
            raise UnusableAllocation(
                lv="Piešķīrums vai kvota nevar būt negatīva.",
                en="An allocation or a quota cannot be negative.",
            )
        quotas_cents = sum(cents.values())
        if cents and quotas_cents != total_cents:
            lv = [format_amount(each, Language.LV) for each in (quotas_cents, total_cents)]
            en = [format_amount(each, Language.EN) for each in (quotas_cents, total_cents)]
            raise UnusableAllocation(
                lv=f"Kvotu summa {lv[0]} nesakrīt ar piešķīrumu {lv[1]}.",
                en=f"The quotas come to {en[0]}, the allocation is {en[1]}.",
            )
        whole = {action: from_cents(cents.get(action, 0)) for action in ActionQuota}
        object.__setattr__(self, "quotas", MappingProxyType(whole if cents else {}))


@dataclass(frozen=True, slots=True)
class PartnerAllocation:
    """A partner's allocation over time: its first version, then its amendments in order."""

    partner_reg_no: str
    versions: tuple[AllocationVersion, ...]

    def __post_init__(self) -> None:
        """Refuse an allocation without versions, or with two from the same or an earlier day."""
        if not self.versions:
            raise UnusableAllocation(
                lv=f"Partnerim {self.partner_reg_no} nav norādīts neviens piešķīrums.",
                en=f"Partner {self.partner_reg_no} has no version of its allocation.",
            )
        for earlier, later in pairwise(self.versions):
            if later.effective_from <= earlier.effective_from:
                raise UnusableAllocation(
                    lv=f"Partnera {self.partner_reg_no} grozījums, kas spēkā no "
                    f"{day_lv(later.effective_from)}, seko grozījumam, kas spēkā no "
                    f"{day_lv(earlier.effective_from)}",
                    en=f"The amendment of partner {self.partner_reg_no} in force from "
                    f"{later.effective_from} follows one from {earlier.effective_from}.",
                )

    def has_begun(self, *, on: date) -> bool:
        """Say whether anything is allocated on a day."""
        return self.versions[0].effective_from <= on

    def at(self, *, on: date) -> AllocationVersion:
        """Give the version in force on a day.

        Raises: UnusableAllocation (FUN-714) before the first.
        """
        for version in reversed(self.versions):
            if version.effective_from <= on:
                return version
        raise UnusableAllocation(
            lv=f"Partnerim {self.partner_reg_no} {day_lv(on)} vēl nav piešķirts finansējums.",
            en=f"Partner {self.partner_reg_no} has no allocation yet on {on}.",
        )


def available(allocated: Money, *, approved: Money, in_process: Money) -> Money:
    """Give what is left of an allocation or quota: allocated − approved − in process.

    Raises: AllocationExceeded (FUN-706); what is left is never below zero.

    >>> from skola_finance.money import eur
    >>> available(eur(1_000), approved=eur("250.50"), in_process=eur(100))
    Money('649.50', 'EUR')
    """
    cents = {
        "allocated": to_cents(allocated),
        "approved": to_cents(approved),
        "in_process": to_cents(in_process),
    }
    left = cents["allocated"] - cents["approved"] - cents["in_process"]
    if left < 0:
        raise AllocationExceeded(**cents)
    return from_cents(left)
