"""The page of a claim: its head, its lines, and why each stands as it does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from skola_finance.queries.claims import (
    LineMark,
    claim_lines,
    claim_page,
    earlier_claim,
    line_why,
)
from skola_finance_admin.i18n import language
from skola_finance_admin.web.page import AGENCY, PARTNER, Page, ask, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

PAGE = 200
"""Lines of a page of the grid."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines an address asks for; what cannot be read is left out of the question."""

    mark: str
    text: str
    columns: str
    after: int
    finding: str


def asked_of(request: Request) -> Asked:
    """Read which lines are wanted."""
    told = request.query_params
    mark, after = told.get("mark", ""), told.get("after", "")
    return Asked(
        mark=mark if mark in set(LineMark) else "",
        text=told.get("q", "").strip()[:100],
        columns="all" if told.get("columns") == "all" else "",
        finding=told.get("finding", "")[:100],
        after=int(after) if after.isdecimal() and len(after) < 10 else -1,  # noqa: PLR2004 - a number of a line
    )


class ClaimLinesPage(Page):
    """`/claims/SK-00001` and its lines."""

    path = "/claims/{key}"
    roles = PARTNER | AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show the lines."""
        key, asked = request.path_params["key"], asked_of(request)
        page = await ask(request, claim_page, claim=key)
        if request.query_params.get("after") == "last":
            asked = replace(asked, after=max(page.head.lines - PAGE - 1, -1))
        view = await ask(
            request,
            claim_lines,
            claim=key,
            language=language(),
            mark=asked.mark,
            text=asked.text,
            finding=asked.finding,
            after=asked.after,
            limit=PAGE,
            all_columns=bool(asked.columns),
            for_typing=page.head.is_editable,
        )
        is_empty = page.head.is_editable and not page.head.lines
        earlier = await ask(request, earlier_claim, claim=key) if is_empty else None
        return self.show(
            request,
            "claims/lines.html",
            page=page,
            view=view,
            asked=asked,
            tab="",
            earlier=earlier,
            difference=None,
        )

    @route("/lines/{line_id}")
    async def line(self, request: Request) -> Response:
        """Say why a line stands as it does: as a page, or to our script as a panel."""
        why = await ask(
            request,
            line_why,
            claim=request.path_params["key"],
            line_id=request.path_params["line_id"],
            language=language(),
        )
        is_panel = "x-skola-fetch" in request.headers
        template = "claims/why_panel.html" if is_panel else "claims/line.html"
        return self.show(request, template, why=why)
