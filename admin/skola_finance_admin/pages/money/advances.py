"""Advances: proposed by one person, ordered by another, cleared by claims, repaid or overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.commands import propose_advance
from skola_finance.queries.money import advance_offer, advance_page, advances_of, partners_in
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.money.actions import TRIED, Wanted, offers, typed, use_case
from skola_finance_admin.pages.money.page import MoneyPage, plain_amount, today
from skola_finance_admin.web.forms import unusable_field
from skola_finance_admin.web.page import AGENCY, ask, do, done, form_of, programme_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.queries.money import AdvanceView
    from skola_finance_admin.pages.money.actions import Offer

KNOWN = frozenset(
    {
        *("order_advance", "reject_advance", "withdraw_advance", "order_owed_again"),
        *("repay_unspent_advance", "mark_advance_overdue"),
    }
)


class Advances(MoneyPage):
    """Advances to partners, general ones and those of sub-projects."""

    path = "/advances"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """List them."""
        all_ = await ask(request, advances_of, programme=programme_of(request))
        return self.show(request, "money/advances.html", all=all_)

    @route("/new")
    async def new(self, request: Request) -> Response:
        """Show how much a partner may be advanced, and the form to propose it."""
        programme = programme_of(request)
        partners = await ask(request, partners_in, programme=programme)
        chosen = request.query_params.get("partner", "")
        offer = None
        offered: tuple[Offer, ...] = ()
        if chosen:
            offer = await ask(request, advance_offer, programme=programme, partner=chosen)
            tried = {
                "programme": programme,
                "partner": chosen,
                "cents": max(offer.free_cents, 1),
                "reason": TRIED,
            }
            kept = {"programme": programme, "partner": chosen}
            offered = await offers(request, Wanted("propose_advance", "/advances", tried, kept))
        return self.show(
            request,
            "money/advance_new.html",
            partners=partners,
            chosen=chosen,
            offer=offer,
            offers=offered,
        )

    @route("", methods=("POST",))
    async def propose(self, request: Request) -> Response:
        """Propose an advance."""
        form = await form_of(request)
        answer = await do(
            request,
            form,
            propose_advance,
            programme=form.text("programme"),
            partner=form.text("partner"),
            cents=form.cents("cents"),
            reason=form.text("reason"),
        )
        return done(
            request,
            f"/advances/{answer['advance']}",
            _("The advance is proposed; the treasurer orders it."),
        )

    @route("/{document}")
    async def one(self, request: Request) -> Response:
        """Show one."""
        seen = await ask(request, advance_page, document=request.path_params["document"])
        wanted = (_wanted(request, seen, each) for each in seen.possible)
        return self.show(
            request, "money/advance.html", seen=seen, offers=await offers(request, *wanted)
        )

    @route("/{document}/{command}", methods=("POST",))
    async def act(self, request: Request) -> Response:
        """Do something with one."""
        document, command = request.path_params["document"], request.path_params["command"]
        if command not in KNOWN:
            raise unusable_field("command", lv="nezināma darbība", en="an unknown command")
        form = await form_of(request)
        await do(request, form, use_case(command), advance=document, **typed(form, command))
        return done(request, f"/advances/{document}", _("It is recorded."))


def _wanted(request: Request, seen: AdvanceView, command: str) -> Wanted:
    """Give a command as it is tried: today, all that is out, a reason still to be typed."""
    day, document = today(request), seen.line.document
    tried: dict[str, object] = {"advance": document}
    values = {}
    match command:
        case "order_advance" | "order_owed_again":
            values["batch"] = f"MF-{day:%Y%m%d}"
        case "repay_unspent_advance":
            tried |= {"cents": seen.line.out_cents, "repaid_on": day}
            values |= {"cents": plain_amount(seen.line.out_cents), "repaid_on": day.isoformat()}
        case _:
            tried["reason"] = TRIED
    return Wanted(command, f"/advances/{document}/{command}", tried, values)
