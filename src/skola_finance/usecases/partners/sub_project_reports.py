"""Final reports of sub-projects: handed in, returned, recommended, approved; and abandoning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.partners.sub_projects import (
    check_at_most,
    given,
    stepped,
    sub_project_row,
)
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import SUB_PROJECTS, SubProjectCommand

if TYPE_CHECKING:
    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.work import Work

_MAY = SUB_PROJECTS.may


@use_case(
    title=Text(lv="Iesniegt projekta noslēguma pārskatu", en="Report on a sub-project"),
    roles=_MAY[SubProjectCommand.REPORT],
)
def report_sub_project(
    work: Work, *, programme: str, project_no: str, row_version: int, reported_cents: int
) -> Answer:
    """Hand in the final report with what the project has cost: at most the approved sum.

    Raises: Refused (WFL-501); CommandRefused WFL-517, WFL-518 (below zero), WFL-557.
    """
    row = sub_project_row(work, programme, project_no, row_version)
    if type(reported_cents) is not int or reported_cents < 0:
        raise unusable_input("reported_cents", lv="nav centu summa", en="it is no sum in cents")
    check_at_most(reported_cents, row.approved_cents)
    row.reported_cents = reported_cents
    work.count("reported", reported_cents)
    return stepped(work, row, SubProjectCommand.REPORT)


@use_case(
    title=Text(lv="Atgriezt projekta noslēguma pārskatu", en="Return a sub-project's report"),
    roles=_MAY[SubProjectCommand.RETURN_REPORT],
)
def return_sub_project_report(
    work: Work, *, programme: str, project_no: str, row_version: int, reason: str
) -> Answer:
    """Give the final report back to be mended, with a reason."""
    row = sub_project_row(work, programme, project_no, row_version)
    return stepped(work, row, SubProjectCommand.RETURN_REPORT, given(reason))


@use_case(
    title=Text(lv="Ieteikt projekta noslēguma pārskatu", en="Recommend a sub-project's report"),
    roles=_MAY[SubProjectCommand.RECOMMEND_REPORT],
)
def recommend_sub_project_report(
    work: Work, *, programme: str, project_no: str, row_version: int, note: str = ""
) -> Answer:
    """Say as a reviewer that the final report can be approved."""
    row = sub_project_row(work, programme, project_no, row_version)
    return stepped(work, row, SubProjectCommand.RECOMMEND_REPORT, note)


@use_case(
    title=Text(lv="Apstiprināt projekta noslēguma pārskatu", en="Approve a sub-project's report"),
    roles=_MAY[SubProjectCommand.APPROVE_REPORT],
)
def approve_sub_project_report(
    work: Work, *, programme: str, project_no: str, row_version: int
) -> Answer:
    """Approve the final report: from now on the project may cost what was reported, no more.

    The claim of that sum clears the advance when it is approved; the rest is paid by the claim, or
    what is left of the advance is paid back.
    """
    row = sub_project_row(work, programme, project_no, row_version)
    row.final_cents, row.report_approved_on = row.reported_cents, work.on
    work.count("final_sum", row.final_cents)
    return stepped(work, row, SubProjectCommand.APPROVE_REPORT)


@use_case(
    title=Text(lv="Reģistrēt, ka projektu neīsteno", en="Abandon a sub-project"),
    roles=_MAY[SubProjectCommand.ABANDON],
)
def abandon_sub_project(
    work: Work, *, programme: str, project_no: str, row_version: int, reason: str
) -> Answer:
    """Record that an approved project is not carried out; its advance is to be paid back."""
    row = sub_project_row(work, programme, project_no, row_version)
    row.final_cents = 0
    return stepped(work, row, SubProjectCommand.ABANDON, given(reason))
