"""Approving: what waits for the second person, what a click would do, what was left unfunded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from skola_finance.commands import approve_claim_payment, revive_unfunded, send_back
from skola_finance.queries.approval import approval_page, revival_page, unfunded_partners
from skola_finance.queries.programme import rests_on
from skola_finance.queries.review import work_queue
from skola_finance.signing_in import confirm_second_factor, demo_code
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import amount
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.money.words import EVENTS
from skola_finance_admin.pages.queue import QUEUE_ROLES
from skola_finance_admin.pages.review_words import ANSWERS, CUT_KINDS, QUOTAS, RISKS
from skola_finance_admin.web.page import Page, ask, do, done, form_of, programme_of, route, who
from skola_finance_admin.web.signed_in import order_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance_admin.web.forms import Form


class Approvals(Page):
    """Claims that wait for an approval, one by one, and lines that an earlier one left unfunded."""

    path = "/approvals"
    roles = QUEUE_ROLES

    @route("")
    async def index(self, request: Request) -> Response:
        """List what waits for the approver."""
        queue = await ask(
            request,
            work_queue,
            programme=programme_of(request),
            state="recommended",
            after=request.query_params.get("after", ""),
        )
        return self.show(
            request,
            "review/approvals.html",
            title=_("Approvals"),
            queue=queue,
            RISKS=RISKS,
            is_later=bool(request.query_params.get("after")),
        )

    @route("/unfunded")
    async def unfunded(self, request: Request) -> Response:
        """List the partners with something left unfunded."""
        found = await ask(request, unfunded_partners, programme=programme_of(request))
        return self.show(request, "review/unfunded.html", title=_("Unfunded lines"), partners=found)

    @route("/unfunded/{partner}")
    async def revival(self, request: Request) -> Response:
        """Show what would come back of a partner's unfunded lines."""
        partner = request.path_params["partner"]
        page = await ask(request, revival_page, programme=programme_of(request), partner=partner)
        return self.show(
            request,
            "review/revival.html",
            title=_("Revive unfunded lines"),
            partner=partner,
            page=page,
            QUOTAS=QUOTAS,
            **await code_of(request),
        )

    @route("/unfunded/{partner}", methods=("POST",))
    async def revive(self, request: Request) -> Response:
        """Approve what fits now of what was left unfunded."""
        form = await form_of(request)
        partner = request.path_params["partner"]
        await confirmed(request, form)
        answer = await do(
            request,
            form,
            revive_unfunded,
            programme=programme_of(request),
            partner=partner,
            expected_cents=form.whole("expected_cents"),
        )
        return done(
            request,
            "/approvals/unfunded",
            _("%(sum)s was revived.") % {"sum": amount(answer["revived_cents"])},
        )

    @route("/{key}")
    async def claim(self, request: Request) -> Response:
        """Show one claim on one screen."""
        page = await ask(request, approval_page, claim=request.path_params["key"])
        return self.show(
            request,
            "review/approval.html",
            title=_("Approve %(key)s") % {"key": page.claim},
            page=page,
            rests_on=await ask(request, rests_on, programme=page.programme),
            ANSWERS=ANSWERS,
            CUT_KINDS=CUT_KINDS,
            EVENTS=EVENTS,
            QUOTAS=QUOTAS,
            RISKS=RISKS,
            **await code_of(request),
        )

    @route("/{key}/approve", methods=("POST",))
    async def approve(self, request: Request) -> Response:
        """Approve, once the second factor has confirmed who clicks."""
        form = await form_of(request)
        key = request.path_params["key"]
        await confirmed(request, form)
        answer = await do(
            request,
            form,
            approve_claim_payment,
            claim=key,
            row_version=form.whole("row_version"),
            expected_cents=form.whole("expected_cents"),
        )
        told = {"sum": amount(answer["approved_cents"]), "number": answer["approval_no"]}
        return done(request, f"/approvals/{key}", _("Approved: %(sum)s, no. %(number)s.") % told)

    @route("/{key}/send-back", methods=("POST",))
    async def send_back(self, request: Request) -> Response:
        """Give the claim back to its reviewer, with the reason."""
        form = await form_of(request)
        key = request.path_params["key"]
        await do(request, form, send_back, claim=key, reason=form.text("reason"))
        return done(request, "/approvals", _("%(key)s was sent back to review.") % {"key": key})


async def confirmed(request: Request, form: Form) -> None:
    """Ask the second factor of whoever clicks for the command that the form carries.

    Raises: CommandRefused AUT-609 to AUT-611; UnusableField (WEB-422) where no code was typed.
    """
    order = order_of(request, form.text("command_id"))
    await run_in_threadpool(
        confirm_second_factor, edge_of(request).store, order, code=form.text("code")
    )


async def code_of(request: Request) -> dict[str, Any]:
    """Give the code that a demo shows beside the field; nothing anywhere else."""
    edge = edge_of(request)
    if not edge.config.is_demo:
        return {"demo_code": ""}
    code = await run_in_threadpool(demo_code, edge.store, login=who(request).id, at=edge.clock())
    return {"demo_code": code}
