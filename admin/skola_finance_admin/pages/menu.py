"""The menu: what each role finds at the side of every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance import Role
from skola_finance_admin.i18n import lazy as _
from skola_finance_admin.web.page import AGENCY, BASE, EVERYBODY, PARTNER, who

if TYPE_CHECKING:
    from starlette.requests import Request

_MONEY = frozenset({Role.AGENCY_TREASURER, Role.AUDITOR, Role.PROGRAMME_MANAGER})
_DECIDING = frozenset({Role.AGENCY_REVIEWER, Role.AGENCY_APPROVER, Role.AUDITOR})
_AUDITING = frozenset({Role.PROGRAMME_MANAGER, Role.AUDITOR})
_KEEPING = frozenset({Role.PROGRAMME_MANAGER, Role.AGENCY_APPROVER, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu."""

    label: str
    icon: str
    path: str
    roles: frozenset[Role]

    @property
    def address(self) -> str:
        """Where it leads."""
        return BASE + self.path

    def is_here(self, request: Request) -> bool:
        """Say whether the page that is shown lies below it."""
        here = request.url.path
        if self.path == "/":
            return here.rstrip("/") == BASE
        return here == self.address or here.startswith(f"{self.address}/")


ITEMS = (
    Item(_("Home"), "fa-house", "/", EVERYBODY),
    Item(_("Work queue"), "fa-list-check", "/queue", _DECIDING),
    Item(_("Expenditure claims"), "fa-file-invoice", "/claims", PARTNER | AGENCY),
    Item(
        _("Individual plans"),
        "fa-child-reaching",
        "/plans",
        PARTNER | {Role.AGENCY_REVIEWER, Role.AUDITOR},
    ),
    Item(_("Payments"), "fa-euro-sign", "/payments", PARTNER - {Role.PARTNER_COORDINATOR}),
    Item(_("Agreement and allocation"), "fa-handshake", "/agreement", PARTNER),
    Item(_("Projects"), "fa-people-group", "/sub-projects", PARTNER | AGENCY),
    Item(_("Payment orders"), "fa-money-bill-transfer", "/orders", _MONEY),
    Item(_("Advances"), "fa-forward", "/advances", _MONEY | {Role.AGENCY_APPROVER}),
    Item(_("Corrections"), "fa-eraser", "/corrections", AGENCY),
    Item(_("Irregularities"), "fa-triangle-exclamation", "/irregularities", AGENCY),
    Item(_("Recoveries"), "fa-rotate-left", "/recoveries", AGENCY),
    Item(_("Programme"), "fa-chart-column", "/programme", AGENCY),
    Item(_("Partners"), "fa-city", "/partners", AGENCY),
    Item(_("Allocations"), "fa-scale-balanced", "/allocations", _KEEPING),
    Item(_("Settings"), "fa-sliders", "/settings", _KEEPING),
    Item(_("Rulebook"), "fa-book-open", "/rulebook", PARTNER | AGENCY),
    Item(_("Simulation"), "fa-flask", "/simulation", _AUDITING),
    Item(_("Reports"), "fa-table-list", "/reports", AGENCY),
    Item(_("Journal"), "fa-clock-rotate-left", "/journal", _AUDITING),
    Item(_("Users"), "fa-users", "/users", frozenset({Role.ADMINISTRATOR})),
    Item(_("Help"), "fa-circle-question", "/help", EVERYBODY),
)


def menu_of(request: Request) -> tuple[Item, ...]:
    """Give the lines that are open to who is signed in."""
    role = who(request).role
    return tuple(item for item in ITEMS if role in item.roles)
