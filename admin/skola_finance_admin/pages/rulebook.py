"""The rulebook in the open: every rule, its examples run live, and a cost to try."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance import SkolaError
from skola_finance.queries.rules import (
    cost_form,
    rule_in_force,
    rules_in_force,
    run_examples,
    try_cost,
)
from skola_finance_admin.i18n import of_text
from skola_finance_admin.web.page import Page, ask, programme_of, route
from skola_finance_admin.web.problems import status_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LONGEST = 200
_FILTERS = ("text", "stage", "activity", "family")
_OWN = frozenset({"activity", "partner_kind", "programme", "judge"})


class RulebookPages(Page):
    """Open to everybody: who is judged by rules may read them."""

    path = "/rulebook"

    @route("")
    async def index(self, request: Request) -> Response:
        """List the rules, all or those that are looked for."""
        asked = {name: request.query_params.get(name, "")[:LONGEST] for name in _FILTERS}
        listed = await ask(request, rules_in_force, programme=programme_of(request), **asked)
        choices = {
            name: [(code, of_text(text)) for code, text in getattr(listed, name)]
            for name in ("families", "stages", "activities")
        }
        return self.show(
            request, "rulebook/index.html", listed=listed, asked=asked, choices=choices
        )

    @route("/try")
    async def try_one(self, request: Request) -> Response:
        """Show the form for one line, and where it was sent what becomes of the line."""
        asked = {key: text[:LONGEST] for key, text in request.query_params.items()}
        typed = {key: text for key, text in asked.items() if key not in _OWN}
        is_sent = "judge" in asked
        form = await ask(
            request,
            cost_form,
            programme=programme_of(request),
            activity=asked.get("activity", ""),
            partner_kind=asked.get("partner_kind", "") if is_sent else "",
            typed=typed if is_sent else None,
        )
        if not is_sent:
            return self.show(request, "rulebook/try.html", form=form)
        try:
            tried = await ask(
                request,
                try_cost,
                programme=form.programme,
                activity=form.activity,
                partner_kind=form.partner_kind,
                typed=typed,
            )
        except SkolaError as error:
            # Told above the form, so that nothing typed is lost.
            problem, status = error.problem, status_of(error.problem)
            return self.show(
                request, "rulebook/try.html", status=status, form=form, problem=problem
            )
        return self.show(request, "rulebook/try.html", form=form, tried=tried)

    @route("/{code}")
    async def rule(self, request: Request) -> Response:
        """Show one rule."""
        code = request.path_params["code"].upper()[:LONGEST]
        rule = await ask(request, rule_in_force, programme=programme_of(request), code=code)
        return self.show(request, "rulebook/rule.html", rule=rule)

    @route("/{code}/examples")
    async def examples(self, request: Request) -> Response:
        """Run the examples of a rule, and show what came out."""
        code = request.path_params["code"].upper()[:LONGEST]
        run = await ask(request, run_examples, programme=programme_of(request), code=code)
        return self.show(request, "rulebook/examples.html", run=run)
