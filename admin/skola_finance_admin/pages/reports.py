"""Reports: shown, printed, taken along; and what stands behind any figure of theirs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.responses import Response, StreamingResponse

from skola_finance.queries.programme import rests_on
from skola_finance.queries.reports import report_of, report_titles, unfold_figure
from skola_finance_admin.i18n import day, language, of_text
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.money.words import EVENTS
from skola_finance_admin.pages.programme_words import QUOTAS
from skola_finance_admin.web.page import AGENCY, Page, ask, programme_of, route
from skola_finance_admin.web.table_file import BYTE_MARK, csv_line, euros, iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request

    from skola_finance.queries.reports import Report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BEHIND = ("partner", "account", "semester", "quota", "claim")
MOST_LINES, MOST_OF_ONE = 150, 1_000
"""Lines that a page unfolds: of many claims together, and where it is about one of them."""


class Reports(Page):
    """The reports of the programme."""

    path = "/reports"
    roles = AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show which reports there are."""
        return self.show(
            request, "programme/reports.html", reports=await ask(request, report_titles)
        )

    @route("/behind")
    async def behind(self, request: Request) -> Response:
        """Unfold a figure to entries, documents, claims, lines and rules."""
        asked = {name: request.query_params.get(name) or None for name in BEHIND}
        programme = programme_of(request)
        most = MOST_OF_ONE if asked["claim"] else MOST_LINES
        found = await ask(request, unfold_figure, programme=programme, most_lines=most, **asked)
        return self.show(
            request,
            "programme/behind.html",
            found=found,
            asked=asked,
            narrowed=urlencode({"programme": programme} | {k: v for k, v in asked.items() if v}),
            events=EVENTS,
            quota_names=QUOTAS,
            rests_on=await ask(request, rests_on, programme=programme),
        )

    @route("/{report}")
    async def page(self, request: Request) -> Response:
        """Show one report."""
        report = await _report(request)
        return self.show(
            request,
            "programme/report.html",
            report=report,
            asked=_asked(request),
            query=urlencode({**request.query_params, "programme": report.programme}),
            events=EVENTS,
            address=address_of,
        )

    @route("/{report}/file.csv")
    async def as_csv(self, request: Request) -> Response:
        """Send the main table of a report; its lines are written while they are sent."""
        report = await _report(request)
        names = {code: str(name) for code, name in EVENTS.items()}
        # Said now: once the answer is under way, the language of the request is forgotten.
        said = language()
        heads = [column.name.in_(said) for column in report.main.columns]

        def lines() -> Iterator[bytes]:
            yield BYTE_MARK
            yield csv_line(heads)
            for row in report.main.rows:
                kinds = (column.kind.value for column in report.main.columns)
                yield csv_line(
                    [_cell(v, k, names, said) for v, k in zip(row.cells, kinds, strict=True)]
                )

        return StreamingResponse(
            iterate_in_threadpool(lines()),
            media_type="text/csv; charset=utf-8",
            headers=_attachment(report, "csv"),
        )

    @route("/{report}/file.xlsx")
    async def as_workbook(self, request: Request) -> Response:
        """Send a report as a workbook, with every table of it."""
        report = await _report(request)
        names = {code: str(name) for code, name in EVENTS.items()}
        notes = [f"{of_text(report.title)} · {report.programme} · {day(report.on)}"]
        if report.illustrative:
            notes.append(_("Some amounts rest on illustrative values that come from no source."))
        content = await run_in_threadpool(
            report.workbook, language(), names=names, notes=tuple(notes)
        )
        return Response(content, media_type=XLSX, headers=_attachment(report, "xlsx"))


def address_of(report: Report, column: Any, keys: Mapping[str, str]) -> str:  # noqa: ANN401 - a column of a table
    """Give where a cell leads, below the admin; nothing where it leads nowhere."""
    match column.leads_to:
        case "partner" if keys.get("partner"):
            return f"/partners/{keys['partner']}"
        case "claim" if keys.get("claim", "")[:3] in {"SK-", "PU-"}:
            return f"/claims/{keys['claim']}"
        case "behind":
            narrowed = {name: keys[name] for name in ("partner", "semester") if keys.get(name)}
            account = {"account": column.account} if column.account else {}
            return "/reports/behind?" + urlencode(
                {"programme": report.programme, **narrowed, **account}
            )
        case _:
            return ""


async def _report(request: Request) -> Report:
    asked = _asked(request)
    return await ask(
        request,
        report_of,
        programme=programme_of(request),
        report=request.path_params["report"],
        partner=asked["partner"] or None,
        since=_day(asked["since"]),
        until=_day(asked["until"]),
        by=asked["by"],
    )


def _asked(request: Request) -> dict[str, str]:
    told = request.query_params
    return {name: told.get(name, "") for name in ("partner", "since", "until", "by")}


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _cell(value: Any, kind: str, names: Mapping[str, str], said: Any) -> str:  # noqa: ANN401 - a cell of any kind
    if value is None:
        return ""
    if isinstance(value, date):
        return iso(value)
    if kind == "money":
        return euros(value)
    return names.get(str(value), str(value)) if isinstance(value, str | int) else value.in_(said)


def _attachment(report: Report, ending: str) -> dict[str, str]:
    name = f"{report.programme}-{report.code.value}-{report.until.isoformat()}.{ending}"
    return {"content-disposition": f'attachment; filename="{name}"'}
