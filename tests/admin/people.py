"""People at the pages, without a browser: signed in, with the token that forms carry."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from skola_finance_admin.web.gate import cookie_name
from starlette.testclient import TestClient

from skola_finance.queries.accounts import Stage
from skola_finance.usecases.access.kept import in_one_step
from skola_finance.usecases.access.sessions import Visitor, _opened
from skola_finance.workflow import Actor, Role

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx2 import Response
    from skola_finance_admin.edge import Edge

    from skola_finance import Store

_TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')


class Person:
    """Somebody who is signed in."""

    def __init__(self, client: TestClient, language: str) -> None:
        """Take the client that is signed in."""
        self.client = client
        client.cookies.set("language", language)

    def get(self, address: str, **options: Any) -> Response:  # noqa: ANN401 - httpx's own
        """Open a page."""
        return self.client.get(address, **options)

    def token(self) -> str:
        """Give the token of a page that is open to everybody."""
        found = _TOKEN.search(self.get("/admin/help").text)
        assert found
        return found[1]

    def send(self, address: str, **fields: Any) -> Response:  # noqa: ANN401 - whatever forms hold
        """Send a form as our script does; `files` are files."""
        files = fields.pop("files", None)
        headers = {"X-Skola-Fetch": "1", "X-CSRFToken": self.token()}
        return self.client.post(address, data=fields, files=files, headers=headers)


class Browser(ExitStack):
    """Browsers of several people over one application."""

    def __init__(self, app: FastAPI) -> None:
        """Take the application."""
        super().__init__()
        self._app = app
        self._people: dict[tuple[str, str], Person] = {}

    def __enter__(self) -> Self:
        """Begin; the browsers close at the end."""
        super().__enter__()
        return self

    def __call__(self, login: str, language: str = "en") -> Person:
        """Give somebody's browser, signed in."""
        if (login, language) not in self._people:
            self._people[login, language] = self._sign_in(login, language)
        return self._people[login, language]

    def wait_for_jobs(self) -> None:
        """Wait until the long work that was begun is over."""
        self._edge.jobs.wait()

    @property
    def _edge(self) -> Edge:
        edges: list[Any] = [one.kwargs["edge"] for one in self._app.user_middleware]
        edge: Edge = edges[0]
        return edge

    def _sign_in(self, login: str, language: str) -> Person:
        client = self.enter_context(TestClient(self._app, follow_redirects=True))
        edge = self._edge
        client.cookies.set(cookie_name(edge.config), open_session(edge.store, login))
        return Person(client, language)


def open_session(store: Store, login: str) -> str:
    """Begin a session as signing in would end; gives its id.

    Signing in takes long on purpose; that its way leads here is proven by tests of its own.
    """
    with store.reading() as repositories:
        row = repositories.records.user(login)
    assert row is not None
    actor = Actor(row.login, Role(row.role), row.partner_reg_no)
    now, nowhere = datetime.now(UTC), Visitor("", "")
    return in_one_step(
        lambda unit: _opened(unit, actor, Stage.IN, now, nowhere).session_id, store=store
    )
