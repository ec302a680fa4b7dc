"""A page of the admin: who may open it, how it is shown, and what becomes of a refusal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette_admin import CustomView, flash
from starlette_admin.flash import get_flashed_messages
from starlette_admin.routing import route as _route

from skola_finance import Problem, Role, SkolaError
from skola_finance_admin.edge import edge_of
from skola_finance_admin.web.forms import Form, form_of
from skola_finance_admin.web.guard import TooLarge
from skola_finance_admin.web.plain_page import TOO_LARGE
from skola_finance_admin.web.problems import BROKEN, status_of, told
from skola_finance_admin.web.signed_in import order_of, who

if TYPE_CHECKING:
    from starlette.requests import Request

    from skola_finance import Answer
    from skola_finance.commands import UseCase

P = ParamSpec("P")
T = TypeVar("T")
Handler = Callable[[Any, "Request"], Coroutine[Any, Any, Response]]

BASE = "/admin"
EVERYBODY = frozenset(Role)
PARTNER = frozenset({Role.PARTNER_ACCOUNTANT, Role.PARTNER_SIGNATORY, Role.PARTNER_COORDINATOR})
AGENCY = frozenset(
    {
        *(Role.AGENCY_REVIEWER, Role.AGENCY_APPROVER, Role.AGENCY_TREASURER),
        *(Role.PROGRAMME_MANAGER, Role.AUDITOR),
    }
)
_log = logging.getLogger(__name__)


class Page(CustomView):
    """A group of addresses under one path, open to some roles."""

    add_to_menu = False
    roles: ClassVar[frozenset[Role]] = EVERYBODY

    @_route("")
    async def index(self, request: Request) -> Response:
        """Answer the bare path of a group that has no page of its own: there is nothing there."""
        raise HTTPException(404)

    def is_accessible(self, request: Request) -> bool:
        """Say whether who is signed in may open any of it."""
        actor = getattr(request.state, "actor", None)
        return actor is not None and actor.role in self.roles

    def show(
        self, request: Request, template: str, *, status: int = 200, **context: object
    ) -> Response:
        """Show a template; `problem` is a refusal to be told at its head."""
        assert self.templates is not None  # noqa: S101 - the admin sets it when it adds the view
        return self.templates.TemplateResponse(
            request=request,
            name=template,
            context={"flashed_messages": get_flashed_messages(request), **context},
            status_code=status,
        )


def route(path: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[Handler], Handler]:
    """Serve an address of a page; what the library refuses is told, never thrown."""

    def make(handler: Handler) -> Handler:
        @wraps(handler)
        async def served(page: Page, request: Request) -> Response:
            try:
                return await handler(page, request)
            except SkolaError as error:
                return refused(page, request, error.problem)
            except TooLarge:
                return refused(page, request, TOO_LARGE)
            except HTTPException:
                raise
            except Exception:  # noqa: BLE001 - whatever it is, a person is told, and the log holds it
                _log.exception("%s %s", request.method, request.url.path)
                return refused(page, request, BROKEN)
            finally:
                # Files that were sent lie open until the form is closed.
                await request.close()

        # Starlette names routes; two pages may both have an `index`.
        name = f"{handler.__module__.rpartition('.')[2]}.{handler.__qualname__}"
        return _route(path, methods=list(methods), name=name)(served)  # type: ignore[no-any-return]

    return make


def refused(page: Page, request: Request, problem: Problem) -> Response:
    """Tell a refusal: to our script beside the form that was sent, to others as a page."""
    status = status_of(problem)
    if "x-skola-fetch" in request.headers:
        return JSONResponse({"problem": told(problem)}, status_code=status)
    return page.show(request, "problem.html", status=status, problem=problem)


async def ask(request: Request, read: Callable[..., T], *args: object, **inputs: object) -> T:
    """Ask the library something in the name of who is signed in; it works in a thread."""
    return await run_in_threadpool(read, edge_of(request).store, order_of(request), *args, **inputs)


async def do(request: Request, form: Form, command: UseCase[Any], **inputs: object) -> Answer:
    """Carry out a command in the name of who is signed in, under the id that the form has.

    Raises: SkolaError where it is refused; `route` tells it.
    """
    order = order_of(request, form.command_id)
    return await run_in_threadpool(command, edge_of(request).store, order, **inputs)


def done(request: Request, address: str, message: str = "") -> Response:
    """Go on after a command: to an address below the admin, with a word of what was done."""
    if message:
        flash(request, message, "success")
    if "x-skola-fetch" in request.headers:
        return JSONResponse({"goto": f"{BASE}{address}"})
    return RedirectResponse(f"{BASE}{address}", status_code=303)


def number_of(request: Request, name: str) -> int:
    """Give a number that stands in an address; what is none leads to no page.

    Raises: HTTPException 404.
    """
    typed = str(request.path_params[name])
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER):
        raise HTTPException(404)
    return int(typed)


def programme_of(request: Request) -> str:
    """Give the programme that is looked at: named in the address, or chosen before."""
    asked = request.query_params.get("programme") or request.cookies.get("skola_programme")
    return asked if asked in PROGRAMMES else PROGRAMMES[0]


LONGEST_NUMBER = 15
PROGRAMMES = ("skola-kopiena", "pumpurs")
__all__ = [
    "AGENCY",
    "BASE",
    "EVERYBODY",
    "PARTNER",
    "Page",
    "ask",
    "do",
    "done",
    "form_of",
    "number_of",
    "programme_of",
    "refused",
    "route",
    "who",
]
