"""Who is behind a request of a program: the owner of the token that it shows, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from skola_finance import SkolaError, Text
from skola_finance.signing_in import actor_of_token, confirm_second_factor
from skola_finance_admin.api.problem_documents import ApiRefused, refusal
from skola_finance_admin.edge import edge_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from skola_finance import Order
    from skola_finance.queries.accounts import TokenHolder

FOR_PEOPLE = "passwords, second factors, sessions and tokens are for people"
NOT_TAKEN = "AUT-615"
CODE_HEADER = "second-factor"


def is_for_people(function: object) -> bool:
    """Say whether something of the library is about getting in, which no token may touch."""
    return not {"access", "demo"}.isdisjoint(str(getattr(function, "__module__", "")).split("."))


async def holder_of(request: Request) -> TokenHolder:
    """Give the person for whom a program acts, and what its token allows.

    A cookie is never looked at, so that no page of another site can act for a person. A token has
    256 bits, so that nobody needs to count the tries.

    Raises: ApiRefused WEB-401 (none), AUT-615 (not valid).
    """
    edge = edge_of(request)
    try:
        return await run_in_threadpool(
            actor_of_token, edge.store, token=token_of(request), at=edge.clock()
        )
    except SkolaError as error:
        if error.problem.code == NOT_TAKEN:
            raise ApiRefused(error.problem, headers=_CHALLENGE_WRONG) from None
        raise


async def confirm(request: Request, order: Order) -> None:
    """Ask for the code of the second factor, as the pages do before the same command.

    Raises: ApiRefused AUT-618 where none was sent; SkolaError AUT-609 to AUT-611.
    """
    code = request.headers.get(CODE_HEADER, "").strip()
    if not code:
        raise refusal(
            "AUT-618",
            message=Text(
                lv="Šai darbībai vajag otrā faktora kodu.",
                en="This command needs the code of the second factor.",
            ),
            hint=Text(
                lv="Lūdziet kodu marķiera īpašniekam un sūtiet to galvenē „Second-Factor”.",
                en="Ask the owner of the token for the code and send it in the header "
                "“Second-Factor”.",
            ),
            subject="Second-Factor",
        )
    store = edge_of(request).store
    await run_in_threadpool(confirm_second_factor, store, order, code=code)


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
