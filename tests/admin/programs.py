"""Programs at the API, without a network: each with the token of somebody."""

from __future__ import annotations

import uuid
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

from starlette.testclient import TestClient

from skola_finance.workflow import Actor, Role

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx2 import Response
    from skola_finance_admin.edge import Edge

    from skola_finance.storage.tables import UserRow

API = "/api/v1"


def open_by_login(edge: Edge, token: str, changes: bool) -> Actor:  # noqa: ARG001, FBT001 - an opener
    """Let a token be the login itself."""
    with edge.store.reading() as repositories:
        row: UserRow | None = repositories.records.user(token)
    assert row is not None
    return Actor(row.login, Role(row.role), row.partner_reg_no)


class Program:
    """A program that acts for somebody."""

    def __init__(self, client: TestClient, login: str) -> None:
        """Take the client and whose token it has."""
        self.client, self.login = client, login

    def headers(self, **more: str) -> dict[str, str]:
        """Give the headers of a request."""
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.login}", **named}

    def get(self, address: str, accept: str = "application/json", **asked: Any) -> Response:  # noqa: ANN401 - any
        """Read something below `/api/v1`."""
        headers = self.headers(Accept=accept)
        return self.client.get(f"{API}{address}", params=asked or None, headers=headers)

    def do(
        self,
        command: str,
        *,
        key: str = "",
        files: Any = None,  # noqa: ANN401 - httpx's own
        headers: dict[str, str] | None = None,
        **given: Any,  # noqa: ANN401 - whatever commands take
    ) -> Response:
        """Carry out a command."""
        sent = self.headers(Idempotency_Key=key or uuid.uuid4().hex) | (headers or {})
        body = {"data": given, "files": files} if files else {"json": given}
        return self.client.post(f"{API}/commands/{command}", headers=sent, **body)

    def send(self, command: str, content: bytes, **headers: str) -> Response:
        """Send a body as it is."""
        sent = self.headers(Idempotency_Key=uuid.uuid4().hex, Content_Type="application/json")
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"{API}/commands/{command}", content=content, headers=sent)


class Programs(ExitStack):
    """Programs of several people over one application."""

    def __init__(self, app: FastAPI) -> None:
        """Take the application."""
        super().__init__()
        self._app = app

    def __enter__(self) -> Self:
        """Begin; the clients close at the end."""
        super().__enter__()
        self.client = self.enter_context(TestClient(self._app))
        return self

    def __call__(self, login: str) -> Program:
        """Give somebody's program."""
        return Program(self.client, login)
