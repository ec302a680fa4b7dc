"""The final balance: every account of a partner, what is still open, and closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.commands import close_final_balance
from skola_finance.queries.money import final_balance, partners_to_close
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.money.actions import TRIED, Wanted, offers
from skola_finance_admin.pages.money.page import MoneyPage
from skola_finance_admin.pages.money.words import ACCOUNTS, MATTERS
from skola_finance_admin.web.page import AGENCY, ask, do, done, form_of, programme_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


class FinalBalances(MoneyPage):
    """Partners at the end of their agreement."""

    path = "/final-balance"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """List the agreements with what is open of each."""
        partners = await ask(request, partners_to_close, programme=programme_of(request))
        return self.show(request, "money/final_balances.html", partners=partners)

    @route("/{partner}")
    async def one(self, request: Request) -> Response:
        """Show the final balance of a partner."""
        programme, partner = programme_of(request), request.path_params["partner"]
        balance = await ask(request, final_balance, programme=programme, partner=partner)
        known = await ask(request, partners_to_close, programme=programme)
        agreements = [one for one in known if one.partner_reg_no == partner]
        wanted = [
            Wanted(
                "close_final_balance",
                f"/final-balance/{partner}",
                {"programme": programme, "number": one.agreement_no, "reason": TRIED},
                {"programme": programme, "number": one.agreement_no},
            )
            for one in agreements[-1:]
            if not one.is_over
        ]
        return self.show(
            request,
            "money/final_balance.html",
            partner=partner,
            balance=balance,
            agreements=agreements,
            ACCOUNTS=ACCOUNTS,
            MATTERS=MATTERS,
            offers=await offers(request, *wanted),
        )

    @route("/{partner}", methods=("POST",))
    async def close(self, request: Request) -> Response:
        """Close it."""
        form = await form_of(request)
        await do(
            request,
            form,
            close_final_balance,
            programme=form.text("programme"),
            number=form.text("number"),
            reason=form.text("reason"),
        )
        address = f"/final-balance/{request.path_params['partner']}"
        return done(request, address, _("The partner's final balance is closed."))
