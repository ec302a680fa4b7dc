"""Objections and checks on the spot: what waits, and the forms that move it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.commands import (
    cancel_spot_check,
    dismiss_objection,
    hold_spot_check,
    hold_unannounced_check,
    notify_spot_check,
    plan_spot_check,
    record_finding,
    report_spot_check,
    uphold_objection,
)
from skola_finance.queries.review import objections_page, spot_checks_page
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.queue import QUEUE_ROLES
from skola_finance_admin.web.forms import local_day, unusable_field
from skola_finance_admin.web.page import Page, ask, do, done, form_of, programme_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_LONGEST = 12


class Objections(Page):
    """What partners object to."""

    path = "/objections"
    roles = QUEUE_ROLES

    @route("")
    async def index(self, request: Request) -> Response:
        """List them, those that wait first."""
        found = await ask(request, objections_page, programme=programme_of(request))
        return self.show(request, "review/objections.html", title=_("Objections"), objections=found)

    @route("/{number}", methods=("POST",))
    async def decide(self, request: Request) -> Response:
        """Decide on one, with reasons."""
        form = await form_of(request)
        number = _number(request.path_params["number"])
        decision = form.text("decision")
        if form.text("kind") == "uphold":
            await do(request, form, uphold_objection, objection=number, decision=decision)
            return done(request, "/objections", _("The objection was upheld."))
        await do(request, form, dismiss_objection, objection=number, decision=decision)
        return done(request, "/objections", _("The objection was dismissed."))


class SpotChecks(Page):
    """Checks on the spot, from the plan to the report."""

    path = "/spot-checks"
    roles = QUEUE_ROLES

    @route("")
    async def index(self, request: Request) -> Response:
        """List them, the newest first."""
        claim = request.query_params.get("claim", "")
        page = await ask(request, spot_checks_page, programme=programme_of(request), claim=claim)
        return self.show(
            request,
            "review/spot_checks.html",
            title=_("Checks on the spot"),
            page=page,
            claim=claim,
            today=local_day(edge_of(request).clock()),
        )

    @route("", methods=("POST",))
    async def plan(self, request: Request) -> Response:
        """Plan one."""
        form = await form_of(request)
        await do(
            request,
            form,
            plan_spot_check,
            programme=programme_of(request),
            partner=form.text("partner"),
            place=form.text("place"),
            subject=form.text("subject"),
            planned_on=form.day("planned_on"),
            claim=form.text("claim", default=""),
        )
        return done(request, "/spot-checks", _("The check is planned."))

    @route("/{number}", methods=("POST",))
    async def move_on(self, request: Request) -> Response:
        """Announce, hold, find, report or call off."""
        form = await form_of(request)
        number = _number(request.path_params["number"])
        match form.text("act"):
            case "notify":
                await do(
                    request,
                    form,
                    notify_spot_check,
                    spot_check=number,
                    planned_on=form.optional_day("day"),
                )
            case "hold":
                await do(request, form, hold_spot_check, spot_check=number, held_on=form.day("day"))
            case "hold_unannounced":
                await do(
                    request,
                    form,
                    hold_unannounced_check,
                    spot_check=number,
                    held_on=form.day("day"),
                    reason=form.text("reason"),
                )
            case "record_finding":
                await do(
                    request,
                    form,
                    record_finding,
                    spot_check=number,
                    finding=form.text("reason"),
                    line_id=form.text("line_id", default=""),
                    amount_cents=form.optional_cents("amount") or 0,
                )
            case "report":
                await do(request, form, report_spot_check, spot_check=number)
            case "cancel":
                await do(
                    request, form, cancel_spot_check, spot_check=number, reason=form.text("reason")
                )
            case _:
                raise unusable_field("act", lv="nezināma darbība", en="an unknown act")
        return done(request, "/spot-checks", _("The check was moved on."))


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < _LONGEST else 0
