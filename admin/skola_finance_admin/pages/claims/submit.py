"""Filing a claim with open eyes, and taking it back before anybody has begun to review it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance import Role
from skola_finance.commands import submit_claim, withdraw_claim
from skola_finance.queries.claims import claim_page, findings_of, missing_evidence
from skola_finance_admin.i18n import amount
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.web.forms import unusable_field
from skola_finance_admin.web.page import Page, ask, do, done, form_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class ClaimSubmitPage(Page):
    """`/claims/SK-00001/submit`: the summary that is confirmed."""

    path = "/claims/{key}/submit"
    roles = frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY})

    @route("")
    async def index(self, request: Request) -> Response:
        """Show lines, amounts, and each kind of finding to confirm."""
        key = request.path_params["key"]
        page = await ask(request, claim_page, claim=key)
        return self.show(
            request,
            "claims/submit.html",
            page=page,
            kinds=await ask(request, findings_of, claim=key),
            missing=len(await ask(request, missing_evidence, claim=key)),
            title=_("Submit the claim"),
        )

    @route("", methods=("POST",))
    async def submit(self, request: Request) -> Response:
        """File it, once everything was confirmed."""
        key, form = request.path_params["key"], await form_of(request)
        kinds = await ask(request, findings_of, claim=key)
        open_kinds = {kind.code for kind in kinds} - set(form.texts("confirmed"))
        if open_kinds:
            named = ", ".join(sorted(open_kinds))
            raise unusable_field(
                "confirmed", lv=f"nav apstiprināts konstatētais: {named}", en=f"not ticked: {named}"
            )
        answer = await do(
            request,
            form,
            submit_claim,
            claim=key,
            row_version=form.whole("row_version"),
            expected_cents=form.whole("expected_cents"),
        )
        return done(
            request,
            f"/claims/{key}",
            _("The claim %(key)s was submitted: %(sum)s eligible. The agency checks it now.")
            % {"key": key, "sum": amount(answer["eligible_cents"])},
        )

    @route("/withdraw", methods=("POST",))
    async def withdraw(self, request: Request) -> Response:
        """Take a filed claim back."""
        key, form = request.path_params["key"], await form_of(request)
        await do(
            request,
            form,
            withdraw_claim,
            claim=key,
            row_version=form.whole("row_version"),
            reason=form.text("reason", default=""),
        )
        return done(request, f"/claims/{key}", _("The claim %(key)s was withdrawn.") % {"key": key})
