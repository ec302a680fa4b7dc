"""The API as an application of its own, mounted beside the admin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from skola_finance_admin.api.commands import command_inputs, do
from skola_finance_admin.api.describing import index, openapi, page
from skola_finance_admin.api.endpoint import endpoint, http_problem
from skola_finance_admin.api.openapi import openapi_document
from skola_finance_admin.api.reads import every_read, give
from skola_finance_admin.api.resources import RESOURCES, resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from skola_finance_admin.api.inputs import Inputs
    from skola_finance_admin.api.reads import Read
    from skola_finance_admin.api.schemas import Schema

VERSION = "/v1"
RELEASE = "1.0"
"""Of the API: the first number is that of its address; names and codes are only ever added."""


def make_api() -> Starlette:
    """Make the API."""
    offer = _offer()
    api = Starlette(
        routes=[
            *_routes(offer.addresses),
            Route(f"{VERSION}/commands/{{name}}", endpoint(do), methods=["POST"]),
            Route(f"{VERSION}/queries/{{name}}", endpoint(give), methods=["GET", "POST"]),
            Route(f"{VERSION}/openapi.json", endpoint(openapi), methods=["GET"]),
            Route(f"{VERSION}/docs", endpoint(page), methods=["GET"]),
            Route(VERSION, endpoint(index), methods=["GET"]),
        ],
        exception_handlers={HTTPException: _refused},
    )
    # An address with a stroke too many is none; nobody is led elsewhere with a token in hand.
    api.router.redirect_slashes = False
    api.state.commands, api.state.commands_left_out = offer.commands, offer.commands_left_out
    api.state.reads, api.state.reads_left_out = offer.reads, offer.reads_left_out
    api.state.described = offer.described
    return api


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the API offers, whoever's store it stands before."""

    commands: Mapping[str, Inputs]
    commands_left_out: Mapping[str, str]
    reads: Mapping[str, Read]
    reads_left_out: Mapping[str, str]
    addresses: Mapping[str, Read]
    described: Schema


@cache
def _offer() -> _Offer:
    """Read the signatures of every command and read, once: they stay as they were written."""
    reads, reads_left_out = every_read()
    commands, commands_left_out = command_inputs()
    addresses = {address: reads[name] for address, name in RESOURCES.items() if name in reads}
    described = openapi_document(commands, reads, addresses, RELEASE)
    return _Offer(commands, commands_left_out, reads, reads_left_out, addresses, described)


def _routes(addresses: Mapping[str, Read]) -> list[Route]:
    """Give the friendly addresses, fixed ones before those with a place holder."""
    ordered = sorted(addresses.items(), key=lambda each: each[0].count("{"))
    return [
        Route(f"{VERSION}{address}", endpoint(resource(read)), methods=["GET"])
        for address, read in ordered
    ]


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for no other
    return http_problem(request, error)
