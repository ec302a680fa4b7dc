"""Every page there is, found by following links as each role, one address for each kind of page."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.routing import Match, Mount, Route

from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fastapi import FastAPI

LOGINS = (
    *("partner_accountant.rezekne", "partner_signatory.rezekne", "partner_coordinator.rezekne"),
    *("agency_reviewer", "agency_approver", "agency_treasurer", "programme_manager"),
    *("auditor", "administrator", "partner_accountant.liepaja", "partner_coordinator.liepaja"),
)
"""Who follows links; the four big partners have claims in every state."""
MOST = 400
"""Pages that one person opens at most."""


_LINK = re.compile(r"<a\s[^>]*?href=\"([^\"]+)\"")


def routes_of(app: Any, prefix: str = "") -> Iterator[tuple[str, Route]]:  # noqa: ANN401 - any ASGI
    """Give every route with the address it is reached under."""
    for route in app.routes:
        if isinstance(route, Mount):
            yield from (
                routes_of(route.app, prefix + route.path) if hasattr(route.app, "routes") else ()
            )
        elif isinstance(route, Route):
            yield prefix + route.path, route


def kind_of(routes: Sequence[tuple[str, Route]], path: str) -> str | None:
    """Give the pattern of the route that answers a path."""
    for pattern, route in routes:
        prefix = pattern[: len(pattern) - len(route.path)]
        if not path.startswith(prefix):
            continue
        scope = {"type": "http", "path": path[len(prefix) :] or "/", "method": "GET"}
        if route.matches(scope)[0] is Match.FULL:
            return pattern
    return None


def pages(app: FastAPI) -> dict[str, tuple[str, str]]:
    """Give for each kind of page who found it and under which address."""
    routes = [(at, one) for at, one in routes_of(app) if "GET" in (one.methods or ())]
    found: dict[str, tuple[str, str]] = {}
    files: set[str] = set()
    with Browser(app) as people:
        for login in LOGINS:
            person = people(login, "en")
            seen, waiting, opened = set(), ["/admin/"], 0
            kinds: dict[str, int] = {}
            while waiting and opened < MOST:
                address = waiting.pop(0)
                kind = kind_of(routes, urlsplit(address).path)
                # Two of a kind: a list is often empty for one and full for the other.
                if kind is None or kinds.get(kind, 0) > 1 or kind in files:
                    continue
                kinds[kind] = kinds.get(kind, 0) + 1
                answer = person.get(address)
                opened += 1
                is_page = answer.headers["content-type"].startswith("text/html")
                assert answer.status_code < 400, f"{login}: {address}: {answer.status_code}"
                if not is_page:
                    files.add(kind)
                    continue
                found.setdefault(kind, (login, address))
                for link in map(unescape, _LINK.findall(answer.text)):
                    if re.match(r"/admin(/|$)", link) and link not in seen:
                        seen.add(link)
                        waiting.append(link.partition("#")[0])
    return found
