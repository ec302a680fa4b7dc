"""Help: how a claim is filed, what the states mean, the keys, whom to ask, and the words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from skola_finance_admin.i18n import lazy as _
from skola_finance_admin.web.page import PARTNER, Page, route, who

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

STEPS: tuple[tuple[str, str], ...] = (
    (
        _("Begin a claim"),
        _(
            "Choose “Begin a new claim”, its period and kind, and take the prepared workbook; or "
            "begin with the lines of the last claim, or type the lines on the screen."
        ),
    ),
    (
        _("Fill in the lines and read them in"),
        _(
            "Sessions, documents and projects have a sheet each. Upload the workbook: every row is "
            "judged at once, and the rows to mend stand first, each with what to do."
        ),
    ),
    (
        _("Mend"),
        _(
            "Mend on the screen or in the workbook; a workbook that is read again shows what "
            "changed. What you type is saved as you go."
        ),
    ),
    (
        _("Add the evidence"),
        _(
            "Drop files on the claim, or name where a document is kept. The list says what is "
            "still missing. Documents that name learners stay with you."
        ),
    ),
    (
        _("File it"),
        _(
            "Confirm lines, amounts and each warning. From then on the agency's clock runs; you "
            "see each step on the time line, and questions stand on your home page."
        ),
    ),
)
STATES: Mapping[str, str] = {
    "draft": _("You are preparing it; it is not filed, and nothing is promised yet."),
    "submitted": _("It is filed and waits for a reviewer; you can still withdraw it."),
    "in_review": _("A reviewer looks at lines, evidence and a sample."),
    "clarification": _("The agency asks you something. The clock stands until you answer."),
    "returned": _("It came back with a letter: mend it and file it again as a new version."),
    "recommended": _("The review is done; a second person decides."),
    "approved": _("It is decided. What advances cover and debts take is off; the rest is paid."),
    "ordered": _("The payment is with the bank."),
    "paid": _("The bank has paid."),
    "settled": _("There was nothing left to pay: an advance covered it, or a debt took it."),
    "rejected": _("Nothing of it is paid. You may object within the term of the decision."),
    "withdrawn": _("You took it back; its lines can be claimed again."),
}
"""What each state of a claim means to the partner."""
KEYS: tuple[tuple[str, str], ...] = (
    ("/", _("Go to the search field of the page")),
    ("Tab · Shift+Tab", _("Next and previous field or link")),
    ("↑ ↓ ← → · Home · End", _("Move in the table of lines")),
    ("Enter · F2", _("Mend the cell; Enter again keeps what you typed")),
    ("Esc", _("Leave the cell as it was, or close the panel")),
    ("?", _("Why a line was judged as it was")),
    ("Ctrl+V", _("Paste a block that was copied in Excel")),
)
WORDS: tuple[tuple[str, str], ...] = (
    (
        _("expenditure claim"),
        _("The partner's report of what it spent, filed to the agency after a semester."),
    ),
    (_("claimed amount"), _("What the partner asks for.")),
    (_("eligible amount"), _("What of it the rules allow.")),
    (_("ineligible amount"), _("What a rule takes away; it says which rule, and how much.")),
    (
        _("unfunded"),
        _(
            "Allowed by the rules, above the allocation or quota; it keeps its place and may "
            "revive."
        ),
    ),
    (_("allocation"), _("The most that a partner may have approved, by its agreement.")),
    (_("quota"), _("The part of the allocation for one kind of action.")),
    (
        _("own money out"),
        _("What the municipality has spent in filed claims and was not paid yet."),
    ),
    (_("advance"), _("Paid before costs are approved; claims cover it, the rest is paid back.")),
    (_("set-off"), _("A debt that is taken from the next payment.")),
    (_("recovery"), _("Money that has to come back, by a notice with a day, or in instalments.")),
    (_("correction"), _("An approved amount that is lowered later, by an entry of its own.")),
    (_("irregularity"), _("A breach that costs the budget; the project's total shrinks by it.")),
    (
        _("unit cost"),
        _(
            "A fixed amount for an hour or a session; no invoices are asked for, only the plan "
            "and the journal."
        ),
    ),
    (
        _("individual plan"),
        _(
            "The support agreed for one learner, known by a pseudonym; claims are checked "
            "against it."
        ),
    ),
    (_("parked line"), _("Left out of this decision; it can be claimed again.")),
    (_("rulebook"), _("The law as dated, cited rules; each verdict names the rule and version.")),
    (_("setting"), _("A value that the law leaves to the programme, with its source and days.")),
    (_("working day"), _("Monday to Friday without public holidays and moved days.")),
    (
        _("reconciliation statement"),
        _("Balances at the end of a day, confirmed by partner and agency."),
    ),
)


class Help(Page):
    """One page of help for everybody."""

    path = "/help"

    @route("")
    async def index(self, request: Request) -> Response:
        """Show it."""
        return self.show(
            request,
            "help/index.html",
            steps=STEPS,
            states=STATES,
            keys=KEYS,
            words=sorted(WORDS, key=lambda pair: _by_letter(str(pair[0]))),
            is_partner=who(request).role in PARTNER,
        )


def _by_letter(word: str) -> tuple[str, str]:
    """Order words as a dictionary does: a letter with a mark stands beside the one without."""
    return unicodedata.normalize("NFD", word.casefold()).encode("ascii", "ignore").decode(), word
