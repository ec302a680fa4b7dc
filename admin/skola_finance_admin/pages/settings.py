"""Settings: every blank of the law, who filled it, and the second person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance import Language
from skola_finance.commands import (
    confirm_setting,
    propose_setting,
    reject_setting,
    withdraw_setting,
)
from skola_finance.queries.programme import setting_page, settings_page
from skola_finance_admin.i18n import day, language, lazy
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.programme_words import PROPOSAL_TONES
from skola_finance_admin.web.page import (
    AGENCY,
    Page,
    ask,
    do,
    done,
    form_of,
    number_of,
    programme_of,
    route,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

STATUSES: Mapping[str, tuple[str, str, str]] = {
    "unset": (lazy("Not entered"), "grey", "fa-circle"),
    "illustrative": (lazy("Illustrative"), "amber", "fa-flask"),
    "unverified": (lazy("Not verified"), "amber", "fa-triangle-exclamation"),
    "confirmed": (lazy("Confirmed with a source"), "green", "fa-circle-check"),
}
SHAPES: Mapping[str, str] = {
    "money": lazy("Euros, such as 13,20."),
    "hours": lazy("Hours, such as 60 or 1,5."),
    "whole": lazy("A whole number."),
    "rate": lazy("A share in percent with its sign."),
    "day": lazy("A day, such as 2025-05-08."),
    "day_of_year": lazy("Month and day, such as 09-01."),
    "list": lazy("Values with spaces between."),
    "member": lazy("“yes” or “no”."),
}
NOTHING = "none"


def told(text: str, shape: str) -> str:
    """Write a value as people read it: `13,20 €`, `08.05.2025.`, `Jā`; others as they were entered.

    What was entered is written exactly: nothing is rounded.
    """
    if text == NOTHING:
        return _("no such limit")
    way = _TOLD.get(shape)
    return way(text) if way is not None else text


def _number(text: str) -> str:
    return text.replace(".", ",") if language() is Language.LV else text


def _euros(text: str) -> str:
    number = _number(text)
    return f"{number}\N{NO-BREAK SPACE}€" if language() is Language.LV else f"€{number}"


_TOLD: Mapping[str, Callable[[str], str]] = {
    "money": _euros,
    "hours": _number,
    "day": lambda text: day(date.fromisoformat(text)),
    "list": lambda text: ", ".join(text.split()),
    "member": lambda text: _("Yes") if text == "yes" else _("No"),
}


class Settings(Page):
    """What the law leaves to the programme."""

    path = "/settings"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show every blank: what is missing and what waits first."""
        programme = programme_of(request)
        return self.show(
            request,
            "programme/settings.html",
            page=await ask(request, settings_page, programme=programme),
            statuses=STATUSES,
            tones=PROPOSAL_TONES,
            told=told,
        )

    @route("/of")
    async def one(self, request: Request) -> Response:
        """Show one blank with its history and the form to fill it."""
        key = request.query_params.get("key", "")
        page = await ask(request, setting_page, programme=programme_of(request), key=key)
        return self.show(
            request,
            "programme/setting.html",
            page=page,
            statuses=STATUSES,
            shapes=SHAPES,
            tones=PROPOSAL_TONES,
            told=told,
        )

    @route("/propose", methods=("POST",))
    async def propose(self, request: Request) -> Response:
        """Propose a value, with its source and days."""
        form = await form_of(request)
        key = form.text("key")
        await do(
            request,
            form,
            propose_setting,
            programme=programme_of(request),
            key=key,
            value=NOTHING if form.is_ticked("is_none") else form.text("value"),
            source=form.text("source"),
            starts=form.optional_day("starts"),
            ends=form.optional_day("ends"),
            illustrative=form.is_ticked("illustrative"),
        )
        return done(request, f"/settings/of?key={key}", _("The value waits for a second person."))

    @route("/{number}/confirm", methods=("POST",))
    async def confirm(self, request: Request) -> Response:
        """Put a value in force as the second person."""
        form = await form_of(request)
        await do(request, form, confirm_setting, setting=number_of(request, "number"))
        return done(request, "/settings", _("The value is in force."))

    @route("/{number}/reject", methods=("POST",))
    async def reject(self, request: Request) -> Response:
        """Refuse a value, with a reason."""
        form = await form_of(request)
        await do(
            request,
            form,
            reject_setting,
            setting=number_of(request, "number"),
            reason=form.text("reason"),
        )
        return done(request, "/settings", _("The value is rejected."))

    @route("/{number}/withdraw", methods=("POST",))
    async def withdraw(self, request: Request) -> Response:
        """Take a value back that nobody has decided on."""
        form = await form_of(request)
        await do(
            request,
            form,
            withdraw_setting,
            setting=number_of(request, "number"),
            reason=form.text("reason", default=""),
        )
        return done(request, "/settings", _("The value is withdrawn."))
