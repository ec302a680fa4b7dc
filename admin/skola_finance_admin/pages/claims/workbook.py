"""Workbooks of a claim: taken home to be filled in, brought back, and shown before they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from skola_finance.commands import import_workbook
from skola_finance.queries.claims import (
    claim_page,
    claim_template,
    claim_workbook,
    earlier_claim,
    preview_import,
)
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import language, ngettext
from skola_finance_admin.web.page import (
    AGENCY,
    PARTNER,
    Page,
    ask,
    do,
    done,
    form_of,
    route,
)

if TYPE_CHECKING:
    from starlette.requests import Request

    from skola_finance.queries.claims import ClaimFile
    from skola_finance_admin.web.forms import Form

CONFLICT = "conflict:"
"""A field that says which version of a line stays begins like this."""


class ClaimWorkbookPage(Page):
    """`/claims/SK-00001/workbook/…`: what people take home."""

    path = "/claims/{key}/workbook"
    roles = PARTNER | AGENCY

    @route("/template.xlsx")
    async def template(self, request: Request) -> Response:
        """Send an empty workbook with what is known of the claim."""
        key = request.path_params["key"]
        return sent(await ask(request, claim_template, claim=key, language=language()))

    @route("/lines.xlsx")
    async def lines(self, request: Request) -> Response:
        """Send the lines of the claim, to work on."""
        return await self._workbook(request, is_annotated=False)

    @route("/annotated.xlsx")
    async def annotated(self, request: Request) -> Response:
        """Send the lines of the claim with the verdict on each."""
        return await self._workbook(request, is_annotated=True)

    async def _workbook(self, request: Request, *, is_annotated: bool) -> Response:
        file = await ask(
            request,
            claim_workbook,
            claim=request.path_params["key"],
            language=language(),
            is_annotated=is_annotated,
        )
        return sent(file)


class ClaimUploadPage(Page):
    """`/claims/SK-00001/upload`: a workbook is brought back."""

    path = "/claims/{key}/upload"
    roles = PARTNER

    @route("")
    async def index(self, request: Request) -> Response:
        """Show where to drop the workbook."""
        return await self._shown(request)

    @route("", methods=("POST",))
    async def receive(self, request: Request) -> Response:
        """Show what a workbook would change, or put it in place of the lines that are kept."""
        form = await form_of(request)
        if form.text("do", default="preview") == "import":
            return await self._read_in(request, form)
        name, content = await form.file("workbook")
        difference = await ask(
            request,
            preview_import,
            claim=request.path_params["key"],
            file_name=name,
            content=content,
        )
        if "x-skola-fetch" in request.headers:
            shown = self.show(request, "claims/difference.html", difference=difference)
            return JSONResponse({"difference": bytes(shown.body).decode()})
        return await self._shown(request, difference=difference)

    async def _read_in(self, request: Request, form: Form) -> Response:
        key = request.path_params["key"]
        name, content = await form.file("workbook")
        answer = await do(
            request,
            form,
            import_workbook,
            claim=key,
            row_version=form.whole("row_version"),
            file_name=name,
            content=content,
            conflicts=form.by_prefix(CONFLICT),
        )
        read = ngettext("%(number)s line was read.", "%(number)s lines were read.", answer["lines"])
        changed = _("Added %(added)s, changed %(changed)s, removed %(removed)s.") % {
            name: answer[name] for name in ("added", "changed", "removed")
        }
        return done(request, f"/claims/{key}", f"{read} {changed}")

    async def _shown(self, request: Request, difference: object = None) -> Response:
        key = request.path_params["key"]
        page = await ask(request, claim_page, claim=key)
        is_empty = page.head.is_editable and not page.head.lines
        return self.show(
            request,
            "claims/upload.html",
            page=page,
            earlier=await ask(request, earlier_claim, claim=key) if is_empty else None,
            difference=difference,
            title=_("Upload a workbook"),
        )


def sent(file: ClaimFile) -> Response:
    """Send a file to be kept."""
    return Response(
        file.content,
        media_type=file.media_type,
        headers={"content-disposition": f'attachment; filename="{file.name}"'},
    )
