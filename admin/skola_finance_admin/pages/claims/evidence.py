"""Evidence of a claim: handed in, referred to, opened, and what is still missing."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from skola_finance.commands import attach_reference, edit_lines, hand_in_evidence
from skola_finance.queries.claims import (
    claim_page,
    evidence_of,
    line_id_at,
    missing_evidence,
    open_evidence,
)
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import lazy, ngettext
from skola_finance_admin.web.forms import unusable_field
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
from skola_finance_admin.web.signed_in import order_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from skola_finance.queries.claims import EvidenceItem
    from skola_finance_admin.web.forms import Form

KINDS = {
    "session_journal": lazy("Session journal"),
    "plan": lazy("Individual plan"),
    "certificate": lazy("Mentor's certificate"),
    "source_document": lazy("Invoice or other source document"),
    "payment": lazy("Payment order or bank statement"),
    "participants": lazy("List of participants"),
    "project_decision": lazy("Decision on a project"),
    "project_report": lazy("Final report of a project"),
    "other": lazy("Other document"),
}
MISSING_SHOWN = 100


class ClaimEvidencePage(Page):
    """`/claims/SK-00001/evidence`."""

    path = "/claims/{key}/evidence"
    roles = PARTNER | AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show what there is and what is missing."""
        key = request.path_params["key"]
        page = await ask(request, claim_page, claim=key)
        items = await ask(request, evidence_of, claim=key)
        missing = await ask(request, missing_evidence, claim=key)
        return self.show(
            request,
            "claims/evidence.html",
            page=page,
            tab="/evidence",
            items=items,
            missing=missing[:MISSING_SHOWN],
            missing_in_all=len(missing),
            unnamed=sum(bool(one.attached) for one in missing),
            kinds=KINDS,
        )

    @route("", methods=("POST",))
    async def hand_in(self, request: Request) -> Response:
        """Take files in, each encrypted under a key of its own."""
        key, form = request.path_params["key"], await form_of(request)
        kind, line_id = form.text("kind"), await _line_of(request, form)
        files = await form.files("files")
        if not files:
            raise unusable_field("files", lv="nav izvēlēta datne", en="no file was chosen")
        await hand_in_files(request, form, files, kind=kind, line_id=line_id)
        told = ngettext(
            "%(number)s file was handed in.", "%(number)s files were handed in.", len(files)
        )
        return done(request, f"/claims/{key}/evidence", told)

    @route("/reference", methods=("POST",))
    async def refer(self, request: Request) -> Response:
        """Note a document that stays with the partner."""
        key, form = request.path_params["key"], await form_of(request)
        await do(
            request,
            form,
            attach_reference,
            claim=key,
            kind=form.text("kind"),
            name=form.text("name"),
            sha256=form.text("sha256"),
            size=form.whole("size"),
            line_id=await _line_of(request, form),
        )
        return done(request, f"/claims/{key}/evidence", _("The document was noted."))

    @route("/name", methods=("POST",))
    async def name(self, request: Request) -> Response:
        """Name the attached documents on the lines that name none."""
        key, form = request.path_params["key"], await form_of(request)
        missing = await ask(request, missing_evidence, claim=key)
        names = _names(await ask(request, evidence_of, claim=key))
        changed = [
            {"line_id": one.line_id, "evidence": "; ".join(names[one.line_id])}
            for one in missing
            if one.line_id in names
        ]
        await do(
            request,
            form,
            edit_lines,
            claim=key,
            row_version=form.whole("row_version"),
            changed=changed,
        )
        told = ngettext(
            "%(number)s line was mended.", "%(number)s lines were mended.", len(changed)
        )
        return done(request, f"/claims/{key}/evidence", told)

    @route("/{number:int}")
    async def open(self, request: Request) -> Response:
        """Send a file that was handed in; the library writes down who of the agency opened it."""
        number = request.path_params["number"]
        items = await ask(request, evidence_of, claim=request.path_params["key"])
        known = {one.number for one in items}
        # A number of another claim is answered as one that does not exist.
        file = await ask(request, open_evidence, evidence=number if number in known else 0)
        return Response(
            file.content,
            media_type=file.media_type,
            headers={
                "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            },
        )


async def hand_in_files(
    request: Request,
    form: Form,
    files: Sequence[tuple[str, bytes]],
    *,
    kind: str,
    line_id: str,
) -> None:
    """Hand in files behind a line of the claim of an address, or behind all of it."""
    for place, (name, content) in enumerate(files):
        # Each file is a command of its own; sent again, the same form gives the same ids.
        await run_in_threadpool(
            hand_in_evidence,
            edge_of(request).store,
            order_of(request, f"{form.command_id[:70]}-{place}"),
            claim=request.path_params["key"],
            kind=kind,
            name=name,
            content=content,
            line_id=line_id,
        )


async def _line_of(request: Request, form: Form) -> str:
    """Give the line that a document is behind; empty for the claim as a whole."""
    number = form.whole("line", default=0)
    if not number:
        return ""
    return await ask(request, line_id_at, claim=request.path_params["key"], number=number)


def _names(items: Sequence[EvidenceItem]) -> Mapping[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for one in items:
        if one.line_id and one.name not in names[one.line_id]:
            names[one.line_id].append(one.name)
    return names
