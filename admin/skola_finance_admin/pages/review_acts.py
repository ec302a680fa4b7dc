"""What a review does: taking up, sampling, deciding about lines, asking, and ending it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance import Text
from skola_finance.commands import (
    accept_answer,
    ask_about_lines,
    assign_reviewer,
    decide_law,
    decide_lines,
    draw_sample,
    endorse_review,
    fill_checklist,
    recommend_claim,
    reject_claim,
    resume_review,
    return_claim,
    start_review,
)
from skola_finance.queries.review import review_page
from skola_finance_admin.i18n import amount, ngettext
from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.pages.queue import QUEUE_ROLES, SAMPLE_SIZE
from skola_finance_admin.web.forms import Form, unusable_field, unusable_form
from skola_finance_admin.web.page import Page, ask, do, done, form_of, route

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance.commands import UseCase
    from skola_finance.queries.review import ReviewPage
    from skola_finance_admin.web.forms import UnusableField


class ReviewActs(Page):
    """The forms of a review; each carries the version of the claim that was read."""

    path = "/review"
    roles = QUEUE_ROLES

    @route("/{key}/start", methods=("POST",))
    async def start(self, request: Request) -> Response:
        """Take the claim up."""
        form = await form_of(request)
        key = request.path_params["key"]
        await do(request, form, start_review, claim=key, sample_size=SAMPLE_SIZE)
        return done(
            request,
            f"/review/{key}",
            _("The claim %(key)s is yours to review, and its sample is drawn.") % {"key": key},
        )

    @route("/{key}/assign", methods=("POST",))
    async def assign(self, request: Request) -> Response:
        """Give the claim to a reviewer."""
        form = await form_of(request)
        reviewer = form.text("reviewer")
        return await _did(
            request,
            form,
            assign_reviewer,
            _("Given to %(name)s.") % {"name": reviewer},
            reviewer=reviewer,
        )

    @route("/{key}/sample", methods=("POST",))
    async def sample(self, request: Request) -> Response:
        """Draw the sample."""
        form = await form_of(request)
        return await _did(
            request,
            form,
            draw_sample,
            _("The sample was drawn."),
            size=form.whole("size"),
            seed=form.text("seed"),
            **_read(form),
        )

    @route("/{key}/checklist", methods=("POST",))
    async def checklist(self, request: Request) -> Response:
        """Keep the answers to the checklist that differ from those kept before."""
        form = await form_of(request)
        answers = []
        for item in form.texts("item"):
            answer = form.text(f"answer-{item}", default="")
            note = form.text(f"note-{item}", default="")
            before = (form.text(f"was-{item}", default=""), form.text(f"noted-{item}", default=""))
            if answer and (answer, note) != before:
                answers.append({"item": item, "answer": answer, "note": note})
        return await _did(
            request,
            form,
            fill_checklist,
            ngettext("%(number)s answer kept.", "%(number)s answers kept.", len(answers)),
            answers=answers,
            **_read(form),
        )

    @route("/{key}/lines", methods=("POST",))
    async def lines(self, request: Request) -> Response:
        """Decide the same about every chosen line: accept, cut, park, or ask about each."""
        form = await form_of(request)
        chosen = form.texts("line")
        if not chosen:
            raise unusable_field("line", lv="nav izvēlēta neviena rinda", en="no line was chosen")
        kind = form.text("kind")
        if kind == "ask":
            return await _asked(request, form, chosen)
        more: dict[str, Any] = {}
        if kind == "cut":
            more = {"limit_cents": form.cents("limit"), "rule_code": form.text("rule_code")}
        reason = form.text("reason", default=_("Accepted as claimed.") if kind == "keep" else None)
        answer = await do(
            request,
            form,
            decide_lines,
            claim=request.path_params["key"],
            line_ids=chosen,
            kind=kind,
            reason=reason,
            **more,
            **_read(form),
        )
        told = ngettext("%(number)s line decided", "%(number)s lines decided", len(chosen))
        now = _("eligible now: %(sum)s") % {"sum": amount(answer["eligible_cents"])}
        said = [told, now]
        covered = answer.facts.get("covered_cents", 0)
        if covered:
            quota = _("the freed quota of %(sum)s now covers other lines of the claim")
            said.append(quota % {"sum": amount(covered)})
        return done(request, _back(request, form), " · ".join(said))

    @route("/{key}/law", methods=("POST",))
    async def law(self, request: Request) -> Response:
        """Decide which version of the law holds for a line."""
        form = await form_of(request)
        line_id, _sep, rule = form.text("disputed").partition("|")
        return await _did(
            request,
            form,
            decide_law,
            _("It is decided which version of the law holds."),
            line_id=line_id,
            rule_code=rule,
            spares=form.text("holds") == "spares",
            reason=form.text("reason"),
            **_read(form),
        )

    @route("/{key}/ask", methods=("POST",))
    async def ask_about_claim(self, request: Request) -> Response:
        """Ask about the claim as a whole."""
        form = await form_of(request)
        return await _asked(request, form, ("",))

    @route("/{key}/questions/{number}/accept", methods=("POST",))
    async def accept(self, request: Request) -> Response:
        """Be content with an answer."""
        form = await form_of(request)
        number = request.path_params["number"]
        await do(request, form, accept_answer, clarification=_number(number))
        return done(request, f"/review/{request.path_params['key']}", _("The answer is accepted."))

    @route("/{key}/resume", methods=("POST",))
    async def resume(self, request: Request) -> Response:
        """Go on without an answer; the clock runs again."""
        form = await form_of(request)
        return await _did(
            request,
            form,
            resume_review,
            _("The review goes on; the clock runs again."),
            reason=form.text("reason"),
            **_read(form),
        )

    @route("/{key}/recommend", methods=("POST",))
    async def recommend(self, request: Request) -> Response:
        """Hand the claim to the approver; what is left open is left so knowingly.

        Raises: UnusableField (WEB-422) where something is open and the box is not ticked.
        """
        form = await form_of(request)
        page = await ask(request, review_page, claim=request.path_params["key"])
        if page.is_unfinished and not form.is_ticked("knows_open"):
            raise _left_open(page)
        return await _ended(
            request,
            form,
            recommend_claim,
            _("%(key)s was passed on for approval."),
            note=form.text("letter", default=""),
        )

    @route("/{key}/return", methods=("POST",))
    async def give_back(self, request: Request) -> Response:
        """Return the claim to its partner with the letter."""
        form = await form_of(request)
        return await _ended(
            request,
            form,
            return_claim,
            _("%(key)s was returned to the partner."),
            reason=form.text("letter"),
        )

    @route("/{key}/reject", methods=("POST",))
    async def reject(self, request: Request) -> Response:
        """Refuse the claim as a whole."""
        form = await form_of(request)
        return await _ended(
            request, form, reject_claim, _("%(key)s was rejected."), reason=form.text("letter")
        )

    @route("/{key}/endorse", methods=("POST",))
    async def endorse(self, request: Request) -> Response:
        """Confirm the review as its second reviewer."""
        form = await form_of(request)
        return await _did(
            request,
            form,
            endorse_review,
            _("The second review is confirmed."),
            note=form.text("note", default=""),
            **_read(form),
        )


def _read(form: Form) -> dict[str, int]:
    """Give the version of the claim that the person read."""
    return {"row_version": form.whole("row_version")}


def _left_open(page: ReviewPage) -> UnusableField:
    return unusable_form(
        "knows_open",
        Text(
            lv="Pārbaude nav pabeigta: neatbildēti kontrollapas jautājumi – "
            f"{page.unanswered}, nepieņemtas partnera atbildes – {page.unaccepted}.",
            en="The review is not complete: items of the checklist without an answer – "
            f"{page.unanswered}, answers of the partner not accepted – {page.unaccepted}.",
        ),
        hint=Text(
            lv="Pabeidziet to vai atzīmējiet pie pogas, ka zināt, kas palicis atvērts.",
            en="Complete it, or tick beside the button that you know what is left open.",
        ),
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < _LONGEST else 0


_LONGEST = 12


def _back(request: Request, form: Form) -> str:
    """Lead back to the claim, and to those of its lines that were looked at."""
    shown = form.text("show", default="")
    key = request.path_params["key"]
    return f"/review/{key}" + (
        f"?show={shown}" if shown in {"sample", "decided", "mend", "check"} else ""
    )


async def _did(
    request: Request, form: Form, command: UseCase[Any], told: str, **inputs: object
) -> Response:
    key = request.path_params["key"]
    await do(request, form, command, claim=key, **inputs)
    return done(request, _back(request, form), told)


async def _ended(
    request: Request, form: Form, command: UseCase[Any], told: str, **inputs: object
) -> Response:
    """Carry out what ends a review, and go on to the queue."""
    key = request.path_params["key"]
    await do(request, form, command, claim=key, **inputs, **_read(form))
    return done(request, "/queue", told % {"key": key})


async def _asked(request: Request, form: Form, chosen: tuple[str, ...]) -> Response:
    """Ask the same about each chosen line, in one transaction."""
    key = request.path_params["key"]
    await do(
        request,
        form,
        ask_about_lines,
        claim=key,
        question=form.text("reason"),
        answer_by=form.day("answer_by"),
        line_ids=chosen,
        **_read(form),
    )
    told = ngettext(
        "%(number)s question asked; the clock stands.",
        "%(number)s questions asked; the clock stands.",
        len(chosen),
    )
    return done(request, _back(request, form), told)
