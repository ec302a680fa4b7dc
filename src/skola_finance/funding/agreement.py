"""The two agreements that open a partner's window: the project's and the partner's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from skola_finance.funding.windows import ImpossibleDates, Window, day_lv, window_between

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.money import Rate


class PartnerKind(StrEnum):
    """What a partner is (Regulation 483 par. 14); the beneficiary claims its own costs too."""

    MUNICIPALITY = "municipality"
    """A local government, or the education board that signs for it."""
    VOCATIONAL_INSTITUTION = "vocational_institution"
    """A vocational education institution that is a partner itself."""
    GENERAL_INSTITUTION = "general_institution"
    """A general education institution that is a partner itself."""
    BENEFICIARY = "beneficiary"
    """The holder of the project agreement."""


class AgreementStatus(StrEnum):
    """The state of a cooperation agreement."""

    ACTIVE = "active"
    """In force."""
    SUSPENDED = "suspended"
    """In force, its payments held back."""
    ENDED = "ended"
    """No longer in force."""
    SUCCEEDED = "succeeded"
    """No longer in force: a successor partner has taken over all balances."""

    @property
    def is_over(self) -> bool:
        """Whether the agreement is no longer in force."""
        return self in {AgreementStatus.ENDED, AgreementStatus.SUCCEEDED}


@dataclass(frozen=True, slots=True)
class ProjectAgreement:
    """The agreement on the project, between its beneficiary and the authority.

    `concluded_on` is None where nobody has entered the day; then only the cooperation agreement
    opens a partner's window, and whoever judges by it says so (RUL-302).
    """

    number: str
    concluded_on: date | None
    rate: Rate
    window: Window

    def __post_init__(self) -> None:
        """Refuse an agreement concluded after its own project."""
        if self.concluded_on is not None and self.concluded_on > self.window.last:
            raise ImpossibleDates(
                lv=f"Vienošanās {self.number} noslēgta {day_lv(self.concluded_on)}, "
                f"pēc projekta beigām {day_lv(self.window.last)}",
                en=f"Agreement {self.number} was concluded on {self.concluded_on}, "
                f"after the end of the project on {self.window.last}.",
            )


@dataclass(frozen=True, slots=True)
class CooperationAgreement:
    """The agreement of one partner with the beneficiary.

    `ended_on` is the last day in force; it is given if, and only if, the agreement is over.
    """

    number: str
    concluded_on: date
    partner_reg_no: str
    partner_kind: PartnerKind
    status: AgreementStatus = AgreementStatus.ACTIVE
    ended_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse an end before the conclusion, and an end that the status denies."""
        if self.status.is_over != (self.ended_on is not None):
            raise ImpossibleDates(
                lv=f"Sadarbības līgumam {self.number} beigu datums norādāms tad un tikai tad, "
                "ja līgums ir izbeigts.",
                en=f"Cooperation agreement {self.number} has a day of end if, and only if, "
                "it is over.",
            )
        if self.ended_on is not None and self.ended_on < self.concluded_on:
            raise ImpossibleDates(
                lv=f"Sadarbības līgums {self.number} izbeigts {day_lv(self.ended_on)}, "
                f"pirms tas noslēgts {day_lv(self.concluded_on)}",
                en=f"Cooperation agreement {self.number} ended on {self.ended_on}, "
                f"before it was concluded on {self.concluded_on}.",
            )

    def window(self, project: ProjectAgreement) -> Window:
        """Give the partner's window: from the later of both agreements, that day included.

        Never before the project's own window, nor after its end or this agreement's.

        Raises: NoCommonDays (FUN-710) where nothing is left.
        Source: Regulation 483 par. 30.
        """
        first = max(self.concluded_on, project.window.first)
        if project.concluded_on is not None:
            first = max(first, project.concluded_on)
        last = project.window.last
        if self.ended_on is not None:
            last = min(last, self.ended_on)
        return window_between(first=first, last=last)
