"""What every page of money shares: its words, and what becomes of several commands at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette_admin import flash

from skola_finance import Language, SkolaError, format_amount
from skola_finance_admin.edge import edge_of
from skola_finance_admin.i18n import of_text
from skola_finance_admin.pages.money.words import (
    CASE_TONES,
    CORRECTION_KINDS,
    CORRECTION_METHODS,
    EVENTS,
    ORDER_KINDS,
    ORDER_TONES,
    PROPOSAL_TONES,
    RECOVERY_TONES,
)
from skola_finance_admin.web.forms import Form, local_day
from skola_finance_admin.web.page import Page
from skola_finance_admin.web.signed_in import order_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance import Answer
    from skola_finance.commands import UseCase


class MoneyPage(Page):
    """A page of money."""

    def show(
        self, request: Request, template: str, *, status: int = 200, **context: object
    ) -> Response:
        """Show a template that knows the words of money."""
        words = {
            "CASE_TONES": CASE_TONES,
            "CORRECTION_KINDS": CORRECTION_KINDS,
            "CORRECTION_METHODS": CORRECTION_METHODS,
            "EVENTS": EVENTS,
            "ORDER_KINDS": ORDER_KINDS,
            "ORDER_TONES": ORDER_TONES,
            "PROPOSAL_TONES": PROPOSAL_TONES,
            "RECOVERY_TONES": RECOVERY_TONES,
            "plain_amount": plain_amount,
            "today": today(request),
        }
        return super().show(request, template, status=status, **words, **context)


def today(request: Request) -> date:
    """Give the day in Latvia."""
    return local_day(edge_of(request).clock())


async def do_each(
    request: Request, form: Form, each: Mapping[str, tuple[UseCase[Any], Mapping[str, Any]]]
) -> dict[str, Answer]:
    """Give a command for each of several things; what is refused is told, the others stand.

    Each has an id of its own under that of the form, so that a double click does nothing twice.

    Returns: the things that went through, each with its answer.
    """
    went: dict[str, Answer] = {}
    for thing, (command, inputs) in each.items():
        order = order_of(request, f"{form.command_id[:40]}.{thing}"[:80])
        try:
            answer = await run_in_threadpool(command, edge_of(request).store, order, **inputs)
        except SkolaError as error:
            told = error.problem
            flash(request, f"{thing}: {of_text(told.message)} ({told.code})", "error")
        else:
            went[thing] = answer
    return went


def page_number(request: Request, name: str = "before") -> int:
    """Give the row where a page ended; what is no number begins at the first page."""
    asked = request.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0  # noqa: PLR2004 - more digits than rows


def whole_of(request: Request, name: str, *, default: int) -> int:
    """Give a small number of the address, or the default where it is none."""
    asked = request.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else default  # noqa: PLR2004 - small


def day_of(request: Request, name: str) -> date | None:
    """Give a day of the address, or None where it is none."""
    try:
        return date.fromisoformat(request.query_params.get(name, ""))
    except ValueError:
        return None


def plain_amount(cents: int) -> str:
    """Write an amount as it stands in a field: `1 234,56`."""
    return format_amount(cents, Language.LV).removesuffix("€").strip()


def line_cents(form: Form) -> dict[str, int]:
    """Read the cents that were typed beside lines; lines left empty are left out.

    Raises: SkolaError WBK-431 or WBK-432 for an unclear amount.
    """
    typed = {line: form.optional_cents(f"cents:{line}") for line in form.texts("line")}
    return {line: cents for line, cents in typed.items() if cents is not None}
