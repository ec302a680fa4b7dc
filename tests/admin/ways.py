"""The ways to do one thing: the library, the API, and the forms of the pages; each over a store."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from skola_finance_admin.api.answers import as_json
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config
from skola_finance_admin.pages.money.page import plain_amount

from skola_finance.commands import COMMANDS
from skola_finance.problems import SkolaError
from skola_finance.queries.claims import findings_of
from skola_finance.signing_in import asks_for_a_code, demo_code
from skola_finance.usecases.order import Order
from tests.admin.people import Browser
from tests.admin.programs import Programs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skola_finance import Store

_CODE = re.compile(r'data-demo-code="(\d+)"')


class Way(Protocol):
    """A way to do something: gives the code of the refusal, empty where it went well."""

    store: Store

    def do(self, login: str, command: str, inputs: Mapping[str, Any]) -> str:
        """Do it."""


class ByLibrary:
    """Commands called from Python."""

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self.store = store

    def order(self, login: str) -> Order:
        """Make an order of somebody, now."""
        return Order(Programs(self.store).actor(login), uuid.uuid4().hex, datetime.now(UTC))

    def do(self, login: str, command: str, inputs: Mapping[str, Any]) -> str:
        """Call it."""
        try:
            COMMANDS[command](self.store, self.order(login), **inputs)
        except SkolaError as refused:
            return refused.problem.code
        return ""


class ByApi:
    """Commands sent by a program."""

    def __init__(self, programs: Programs) -> None:
        """Take the programs."""
        self.store, self._programs = programs.store, programs

    def do(self, login: str, command: str, inputs: Mapping[str, Any]) -> str:
        """Send it."""
        headers = {}
        if asks_for_a_code(command):
            code = demo_code(self.store, login=login, at=datetime.now(UTC))
            headers = {"Second-Factor": code}
        answer = self._programs(login).do(command, headers=headers, **as_json(dict(inputs)))
        return "" if answer.status_code == 200 else str(answer.json()["code"])


class ByPages(ByLibrary):
    """Forms sent by people."""

    def __init__(self, browser: Browser, store: Store) -> None:
        """Take the browser, and the store behind it."""
        super().__init__(store)
        self._browser = browser

    def do(self, login: str, command: str, inputs: Mapping[str, Any]) -> str:
        """Fill in the form and send it."""
        person = self._browser(login)
        address, fields = FORMS[command](inputs)
        if command == "submit_claim":
            kinds = findings_of(self.store, self.order(login), claim=inputs["claim"])
            fields["confirmed"] = [kind.code for kind in kinds]
        if asks_for_a_code(command):
            page = person.get(f"/admin{address}".removesuffix("/approve"))
            shown = _CODE.search(page.text)
            fields["code"] = shown[1] if shown else ""
        sent = {"command_id": uuid.uuid4().hex, **fields}
        answer = person.send(f"/admin{address}", **sent)
        told = answer.json()
        assert set(told) & {"goto", "problem"}, answer.text
        return str(told["problem"]["code"]) if "problem" in told else ""


Form = tuple[str, dict[str, Any]]


def _texts(inputs: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in inputs.items()
        if name in names
    }


def _create(inputs: Mapping[str, Any]) -> Form:
    names = ("programme", "claim_no", "kind", "period_from", "period_to")
    return "/claims/new", _texts(inputs, *names)


def _upload(inputs: Mapping[str, Any]) -> Form:
    files = {"workbook": (inputs["file_name"], inputs["content"])}
    fields = _texts(inputs, "row_version")
    return f"/claims/{inputs['claim']}/upload", {"do": "import", "files": files, **fields}


def _submit(inputs: Mapping[str, Any]) -> Form:
    return f"/claims/{inputs['claim']}/submit", _texts(inputs, "row_version", "expected_cents")


def _start(inputs: Mapping[str, Any]) -> Form:
    return f"/review/{inputs['claim']}/start", {}


def _cut(inputs: Mapping[str, Any]) -> Form:
    fields = _texts(inputs, "row_version", "reason", "rule_code")
    cut = {"kind": "cut", "line": inputs["line_id"], "limit": plain_amount(inputs["limit_cents"])}
    return f"/review/{inputs['claim']}/lines", {**fields, **cut}


def _recommend(inputs: Mapping[str, Any]) -> Form:
    fields = _texts(inputs, "row_version")
    return f"/review/{inputs['claim']}/recommend", {"knows_open": "1", **fields}


def _approve(inputs: Mapping[str, Any]) -> Form:
    fields = _texts(inputs, "row_version", "expected_cents")
    return f"/approvals/{inputs['claim']}/approve", fields


def _order(inputs: Mapping[str, Any]) -> Form:
    return f"/orders/claims/{inputs['claim']}/order", _texts(inputs, "batch")


def _paid(inputs: Mapping[str, Any]) -> Form:
    return f"/orders/{inputs['order']}/mark_paid", _texts(inputs, "executed_on", "statement")


FORMS: Mapping[str, Callable[[Mapping[str, Any]], Form]] = {
    "create_claim": _create,
    "import_workbook": _upload,
    "submit_claim": _submit,
    "start_review": _start,
    "cut_line": _cut,
    "recommend_claim": _recommend,
    "approve_claim_payment": _approve,
    "order_claim_payment": _order,
    "mark_paid": _paid,
}
"""The forms of the scenario: where each is sent, and what stands in it."""


def browser_of(store: Store) -> Browser:
    """Give the browsers of people over a store."""
    return Browser(create_app(store, Config(is_demo=True)))
