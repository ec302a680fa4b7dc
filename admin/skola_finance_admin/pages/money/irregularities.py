"""Cases of irregularity: each step by another person, and what it does to the project's total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance.commands import establish_irregularity, suspect_irregularity
from skola_finance.queries.approval import rehearse
from skola_finance.queries.money import correctable_claim, irregularities_of, irregularity_page
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.money.actions import TRIED, Wanted, offers, typed, use_case
from skola_finance_admin.pages.money.page import MoneyPage, line_cents
from skola_finance_admin.web.forms import unusable_field
from skola_finance_admin.web.page import AGENCY, ask, do, done, form_of, programme_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.queries.money import CaseView
    from skola_finance_admin.pages.money.actions import Offer

KNOWN = frozenset(
    {
        *("withhold_irregularity", "recover_irregularity"),
        *("close_irregularity", "dismiss_irregularity"),
    }
)


class Irregularities(MoneyPage):
    """Cases of irregularity."""

    path = "/irregularities"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """List them."""
        all_ = await ask(request, irregularities_of, programme=programme_of(request))
        return self.show(request, "money/irregularities.html", all=all_)

    @route("/new")
    async def new(self, request: Request) -> Response:
        """Open a case on an approved claim."""
        claim = request.query_params.get("claim", "").strip()
        seen = await ask(request, correctable_claim, claim=claim) if claim else None
        offered: tuple[Offer, ...] = ()
        if seen is not None:
            tried = {"claim": claim, "suspicion": TRIED}
            offered = await offers(
                request, Wanted("suspect_irregularity", "/irregularities", tried)
            )
        return self.show(
            request,
            "money/irregularity_new.html",
            claim=claim,
            line=request.query_params.get("line", ""),
            seen=seen,
            offers=offered,
        )

    @route("", methods=("POST",))
    async def suspect(self, request: Request) -> Response:
        """Record the suspicion."""
        form = await form_of(request)
        answer = await do(
            request,
            form,
            suspect_irregularity,
            claim=form.text("claim"),
            suspicion=form.text("suspicion"),
            line_id=form.text("line_id", default=""),
            cents=form.optional_cents("cents") or 0,
        )
        return done(request, f"/irregularities/{answer['irregularity']}", _("The case is opened."))

    @route("/{key}")
    async def one(self, request: Request) -> Response:
        """Show one."""
        seen = await ask(request, irregularity_page, key=request.path_params["key"])
        wanted = [_wanted(seen, each) for each in seen.possible]
        return self.show(
            request, "money/irregularity.html", seen=seen, offers=await offers(request, *wanted)
        )

    @route("/{key}/establish")
    async def choose(self, request: Request) -> Response:
        """Choose what of which line was spent irregularly."""
        seen = await ask(request, irregularity_page, key=request.path_params["key"])
        text = request.query_params.get("text", "")[:80]
        claim = await ask(request, correctable_claim, claim=seen.line.claim, text=text)
        return self.show(
            request, "money/irregularity_lines.html", seen=seen, claim=claim, text=text
        )

    @route("/{key}/preview", methods=("POST",))
    async def preview(self, request: Request) -> Response:
        """Show what establishing it would post."""
        seen = await ask(request, irregularity_page, key=request.path_params["key"])
        form = await form_of(request)
        inputs: dict[str, Any] = {
            "irregularity": seen.line.key,
            "lines": line_cents(form),
            "reason": form.text("reason"),
        }
        name = "establish_irregularity"
        tried = await ask(request, rehearse, wanted={name: (use_case(name), inputs)})
        refusal = tried[name].refusal
        if refusal is not None:
            return self.show(request, "problem.html", status=422, problem=refusal)
        return self.show(
            request, "money/irregularity_preview.html", seen=seen, inputs=inputs, tried=tried[name]
        )

    @route("/{key}/establish", methods=("POST",))
    async def establish(self, request: Request) -> Response:
        """Establish it."""
        key = request.path_params["key"]
        form = await form_of(request)
        await do(
            request,
            form,
            establish_irregularity,
            irregularity=key,
            lines=line_cents(form),
            reason=form.text("reason"),
        )
        return done(request, f"/irregularities/{key}", _("The irregularity is established."))

    @route("/{key}/act/{command}", methods=("POST",))
    async def act(self, request: Request) -> Response:
        """Take another step."""
        key, command = request.path_params["key"], request.path_params["command"]
        if command not in KNOWN:
            raise unusable_field("command", lv="nezināma darbība", en="an unknown command")
        form = await form_of(request)
        await do(request, form, use_case(command), irregularity=key, **typed(form, command))
        return done(request, f"/irregularities/{key}", _("It is recorded."))


def _wanted(seen: CaseView, command: str) -> Wanted:
    """Give a step as it is tried; establishing with what was suspected of the line."""
    key = seen.line.key
    tried: dict[str, object] = {"irregularity": key}
    if command == "establish_irregularity":
        tried |= {"lines": {seen.line.line_id: seen.line.amount_cents}, "reason": TRIED}
        return Wanted(command, f"/irregularities/{key}/establish", tried)
    if command in {"close_irregularity", "dismiss_irregularity"}:
        tried["reason"] = TRIED
    return Wanted(command, f"/irregularities/{key}/act/{command}", tried)
