"""Checks on the spot: planned, announced in time, held, their findings recorded, reported.

Source: Regulation 135 par. 31 to 35. A check of lessons or events may be held unannounced (32.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.tables import SpotCheckRow, SpotFindingRow
from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.terms import whole, working_calendar
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.usecases.work import CLAIM
from skola_finance.workflow import (
    NOTICE_KEY,
    SPOT_CHECKS,
    SpotCheckCommand,
    SpotCheckState,
    check_notice,
    not_found,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

WHAT = Text(lv="pārbaude projekta īstenošanas vietā", en="on-the-spot check")


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """A check on the spot as a person may see it, with what was found."""

    row: SpotCheckRow
    findings: tuple[SpotFindingRow, ...]


@use_case(
    title=Text(lv="Plānot pārbaudi uz vietas", en="Plan a check on the spot"),
    roles=SPOT_CHECKS.may[SpotCheckCommand.PLAN],
)
def plan_spot_check(
    work: Work,
    *,
    programme: str,
    partner: str,
    place: str,
    subject: str,
    planned_on: date,
    claim: str = "",
) -> Answer:
    """Plan a check; the partner does not know of it yet.

    Args:
        place: the institution or other place, never a person.
        subject: what is looked at.
        planned_on: today or later.
        claim: the claim whose lines are looked at, where it is about one.

    Raises: CommandRefused WFL-518 (place, subject, day); NotFound (AUT-603), also for a claim of
        another partner or programme.
    """
    work.programme(programme)
    work.partner(partner)
    if not place.strip() or not subject.strip():
        raise unusable_input(
            "place", lv="nav norādīta vieta vai priekšmets", en="place or subject is missing"
        )
    if planned_on < work.on:
        raise unusable_input("planned_on", lv="diena ir pagājusi", en="that day is over")
    of_claim = work.claim(claim) if claim else None
    if of_claim is not None:
        owner = of_claim.partner_reg_no
        heir = work.repositories.partners.holder(programme, partner=owner)
        if of_claim.programme != programme or partner not in {owner, heir}:
            raise not_found(CLAIM)
    row = SpotCheckRow(
        programme=programme,
        partner_reg_no=partner,
        claim_id=of_claim.id if of_claim is not None else None,
        place=place.strip(),
        subject=subject.strip(),
        planned_on=planned_on,
        state=SpotCheckState.PLANNED.value,
    )
    work.repositories.add(row)
    row.state = work.begin(SPOT_CHECKS, thing=str(row.id))
    return _keep(work, row)


@use_case(
    title=Text(lv="Paziņot par pārbaudi uz vietas", en="Announce a check on the spot"),
    roles=SPOT_CHECKS.may[SpotCheckCommand.NOTIFY],
)
def notify_spot_check(work: Work, *, spot_check: int, planned_on: date | None = None) -> Answer:
    """Tell the partner the day, so many working days ahead as the programme has entered.

    Args:
        planned_on: the day it is held, where it is another one than planned.

    Raises: CommandRefused WFL-506 where the notice is too short; the day of the notice does not
        count, that of the check does. Without a setting any day from today on will do.
    """
    row = _row(work, spot_check)
    row.planned_on = planned_on or row.planned_on
    row.state = _step(work, row, SpotCheckCommand.NOTIFY)
    row.notified_on = work.on
    _check_notice(work, row, row.planned_on)
    return _keep(work, row)


@use_case(
    title=Text(lv="Reģistrēt pārbaudi uz vietas", en="Record a check on the spot"),
    roles=SPOT_CHECKS.may[SpotCheckCommand.HOLD],
)
def hold_spot_check(work: Work, *, spot_check: int, held_on: date) -> Answer:
    """Record that an announced check took place.

    Raises: CommandRefused WFL-518 for a day to come, WFL-506 for one before the notice was over.
    """
    row = _row(work, spot_check)
    row.state = _step(work, row, SpotCheckCommand.HOLD)
    _check_notice(work, row, held_on)
    return _hold(work, row, held_on)


@use_case(
    title=Text(lv="Reģistrēt nepaziņotu pārbaudi", en="Record an unannounced check"),
    roles=SPOT_CHECKS.may[SpotCheckCommand.HOLD_UNANNOUNCED],
)
def hold_unannounced_check(work: Work, *, spot_check: int, held_on: date, reason: str) -> Answer:
    """Record a check of lessons or events that took place without notice, with the reason for it.

    Source: Regulation 135 par. 32.1.
    """
    row = _row(work, spot_check)
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    row.state = _step(work, row, SpotCheckCommand.HOLD_UNANNOUNCED, reason.strip())
    return _hold(work, row, held_on)


@use_case(
    title=Text(lv="Reģistrēt konstatējumu", en="Record a finding"),
    roles=SPOT_CHECKS.may[SpotCheckCommand.RECORD_FINDING],
)
def record_finding(
    work: Work, *, spot_check: int, finding: str, line_id: str = "", amount_cents: int = 0
) -> Answer:
    """Record what a check found, on a line of its claim or in general.

    It moves no money: a line in review is cut, an approved one corrected, by their own commands.

    Args:
        finding: in words, without naming anybody.
        line_id: a line of the claim that the check is about.
        amount_cents: what it puts in doubt, 0 for nothing.

    Raises: CommandRefused WFL-518 (no words, an amount below zero), WFL-533 (no such line).
    """
    row = _row(work, spot_check)
    if not finding.strip() or amount_cents < 0:
        raise unusable_input(
            "finding",
            lv="nav konstatējuma vai summa ir negatīva",
            en="the finding is missing, or the amount is below zero",
        )
    if line_id:
        _check_line(work, row, line_id)
    row.state = _step(work, row, SpotCheckCommand.RECORD_FINDING, finding.strip())
    kept = SpotFindingRow(
        spot_check_id=row.id,
        line_id=line_id,
        finding=finding.strip(),
        amount_cents=amount_cents,
        actor=work.order.actor.id,
        at=work.order.at,
    )
    work.repositories.add(kept)
    work.count("in_doubt", amount_cents)
    return _keep(work, row, finding=kept.id)


@use_case(
    title=Text(lv="Nosūtīt pārbaudes rezultātu", en="Report a check on the spot"),
    roles=SPOT_CHECKS.may[SpotCheckCommand.REPORT],
)
def report_spot_check(work: Work, *, spot_check: int) -> Answer:
    """Send the result to the partner; from now on it sees the findings."""
    row = _row(work, spot_check)
    row.state = _step(work, row, SpotCheckCommand.REPORT)
    row.reported_on = work.on
    return _keep(work, row)


@use_case(
    title=Text(lv="Atcelt pārbaudi uz vietas", en="Cancel a check on the spot"),
    roles=SPOT_CHECKS.may[SpotCheckCommand.CANCEL],
)
def cancel_spot_check(work: Work, *, spot_check: int, reason: str) -> Answer:
    """Call a check off, with the reason."""
    row = _row(work, spot_check)
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    row.state = _step(work, row, SpotCheckCommand.CANCEL, reason.strip())
    return _keep(work, row)


def spot_checks_of(
    store: Store, order: Order, *, programme: str, partner: str | None = None
) -> Sequence[SpotCheck]:
    """Give checks on the spot in their order.

    A partner's people see their own once they are announced or held, and the findings once these
    are reported.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    is_partner = order.actor.role.sees_own_partner_only
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        return [
            SpotCheck(
                row,
                ()
                if is_partner and row.state != SpotCheckState.REPORTED
                else tuple(repositories.cases.spot_findings(row.id)),
            )
            for row in repositories.cases.spot_checks(programme)
            if row.partner_reg_no in scope.claimants
            and not (is_partner and row.notified_on is None and row.held_on is None)
        ]


