"""Registers on starlette-admin's own lists: institutions, and what verdicts rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from starlette.exceptions import HTTPException
from starlette.responses import Response

from skola_finance.queries.partners import list_institutions, list_rulebooks, list_settings_sets
from skola_finance_admin.i18n import lazy as _
from skola_finance_admin.web.listing import (
    BooleanField,
    DayField,
    IntegerField,
    Listing,
    NamedField,
    StringField,
)
from skola_finance_admin.web.page import AGENCY, Page, route

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette_admin.fields import BaseField

    from skola_finance import Role
    from skola_finance.queries.partners import RegisterPage


class Institutions(Listing):
    """The institutions that partners involve."""

    key = "institutions"
    label = _("Institutions")
    display_name = _("Institution")
    lead = _("The educational institutions that partners involve, with their days.")
    crumb = (_("Partners"), "/partners")
    fields = (
        StringField("name", label=_("Name")),
        StringField("reg_no", label=_("Registration number")),
        StringField("partner", label=_("Partner")),
        NamedField("founder", label=_("Founder")),
        DayField("joined_on", label=_("Joined on")),
        DayField("left_on", label=_("Left on")),
    )

    def source(self) -> Callable[..., RegisterPage]:
        """Give the read that feeds the list."""
        return list_institutions


def _verdict_fields() -> list[BaseField]:
    return [
        IntegerField("verdicts", label=_("Verdicts")),
        DayField("first_on", label=_("First verdict")),
        DayField("last_on", label=_("Last verdict")),
    ]


class Rulebooks(Listing):
    """The rulebooks that verdicts rest on."""

    key = "rulebooks"
    label = _("Rulebooks kept")
    display_name = _("Rulebook")
    sortable_fields = ("digest", "verdicts", "first_on", "last_on")
    lead = _("Every rulebook that a verdict used is kept whole under its digest.")
    crumb = (_("Rulebook"), "/rulebook")
    fields = (
        StringField("digest", label=_("Digest")),
        BooleanField("is_in_force", label=_("In force now")),
        *_verdict_fields(),
    )

    def source(self) -> Callable[..., RegisterPage]:
        """Give the read that feeds the list."""
        return list_rulebooks


class SettingsSets(Listing):
    """The sets of settings that verdicts rest on."""

    key = "settings-sets"
    label = _("Settings kept")
    display_name = _("Set of settings")
    lead = _("Every set of settings that a verdict used is kept whole under its digest.")
    crumb = (_("Rulebook"), "/rulebook")
    fields = (
        StringField("digest", label=_("Digest")),
        *_verdict_fields(),
    )

    def source(self) -> Callable[..., RegisterPage]:
        """Give the read that feeds the list."""
        return list_settings_sets


LISTINGS = (Institutions, Rulebooks, SettingsSets)


class ListExports(Page):
    """The rows of a list as a file."""

    path = "/exports"
    roles: ClassVar[frozenset[Role]] = AGENCY

    @route("/{key}.csv")
    async def csv(self, request: Request) -> Response:
        """Send all rows that are found."""
        for listing in LISTINGS:
            if listing.key == request.path_params["key"]:
                name = f'attachment; filename="{listing.key}.csv"'
                return Response(
                    await listing().as_csv(request),
                    media_type="text/csv; charset=utf-8",
                    headers={"content-disposition": name},
                )
        raise HTTPException(404)
