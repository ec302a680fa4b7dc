"""What is done to a partner: its agreement, institutions, bank accounts, succession."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.commands import (
    add_institution,
    confirm_iban,
    end_agreement,
    end_institution,
    prepare_succession,
    propose_iban,
    reject_iban,
    resume_agreement,
    sign_agreement,
    succeed_partner,
    suspend_agreement,
)
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.web.page import Page, do, done, form_of, number_of, programme_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class PartnerCommands(Page):
    """The forms of a partner's page."""

    @route("/{reg_no}/agreement", methods=("POST",))
    async def sign(self, request: Request) -> Response:
        """Enter a signed agreement with its checklist."""
        form = await form_of(request)
        await do(
            request,
            form,
            sign_agreement,
            programme=programme_of(request),
            partner=_reg_no(request),
            number=form.text("number"),
            signed_on=form.day("signed_on"),
            signing_body=form.text("signing_body"),
            checklist=dict.fromkeys(form.texts("checklist"), True),
            in_force_until=form.optional_day("in_force_until"),
            retention_until=form.optional_day("retention_until"),
            dispute_clause=form.text("dispute_clause", default=""),
            recovery_terms=form.text("recovery_terms", default=""),
        )
        return _back(request, _("The agreement is entered."))

    @route("/{reg_no}/suspend", methods=("POST",))
    async def suspend(self, request: Request) -> Response:
        """Hold the payments of an agreement back."""
        form = await form_of(request)
        await do(
            request,
            form,
            suspend_agreement,
            programme=programme_of(request),
            number=form.text("number"),
            reason=form.text("reason"),
            row_version=form.whole("row_version"),
        )
        return _back(request, _("The agreement is suspended; payments are held back."))

    @route("/{reg_no}/resume", methods=("POST",))
    async def resume(self, request: Request) -> Response:
        """Let the payments of an agreement go on."""
        form = await form_of(request)
        await do(
            request,
            form,
            resume_agreement,
            programme=programme_of(request),
            number=form.text("number"),
            reason=form.text("reason"),
            row_version=form.whole("row_version"),
        )
        return _back(request, _("The agreement is in force again."))

    @route("/{reg_no}/end", methods=("POST",))
    async def end(self, request: Request) -> Response:
        """End an agreement."""
        form = await form_of(request)
        await do(
            request,
            form,
            end_agreement,
            programme=programme_of(request),
            number=form.text("number"),
            reason=form.text("reason"),
        )
        return _back(request, _("The agreement is ended; what was free went back."))

    @route("/{reg_no}/succession", methods=("POST",))
    async def prepare(self, request: Request) -> Response:
        """Name the partner that takes over, and the day."""
        form = await form_of(request)
        await do(
            request,
            form,
            prepare_succession,
            programme=programme_of(request),
            number=form.text("number"),
            successor=form.text("successor"),
            on=form.day("on"),
            source=form.text("source"),
        )
        address = f"/partners/{_reg_no(request)}/succession"
        return done(request, address, _("The succession waits for a second person."))

    @route("/{reg_no}/succeed", methods=("POST",))
    async def succeed(self, request: Request) -> Response:
        """Let the successor take over."""
        form = await form_of(request)
        answer = await do(
            request,
            form,
            succeed_partner,
            programme=programme_of(request),
            number=form.text("number"),
        )
        return done(request, f"/partners/{answer['successor']}", _("Everything was taken over."))

    @route("/{reg_no}/institutions", methods=("POST",))
    async def add(self, request: Request) -> Response:
        """Add an institution from a day on."""
        form = await form_of(request)
        await do(
            request,
            form,
            add_institution,
            programme=programme_of(request),
            partner=_reg_no(request),
            reg_no=form.text("institution").replace(" ", ""),
            name=form.text("name"),
            founder=form.text("founder"),
            kind=form.text("kind", default=""),
            joined_on=form.day("joined_on"),
            left_on=form.optional_day("left_on"),
        )
        return _back(request, _("The institution is added."), part="institutions")

    @route("/{reg_no}/institutions/end", methods=("POST",))
    async def leave(self, request: Request) -> Response:
        """Say the last day of an institution."""
        form = await form_of(request)
        await do(
            request,
            form,
            end_institution,
            programme=programme_of(request),
            partner=_reg_no(request),
            reg_no=form.text("institution"),
            left_on=form.day("left_on"),
        )
        return _back(request, _("The last day of the institution is entered."), part="institutions")

    @route("/{reg_no}/accounts", methods=("POST",))
    async def propose(self, request: Request) -> Response:
        """Propose a bank account."""
        form = await form_of(request)
        await do(
            request,
            form,
            propose_iban,
            partner=_reg_no(request),
            iban=form.text("iban"),
            source=form.text("source"),
        )
        return _back(request, _("The account waits for a second person."), part="accounts")

    @route("/{reg_no}/accounts/{number}/confirm", methods=("POST",))
    async def confirm(self, request: Request) -> Response:
        """Confirm a bank account; a changed one then has a time of waiting."""
        form = await form_of(request)
        await do(
            request,
            form,
            confirm_iban,
            bank_account=number_of(request, "number"),
            programme=programme_of(request),
        )
        return _back(request, _("The account is confirmed."), part="accounts")

    @route("/{reg_no}/accounts/{number}/reject", methods=("POST",))
    async def reject(self, request: Request) -> Response:
        """Refuse a bank account, with a reason."""
        form = await form_of(request)
        await do(
            request,
            form,
            reject_iban,
            bank_account=number_of(request, "number"),
            reason=form.text("reason"),
        )
        return _back(request, _("The account is rejected."), part="accounts")


def _reg_no(request: Request) -> str:
    return str(request.path_params["reg_no"])


def _back(request: Request, message: str, *, part: str = "") -> Response:
    address = f"/partners/{_reg_no(request)}"
    return done(request, f"{address}#{part}" if part else address, message)
