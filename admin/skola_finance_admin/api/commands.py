"""Doing something: `POST /api/v1/commands/{name}`, once, however often it is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from skola_finance import Order, SkolaError, Text
from skola_finance.commands import COMMANDS
from skola_finance.signing_in import asks_for_a_code
from skola_finance_admin.api.access import FOR_PEOPLE, confirm, holder_of, is_for_people
from skola_finance_admin.api.answers import document, encoded
from skola_finance_admin.api.bodies import (
    body_of,
    fault,
    faults_of,
    unreadable,
    wrong_shape,
)
from skola_finance_admin.api.endpoint import no_address
from skola_finance_admin.api.inputs import Inputs, NotOffered, inputs_of
from skola_finance_admin.api.problem_documents import problem_answer, refusal
from skola_finance_admin.edge import edge_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

VERSION = "row_version"
"""What a command asks for that depends on what the program has read; `If-Match` says it too."""
STALE = "WFL-517"
_ETAG = re.compile(r'"?([0-9]{1,18})"?')


def command_inputs() -> tuple[Mapping[str, Inputs], Mapping[str, str]]:
    """Make the inputs of every command; gives those that JSON cannot ask too, each with why."""
    offered, left_out = {}, {}
    for name, command in COMMANDS.items():
        if is_for_people(command.body):
            left_out[name] = FOR_PEOPLE
            continue
        try:
            offered[name] = inputs_of(name, command.body, after=1, optional=frozenset({VERSION}))
        except NotOffered as reason:
            left_out[name] = str(reason)
    return offered, left_out


async def do(request: Request) -> Response:
    """Carry out one command.

    Raises: ApiRefused; SkolaError where the library refuses it.
    """
    name = request.path_params["name"]
    inputs: Inputs | None = request.app.state.commands.get(name)
    if inputs is None:
        raise no_address()
    holder = await holder_of(request)
    edge = edge_of(request)
    order = Order(holder.actor, command_id_of(request), edge.clock())
    if holder.actor.role not in COMMANDS[name].roles:
        # The library says so itself, before it looks at anything that was sent.
        await run_in_threadpool(COMMANDS[name], edge.store, order)
    holder.require(name)
    given = await body_of(request, inputs)
    matched = _matched(request, inputs, given)
    try:
        arguments = await run_in_threadpool(inputs.read, given)
    except ValidationError as error:
        raise wrong_shape(faults_of(error)) from None
    if asks_for_a_code(name):
        await confirm(request, order)
    try:
        answer = await run_in_threadpool(COMMANDS[name], edge.store, order, **arguments)
    except SkolaError as error:
        if matched and error.problem.code == STALE:
            return problem_answer(request.scope, error.problem, status=412)
        raise
    return Response(
        encoded(document(answer)),
        media_type="application/json",
        headers=version_header(answer.facts),
    )


def command_id_of(request: Request) -> str:
    """Give the id under which a command is wanted once: the header `Idempotency-Key`.

    Raises: ApiRefused WEB-400 where it is missing.
    """
    key = request.headers.get("idempotency-key", "").strip()
    # The draft of the header writes a string of structured fields, with quotation marks.
    key = key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key
    if not key:
        raise refusal(
            "WEB-400",
            message=Text(
                lv="Trūkst galvenes „Idempotency-Key”.",
                en="The header “Idempotency-Key” is missing.",
            ),
            hint=Text(
                lv="Izdomājiet numuru (piemēram, UUID) katrai darbībai, ko vēlaties vienreiz; "
                "sūtot vēlreiz, atkārtojiet to pašu.",
                en="Make an id (a UUID, say) for each thing that you want once; send the same one "
                "when you send it again.",
            ),
            subject="Idempotency-Key",
        )
    return key


def version_header(told: Mapping[str, Any]) -> dict[str, str]:
    """Give the header that names a version: the answer's own, or of the head of its page."""
    inner = (each for each in told.values() if isinstance(each, dict))
    version = next((each[VERSION] for each in (told, *inner) if VERSION in each), None)
    return {"etag": f'"{version}"'} if isinstance(version, int) else {}


def _matched(request: Request, inputs: Inputs, given: dict[str, Any]) -> bool:
    """Take the version from `If-Match` where it is told there; says whether it was.

    Raises: ApiRefused WEB-400 (no version that can be read, or a command without), WEB-422 (two
        versions), WEB-428 (none, where one is needed).
    """
    header = request.headers.get("if-match", "").strip()
    if not header:
        if VERSION in inputs.required and VERSION not in given:
            raise _version_needed()
        return False
    found = _ETAG.fullmatch(header)
    if found is None or VERSION not in inputs.kinds:
        raise unreadable(
            lv=f"galvene „If-Match: {header[:40]}” te neder",
            en=f"the header “If-Match: {header[:40]}” does not fit here",
            subject="If-Match",
        )
    if given.setdefault(VERSION, int(found[1])) != int(found[1]):
        other = fault(
            f"/{VERSION}", lv="galvenē If-Match ir cita", en="the header If-Match has another one"
        )
        raise wrong_shape([other])
    return True


def _version_needed() -> SkolaError:
    return refusal(
        "WEB-428",
        message=Text(
            lv="Darbībai vajag versiju, ko esat lasījis.",
            en="The command needs the version that you have read.",
        ),
        hint=Text(
            lv="Lasiet to ar GET un sūtiet tā ETag galvenē If-Match vai vērtībā row_version.",
            en="Read it with GET and send its ETag in the header If-Match, or in row_version.",
        ),
        subject=VERSION,
    )
