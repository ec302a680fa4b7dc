"""Whole lists as files: one JSON object a line, or CSV, written page by page as they are read.

Whatever the length of the list, one page of it is in memory at a time. A page is a consistent view;
what is added while the export runs may or may not be in it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from starlette.responses import Response, StreamingResponse

from skola_finance import Text
from skola_finance_admin.api.answers import as_json, encoded
from skola_finance_admin.api.paging import inputs_of_next, rows_of
from skola_finance_admin.api.problem_documents import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

NDJSON = "application/x-ndjson"
CSV = "text/csv"
CHUNK = 500
"""Rows that are written at once, where the library gives them one by one."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def wanted_export(request: Request) -> str:
    """Give the kind of file that a request accepts; empty for JSON."""
    accepted = request.headers.get("accept", "").lower()
    return next((kind for kind in (NDJSON, CSV) if kind in accepted), "")


def export(
    kind: str,
    first: Any,  # noqa: ANN401 - any answer
    ask: Callable[[Mapping[str, Any]], Any],
    asked: Mapping[str, Any],
    defaults: Mapping[str, Any],
) -> Response:
    """Write a list as a file, from its first page on.

    Args:
        kind: NDJSON or CSV.
        first: the page that was read already.
        ask: reads another page.
        asked: the inputs of the first one.
        defaults: what the inputs are where they are left out.

    Raises: ApiRefused WEB-406 for an answer that is no list.
    """
    pages = _chunks(first) if isinstance(first, Iterator) else _pages(first, ask, asked, defaults)
    if not isinstance(first, Iterator) and rows_of(first) is None:
        raise refusal(
            "WEB-406",
            message=Text(
                lv=f"Šo atbildi nevar dot kā {kind}: tā nav saraksts.",
                en=f"This answer cannot be given as {kind}: it is no list.",
            ),
            hint=Text(lv="Prasiet application/json.", en="Ask for application/json."),
        )
    write = _csv if kind == CSV else _ndjson
    extension = "csv" if kind == CSV else "ndjson"
    return StreamingResponse(
        write(pages),
        media_type=f"{kind}; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="export.{extension}"'},
    )


def begun(answer: Any) -> Any:  # noqa: ANN401 - any answer
    """Ask an answer that comes row by row for its first one, so that a refusal is told as one."""
    if not isinstance(answer, Iterator):
        return answer
    return chain(list(islice(answer, 1)), answer)


def _chunks(rows: Iterator[Any]) -> Iterator[Sequence[Any]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _pages(
    answer: Any,  # noqa: ANN401 - any answer
    ask: Callable[[Mapping[str, Any]], Any],
    asked: Mapping[str, Any],
    defaults: Mapping[str, Any],
) -> Iterator[Sequence[Any]]:
    while True:
        rows = rows_of(answer) or ()
        yield rows
        more = inputs_of_next(answer, defaults)
        if not more or not rows:
            return
        answer = ask({**asked, **more})


def _ndjson(pages: Iterator[Sequence[Any]]) -> Iterator[bytes]:
    for page in pages:
        yield b"".join(encoded(as_json(row)) + b"\n" for row in page)


def _csv(pages: Iterator[Sequence[Any]]) -> Iterator[bytes]:
    columns: list[str] = []
    for page in pages:
        text = io.StringIO()
        writer = csv.writer(text)
        for row in page:
            cells = _flat(as_json(row))
            if not columns:
                columns = list(cells)
                writer.writerow(columns)
            writer.writerow(_cell(cells.get(name)) for name in columns)
        yield text.getvalue().encode("utf-8", "replace")


def _flat(row: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Give a row with one cell a column: texts unfold, lists of words are joined."""
    if not isinstance(row, dict):
        return {"value": row}
    cells: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict) and set(value) == {"lv", "en"}:
            cells |= {f"{name}_{language}": each for language, each in value.items()}
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            cells[name] = "; ".join(value)
        elif isinstance(value, dict | list):
            cells[name] = json.dumps(value, ensure_ascii=False)
        else:
            cells[name] = value
    return cells


def _cell(value: Any) -> str:  # noqa: ANN401 - a plain value
    """Write a cell; a text that a spreadsheet would take for a formula gets an apostrophe.

    >>> [_cell(each) for each in (-1320, "=1+1", None, True)]
    ['-1320', "'=1+1", '', 'true']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)
