"""People at the pages, without a browser: signed in, with the token that forms carry."""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

from starlette.testclient import TestClient

from skola_finance.usecases.demo.accounts import DEMO_PASSWORD

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx2 import Response

_TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
_CODE = re.compile(r'data-demo-code="(\d+)"')


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

    def _sign_in(self, login: str, language: str) -> Person:
        client = self.enter_context(TestClient(self._app, follow_redirects=True))
        page = client.get("/admin/login")
        found = _TOKEN.search(page.text)
        assert found
        answer = client.post(
            "/admin/login",
            data={"login": login, "password": DEMO_PASSWORD},
            headers={"X-CSRFToken": found[1]},
        )
        assert answer.status_code == 200, answer.text
        if shown := _CODE.search(answer.text):
            fresh = _TOKEN.search(answer.text)
            assert fresh
            fields = {"code": shown[1]}
            answer = client.post(answer.url, data=fields, headers={"X-CSRFToken": fresh[1]})
        assert answer.status_code == 200, answer.text
        assert not answer.url.path.startswith("/admin/login")
        return Person(client, language)
