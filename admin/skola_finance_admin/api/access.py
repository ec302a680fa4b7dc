"""Who is behind a request of a program: the owner of the token that it shows, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from skola_finance import Actor, SkolaError, Text
from skola_finance_admin.api.problem_documents import ApiRefused, refusal
from skola_finance_admin.edge import Edge, edge_of

if TYPE_CHECKING:
    from starlette.requests import Request

Opener = Callable[[Edge, str, bool], Actor]
"""Gives who a token belongs to: (edge, token, whether it is to change something)."""


async def actor_of(request: Request, *, changes: bool) -> Actor:
    """Give the owner of the token of a request.

    A cookie is never looked at, so that no page of another site can act for a person.

    Raises: ApiRefused WEB-401; what the library says of the token.
    """
    edge = edge_of(request)
    opener: Opener = request.app.state.opener
    try:
        return await run_in_threadpool(opener, edge, token_of(request), changes)
    except SkolaError as error:
        if error.problem.code == "AUT-604":
            raise ApiRefused(error.problem, headers=_CHALLENGE_WRONG) from None
        raise


def token_of(request: Request) -> str:
    """Give the token of a request: `Authorization: Bearer …`.

    Raises: ApiRefused WEB-401.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    raise refusal(
        "WEB-401",
        message=Text(
            lv="Pieprasījumā nav piekļuves marķiera.", en="The request has no access token."
        ),
        hint=Text(
            lv="Izveidojiet marķieri sava konta lapā un sūtiet to galvenē „Authorization: Bearer”.",
            en="Make a token on the page of your account and send it in the header "
            "“Authorization: Bearer”.",
        ),
        headers=_CHALLENGE,
    )


_CHALLENGE = {"www-authenticate": 'Bearer realm="skola-finance"'}
_CHALLENGE_WRONG = {
    "www-authenticate": 'Bearer realm="skola-finance", error="invalid_token"',
}


def open_nothing(edge: Edge, token: str, changes: bool) -> Actor:  # noqa: ARG001, FBT001 - an opener
    """Open nothing to nobody: tokens are not kept yet.

    Raises: ApiRefused WEB-401.
    """
    raise refusal(
        "WEB-401",
        message=Text(lv="Piekļuves marķieris neder.", en="The access token opens nothing."),
        hint=Text(lv="Izveidojiet jaunu marķieri.", en="Make another token."),
        headers=_CHALLENGE_WRONG,
    )
