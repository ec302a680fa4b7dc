"""The work queue: what waits for the person who is signed in, the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.responses import RedirectResponse

from skola_finance import Role, SkolaError
from skola_finance.commands import start_review
from skola_finance.queries.review import next_claim, work_queue
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import lazy
from skola_finance_admin.pages.review_words import RISKS
from skola_finance_admin.web.page import (
    BASE,
    Page,
    ask,
    do,
    done,
    form_of,
    programme_of,
    route,
    who,
)

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

ORDERS = (
    ("urgency", lazy("The most urgent first")),
    ("amount", lazy("The largest first")),
    ("risk", lazy("The riskiest first")),
)
REVIEWERS = (
    ("", lazy("Everybody's")),
    ("mine", lazy("Mine")),
    ("nobody", lazy("Nobody's yet")),
)
FILTERS = ("state", "partner", "reviewer", "text", "by")
SAMPLE_SIZE = 10
"""How many lines are drawn when a review begins; its page draws others, more or fewer."""
TAKEN = 3
"""How often another claim is tried where somebody else was faster."""
QUEUE_ROLES = frozenset(
    {Role.AGENCY_REVIEWER, Role.AGENCY_APPROVER, Role.PROGRAMME_MANAGER, Role.AUDITOR}
)


class Queue(Page):
    """The queue, and the button that takes the next claim."""

    path = "/queue"
    roles = QUEUE_ROLES

    @route("")
    async def index(self, request: Request) -> Response:
        """Show what waits."""
        chosen = {name: request.query_params.get(name, "") for name in FILTERS}
        after = request.query_params.get("after", "")
        queue = await ask(
            request,
            work_queue,
            programme=programme_of(request),
            **{**chosen, "by": chosen["by"] or "urgency"},
            after=after,
        )
        return self.show(
            request,
            "review/queue.html",
            title=_("Work queue"),
            queue=queue,
            chosen=chosen,
            orders=ORDERS,
            reviewers=REVIEWERS,
            RISKS=RISKS,
            is_later=bool(after),
            can_take=who(request).role in {Role.AGENCY_REVIEWER, Role.AGENCY_APPROVER},
            **_addresses(chosen, queue.next_after),
        )

    @route("/next", methods=("POST",))
    async def take_next(self, request: Request) -> Response:
        """Take up the most urgent claim; where another person was faster, the one after it."""
        form = await form_of(request)
        taken: list[str] = []
        while True:
            key = await ask(
                request, next_claim, programme=programme_of(request), without=tuple(taken)
            )
            if not key:
                return done(request, "/queue", _("Nothing waits for you at the moment."))
            if who(request).role is not Role.AGENCY_REVIEWER:
                return done(request, f"/approvals/{key}")
            try:
                await do(request, form, start_review, claim=key, sample_size=SAMPLE_SIZE)
            except SkolaError:
                taken.append(key)
                if len(taken) == TAKEN:
                    raise
                continue
            return done(
                request,
                f"/review/{key}",
                _("The claim %(key)s is yours to review, and its sample is drawn.") % {"key": key},
            )

    @route("/next")
    async def to_the_queue(self, request: Request) -> Response:
        """Lead a reload of the address back to the queue."""
        return RedirectResponse(f"{BASE}/queue")


def _addresses(chosen: dict[str, str], next_after: str) -> dict[str, Any]:
    """Give the addresses of the pages and of the chips of states, with the filters kept."""
    kept = {name: value for name, value in chosen.items() if value}

    def address(**changed: str) -> str:
        wanted = {name: value for name, value in {**kept, **changed}.items() if value}
        return f"{BASE}/queue" + (f"?{urlencode(wanted)}" if wanted else "")

    return {
        "address_of": address,
        "next_address": address(after=next_after) if next_after else "",
        "first_address": address(),
    }
