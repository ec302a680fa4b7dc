"""The list of claims, its export, and the beginning of a new one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import RedirectResponse, Response, StreamingResponse

from skola_finance import Role
from skola_finance.commands import create_claim, take_over_lines
from skola_finance.queries.claims import ClaimsWanted, claims_page, export_claims, new_claim
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import lazy
from skola_finance_admin.pages.claims.editing import taken_over
from skola_finance_admin.pages.words import CLAIM_KINDS, CLAIM_STATES
from skola_finance_admin.web.page import (
    AGENCY,
    BASE,
    PARTNER,
    Page,
    ask,
    do,
    done,
    form_of,
    programme_of,
    route,
    who,
)
from skola_finance_admin.web.signed_in import order_of
from skola_finance_admin.web.table_file import BYTE_MARK, csv_line, euros, iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request

    from skola_finance.queries.claims import ClaimItem

FILING = frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY})
ORDERS = {
    "newest": lazy("Newest first"),
    "oldest": lazy("Oldest first"),
    "period": lazy("Latest period first"),
    "claimed": lazy("Largest amount first"),
}


def wanted_of(request: Request) -> ClaimsWanted:
    """Read which claims an address asks for; what cannot be read is left out of the question."""
    told = request.query_params
    state, order = told.get("state", ""), told.get("order", "")
    return ClaimsWanted(
        programme=programme_of(request),
        partner="" if who(request).partner_reg_no else told.get("partner", "")[:20],
        state=state if state in CLAIM_STATES else "",
        text=told.get("q", "").strip()[:100],
        since=_day(told.get("since", "")),
        until=_day(told.get("until", "")),
        order=order if order in ORDERS else "newest",
    )


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


class ClaimsListPage(Page):
    """`/claims`: what there is, and where each stands."""

    path = "/claims"
    roles = PARTNER | AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show a page of the list."""
        wanted, after = wanted_of(request), request.query_params.get("after", "")
        page = await ask(request, claims_page, wanted=wanted, after=after)
        return self.show(
            request,
            "claims/list.html",
            page=page,
            wanted=wanted,
            after=after,
            orders=ORDERS,
            is_agency=who(request).partner_reg_no is None,
            may_create=who(request).role in FILING,
            title=_("Expenditure claims"),
        )

    @route("/export.csv")
    async def export(self, request: Request) -> Response:
        """Send the whole filtered list as a table; it is read while it is sent."""
        order, wanted = order_of(request), wanted_of(request)
        # Asked once before anything is sent, so that a refusal can still be told.
        await ask(request, claims_page, wanted=wanted, limit=1)
        items = export_claims(edge_of(request).store, order, wanted=wanted)
        # Said now: once the answer is under way, the language of the request is forgotten.
        names = {state: str(name) for state, (name, _tone) in CLAIM_STATES.items()}
        names |= {kind: str(name) for kind, name in CLAIM_KINDS.items()}
        name = f"izdevumu-parskati-{order.on:%Y-%m-%d}.csv"
        return StreamingResponse(
            iterate_in_threadpool(_rows(_headings(), names, items)),
            media_type="text/csv; charset=utf-8",
            headers={"content-disposition": f'attachment; filename="{name}"'},
        )

    @route("/new")
    async def new(self, request: Request) -> Response:
        """Show the form of a new claim."""
        if who(request).role not in FILING:
            return RedirectResponse(f"{BASE}/claims", 303)
        suggested = await ask(request, new_claim, programme=programme_of(request))
        return self.show(request, "claims/new.html", suggested=suggested, title=_("A new claim"))

    @route("/new", methods=("POST",))
    async def create(self, request: Request) -> Response:
        """Begin a claim, then go where its lines come from."""
        form = await form_of(request)
        answer = await do(
            request,
            form,
            create_claim,
            programme=form.text("programme"),
            partner=who(request).partner_reg_no or "",
            claim_no=form.text("claim_no"),
            kind=form.text("kind"),
            period_from=form.day("period_from"),
            period_to=form.day("period_to"),
        )
        if form.text("then", default="") == "earlier":
            order = order_of(request, f"{form.command_id}-lines")
            taken = await run_in_threadpool(
                take_over_lines,
                edge_of(request).store,
                order,
                claim=answer.subject,
                row_version=answer["row_version"],
            )
            return done(request, f"/claims/{answer.subject}", taken_over(taken))
        tail = "" if form.text("then", default="") == "screen" else "/upload"
        return done(
            request,
            f"/claims/{answer.subject}{tail}",
            _("The claim %(key)s was begun.") % {"key": answer.subject},
        )


def _headings() -> tuple[str, ...]:
    """Name the columns of the table in the language of the request."""
    return (
        *(_("Key"), _("Partner"), _("Number"), _("Kind"), _("Period from"), _("Period to")),
        *(_("State"), _("Number of lines"), _("Claimed, EUR"), _("Eligible, EUR")),
        *(_("Approved, EUR"), _("Paid, EUR")),
    )


def _rows(
    headings: tuple[str, ...], names: Mapping[str, str], items: Iterator[ClaimItem]
) -> Iterator[bytes]:
    """Write the list as spreadsheets here read it: semicolons, decimal commas, a mark of UTF-8."""
    yield BYTE_MARK
    yield csv_line(headings)
    for item in items:
        yield csv_line(
            (
                *(item.key, item.partner_name, item.claim_no, names[item.kind]),
                *(iso(item.period_from), iso(item.period_to)),
                *(names[item.state], str(item.lines)),
                *(euros(item.claimed_cents), euros(item.eligible_cents)),
                *(euros(item.approved_cents), euros(item.paid_cents)),
            )
        )
