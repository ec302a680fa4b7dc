"""How a sum comes back: withheld, left because it is small, claimed, and in which instalments."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from skola_finance.money import format_amount
from skola_finance.problems import Language, Problem, Severity, SkolaError, Text
from skola_finance.workflow.clock import add_months

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class ImpossibleRecovery(SkolaError, ValueError):
    """WFL-510: a recovery of nothing, or of amounts below zero."""


@dataclass(frozen=True, slots=True)
class RecoveryPlan:
    """Where the cents of one irregularity go; the three parts are its sum."""

    withheld_cents: int
    not_recovered_cents: int
    claimed_back_cents: int


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a repayment, and the last day for it."""

    due_on: date
    amount_cents: int


def plan_recovery(
    amount_cents: int, *, withholdable_cents: int, floor_cents: int | None
) -> RecoveryPlan:
    """Share one irregular sum out: withhold what can be, leave a small one, claim back the rest.

    Args:
        amount_cents: the sum of one irregularity in one project.
        withholdable_cents: what the claims in hand allow to keep back.
        floor_cents: up to this sum nothing is claimed back (setting `recovery.floor`); None where
            no such floor exists. It is held against the whole sum, not against the rest after
            withholding, so that a large sum never shrinks below it.

    Raises: ImpossibleRecovery (WFL-510).
    Source: Regulation 802 par. 12.1 and 13; the comparison with the whole sum is inferred.

    >>> plan_recovery(30_000, withholdable_cents=10_000, floor_cents=25_000)
    RecoveryPlan(withheld_cents=10000, not_recovered_cents=0, claimed_back_cents=20000)
    """
    if amount_cents <= 0 or withholdable_cents < 0:
        raise _impossible(amount_cents, withholdable_cents)
    withheld = min(amount_cents, withholdable_cents)
    rest = amount_cents - withheld
    if floor_cents is not None and amount_cents <= floor_cents:
        return RecoveryPlan(withheld, rest, 0)
    return RecoveryPlan(withheld, 0, rest)


def check_schedule(
    instalments: Sequence[Instalment],
    *,
    amount_cents: int,
    repay_by: date,
    most_months: int | None,
    last_day: date | None,
) -> tuple[Problem, ...]:
    """Find what is wrong with a schedule of instalments; everything at once.

    Args:
        instalments: in order.
        amount_cents: what is owed.
        repay_by: the end of the month to repay, from which the longest time runs.
        most_months: setting `recovery.schedule.months`; None where no such limit exists.
        last_day: setting `recovery.schedule.last_day`; None where no such limit exists.

    Returns: WFL-508 (too late), WFL-509 (not the sum, empty, not in order, not above zero).
    Source: Regulation 802 par. 16.
    """
    return (
        *_not_the_sum(instalments, amount_cents),
        *_too_late(instalments, repay_by, most_months, last_day),
    )


def _not_the_sum(instalments: Sequence[Instalment], amount_cents: int) -> tuple[Problem, ...]:
    days = [one.due_on for one in instalments]
    cents = [one.amount_cents for one in instalments]
    fits = bool(cents) and min(cents) > 0 and sum(cents) == amount_cents
    if fits and all(early < late for early, late in pairwise(days)):
        return ()
    found, owed = sum(cents), amount_cents
    return (
        Problem(
            code="WFL-509",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Grafika maksājumu summa ir {format_amount(found, Language.LV)} no "
                f"{format_amount(owed, Language.LV)}; maksājumu skaits: {len(cents)}.",
                en=f"The instalments come to {format_amount(found, Language.EN)} of "
                f"{format_amount(owed, Language.EN)}; their number: {len(cents)}.",
            ),
            hint=Text(
                lv="Katrs maksājums ir lielāks par nulli, dienas ir augošā secībā, "
                "un kopā maksājumi ir visa summa.",
                en="Each instalment is above zero, the days rise, and together they are the sum.",
            ),
        ),
    )


def _too_late(
    instalments: Sequence[Instalment],
    repay_by: date,
    most_months: int | None,
    last_day: date | None,
) -> tuple[Problem, ...]:
    limits = [add_months(repay_by, most_months)] if most_months is not None else []
    limits += [last_day] if last_day is not None else []
    days = [one.due_on for one in instalments]
    if not limits or not days or max(days) <= min(limits):
        return ()
    return (
        Problem(
            code="WFL-508",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Pēdējais maksājums {max(days):%d.%m.%Y.} ir pēc {min(limits):%d.%m.%Y.}",
                en=f"The last instalment, {max(days)}, is after {min(limits)}.",
            ),
            hint=Text(
                lv="Saīsiniet grafiku, lai tas beidzas šajā dienā vai agrāk.",
                en="Shorten the schedule, so that it ends on that day or before.",
            ),
        ),
    )


def _impossible(amount_cents: int, withholdable_cents: int) -> ImpossibleRecovery:
    lv = [format_amount(each, Language.LV) for each in (amount_cents, withholdable_cents)]
    en = [format_amount(each, Language.EN) for each in (amount_cents, withholdable_cents)]
    return ImpossibleRecovery(
        Problem(
            code="WFL-510",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Atgūšana nav iespējama: summa {lv[0]}, ieturams {lv[1]}.",
                en=f"A recovery is not possible: the sum is {en[0]}, withholdable are {en[1]}.",
            ),
            hint=Text(
                lv="Atgūstamā summa ir lielāka par nulli, ieturamā nav negatīva.",
                en="The sum is above zero, what can be withheld is not below.",
            ),
        )
    )
