"""The register of individual plans: entered, changed, ended and imported by coordinators.

A claim that was filed keeps the plans it was judged by; a change here is for later claims.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from skola_finance.claims.columns import Sheet
from skola_finance.problems import Severity, Text
from skola_finance.usecases.filing.importing import read_workbook
from skola_finance.usecases.order import Answer
from skola_finance.usecases.partners.learners import check_learner, next_learner
from skola_finance.usecases.partners.plan_content import PlanContent, content_of, contents_of
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, stale, unusable_input
from skola_finance.workflow import TASKS, Task, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import polars as pl

    from skola_finance.claims.claim import Claim
    from skola_finance.storage.tables import PlanSupportRow, SupportPlanRow
    from skola_finance.usecases.work import Work

WHAT = Text(lv="individuālais plāns", en="individual plan")
_ROLES = TASKS[Task.KEEP_PLANS]


@use_case(title=Text(lv="Reģistrēt individuālo plānu", en="Register a plan"), roles=_ROLES)
def register_plan(
    work: Work,
    *,
    programme: str,
    partner: str,
    plan_no: str,
    plan_from: date,
    plan_to: date,
    supports: Sequence[Mapping[str, Any]],
    learner_ref: str = "",
    risk_ground: str | None = None,
    institution_reg_no: str | None = None,
) -> Answer:
    """Enter a learner's individual plan.

    Args:
        plan_no: its number, unique in the programme.
        plan_from, plan_to: its days, both inclusive.
        supports: `activity`, `semester` and `planned_hours` of each kind of support.
        learner_ref: the learner's pseudonym; a new learner is issued one where it is left out.
        risk_ground: a code; shown to coordinators only.

    Raises: CommandRefused WFL-550 (the number is taken), WFL-551 (a value), WFL-552 (pseudonym).
    """
    work.programme(programme)
    work.partner(partner)
    content = content_of(
        {
            "plan_no": plan_no,
            "learner_ref": learner_ref,
            "risk_ground": risk_ground,
            "plan_from": plan_from,
            "plan_to": plan_to,
            "institution_reg_no": institution_reg_no,
        },
        supports,
        programme=programme,
    )
    if work.repositories.partners.plan(programme, content.plan_no) is not None:
        raise _taken(content.plan_no)
    (row,) = _add(work, programme, partner, [content])
    return _answer(row)


@use_case(title=Text(lv="Labot individuālo plānu", en="Change a plan"), roles=_ROLES)
def change_plan(
    work: Work,
    *,
    programme: str,
    plan_no: str,
    row_version: int,
    plan_from: date,
    plan_to: date,
    supports: Sequence[Mapping[str, Any]],
    risk_ground: str | None = None,
    institution_reg_no: str | None = None,
) -> Answer:
    """Let a registered plan say something else; its number and its learner stay.

    Args: as `register_plan`; `row_version` is what the person has read.

    Raises: NotFound (AUT-603); CommandRefused WFL-517 (changed since), WFL-551 (a value).
    """
    row = _row(work, programme, plan_no, row_version)
    content = content_of(
        {
            "plan_no": plan_no,
            "risk_ground": risk_ground,
            "plan_from": plan_from,
            "plan_to": plan_to,
            "institution_reg_no": institution_reg_no,
        },
        supports,
        programme=programme,
    )
    _change(work, row, content, work.repositories.partners.plan_supports([row.id]))
    return _answer(row)


@use_case(title=Text(lv="Izbeigt individuālo plānu", en="End a plan"), roles=_ROLES)
def end_plan(
    work: Work, *, programme: str, plan_no: str, row_version: int, plan_to: date, reason: str
) -> Answer:
    """End a plan earlier than it was made for; `plan_to` is its last day.

    Raises: NotFound (AUT-603); CommandRefused WFL-517, WFL-518 where the day is not within the
        plan or the reason is missing.
    """
    row = _row(work, programme, plan_no, row_version)
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    if not row.starts <= plan_to <= row.ends:
        raise unusable_input(
            "plan_to", lv="diena nav plāna laikā", en="the day is not within the plan"
        )
    row.ends = plan_to
    work.change(row)
    return _answer(row)


@use_case(title=Text(lv="Ielasīt individuālos plānus", en="Import plans"), roles=_ROLES)
def import_plans(
    work: Work, *, programme: str, partner: str, file_name: str, content: bytes
) -> Answer:
    """Put the sheet `Plans` of a workbook into the register, merged by `plan_no`.

    A known plan takes what the sheet says, a new one is entered; plans that the sheet does not
    name stay as they are. A new plan without `learner_ref` is issued the next pseudonym; a known
    one without `risk_ground` keeps its own.

    Args:
        file_name: its name without folders.
        content: the workbook; nothing else of it is kept.

    Returns: how many plans were `added`, `changed` and `unchanged`.
    Raises: UnusableWorkbook (WBK-4xx, CLM-211); CommandRefused WFL-550 (a number is taken),
        WFL-551 (a value), WFL-552 (pseudonym), WFL-553 (no plans, or cells that could not be
        read), WFL-554 (another partner's workbook); all or nothing.
    """
    work.programme(programme)
    work.partner(partner)
    with read_workbook(file_name, content, programme=programme) as read:
        contents = contents_of(_plans_of(read, partner), programme=programme)
    partners = work.repositories.partners
    known = partners.plans_by_no(programme, [one.plan_no for one in contents])
    taken = sorted(no for no, row in known.items() if row.partner_reg_no != partner)
    if taken:
        raise _taken(taken[0])
    supports: dict[int, list[PlanSupportRow]] = {row.id: [] for row in known.values()}
    for one in partners.plan_supports(supports):
        supports[one.plan_id].append(one)
    changed = 0
    for read_plan in contents:
        row = known.get(read_plan.plan_no)
        plan = read_plan.with_ground_of(row) if row is not None else read_plan
        if row is not None and not plan.says_the_same(row, supports[row.id]):
            _change(work, row, plan, supports[row.id])
            changed += 1
    added = _add(work, programme, partner, [one for one in contents if one.plan_no not in known])
    return Answer(
        f"partner/{partner}",
        {"added": len(added), "changed": changed, "unchanged": len(known) - changed},
    )


def _plans_of(read: Claim, partner: str) -> pl.DataFrame:
    """Give the sheet of plans; refuse one that is not there, not readable, or of others."""
    named = read.header.partner_reg_no
    if named not in {None, partner}:
        raise refuse(
            "WFL-554",
            lv=f"Darbgrāmata ir partnerim {named}, nevis {partner}.",
            en=f"The workbook is of partner {named}, not of {partner}.",
            hint_lv="Izvēlieties sava partnera darbgrāmatu; nekas nav mainīts.",
            hint_en="Choose a workbook of your own partner; nothing was changed.",
        )
    unread = [
        one
        for one in read.reading
        if one.where.sheet == Sheet.PLANS and one.severity is Severity.ERROR
    ]
    if unread or read.plans is None:
        told = unread[0].message if unread else Text(lv="lapā nav plānu", en="it holds no plans")
        raise refuse(
            "WFL-553",
            lv=f"Lapu „Plans” nevar ielasīt; kļūdu skaits: {len(unread)}. {told.lv}",
            en=f"The sheet “Plans” cannot be imported; errors: {len(unread)}. {told.en}",
            hint_lv="Izlabojiet lapu „Plans” un ielasiet vēlreiz; nekas nav mainīts.",
            hint_en="Mend the sheet “Plans” and import it again; nothing was changed.",
            subject=unread[0].code if unread else "",
        )
    return read.plans


def _add(
    work: Work, programme: str, partner: str, contents: Sequence[PlanContent]
) -> list[SupportPlanRow]:
    """Enter new plans; a learner without a pseudonym is issued one."""
    rows = []
    for one in contents:
        if one.learner_ref:
            check_learner(work, programme, one.learner_ref)
        ref = one.learner_ref or next_learner(work, programme)
        named = replace(one, learner_ref=ref)
        rows.append(named.as_row(programme=programme, partner=partner, at=work.order.at))
    work.repositories.add_all(rows)
    work.repositories.add_all(
        support
        for row, one in zip(rows, contents, strict=True)
        for support in one.support_rows(row.id)
    )
    return rows


def _change(
    work: Work, row: SupportPlanRow, content: PlanContent, supports: Sequence[PlanSupportRow]
) -> None:
    if content.learner_ref not in {"", row.learner_ref}:
        raise refuse(
            "WFL-552",
            lv=f"Plāns „{row.plan_no}” ir reģistrēts citam izglītojamajam.",
            en=f"The plan “{row.plan_no}” is registered for another learner.",
            hint_lv="Citam izglītojamajam vajag citu plānu ar savu numuru.",
            hint_en="Another learner needs another plan, with a number of its own.",
            subject=row.plan_no,
        )
    content.write_on(row)
    for support in supports:
        work.repositories.remove(support)
    work.repositories.add_all(content.support_rows(row.id))
    work.change(row)


def _row(work: Work, programme: str, plan_no: str, row_version: int) -> SupportPlanRow:
    work.programme(programme)
    row = work.repositories.partners.plan(programme, plan_no, for_update=True)
    if row is None or not work.order.actor.sees(row.partner_reg_no):
        raise not_found(WHAT)
    if row.row_version != row_version:
        raise stale(asked=row_version, found=row.row_version)
    return row


def _taken(plan_no: str) -> CommandRefused:
    """WFL-550: the number names a plan already; whose, is not said."""
    return refuse(
        "WFL-550",
        lv=f"Individuālā plāna numurs „{plan_no}” jau ir izmantots.",
        en=f"The number “{plan_no}” of an individual plan is in use already.",
        hint_lv="Norādiet citu numuru, piemēram, ar iestādes saīsinājumu.",
        hint_en="Give another number, such as one with a short name of the institution.",
        subject=plan_no,
    )


def _answer(row: SupportPlanRow) -> Answer:
    """Name the plan by its row: a plan's number is a learner's column (D-07)."""
    return Answer(f"plan/{row.id}", {"plan": row.id, "row_version": row.row_version})
