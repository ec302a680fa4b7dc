"""Individual plans: coordinators keep them, others read them; a risk ground is opened by reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from skola_finance import Role
from skola_finance.commands import (
    change_plan,
    end_plan,
    import_plans,
    issue_learner,
    register_plan,
)
from skola_finance.queries.partners import (
    ground_opened,
    plan_choices,
    plan_differences,
    plan_list,
    plan_shown,
)
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.seat import not_here, seat_of
from skola_finance_admin.web.forms import Form
from skola_finance_admin.web.page import PARTNER, Page, ask, do, done, form_of, route, who

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.queries.partners import PlanShown

ROWS = 6
"""Kinds of support that one form can hold; a plan with more comes by workbook."""


class Plans(Page):
    """The list of plans and one plan."""

    path = "/plans"
    roles = PARTNER | {Role.AGENCY_REVIEWER, Role.AUDITOR}

    @route("")
    async def index(self, request: Request) -> Response:
        """List the plans by number."""
        seat = await seat_of(request)
        if who(request).role in PARTNER and seat.here is None:
            return not_here(self, request, seat)
        asked = request.query_params
        chosen = {
            "institution": asked.get("institution", "").strip(),
            "text": asked.get("text", "").strip(),
            "on": asked.get("on", "").strip(),
        }
        plans = await ask(
            request,
            plan_list,
            programme=seat.programme,
            institution=chosen["institution"],
            text=chosen["text"],
            in_force_on=Form(request.query_params).optional_day("on"),
            after=asked.get("after", ""),
        )
        kept = {name: value for name, value in chosen.items() if value}
        more = urlencode({**kept, "after": plans.next_after}) if plans.next_after else ""
        return self.show(
            request,
            "plans/list.html",
            seat=seat,
            plans=plans,
            chosen=chosen,
            first=urlencode(kept),
            more=more,
            is_first="after" not in asked,
        )

    @route("/new")
    async def new(self, request: Request) -> Response:
        """Show the form of a new plan."""
        seat = await seat_of(request)
        if seat.here is None:
            return not_here(self, request, seat)
        choices = await ask(request, plan_choices, programme=seat.programme, partner=seat.partner)
        return self.show(
            request, "plans/form.html", seat=seat, plan=None, choices=choices, rows=ROWS
        )

    @route("/new", methods=("POST",))
    async def register(self, request: Request) -> Response:
        """Register a plan."""
        form = await form_of(request)
        seat = await seat_of(request)
        answer = await do(
            request,
            form,
            register_plan,
            programme=seat.programme,
            partner=seat.partner,
            plan_no=form.text("plan_no"),
            learner_ref=form.text("learner_ref", default=""),
            **_content(form),
        )
        return done(request, f"/plans/{answer['plan']}", _("The plan is registered."))

    @route("/issue-learner", methods=("POST",))
    async def issue(self, request: Request) -> Response:
        """Issue a pseudonym."""
        form = await form_of(request)
        seat = await seat_of(request)
        answer = await do(request, form, issue_learner, programme=seat.programme)
        told = _("The pseudonym %(ref)s is issued. Keep who it stands for in your own papers only.")
        return done(request, "/plans", told % {"ref": answer["learner_ref"]})

    @route("/import")
    async def choose_file(self, request: Request) -> Response:
        """Show the form to import a workbook."""
        seat = await seat_of(request)
        if seat.here is None:
            return not_here(self, request, seat)
        return self.show(request, "plans/import.html", seat=seat, counts=None)

    @route("/import", methods=("POST",))
    async def read_file(self, request: Request) -> Response:
        """Import a workbook, and tell what it changed."""
        form = await form_of(request)
        seat = await seat_of(request)
        name, content = await form.file("workbook")
        asked = {
            "programme": seat.programme,
            "partner": seat.partner,
            "file_name": name,
            "content": content,
        }
        differences = await ask(request, plan_differences, **asked)
        counts = await do(request, form, import_plans, **asked)
        return self.show(
            request, "plans/import.html", seat=seat, counts=counts, differences=differences
        )

    @route("/{plan}")
    async def one(self, request: Request) -> Response:
        """Show one plan."""
        return self.show(request, "plans/one.html", plan=await _plan(request))

    @route("/{plan}/change")
    async def change_form(self, request: Request) -> Response:
        """Show the form to change a plan."""
        seat = await seat_of(request)
        plan = await _plan(request)
        choices = await ask(
            request, plan_choices, programme=plan.programme, partner=plan.partner_reg_no
        )
        rows = max(ROWS, len(plan.supports))
        return self.show(
            request, "plans/form.html", seat=seat, plan=plan, choices=choices, rows=rows
        )

    @route("/{plan}/change", methods=("POST",))
    async def change(self, request: Request) -> Response:
        """Change a plan."""
        form = await form_of(request)
        plan = await _plan(request)
        await do(
            request,
            form,
            change_plan,
            programme=plan.programme,
            plan_no=plan.plan_no,
            row_version=form.whole("row_version"),
            **_content(form, rows=max(ROWS, len(plan.supports))),
        )
        return done(request, f"/plans/{plan.id}", _("The plan is changed."))

    @route("/{plan}/end", methods=("POST",))
    async def end(self, request: Request) -> Response:
        """End a plan early."""
        form = await form_of(request)
        plan = await _plan(request)
        await do(
            request,
            form,
            end_plan,
            programme=plan.programme,
            plan_no=plan.plan_no,
            row_version=form.whole("row_version"),
            plan_to=form.day("plan_to"),
            reason=form.text("reason"),
        )
        return done(request, f"/plans/{plan.id}", _("The plan is ended."))

    @route("/{plan}/ground", methods=("POST",))
    async def open_ground(self, request: Request) -> Response:
        """Open the risk ground of a plan: who and why is written down before it is shown."""
        form = await form_of(request)
        plan = await _plan(request)
        opened = await ask(request, ground_opened, plan=plan.id, reason=form.text("reason"))
        return self.show(request, "plans/one.html", plan=plan, opened=opened)


async def _plan(request: Request) -> PlanShown:
    """Give the plan of the address; what is no number is not found, as a foreign one."""
    asked = str(request.path_params["plan"])
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0  # noqa: PLR2004 - beyond any row
    return await ask(request, plan_shown, plan=number)


def _content(form: Form, *, rows: int = ROWS) -> dict[str, Any]:
    """Read what a plan says; rows of support that are empty are left out."""
    supports = []
    for place in range(rows):
        activity = form.text(f"activity_{place}", default="")
        if activity:
            supports.append(
                {
                    "activity": activity,
                    "semester": form.text(f"semester_{place}", default="") or None,
                    "planned_hours": form.text(f"hours_{place}", default="") or None,
                }
            )
    return {
        "plan_from": form.day("plan_from"),
        "plan_to": form.day("plan_to"),
        "risk_ground": form.text("risk_ground", default="") or None,
        "institution_reg_no": form.text("institution_reg_no", default="") or None,
        "supports": supports,
    }
