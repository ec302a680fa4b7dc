"""Initiative and partnership projects: partners apply and report, the agency decides and pays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance.commands import (
    abandon_sub_project,
    apply_for_sub_project,
    approve_sub_project,
    approve_sub_project_report,
    order_sub_project_advance,
    recommend_sub_project,
    recommend_sub_project_report,
    reject_sub_project,
    report_sub_project,
    return_sub_project_report,
    settle_sub_project,
    withdraw_sub_project,
)
from skola_finance.queries.money import project_activities, sub_project_list, sub_project_shown
from skola_finance.queries.programme import rests_on
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.seat import not_here, seat_of
from skola_finance_admin.web.page import (
    AGENCY,
    PARTNER,
    Page,
    ask,
    do,
    done,
    form_of,
    programme_of,
    route,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.commands import UseCase
    from skola_finance.queries.money import ProjectShown
    from skola_finance_admin.web.forms import Form

STEPS: Mapping[str, tuple[UseCase[Any], Callable[[Form], dict[str, Any]]]] = {
    "withdraw": (withdraw_sub_project, lambda form: {"reason": form.text("reason", default="")}),
    "recommend": (
        recommend_sub_project,
        lambda form: {
            "recommended_cents": form.cents("recommended"),
            "note": form.text("note", default=""),
        },
    ),
    "approve": (approve_sub_project, lambda form: {"approved_cents": form.cents("approved")}),
    "reject": (reject_sub_project, lambda form: {"reason": form.text("reason")}),
    "report": (report_sub_project, lambda form: {"reported_cents": form.cents("reported")}),
    "return_report": (return_sub_project_report, lambda form: {"reason": form.text("reason")}),
    "recommend_report": (
        recommend_sub_project_report,
        lambda form: {"note": form.text("note", default="")},
    ),
    "approve_report": (approve_sub_project_report, lambda _form: {}),
    "settle": (settle_sub_project, lambda form: {"reason": form.text("reason", default="")}),
    "abandon": (abandon_sub_project, lambda form: {"reason": form.text("reason")}),
}
"""What can be done to a project: the command, and what its form holds."""


class SubProjects(Page):
    """The list of projects and one project, for both sides."""

    path = "/sub-projects"
    roles = PARTNER | AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """List the projects, those that wait for who looks marked."""
        seat = await seat_of(request)
        if who(request).role in PARTNER and seat.here is None:
            return not_here(self, request, seat)
        asked = request.query_params
        chosen = asked.get("state", "")
        projects = await ask(
            request,
            sub_project_list,
            programme=seat.programme,
            state=chosen,
            partner=asked.get("partner", ""),
        )
        return self.show(
            request,
            "sub_projects/list.html",
            seat=seat,
            projects=projects,
            chosen=chosen,
            rests_on=await ask(request, rests_on, programme=seat.programme),
        )

    @route("/new")
    async def new(self, request: Request) -> Response:
        """Show the form of an application."""
        seat = await seat_of(request)
        if seat.here is None:
            return not_here(self, request, seat)
        kinds = await ask(request, project_activities, programme=seat.programme)
        return self.show(request, "sub_projects/new.html", seat=seat, kinds=kinds)

    @route("/new", methods=("POST",))
    async def apply(self, request: Request) -> Response:
        """Apply for a project."""
        form = await form_of(request)
        seat = await seat_of(request)
        answer = await do(
            request,
            form,
            apply_for_sub_project,
            programme=seat.programme,
            partner=seat.partner,
            activity=form.text("activity"),
            title=form.text("title"),
            asked_cents=form.cents("asked"),
            project_no=form.text("project_no", default=""),
        )
        made = await ask(
            request, sub_project_shown, programme=seat.programme, project=answer["project_no"]
        )
        return done(request, f"/sub-projects/{made.address}", _("The application is in."))

    @route("/{project}")
    async def one(self, request: Request) -> Response:
        """Show one project, and what is next for who looks."""
        project = await _project(request)
        basis = await ask(request, rests_on, programme=project.programme)
        return self.show(request, "sub_projects/one.html", project=project, rests_on=basis)

    @route("/{project}/pay-advance", methods=("POST",))
    async def pay_advance(self, request: Request) -> Response:
        """Order the advance of a project."""
        form = await form_of(request)
        project = await _project(request)
        await do(
            request,
            form,
            order_sub_project_advance,
            programme=project.programme,
            project_no=project.project_no,
            cents=form.optional_cents("cents"),
        )
        return done(request, f"/sub-projects/{project.address}", _("The advance is ordered."))

    @route("/{project}/{step}", methods=("POST",))
    async def take_step(self, request: Request) -> Response:
        """Do to a project what the form says."""
        form = await form_of(request)
        project = await _project(request)
        step = STEPS.get(str(request.path_params["step"]))
        if step is None:
            return done(request, f"/sub-projects/{project.address}")
        command, inputs = step
        await do(
            request,
            form,
            command,
            programme=project.programme,
            project_no=project.project_no,
            row_version=form.whole("row_version"),
            **inputs(form),
        )
        return done(request, f"/sub-projects/{project.address}", _("Done."))


async def _project(request: Request) -> ProjectShown:
    return await ask(
        request,
        sub_project_shown,
        programme=programme_of(request),
        project=str(request.path_params["project"]),
    )
