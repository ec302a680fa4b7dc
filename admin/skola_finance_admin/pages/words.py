"""What every template may say: amounts, days, states, severities, and the menu."""

from __future__ import annotations

import hashlib
import uuid
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from skola_finance.queries.claims import Ceiling
from skola_finance_admin import theme
from skola_finance_admin.i18n import (
    amount,
    count,
    day,
    language,
    lazy,
    moment,
    of_text,
    percent,
    semester,
)
from skola_finance_admin.pages.menu import menu_of
from skola_finance_admin.pages.partner_words import hours, month_reached, typed
from skola_finance_admin.web.page import BASE, PROGRAMMES, programme_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

CLAIM_STATES: Mapping[str, tuple[str, str]] = {
    "draft": (lazy("In preparation"), "grey"),
    "submitted": (lazy("Submitted"), "blue"),
    "in_review": (lazy("In review"), "blue"),
    "clarification": (lazy("Awaiting answers"), "amber"),
    "returned": (lazy("Returned to be mended"), "amber"),
    "recommended": (lazy("Passed on for approval"), "blue"),
    "approved": (lazy("Approved"), "green"),
    "ordered": (lazy("Passed on for payment"), "green"),
    "paid": (lazy("Paid"), "green"),
    "settled": (lazy("Settled without payment"), "green"),
    "rejected": (lazy("Rejected"), "red"),
    "withdrawn": (lazy("Withdrawn"), "grey"),
}
"""What a state of a claim is called, and the tone it is shown in."""

SEVERITIES: Mapping[str, tuple[str, str, str]] = {
    "error": (lazy("Error"), "fa-circle-xmark", "red"),
    "warning": (lazy("Warning"), "fa-triangle-exclamation", "amber"),
    "info": (lazy("Information"), "fa-circle-info", "blue"),
}
"""What a severity is called, its icon and its tone; colour never speaks alone."""

CLAIM_KINDS: Mapping[str, str] = {
    "interim": lazy("Interim claim"),
    "final": lazy("Final claim"),
    "correction": lazy("Correction"),
    "nil": lazy("Nil claim"),
}
DECISION_KINDS: Mapping[str, str] = {
    "cut": lazy("Cut"),
    "park": lazy("Parked"),
    "keep": lazy("Restored"),
    "law_applies": lazy("The stricter version of the law holds"),
    "law_spares": lazy("The milder version of the law holds"),
}
"""What a reviewer decided about a line."""

CITATION_STATUS: Mapping[str, str] = {
    "sourced": lazy("read in the source"),
    "inferred": lazy("follows from the source"),
    "unverified": lazy("not verified"),
}
"""How well the source of a value is established."""

PROGRAMME_NAMES: Mapping[str, str] = {
    "skola-kopiena": "Skola – kopienā · 4.2.3.1/1/24/I/001",
    "pumpurs": "PuMPuRS · 8.3.4.0/16/I/001",
}


def _assets_digest() -> str:
    """Digest our own assets, so that no browser keeps those of an older release."""
    digest = hashlib.sha256()
    for file in sorted(files(theme).joinpath("static").iterdir(), key=lambda each: each.name):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def query(**asked: object) -> str:
    """Write what an address asks for, with its question mark; what is empty is left out."""
    told = {name: value for name, value in asked.items() if value not in {None, ""}}
    return f"?{urlencode(told)}" if told else ""


def new_id() -> str:
    """Make an id for what a form will ask for once, however often it is sent."""
    return uuid.uuid4().hex


def static_url(_request: Request, path: str, v: str | None = None) -> str:
    """Give the address of an asset: below ourselves, so that no host has to be looked up.

    The stock function asks every route of the application, seven times a page.
    """
    version = f"?{urlencode({'v': v})}" if v is not None else ""
    return f"{BASE}/static/{quote(path)}{version}"


TEMPLATE_GLOBALS: dict[str, Any] = {
    "BASE": BASE,
    "CLAIM_KINDS": CLAIM_KINDS,
    "CITATION_STATUS": CITATION_STATUS,
    "CLAIM_STATES": CLAIM_STATES,
    "DECISION_KINDS": DECISION_KINDS,
    "LEAVES_UNFUNDED": frozenset(Ceiling),
    "PROGRAMMES": PROGRAMMES,
    "PROGRAMME_NAMES": PROGRAMME_NAMES,
    "SEVERITIES": SEVERITIES,
    "amount": amount,
    "count": count,
    "day": day,
    "hours": hours,
    "language": language,
    "menu_of": menu_of,
    "moment": moment,
    "month_reached": month_reached,
    "new_id": new_id,
    "of_text": of_text,
    "percent": percent,
    "programme_of": programme_of,
    "query": query,
    "semester": semester,
    "static_url": static_url,
    "skola_version": _assets_digest(),
    "typed": typed,
}
