"""The money of all partners together, and the programme's check of its use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.money import Rate, format_amount, from_cents, to_cents
from skola_finance.problems import Citation, Language, Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.funding.allocation import ActionQuota, PartnerAllocation
    from skola_finance.money import Money


class EnvelopeExceeded(SkolaError, ValueError):
    """FUN-707: more is allocated to partners than the envelope holds."""

    def __init__(self, *, envelope_cents: int, allocated_cents: int) -> None:
        """Name what is allocated, what there is and the excess."""
        cents = (allocated_cents, envelope_cents, allocated_cents - envelope_cents)
        lv = [format_amount(each, Language.LV) for each in cents]
        en = [format_amount(each, Language.EN) for each in cents]
        super().__init__(
            Problem(
                code="FUN-707",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"Sadarbības partneriem piešķirti {lv[0]}, bet paredzēti {lv[1]}.",
                    en=f"Cooperation partners are allocated {en[0]}, the envelope is {en[1]}.",
                ),
                hint=Text(
                    lv=f"Samaziniet piešķīrumus par {lv[2]}.",
                    en=f"Lower the allocations by {en[2]}.",
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class Envelope:
    """The total directed to cooperation partners, and how it is allocated."""

    total: Money
    partners: tuple[PartnerAllocation, ...]

    def allocated(self, *, on: date) -> Money:
        """Add up the allocations in force on a day."""
        return from_cents(
            sum(
                to_cents(partner.at(on=on).total)
                for partner in self.partners
                if partner.has_begun(on=on)
            ),
        )

    def planned(self, action: ActionQuota, *, on: date) -> Money:
        """Add up the partners' quotas for one action on a day."""
        return from_cents(
            sum(
                to_cents(partner.at(on=on).quotas.get(action, from_cents(0)))
                for partner in self.partners
                if partner.has_begun(on=on)
            ),
        )

    def free(self, *, on: date) -> Money:
        """Give what is not yet allocated; raises EnvelopeExceeded (FUN-707) below zero."""
        envelope_cents, allocated_cents = to_cents(self.total), to_cents(self.allocated(on=on))
        if allocated_cents > envelope_cents:
            raise EnvelopeExceeded(envelope_cents=envelope_cents, allocated_cents=allocated_cents)
        return from_cents(envelope_cents - allocated_cents)

    def check(self, *, on: date) -> tuple[Problem, ...]:
        """Report allocations above the envelope (FUN-707) as a finding."""
        try:
            self.free(on=on)
        except EnvelopeExceeded as exceeded:
            return (exceeded.problem,)
        return ()


def check_individual_support_share(
    planned: Money,
    *,
    total: Money,
    minimum: Rate,
    envelope: Money | None,
    citation: Citation | None = None,
) -> tuple[Problem, ...]:
    """Check that enough of the project's eligible total goes to individual support.

    Args:
        planned: what is planned for individual support, over all partners.
        total: the project's eligible total.
        minimum: the least share of `total` for individual support (40 %, par. 20).
        envelope: what is directed to partners; None where nobody has entered it.
        citation: where the minimum is written.

    Returns: RUL-301 without an envelope; else FUN-705 below the minimum, FUN-707 above the
        envelope.
    Rounding: the minimum up to the cent, for "at least".
    Source: Regulation 483 par. 20; 40 % of 15 951 890 € is 6 380 756.00 €.
    """
    if envelope is None:
        return (_envelope_not_entered(citation),)
    planned_cents, envelope_cents = to_cents(planned), to_cents(envelope)
    minimum_cents = -minimum.floor_of(-to_cents(total))
    problems = []
    if planned_cents < minimum_cents:
        problems.append(
            _below_minimum(
                planned_cents,
                minimum_cents=minimum_cents,
                minimum=minimum,
                citation=citation,
            ),
        )
    if planned_cents > envelope_cents:
        exceeded = EnvelopeExceeded(envelope_cents=envelope_cents, allocated_cents=planned_cents)
        problems.append(exceeded.problem)
    return tuple(problems)


def _below_minimum(
    planned_cents: int,
    *,
    minimum_cents: int,
    minimum: Rate,
    citation: Citation | None,
) -> Problem:
    cents = (planned_cents, minimum_cents, minimum_cents - planned_cents)
    lv = [format_amount(each, Language.LV) for each in cents]
    en = [format_amount(each, Language.EN) for each in cents]
    return Problem(
        code="FUN-705",
        severity=Severity.ERROR,
        message=Text(
            lv=f"Individuālajam atbalstam plānoti {lv[0]}, bet jāparedz vismaz {lv[1]} "
            f"({minimum} no kopējā attiecināmā finansējuma).",
            en=f"{en[0]} is planned for individual support; it must be at least {en[1]} "
            f"({minimum} of the total eligible funding).",
        ),
        hint=Text(
            lv=f"Palieliniet individuālā atbalsta kvotas par {lv[2]}.",
            en=f"Raise the quotas for individual support by {en[2]}.",
        ),
        citation=citation,
    )


def _envelope_not_entered(citation: Citation | None) -> Problem:
    return Problem(
        code="RUL-301",
        severity=Severity.ERROR,
        message=Text(
            lv="Nav ievadīts iestatījums envelope (sadarbības partneriem paredzētais finansējums), "
            "tāpēc individuālā atbalsta īpatsvaru nevar pārbaudīt.",
            en="The setting envelope (funding directed to cooperation partners) has not been "
            "entered, so the share of individual support cannot be checked.",
        ),
        hint=Text(
            lv="Ievadiet iestatījumu envelope, norādot avotu un spēkā stāšanās datumu.",
            en="Enter the setting envelope with its source and the day it applies from.",
        ),
        citation=citation,
    )
