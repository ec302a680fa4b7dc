"""The API as an application of its own, mounted beside the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from skola_finance_admin.api.commands import command_inputs, do
from skola_finance_admin.api.endpoint import endpoint, http_problem
from skola_finance_admin.api.reads import every_read, give

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance_admin.api.access import Opener

VERSION = "/v1"


def make_api(opener: Opener) -> Starlette:
    """Make the API.

    Args:
        opener: gives who a token belongs to.
    """
    api = Starlette(
        routes=[
            Route(f"{VERSION}/commands/{{name}}", endpoint(do), methods=["POST"]),
            Route(f"{VERSION}/queries/{{name}}", endpoint(give), methods=["GET", "POST"]),
        ],
        exception_handlers={HTTPException: _refused},
    )
    # An address with a stroke too many is none; nobody is led elsewhere with a token in hand.
    api.router.redirect_slashes = False
    api.state.opener = opener
    api.state.commands, api.state.commands_left_out = command_inputs()
    api.state.reads, api.state.reads_left_out = every_read()
    return api


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for no other
    return http_problem(request, error)
