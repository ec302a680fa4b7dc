"""What every page and every call of the API has at hand: store, configuration, clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from skola_finance import Store
    from skola_finance_admin.config import Config
    from skola_finance_admin.web.jobs import Jobs


def utc_now() -> datetime:
    """Read the clock; the web edge is one of the two places that do."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Edge:
    """The store behind the pages, how the server is set up, its clock, and its long work."""

    store: Store
    config: Config
    clock: Callable[[], datetime]
    jobs: Jobs


def edge_of(request: Request) -> Edge:
    """Give the edge that serves a request."""
    edge: Edge = request.scope["skola.edge"]
    return edge
