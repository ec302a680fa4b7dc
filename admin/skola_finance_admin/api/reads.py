"""Looking at something: `GET /api/v1/queries/{name}`, and friendlier addresses for the same."""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from skola_finance import Order
from skola_finance.queries import READS
from skola_finance_admin.api.access import FOR_PEOPLE, holder_of, is_for_people
from skola_finance_admin.api.answers import as_json, document, encoded
from skola_finance_admin.api.bodies import body_of, fault, faults_of, wrong_shape
from skola_finance_admin.api.commands import version_header
from skola_finance_admin.api.endpoint import no_address, no_method
from skola_finance_admin.api.exports import NDJSON, begun, export, wanted_export
from skola_finance_admin.api.inputs import Inputs, NotOffered, inputs_of
from skola_finance_admin.api.paging import inputs_of_next
from skola_finance_admin.api.problem_documents import language_of
from skola_finance_admin.edge import edge_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

    from skola_finance_admin.edge import Edge

NOBODYS = "it is not asked in anybody's name"
LARGEST_PAGE = 1_000
_PAGE_SIZES = frozenset({"limit", "page"})
LANGUAGE = "language"
"""An input that `Accept-Language` tells where it is left out."""
BIGGEST = 2**63
"""Numbers of 64 bits are what both databases hold."""


@dataclass(frozen=True, slots=True)
class Read:
    """A read of the library that programs may ask for.

    Attributes:
        name: as the library calls it.
        function: asked with a store and an order.
        inputs: what else it is asked with.
    """

    name: str
    function: Callable[..., Any]
    inputs: Inputs

    @property
    def required(self) -> frozenset[str]:
        """What cannot be left out; the language can."""
        return self.inputs.required - {LANGUAGE}

    @property
    def method(self) -> str:
        """How it is asked: what an address cannot hold comes in a body."""
        return "GET" if self.inputs.fits_an_address else "POST"


def every_read() -> tuple[Mapping[str, Read], Mapping[str, str]]:
    """Find every read; gives those that programs cannot ask too, each with why."""
    offered, left_out = {}, {}
    for name, function in READS.items():
        if inspect.isclass(function):
            continue
        if is_for_people(function):
            left_out[name] = FOR_PEOPLE
            continue
        given = list(inspect.signature(function).parameters)[:2]
        if given != ["store", "order"]:
            left_out[name] = NOBODYS
            continue
        try:
            offered[name] = Read(
                name, function, inputs_of(name, function, after=2, optional=frozenset({LANGUAGE}))
            )
        except NotOffered as reason:
            left_out[name] = str(reason)
    return offered, left_out


async def give(request: Request) -> Response:
    """Answer a read under its own name."""
    read: Read | None = request.app.state.reads.get(request.path_params["name"])
    if read is None:
        raise no_address()
    if request.method not in {read.method, "HEAD"}:
        raise no_method(read.method)
    return await answer_read(request, read)


async def answer_read(
    request: Request, read: Read, *, named: Mapping[str, str] | None = None
) -> Response:
    """Answer a read.

    `named` are inputs that stand in the path of the address.

    Raises: ApiRefused; SkolaError where the library refuses it.
    """
    holder = await holder_of(request)
    holder.require()
    edge = edge_of(request)
    order = Order(holder.actor, uuid.uuid4().hex, edge.clock())
    given = await _given(request, read, dict(named or {}))
    try:
        arguments = await run_in_threadpool(read.inputs.read, given)
    except ValidationError as error:
        raise wrong_shape(faults_of(error)) from None
    check_askable(arguments)
    answer = await run_in_threadpool(_page, read, edge, order, arguments)
    kind = wanted_export(request) or (NDJSON if isinstance(answer, Iterator) else "")
    if kind:
        ask = partial(_page, read, edge, order)
        return export(kind, answer, ask, arguments, read.inputs.defaults)
    return _told(request, read, answer, given)


def _page(read: Read, edge: Edge, order: Order, arguments: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any answer
    return begun(read.function(edge.store, order, **arguments))


async def _given(request: Request, read: Read, named: dict[str, str]) -> dict[str, Any]:
    """Read what is asked: from the address, and where that cannot hold it from the body."""
    texts: dict[str, list[str]] = {}
    for name, text in request.query_params.multi_items():
        texts.setdefault(name, []).append(text)
    both = sorted(set(texts) & set(named))
    if both:
        twice = fault(f"/{both[0]}", lv="ir jau adresē", en="it stands in the address already")
        raise wrong_shape([twice])
    texts |= {name: [text] for name, text in named.items()}
    given = read.inputs.of_texts(texts)
    if LANGUAGE in read.inputs.kinds:
        given.setdefault(LANGUAGE, language_of(request.scope).value)
    if read.method == "POST":
        given = {**(await body_of(request, read.inputs)), **given}
    return given


def check_askable(arguments: Mapping[str, Any]) -> None:
    """Refuse what a database would choke on; commands are checked by the library itself.

    Raises: ApiRefused WEB-422.
    """
    for name, value in arguments.items():
        if name in _PAGE_SIZES and not 0 < value <= LARGEST_PAGE:
            raise wrong_shape(
                [
                    fault(
                        f"/{name}",
                        lv=f"lapā ir no 1 līdz {LARGEST_PAGE} rindām",
                        en=f"a page has 1 to {LARGEST_PAGE} rows",
                    )
                ]
            )
        for each in value if isinstance(value, list | tuple) else (value,):
            if isinstance(each, str) and not _is_storable(each):
                raise wrong_shape(
                    [fault(f"/{name}", lv="tajā ir nederīgas zīmes", en="it has what is no text")]
                )
            if isinstance(each, int) and not -BIGGEST <= each < BIGGEST:
                raise wrong_shape(
                    [fault(f"/{name}", lv="skaitlis ir par lielu", en="the number is too large")]
                )


def _is_storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def _told(
    request: Request,
    read: Read,
    answer: Any,  # noqa: ANN401 - any answer
    given: Mapping[str, Any],
) -> Response:
    """Write an answer: a file as it is, all else as JSON with the way to the next page."""
    content = getattr(answer, "content", answer)
    if isinstance(content, bytes):
        return file_answer(answer, content)
    found = document(answer)
    headers = version_header(found)
    more = inputs_of_next(answer, read.inputs.defaults)
    if more:
        path = request.path_params
        kept = {name: each for name, each in {**given, **more}.items() if name not in path}
        address = f"{request.url.path}?{urlencode(_texts(kept))}"
        found["next"] = address
        headers["link"] = f'<{address}>; rel="next"'
    return Response(encoded(found), media_type="application/json", headers=headers)


def _texts(arguments: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write inputs as an address holds them."""
    found = []
    for name, value in arguments.items():
        values: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
        for each in values:
            plain = as_json(each)
            if plain is not None:
                found.append((name, str(plain).lower() if isinstance(plain, bool) else str(plain)))
    return found


def file_answer(answer: object, content: bytes) -> Response:
    """Hand over a file under its name, never to be opened in place."""
    name = quote(str(getattr(answer, "name", "") or getattr(answer, "file_name", "") or "file"))
    return Response(
        content,
        media_type=str(getattr(answer, "media_type", "") or "application/octet-stream"),
        headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"},
    )
