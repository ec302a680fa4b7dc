"""Programs at the API, without a network: each with the token of somebody."""

from __future__ import annotations

import uuid
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config
from starlette.testclient import TestClient

from skola_finance.queries.accounts import scopes_for
from skola_finance.signing_in import make_token
from skola_finance.usecases.order import Order
from skola_finance.workflow import Actor, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from httpx2 import Response

    from skola_finance import Store

API = "/api/v1"


class Program:
    """A program that acts for somebody."""

    def __init__(self, client: TestClient, token: str) -> None:
        """Take the client and its token."""
        self.client, self.token = client, token

    def headers(self, **more: str) -> dict[str, str]:
        """Give the headers of a request."""
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.token}", **named}

    def get(self, address: str, accept: str = "application/json", **asked: Any) -> Response:  # noqa: ANN401 - any
        """Read something below `/api/v1`."""
        headers = self.headers(Accept=accept)
        return self.client.get(f"{API}{address}", params=asked or None, headers=headers)

    def post(self, address: str, body: Any) -> Response:  # noqa: ANN401 - any JSON
        """Read something that an address cannot ask for."""
        return self.client.post(f"{API}{address}", headers=self.headers(), json=body)

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
    """Programs of several people over one store."""

    def __init__(self, store: Store, config: Config | None = None) -> None:
        """Take the store, and how the server is set up."""
        super().__init__()
        self.store, self.config = store, config or Config()
        self._programs: dict[tuple[str, ...], Program] = {}

    def __enter__(self) -> Self:
        """Begin; the clients close at the end."""
        super().__enter__()
        self.client = self.enter_context(TestClient(create_app(self.store, self.config)))
        return self

    def __call__(self, login: str, scopes: Sequence[str] = ()) -> Program:
        """Give somebody's program, with a token for all that the person may, or for less."""
        known = self._programs.get((login, *scopes))
        if known is None:
            order = Order(self.actor(login), uuid.uuid4().hex, datetime.now(UTC))
            every = [scope.name for scope in scopes_for(self.store, order)]
            last = order.on + timedelta(days=30)
            token = make_token(
                self.store, order, name="tests", scopes=scopes or every, expires_on=last
            )
            known = self._programs[login, *scopes] = Program(self.client, token)
        return known

    def actor(self, login: str) -> Actor:
        """Give a person of the store."""
        with self.store.reading() as repositories:
            row = repositories.records.user(login)
        assert row is not None
        return Actor(row.login, Role(row.role), row.partner_reg_no)
