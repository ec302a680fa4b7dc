"""Corrections: by lines, by a rule, by a rate or by a credit note; confirmed by another person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance.commands import COMMANDS
from skola_finance.queries.approval import rehearse
from skola_finance.queries.money import correctable_claim, correction_page, corrections_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import of_text
from skola_finance_admin.pages.money.actions import TRIED, Wanted, offers, typed, use_case
from skola_finance_admin.pages.money.page import MoneyPage, line_cents, today
from skola_finance_admin.web.forms import unusable_field
from skola_finance_admin.web.page import AGENCY, ask, do, done, form_of, programme_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance_admin.web.forms import Form

METHODS = ("correct_lines", "enter_credit_note", "correct_by_rule", "correct_proportionally")
KNOWN = frozenset(
    {
        *("confirm_correction", "reject_correction", "withdraw_correction"),
        *("undo_correction", "order_refund"),
    }
)
_OF_DOCUMENT = frozenset({"undo_correction", "order_refund"})


class Corrections(MoneyPage):
    """Financial corrections of approved costs."""

    path = "/corrections"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """List them."""
        all_ = await ask(request, corrections_of, programme=programme_of(request))
        return self.show(request, "money/corrections.html", all=all_)

    @route("/new")
    async def new(self, request: Request) -> Response:
        """Choose a claim, the way to correct it, and the lines."""
        claim = request.query_params.get("claim", "").strip()
        text = request.query_params.get("text", "")[:80]
        method = request.query_params.get("method", METHODS[0])
        seen = await ask(request, correctable_claim, claim=claim, text=text) if claim else None
        return self.show(
            request,
            "money/correction_new.html",
            claim=claim,
            text=text,
            method=method if method in METHODS else METHODS[0],
            methods=[(name, COMMANDS[name].title) for name in METHODS],
            seen=seen,
            rules=[
                (code, f"{code} · {of_text(title)}") for code, title in (seen.rules if seen else ())
            ],
        )

    @route("/preview", methods=("POST",))
    async def preview(self, request: Request) -> Response:
        """Show the cents of every line before anything is proposed."""
        form = await form_of(request)
        method = _method(form)
        inputs = _inputs(form, method)
        tried = await ask(request, rehearse, wanted={method: (use_case(method), inputs)})
        refusal = tried[method].refusal
        if refusal is not None:
            return self.show(request, "problem.html", status=422, problem=refusal)
        return self.show(
            request,
            "money/correction_preview.html",
            method=method,
            inputs=inputs,
            tried=tried[method],
        )

    @route("", methods=("POST",))
    async def propose(self, request: Request) -> Response:
        """Propose what was previewed."""
        form = await form_of(request)
        method = _method(form)
        answer = await do(request, form, use_case(method), **_inputs(form, method))
        return done(
            request,
            f"/corrections/{answer['correction']}",
            _("The correction is proposed; another person confirms it."),
        )

    @route("/{document:path}")
    async def one(self, request: Request) -> Response:
        """Show one; what a partner filed has a stroke in its number."""
        seen = await ask(request, correction_page, document=request.path_params["document"])
        document = seen.line.document
        wanted = []
        for command in seen.possible:
            name = "document" if command in _OF_DOCUMENT else "correction"
            tried = {name: document}
            values = {}
            if command in {"reject_correction", "undo_correction"}:
                tried["reason"] = TRIED
            if command == "order_refund":
                values["batch"] = f"MF-{today(request):%Y%m%d}"
            wanted.append(
                Wanted(
                    command, f"/corrections/act/{command}", tried, {**values, "document": document}
                )
            )
        return self.show(
            request, "money/correction.html", seen=seen, offers=await offers(request, *wanted)
        )

    @route("/act/{command}", methods=("POST",))
    async def act(self, request: Request) -> Response:
        """Do something with one."""
        form = await form_of(request)
        command, document = request.path_params["command"], form.text("document")
        if command not in KNOWN:
            raise unusable_field("command", lv="nezināma darbība", en="an unknown command")
        name = "document" if command in _OF_DOCUMENT else "correction"
        answer = await do(
            request, form, use_case(command), **{name: document}, **typed(form, command)
        )
        if command == "order_refund":
            return done(request, f"/orders/{answer['order']}", _("The payment is ordered."))
        new = answer["correction"] if command == "undo_correction" else document
        return done(request, f"/corrections/{new}", _("It is recorded."))


def _method(form: Form) -> str:
    method = form.text("method")
    if method not in METHODS:
        raise unusable_field("method", lv="nezināms veids", en="an unknown way")
    return method


def _inputs(form: Form, method: str) -> dict[str, Any]:
    """Read what a way of correcting asks for.

    Raises: UnusableField (WEB-422); SkolaError WBK-431 or WBK-432 for an unclear amount.
    """
    inputs: dict[str, Any] = {"claim": form.text("claim"), "reason": form.text("reason")}
    match method:
        case "correct_by_rule":
            inputs["rule_code"] = form.text("rule_code")
        case "correct_proportionally":
            inputs["rate"] = form.text("rate")
        case _:
            inputs["lines"] = line_cents(form)
    if method == "enter_credit_note":
        inputs["credit_note_no"] = form.text("credit_note_no")
    return inputs
