"""The journal: searched, read entry by entry, and proven; and who opened what must be accounted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import JSONResponse

from skola_finance import Problem, Role, Severity, SkolaError, Text
from skola_finance.queries.journal import (
    find_in_access_log,
    find_in_journal,
    journal_entry,
    prove_chain,
)
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import lazy
from skola_finance_admin.web.forms import day_of
from skola_finance_admin.web.page import Page, ask, done, form_of, route
from skola_finance_admin.web.signed_in import order_of, who

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance_admin.web.jobs import Job

KIND = "chain"
LONGEST = 200
HIGHEST = 2**62
STEPS = {
    "journal": lazy("The two chains, link by link"),
    "rows": lazy("Every row against its seal"),
    "entries": lazy("Every entry of the ledger against the journal"),
    "balances": lazy("Every balance against the sum of its postings"),
    "invariants": lazy("The invariants of the ledger"),
    "verdicts": lazy("Every verdict, judged anew"),
}
"""What is looked at, in this order."""
COUNTED = {
    "journal": lazy("Entries of the journal"),
    "access": lazy("Entries of the access log"),
    "rows": lazy("Rows"),
    "entries": lazy("Entries of the ledger"),
    "cells": lazy("Balances"),
    "verdicts": lazy("Verdicts"),
    "rulebooks": lazy("Rulebooks"),
    "settings": lazy("Sets of settings"),
    "erased": lazy("of them with erased learners"),
}
AMOUNTS = {
    "advance": lazy("proposed advance"),
    "advance_ordered": lazy("ordered advance"),
    "advance_paid": lazy("paid advance"),
    "allocated": lazy("allocated for the project"),
    "allocation": lazy("allocation taken over"),
    "amount": lazy("amount"),
    "approved": lazy("approved"),
    "approved_sum": lazy("approved sum of the project"),
    "asked": lazy("asked for"),
    "claimed": lazy("claimed"),
    "cleared": lazy("cleared by advances"),
    "eligible": lazy("eligible"),
    "final_sum": lazy("final sum of the project"),
    "given_back": lazy("given back to the allocation"),
    "in_doubt": lazy("in doubt"),
    "ineligible": lazy("ineligible"),
    "ordered": lazy("ordered to be paid"),
    "paid": lazy("paid"),
    "recommended": lazy("recommended"),
    "recoverable": lazy("to be recovered"),
    "repaid": lazy("repaid"),
    "reported": lazy("cost of the project"),
    "returned": lazy("returned by the bank"),
    "revived": lazy("made eligible again"),
    "set_off": lazy("set off"),
    "taken_back": lazy("order taken back"),
    "unfunded": lazy("above the quota"),
    "withdrawn": lazy("approval withdrawn"),
    "written_off": lazy("written off"),
}
"""What an entry of the journal says of money, by the names that stand in it."""
ABOUT = {
    "agreement": lazy("agreement, entry %(key)s"),
    "amendment": lazy("amendment no. %(key)s"),
    "objection": lazy("objection no. %(key)s"),
    "partner": lazy("partner %(key)s"),
    "plan": lazy("plan, entry %(key)s"),
    "programme": lazy("programme %(key)s"),
    "setting": lazy("setting, entry %(key)s"),
    "spot_check": lazy("on-the-spot check no. %(key)s"),
    "sub_project": lazy("project %(key)s"),
    "user": lazy("user %(key)s"),
}
"""What an entry is about, by the word before the key of the thing."""


def about(subject: str) -> str:
    """Say what an entry is about as people read it; what has no kind of its own, as it is."""
    kind, slash, key = subject.partition("/")
    known = ABOUT.get(kind) if slash else None
    return str(known) % {"key": key} if known is not None else subject


class NoSuchCheck(SkolaError):
    """WEB-404: a check that is not known here any more."""


class JournalPages(Page):
    """Open to whoever may read the journal."""

    path = "/journal"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.PROGRAMME_MANAGER, Role.AUDITOR})

    @route("")
    async def index(self, request: Request) -> Response:
        """List entries, all or those that are looked for."""
        asked = _asked(request)
        found = await ask(request, find_in_journal, **_inputs(asked))
        return self.show(request, "journal/index.html", found=found, asked=asked, **_MONEY)

    @route("/access")
    async def access(self, request: Request) -> Response:
        """List who opened risk grounds and evidence, and why."""
        asked = _asked(request)
        found = await ask(request, find_in_access_log, **_inputs(asked))
        return self.show(request, "journal/access.html", found=found, asked=asked, about=about)

    @route("/{number}")
    async def entry(self, request: Request) -> Response:
        """Show one entry."""
        number = _number(request.path_params["number"])
        shown = await ask(request, journal_entry, number=number)
        return self.show(request, "journal/entry.html", shown=shown, **_MONEY)

    @route("/check")
    async def check(self, request: Request) -> Response:
        """Show the page from which the chain is checked, and the checks made here before."""
        jobs = edge_of(request).jobs.of(who(request).id, kind=KIND)
        return self.show(request, "journal/check.html", job=jobs[0] if jobs else None, **_WORDS)

    @route("/check", methods=("POST",))
    async def begin(self, request: Request) -> Response:
        """Begin to check the chain in the background."""
        await form_of(request)
        edge, order = edge_of(request), order_of(request)
        job = edge.jobs.begin(
            KIND, who(request).id, lambda tell: prove_chain(edge.store, order, progress=tell)
        )
        return done(request, f"/journal/check/{job.id}")

    @route("/check/{job}")
    async def checked(self, request: Request) -> Response:
        """Show how far a check is, or what came of it; to our script only how far it is."""
        job = _job(request)
        if "x-skola-fetch" in request.headers:
            return JSONResponse({"over": job.is_over, "step": str(STEPS.get(job.step, ""))})
        return self.show(request, "journal/check.html", job=job, **_WORDS)

    @route("/check/{job}/cancel", methods=("POST",))
    async def cancel(self, request: Request) -> Response:
        """End a check at its next step."""
        job = _job(request)
        edge_of(request).jobs.cancel(job)
        return done(request, f"/journal/check/{job.id}", _("It ends at its next step."))


_WORDS: dict[str, Any] = {"steps": STEPS, "counted": COUNTED}
_MONEY: dict[str, Any] = {"amount_names": AMOUNTS, "about": about}


def _job(request: Request) -> Job:
    jobs, owner = edge_of(request).jobs, who(request).id
    job = jobs.find(request.path_params["job"], kind=KIND, owner=owner)
    if job is None:
        raise NoSuchCheck(NOT_HERE)
    return job


def _asked(request: Request) -> dict[str, str]:
    names = ("text", "actor", "command", "since", "until", "before")
    return {name: request.query_params.get(name, "").strip()[:LONGEST] for name in names}


def _inputs(asked: dict[str, str]) -> dict[str, Any]:
    return {
        **{name: asked[name] for name in ("text", "actor", "command")},
        **{name: day_of(name, asked[name]) if asked[name] else None for name in ("since", "until")},
        "before": _number(asked["before"]),
    }


def _number(text: str) -> int:
    """Give the number of an entry; what is none stands for an entry that is not there."""
    return min(int(text), HIGHEST) if text.isdecimal() and text.isascii() else 0


NOT_HERE = Problem(
    code="WEB-404",
    severity=Severity.ERROR,
    message=Text(lv="Šīs pārbaudes te vairs nav.", en="This check is not here any more."),
    hint=Text(
        lv="Sāciet jaunu: pārbaudi var veikt, cik bieži vajag.",
        en="Begin a new one: the chain can be checked as often as needed.",
    ),
)
