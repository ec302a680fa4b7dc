"""Lines mended in place: judged while they are typed, kept, added and removed."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from skola_finance.commands import declare_total, edit_lines, take_over_lines
from skola_finance.queries.claims import (
    check_line_cells,
    check_lines,
    claim_line_cells,
    claim_page,
    known_values,
    pasted_block,
    typed_lines,
)
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import amount, language, ngettext, of_text
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.web.forms import Form, unusable_field, unusable_form
from skola_finance_admin.web.page import PARTNER, Page, ask, do, done, form_of, route
from skola_finance_admin.web.problems import told
from skola_finance_admin.web.signed_in import order_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from skola_finance import Answer
    from skola_finance.queries.claims import CheckedLines

MOST_LINES = 5_000
"""Lines of one request; whoever has more brings a workbook."""

LIVE = {
    "figures": "claims/figures.html",
    "problems": "claims/problems.html",
    "next": "claims/next_step.html",
}
"""Parts of the page of a claim that follow from all its lines."""

Typed = list[dict[str, str]]


class ClaimEditPage(Page):
    """`/claims/SK-00001/edit/…`: what the grid of a claim in work asks for."""

    path = "/claims/{key}/edit"
    roles = PARTNER

    @route("/check", methods=("POST",))
    async def check(self, request: Request) -> Response:
        """Say what typed lines would come to; nothing is kept."""
        sent = await _sent(request)
        return await self._told(request, _lines(sent), sent)

    @route("/block", methods=("POST",))
    async def block(self, request: Request) -> Response:
        """Say which column of a line each cell of a copied block is; nothing is kept."""
        sent = await _sent(request)
        block = sent.get("block")
        if not isinstance(block, list) or len(block) > MOST_LINES or not all(map(_is_row, block)):
            raise _shapeless("block")
        found = await ask(
            request,
            pasted_block,
            claim=request.path_params["key"],
            block=block,
            first=str(sent.get("first", "")),
            shown=_texts(sent, "shown"),
        )
        told = ngettext("%(number)s row pasted", "%(number)s rows pasted", len(found.rows))
        told = f"{told}: {', '.join(map(of_text, found.columns))}"
        if found.left_out:
            left_out = ngettext(
                "%(number)s cell left out: no column is called like its heading",
                "%(number)s cells left out: no column is called like their heading",
                found.left_out,
            )
            told = f"{told} · {left_out}"
        return JSONResponse({"rows": [dict(row) for row in found.rows], "told": told})

    @route("/save", methods=("POST",))
    async def save(self, request: Request) -> Response:
        """Keep what could be read of the lines, and say what they come to."""
        sent = await _sent(request)
        lines, removed = _lines(sent), _texts(sent, "removed")
        read = await ask(request, typed_lines, claim=request.path_params["key"], typed=lines)
        changed = [
            {"line_id": one.line_id, **one.values} if one.line_id else dict(one.values)
            for one in read
            if one.values
        ]
        unread: dict[str, dict[str, str]] = {}
        if changed or removed:
            order = order_of(request, str(sent.get("command_id", ""))[:80])
            answer = await run_in_threadpool(
                edit_lines,
                edge_of(request).store,
                order,
                claim=request.path_params["key"],
                row_version=_version(sent),
                changed=changed,
                removed=removed,
            )
            new = [(one, line) for one, line in zip(read, lines, strict=True) if not one.line_id]
            kept = [pair for pair in new if pair[0].values]
            unread = {
                line_id: {key: line[key] for key in one.problems}
                for line_id, (one, line) in zip(answer["added"], kept, strict=False)
                if one.problems
            }
        known = [one for one in lines if one.get("line_id")]
        return await self._told(request, known, sent, added=unread)

    @route("/total", methods=("POST",))
    async def total(self, request: Request) -> Response:
        """Let the declared total be what the lines claim."""
        key, form = request.path_params["key"], await form_of(request)
        await do(
            request,
            form,
            declare_total,
            claim=key,
            row_version=form.whole("row_version"),
            declared_cents=form.whole("declared_cents"),
        )
        return done(request, f"/claims/{key}", _("The declared total was put right."))

    @route("/line/{line_id}")
    async def line(self, request: Request) -> Response:
        """Show every cell of a line in a form; the way without scripts, and on a phone."""
        key, line_id = request.path_params["key"], request.path_params["line_id"]
        page = await ask(request, claim_page, claim=key)
        cells = await ask(
            request, claim_line_cells, claim=key, line_id=line_id, language=language()
        )
        return self.show(request, "claims/edit_line.html", page=page, cells=cells)

    @route("/earlier", methods=("POST",))
    async def earlier(self, request: Request) -> Response:
        """Let a claim without lines begin with those of the last one."""
        key, form = request.path_params["key"], await form_of(request)
        version = form.whole("row_version")
        answer = await do(request, form, take_over_lines, claim=key, row_version=version)
        return done(request, f"/claims/{key}", taken_over(answer))

    @route("/known")
    async def known(self, request: Request) -> Response:
        """Say what cells may be chosen from, by column."""
        key = request.path_params["key"]
        found = await ask(request, known_values, claim=key, language=language())
        listed = {name: [[one.value, one.told] for one in found[name]] for name in found}
        return JSONResponse(listed)

    @route("/line/{line_id}/check", methods=("POST",))
    async def check_line(self, request: Request) -> Response:
        """Say what a line would come to as its form stands: what it needs, and what follows."""
        key, sent = request.path_params["key"], await _sent(request)
        cells = await ask(
            request,
            check_line_cells,
            claim=key,
            line_id=request.path_params["line_id"],
            language=language(),
            typed=_lines({"lines": [sent.get("cells", {})]})[0],
        )
        return JSONResponse(
            {
                "texts": dict(cells.texts),
                "needed": sorted(cells.needed),
                "faulty": sorted(cells.faulty),
                "open": [one.kind.value for one in cells.groups if one.is_open],
                "found": self._part(request, "claims/line_found.html", cells=cells, key=key),
            }
        )

    @route("/line/{line_id}", methods=("POST",))
    async def put(self, request: Request) -> Response:
        """Keep a line as the form has it, or remove it."""
        key, line_id = request.path_params["key"], request.path_params["line_id"]
        form = await form_of(request)
        is_removed = form.text("do", default="") == "remove"
        changed, removed = ([], [line_id]) if is_removed else (await _of_form(request, form), [])
        await do(
            request,
            form,
            edit_lines,
            claim=key,
            row_version=form.whole("row_version"),
            changed=changed,
            removed=removed,
        )
        if is_removed:
            return done(request, f"/claims/{key}", _("The line was removed."))
        return done(request, f"/claims/{key}/lines/{line_id}", _("The line was saved."))

    async def _told(
        self,
        request: Request,
        lines: Typed,
        sent: Mapping[str, Any],
        *,
        added: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> Response:
        """Tell what lines come to; `added` is what could not be read of new ones, by their id."""
        found = await ask(
            request,
            check_lines,
            claim=request.path_params["key"],
            typed=lines,
            language=language(),
            shown=_texts(sent, "shown"),
            total_of=_texts(sent, "total_of"),
        )
        return JSONResponse({**self._answer(request, found), "added": dict(added)})

    def _answer(self, request: Request, found: CheckedLines) -> dict[str, Any]:
        key = request.path_params["key"]
        return {
            "row_version": found.row_version,
            "rows": self._part(request, "claims/rows.html", view=found, key=key),
            "is_own": found.is_own,
            "lines": [one.line_id for one in found.lines],
            "cells": {one.line_id: dict(one.cells) for one in found.lines},
            "unread": {
                line_id: {name: told(problem) for name, problem in problems.items()}
                for line_id, problems in found.unread.items()
            },
            "counts": {
                "": found.counts.all,
                "mend": found.counts.mend,
                "check": found.counts.check,
                "fine": found.counts.fine,
            },
            "totals": {
                "claimed": amount(found.totals.claimed),
                "eligible": amount(found.totals.eligible),
                "lost": self._part(request, "claims/lost.html", totals=found.totals).strip(),
            },
            "live": {
                part: self._part(request, template, page=found.page, tab="")
                for part, template in LIVE.items()
            }
            | {
                "repeated": self._part(
                    request, "claims/repeated.html", page=found.page, repeated=found.repeated
                )
            },
        }

    def _part(self, request: Request, template: str, **context: Any) -> str:  # noqa: ANN401 - of templates
        return bytes(self.show(request, template, **context).body).decode()


def taken_over(answer: Answer) -> str:
    """Say how many lines were taken over, and what is left to do."""
    taken = ngettext(
        "%(number)s line was taken over.", "%(number)s lines were taken over.", answer["lines"]
    )
    left = _("Enter the days, the evidence and whether others paid, and check the amounts.")
    return f"{taken} {left}"


async def _of_form(request: Request, form: Form) -> list[dict[str, Any]]:
    line_id = request.path_params["line_id"]
    typed = [{"line_id": line_id, **form.by_prefix("cell:")}]
    read = await ask(request, typed_lines, claim=request.path_params["key"], typed=typed)
    for key, problem in read[0].problems.items():
        raise unusable_form(key, problem.message, hint=problem.hint)
    return [{"line_id": line_id, **read[0].values}]


async def _sent(request: Request) -> Mapping[str, Any]:
    """Read the JSON that our script sends.

    Raises: UnusableField (WEB-422) for anything else.
    """
    try:
        sent = await request.json()
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise _shapeless("lines")
    return sent


def _lines(sent: Mapping[str, Any]) -> Typed:
    lines = sent.get("lines", [])
    is_list = isinstance(lines, list) and len(lines) <= MOST_LINES
    if not is_list or not all(isinstance(one, dict) for one in lines):
        raise _shapeless("lines")
    if not all(isinstance(text, str) for one in lines for text in one.values()):
        raise _shapeless("lines")
    return list(lines)


def _is_row(row: object) -> bool:
    return isinstance(row, list) and all(isinstance(cell, str) for cell in row)


def _texts(sent: Mapping[str, Any], name: str) -> list[str]:
    texts = sent.get(name, [])
    if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
        raise _shapeless(name)
    return texts


def _version(sent: Mapping[str, Any]) -> int:
    number = sent.get("row_version")
    if not isinstance(number, int) or isinstance(number, bool):
        raise _shapeless("row_version")
    return number


def _shapeless(name: str) -> Exception:
    return unusable_field(
        name, lv="nosūtītais nav saprotams", en="what was sent cannot be understood"
    )