def _row(work: Work, spot_check: int) -> SpotCheckRow:
    row = work.repositories.cases.spot_check(spot_check)
    if row is None or not work.order.actor.sees(row.partner_reg_no):
        raise not_found(WHAT)
    work.programme(row.programme)
    return row


def _step(work: Work, row: SpotCheckRow, command: SpotCheckCommand, note: str = "") -> str:
    return work.step(
        SPOT_CHECKS, command, thing=str(row.id), state=SpotCheckState(row.state), note=note
    )


def _check_notice(work: Work, row: SpotCheckRow, held_on: date) -> None:
    if row.notified_on is None or held_on < row.notified_on:
        raise unusable_input(
            "held_on", lv="diena ir pirms paziņojuma", en="that day is before the notice"
        )
    rulebook = rulebook_now(work.store, work.repositories, row.programme)
    least = whole(rulebook, NOTICE_KEY, on=row.notified_on)
    if least is None:
        return
    problems = check_notice(
        notified_on=row.notified_on,
        held_on=held_on,
        least=least,
        calendar=working_calendar(rulebook),
    )
    if problems:
        raise CommandRefused(problems[0])


def _check_line(work: Work, row: SpotCheckRow, line_id: str) -> None:
    claims = work.repositories.claims
    claim = claims.get(row.claim_id) if row.claim_id is not None else None
    if claim is None:
        raise refuse(
            "WFL-570",
            lv="Pārbaude nav saistīta ar izdevumu pārskatu, tāpēc rindu norādīt nevar.",
            en="The check is about no claim, so that no line can be named.",
            hint_lv="Aprakstiet konstatējumu bez rindas vai plānojiet pārbaudi konkrētam "
            "pārskatam.",
            hint_en="Describe the finding without a line, or plan a check of the claim.",
            subject=line_id,
        )
    if claims.line(claim.id, claim.version, line_id) is None:
        raise no_line(line_id)


def _hold(work: Work, row: SpotCheckRow, held_on: date) -> Answer:
    if held_on > work.on:
        raise unusable_input("held_on", lv="diena vēl nav pienākusi", en="that day is to come")
    row.held_on = held_on
    return _keep(work, row)


def _keep(work: Work, row: SpotCheckRow, **more: int) -> Answer:
    work.repositories.add(row)
    return Answer(
        f"spot_check/{row.id}",
        {
            "spot_check": row.id,
            "state": row.state,
            "planned_on": row.planned_on.isoformat(),
            **more,
        },
    )
