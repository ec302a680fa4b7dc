"""Where a partner's person stands: its partner, and the programme that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.queries.partners import memberships_of
from skola_finance_admin.web.page import Page, ask, programme_of, who

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.queries.partners import Membership


@dataclass(frozen=True, slots=True)
class Seat:
    """The programme that is looked at, the partner in it, and the programmes it is in.

    `here` is None where the partner has no agreement in the programme; `partner` is empty for
    people of the agency.
    """

    programme: str
    partner: str
    here: Membership | None
    memberships: tuple[Membership, ...]


async def seat_of(request: Request) -> Seat:
    """Give the seat of who is signed in."""
    programme = programme_of(request)
    memberships = await ask(request, memberships_of)
    here = next((one for one in memberships if one.programme == programme), None)
    return Seat(programme, who(request).partner_reg_no or "", here, memberships)


def not_here(page: Page, request: Request, seat: Seat) -> Response:
    """Say that the partner is not in this programme, and lead to those it is in."""
    return page.show(request, "home/not_here.html", seat=seat)
