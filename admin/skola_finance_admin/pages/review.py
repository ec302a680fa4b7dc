"""The review page: a claim, its lines and everything that is needed to judge them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from skola_finance.queries.claims import claim_lines, line_why, open_evidence
from skola_finance.queries.partners import open_risk_ground
from skola_finance.queries.programme import rests_on
from skola_finance.queries.review import earlier_lines, last_change, review_page
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import language, moment, of_text
from skola_finance_admin.pages.claims.lines import asked_of
from skola_finance_admin.pages.queue import QUEUE_ROLES
from skola_finance_admin.pages.review_words import (
    ANSWERS,
    CUT_KINDS,
    GROUNDS,
    QUESTION_STATES,
    RISKS,
    SHARED,
)
from skola_finance_admin.web.page import Page, ask, form_of, route
from skola_finance_admin.web.signed_in import order_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request

SHOWN = ("", "sample", "decided", "mend", "check")


class Review(Page):
    """One claim under review; what is done to it stands in `ReviewActs`."""

    path = "/review"
    roles = QUEUE_ROLES

    @route("/{key}")
    async def index(self, request: Request) -> Response:
        """Show the claim with a page of its lines."""
        key, asked = request.path_params["key"], asked_of(request)
        shown = request.query_params.get("show", "")
        page = await ask(request, review_page, claim=key)
        only: Collection[str] | None = None
        if shown == "sample":
            only = page.sampled
        elif shown == "decided":
            only = tuple(page.decided)
        view = await ask(
            request,
            claim_lines,
            claim=key,
            language=language(),
            mark=shown if shown in {"mend", "check"} else "",
            text=asked.text,
            after=asked.after,
            all_columns=bool(asked.columns),
            only=only,
            also=("evidence",),
        )
        return self.show(
            request,
            "review/review.html",
            title=_("Review %(key)s") % {"key": key},
            page=page,
            view=view,
            asked=asked,
            shown=shown if shown in SHOWN else "",
            rests_on=await ask(request, rests_on, programme=page.head.programme),
            **WORDS,
        )

    @route("/{key}/lines/{line_id}")
    async def line(self, request: Request) -> Response:
        """Say why a line stands as it does, and what else was claimed beside it."""
        wanted = {
            "claim": request.path_params["key"],
            "line_id": request.path_params["line_id"],
        }
        why = await ask(request, line_why, language=language(), **wanted)
        earlier = await ask(request, earlier_lines, **wanted)
        facts = {fact.key: fact.value for fact in why.facts}
        is_panel = "x-skola-fetch" in request.headers
        return self.show(
            request,
            "review/line_panel.html" if is_panel else "review/line.html",
            title=why.line_id,
            why=why,
            earlier=earlier,
            plan_no=facts.get("plan_no", ""),
            **WORDS,
        )

    @route("/{key}/lines/{line_id}/risk-ground", methods=("POST",))
    async def risk_ground(self, request: Request) -> Response:
        """Open the risk ground of a line's plan; who asked and why is written down first."""
        form = await form_of(request)
        key = request.path_params["key"]
        page = await ask(request, last_change, claim=key)
        why = await ask(
            request,
            line_why,
            claim=key,
            line_id=request.path_params["line_id"],
            language=language(),
        )
        facts = {fact.key: fact.value for fact in why.facts}
        ground = await run_in_threadpool(
            open_risk_ground,
            edge_of(request).store,
            order_of(request, form.command_id),
            programme=page.programme,
            plan_no=facts.get("plan_no", ""),
            reason=form.text("reason"),
        )
        told = str(GROUNDS.get(ground, ground) or _("The plan names no ground."))
        if "x-skola-fetch" in request.headers:
            return JSONResponse({"told": told})
        return self.show(request, "review/ground.html", why=why, told=told)

    @route("/{key}/changes")
    async def changes(self, request: Request) -> Response:
        """Say who changed the claim last; an open page asks again and again."""
        last = await ask(request, last_change, claim=request.path_params["key"])
        name = of_text(last.name) if last.name is not None else ""
        told = _("%(who)s changed this claim at %(at)s: %(what)s.") % {
            "who": last.actor,
            "at": moment(last.at),
            "what": name,
        }
        return JSONResponse({"row_version": last.row_version, "told": told})

    @route("/{key}/evidence/{number}", methods=("POST",))
    async def evidence(self, request: Request) -> Response:
        """Give a document that was handed in; who opened it and why is written down first."""
        form = await form_of(request)
        number = request.path_params["number"]
        opened = await run_in_threadpool(
            open_evidence,
            edge_of(request).store,
            order_of(request, form.command_id),
            evidence=int(number) if number.isdecimal() and len(number) < _LONGEST else 0,
            reason=form.text("reason"),
        )
        return Response(
            opened.content,
            media_type=opened.media_type,
            headers={"content-disposition": _attachment(opened.name)},
        )


_LONGEST = 12


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name)}"


WORDS: dict[str, Any] = {
    "ANSWERS": ANSWERS,
    "CUT_KINDS": CUT_KINDS,
    "QUESTION_STATES": QUESTION_STATES,
    "RISKS": RISKS,
    "SHARED": SHARED,
}
