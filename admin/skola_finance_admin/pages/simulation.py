"""The simulator: other rules or settings over everything ever filed; nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from skola_finance import Problem, Role, Severity, SkolaError, Text
from skola_finance.queries.rules import (
    TriedSetting,
    ask_simulation,
    simulate_changes,
    simulation_form,
)
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import count, language, lazy
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.web.jobs import JobState
from skola_finance_admin.web.page import Page, ask, done, form_of, programme_of, route
from skola_finance_admin.web.signed_in import order_of, who

if TYPE_CHECKING:
    from starlette.requests import Request

    from skola_finance.queries.rules import SimulationShown
    from skola_finance_admin.web.forms import Form
    from skola_finance_admin.web.jobs import Job

KIND = "simulation"
ROWS = 3
LINES_A_PAGE = 200
STEPS = {
    "read": lazy("Claims are being read"),
    "before": lazy("Lines are being judged by the rules in force"),
    "after": lazy("Lines are being judged by the changed rules"),
    "compare": lazy("The two verdicts are being compared"),
}
FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class NoSuchSimulation(SkolaError):
    """WEB-404: a simulation that is not known here any more."""


class SimulationPages(Page):
    """Open to whoever may simulate."""

    path = "/simulation"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PROGRAMME_MANAGER, Role.AUDITOR})

    @route("")
    async def index(self, request: Request) -> Response:
        """Show what may be changed, and the simulations begun lately."""
        form = await ask(request, simulation_form, programme=programme_of(request))
        jobs = edge_of(request).jobs.of(who(request).id, kind=KIND)
        return self.show(request, "simulation/index.html", form=form, rows=ROWS, jobs=jobs)

    @route("", methods=("POST",))
    async def begin(self, request: Request) -> Response:
        """Check what is asked, and begin it in the background."""
        form = await form_of(request)
        files = await form.files("rules")
        asked = await ask(
            request,
            ask_simulation,
            programme=form.text("programme"),
            partner=form.text("partner", default=""),
            semester=form.text("semester", default=""),
            archive=files[0][1] if files else None,
            settings=_typed(form),
        )
        edge, order = edge_of(request), order_of(request)
        job = edge.jobs.begin(
            KIND,
            who(request).id,
            lambda tell: simulate_changes(edge.store, order, asked=asked, progress=tell),
            settings=asked.told,
            has_rules=asked.rulebook is not None,
        )
        return done(request, f"/simulation/{job.id}")

    @route("/{job}")
    async def shown(self, request: Request) -> Response:
        """Show how far a simulation is, or what would change; to our script how far it is."""
        job = _job(request)
        step = _step(job)
        if "x-skola-fetch" in request.headers:
            return JSONResponse({"over": job.is_over, "step": step})
        return self.show(request, "simulation/shown.html", job=job, step=step, most=LINES_A_PAGE)

    @route("/{job}/cancel", methods=("POST",))
    async def cancel(self, request: Request) -> Response:
        """End a simulation at its next step."""
        job = _job(request)
        edge_of(request).jobs.cancel(job)
        return done(request, f"/simulation/{job.id}", _("It ends at its next step."))

    @route("/{job}/simulation.{kind}")
    async def file(self, request: Request) -> Response:
        """Send what would change as a workbook, or its lines as CSV."""
        job, kind = _job(request), request.path_params["kind"]
        if kind not in FILES or job.state is not JobState.DONE:
            raise NoSuchSimulation(NOT_HERE)
        result: SimulationShown = job.result
        write = result.as_xlsx if kind == "xlsx" else result.as_csv
        content = await run_in_threadpool(write, language())
        name = f'attachment; filename="simulation.{kind}"'
        return Response(content, media_type=FILES[kind], headers={"content-disposition": name})


def _typed(form: Form) -> list[TriedSetting]:
    """Give the settings that somebody filled in; a row without a value is left out."""
    found = []
    for row in range(ROWS):
        key = form.text(f"key_{row}", default="")
        value = form.text(f"value_{row}", default="")
        if key and value:
            one = TriedSetting(key, value)
            starts, ends = (form.optional_day(f"{edge}_{row}") for edge in ("from", "to"))
            found.append(replace(one, starts=starts, ends=ends))
    return found


def _job(request: Request) -> Job:
    jobs, owner = edge_of(request).jobs, who(request).id
    job = jobs.find(request.path_params["job"], kind=KIND, owner=owner)
    if job is None:
        raise NoSuchSimulation(NOT_HERE)
    return job


def _step(job: Job) -> str:
    if job.state is JobState.WAITING:
        return _("Waiting for its turn")
    told = str(STEPS.get(job.step, STEPS["read"]))
    return f"{told}: {count(job.count)}" if job.step == "read" and job.count else told


NOT_HERE = Problem(
    code="WEB-404",
    severity=Severity.ERROR,
    message=Text(lv="Šīs simulācijas te vairs nav.", en="This simulation is not here any more."),
    hint=Text(
        lv="Rezultātu glabā divas stundas; sāciet jaunu simulāciju.",
        en="A result is kept for two hours; begin a new simulation.",
    ),
)
