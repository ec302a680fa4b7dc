"""Our list of claims and claim page, asked in the process itself: `… pages_ours FOLDER CLAIM`."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config
from skola_finance_admin.edge import utc_now
from starlette.testclient import TestClient

from benchmarks.clicks import DEEP, timed
from benchmarks.databases import KEY
from skola_finance.queries.claims import ClaimsWanted, claims_page
from skola_finance.storage.database import open_database
from skola_finance.usecases.demo.accounts import DEMO_PASSWORD
from skola_finance.usecases.demo.people import SK, person
from skola_finance.usecases.order import Order
from skola_finance.usecases.store import Store

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
CODE = re.compile(r'data-demo-code="(\d+)"')
LOGIN = "agency_reviewer"
STATES = ("submitted", "in_review", "paid", "approved")


def signed_in(client: TestClient) -> TestClient:
    """Sign in with the demo's password and second factor."""
    for _ in range(2):
        page = client.get("/admin/login")
        token = TOKEN.search(page.text)
        code = CODE.search(page.text)
        if token is None:
            raise AssertionError(page.text)
        fields = {"code": code[1]} if code else {"login": LOGIN, "password": DEMO_PASSWORD}
        page = client.post(str(page.url), data=fields, headers={"X-CSRFToken": token[1]})
        if 'class="person"' in page.text:
            return client
        code = CODE.search(page.text)
        if code is not None:
            token = TOKEN.search(page.text)
            client.post(
                str(page.url),
                data={"code": code[1]},
                headers={"X-CSRFToken": token[1] if token else ""},
            )
            return client
    raise AssertionError(page.text)


def measure(folder: Path, claim: str) -> None:
    """Measure over a filled SQLite store."""
    store = Store(open_database(f"sqlite:///{folder / 'measured.db'}"), KEY, folder / "evidence")
    order = Order(person(LOGIN), "bench-deep", utc_now())
    deep = claims_page(store, order, wanted=ClaimsWanted(programme=SK), limit=DEEP).next_after
    with TestClient(create_app(store, Config(is_demo=True))) as client:
        signed_in(client)

        def open_page(address: str) -> int:
            answer = client.get(address)
            if answer.status_code != 200 or 'class="person"' not in answer.text:
                raise AssertionError(answer.text[:2000])
            return len(answer.content)

        found = {
            "list": timed(lambda _: open_page("/admin/claims")),
            "filter": timed(lambda n: open_page(f"/admin/claims?state={STATES[n % 4]}")),
            "sort": timed(lambda _: open_page("/admin/claims?order=claimed")),
            "deep page": timed(lambda _: open_page(f"/admin/claims?after={deep}")),
            "search": timed(lambda n: open_page(f"/admin/claims?q=B9{n + 10}")),
            "claim page": timed(lambda _: open_page(f"/admin/claims/{claim}")),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    measure(Path(sys.argv[1]), sys.argv[2])
