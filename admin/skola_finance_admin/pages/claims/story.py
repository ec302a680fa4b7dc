"""Questions, time line and decision of a claim: three tabs of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.commands import answer_clarification, file_objection
from skola_finance.queries.claims import claim_page, decision_of, history_of, questions_of
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import lazy
from skola_finance_admin.pages.claims.evidence import KINDS, hand_in_files
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

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

QUESTION_STATES = {
    "asked": (lazy("Awaiting an answer"), "amber"),
    "answered": (lazy("Answered"), "blue"),
    "closed": (lazy("Accepted"), "green"),
    "unanswered": (lazy("Not answered"), "red"),
    "withdrawn": (lazy("Withdrawn"), "grey"),
}
OBJECTION_STATES = {
    "filed": (lazy("Filed"), "blue"),
    "upheld": (lazy("Upheld"), "green"),
    "dismissed": (lazy("Dismissed"), "red"),
    "withdrawn": (lazy("Withdrawn"), "grey"),
}
OUTCOMES = {
    "returned": lazy("The claim was returned to be mended."),
    "rejected": lazy("The claim was rejected."),
    "approved": lazy("The claim was approved."),
    "ordered": lazy("The claim was approved and passed on for payment."),
    "paid": lazy("The claim was approved and paid."),
    "settled": lazy("The claim was approved; nothing was left to pay."),
}
AMOUNTS = {
    "claimed": lazy("claimed"),
    "eligible": lazy("eligible"),
    "ineligible": lazy("ineligible"),
    "unfunded": lazy("above the quota"),
    "approved": lazy("approved"),
    "paid": lazy("paid"),
}


class ClaimQuestionsPage(Page):
    """`/claims/SK-00001/questions`."""

    path = "/claims/{key}/questions"
    roles = PARTNER | AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show questions with their answers."""
        key = request.path_params["key"]
        page = await ask(request, claim_page, claim=key)
        return self.show(
            request,
            "claims/questions.html",
            page=page,
            tab="/questions",
            questions=await ask(request, questions_of, claim=key),
            states=QUESTION_STATES,
            kinds=KINDS,
        )

    @route("/{number:int}", methods=("POST",))
    async def answer(self, request: Request) -> Response:
        """Answer one question; the documents it asks for are handed in first."""
        key, number = request.path_params["key"], request.path_params["number"]
        form = await form_of(request)
        answer, files = form.text("answer"), await form.files("files")
        if files:
            line_id = await _asked_about(request, key, number)
            kind = form.text("kind", default="other")
            await hand_in_files(request, form, files, kind=kind, line_id=line_id)
        await do(request, form, answer_clarification, clarification=number, answer=answer)
        return done(request, f"/claims/{key}/questions", _("The answer was sent."))


async def _asked_about(request: Request, key: str, number: int) -> str:
    """Give the line that a question is about, before a file is handed in with its answer.

    Raises: UnusableField (WEB-422) where no such question of the claim is open, so that no file is
        kept for an answer that cannot be.
    """
    questions = await ask(request, questions_of, claim=key)
    found = next((one for one in questions if one.number == number), None)
    if found is None or not found.is_open:
        raise unusable_field(
            "clarification",
            lv="šajā pārskatā nav tāda neatbildēta jautājuma; datnes nav pievienotas",
            en="no such question of this claim is open; no file was kept",
        )
    return found.line_id


class ClaimHistoryPage(Page):
    """`/claims/SK-00001/history`."""

    path = "/claims/{key}/history"
    roles = PARTNER | AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show the time line."""
        key = request.path_params["key"]
        page = await ask(request, claim_page, claim=key)
        return self.show(
            request,
            "claims/history.html",
            page=page,
            tab="/history",
            steps=await ask(request, history_of, claim=key),
            amounts=AMOUNTS,
        )


class ClaimDecisionPage(Page):
    """`/claims/SK-00001/decision`."""

    path = "/claims/{key}/decision"
    roles = PARTNER | AGENCY

    @route("")
    async def index(self, request: Request) -> Response:
        """Show what was decided."""
        key = request.path_params["key"]
        page = await ask(request, claim_page, claim=key)
        return self.show(
            request,
            "claims/decision.html",
            page=page,
            tab="/decision",
            decision=await ask(request, decision_of, claim=key),
            outcomes=OUTCOMES,
            states=OBJECTION_STATES,
        )

    @route("/objection", methods=("POST",))
    async def object_to(self, request: Request) -> Response:
        """Object to the decision."""
        key, form = request.path_params["key"], await form_of(request)
        await do(
            request,
            form,
            file_objection,
            machine="claim",
            thing=key,
            reasons=form.text("reasons"),
        )
        return done(request, f"/claims/{key}/decision", _("The objection was filed."))
