"""A partner never learns of another's things: what is foreign answers as what does not exist.

Every address with something named in it is asked for twice by each person of a partner, once with
a thing of another partner and once with one that nobody has: the two answers are the same, to the
letter, whatever the method.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance.usecases.demo.people import SK, SLUGS
from tests.admin.people import Browser
from tests.browser.addresses import routes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

    from skola_finance import Store
    from tests.admin.people import Person

OWN, FOREIGN = "liepaja", "rezekne"
ROLES = ("partner_accountant", "partner_signatory", "partner_coordinator")
OTHERS = (
    *("agency_reviewer", "agency_approver", "agency_treasurer"),
    *("programme_manager", "auditor", "administrator"),
)
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
_VARYING = re.compile(
    r'(data-left="\d+"'
    r'|name="(?:csrf-token|csrftoken|_csrf\w*)" (?:content|value)="[^"]+"|nonce="[^"]+"'
    r"|\b[0-9a-f]{32}\b|f-[\w-]+?-[0-9a-f]{6}|value=\"[\w.-]{40,}\")"
)
PUBLIC = (
    "/static/",
    "/login",
    "/logout",
    "/healthz",
    "/_files/",
    "/choose-programme/",
    "/rulebook/",
)


class Thing(NamedTuple):
    """Something of another partner, and a name like it that nobody has."""

    foreign: str
    missing: str


def things(store: Store) -> dict[str, Thing]:
    """Give what the addresses name: by parameter, or by address and parameter."""
    reg_no = SLUGS[FOREIGN]
    with store.reading() as repositories:
        claim = next(iter(repositories.claims.find(partners=[reg_no], states=["clarification"])))
        line = repositories.claims.lines(claim.id, claim.version)[0]
        question = repositories.claims.clarifications(claim.id)[0]
        plan = next(iter(repositories.partners.plans(SK, partners=[reg_no])))
    claim_keys = Thing(claim.key, "SK-99999")
    numbers = Thing(str(question.id), "999999")
    return {
        "claims/key": claim_keys,
        "review/key": claim_keys,
        "approvals/key": claim_keys,
        "claim": claim_keys,
        "line_id": Thing(line.line_id, f"{claim.key}-9999"),
        "plan": Thing(str(plan.id), "999999"),
        "plans/key": Thing(str(plan.id), "999999"),
        "reg_no": Thing(reg_no, "99990100998"),
        "partner": Thing(reg_no, "99990100998"),
        "default": numbers,
    }


def chosen(known: dict[str, Thing], pattern: str, name: str) -> Thing:
    """Give what a parameter of an address names."""
    area = pattern.removeprefix("/admin/").split("/")[0]
    return known.get(f"{area}/{name}") or known.get(name) or known["default"]


def addresses(app: FastAPI, known: dict[str, Thing]) -> Iterator[tuple[str, str, str, str]]:
    """Give method, pattern, foreign and missing address of everything that names a thing."""
    for pattern, route in routes_of(app):
        names = PARAMETER.findall(pattern)
        if not names or any(part in pattern for part in PUBLIC) or pattern.startswith("/api/"):
            continue
        foreign = missing = re.sub(r":\w+(?=\})", "", pattern)
        for name in names:
            thing = chosen(known, pattern, name)
            foreign = foreign.replace(f"{{{name}}}", thing.foreign)
            missing = missing.replace(f"{{{name}}}", thing.missing)
        for method in sorted((route.methods or set()) - {"HEAD"}):
            yield method, pattern, foreign, missing


def told(person: Person, method: str, address: str, thing: str) -> tuple[int, str]:
    """Ask, and give the answer without what differs from one request to the next."""
    if method == "GET":
        answer = person.client.get(address, follow_redirects=False)
    else:
        answer = person.send(address, row_version="1", reason="x", note="x", text="x", code="1")
    said = _VARYING.sub("", answer.text)
    named = re.compile(rf"(?<![\w.]){re.escape(thing)}(?![\w.])") if thing else re.compile("(?!)")
    return answer.status_code, named.sub("THING", said.replace(address, "ADDRESS"))


@pytest.fixture(scope="module")
def seen_app(seen_store: Store) -> FastAPI:
    """Give the application over a store that nobody changes."""
    return create_app(seen_store, Config(is_demo=True))


@pytest.mark.parametrize("role", ROLES)
def test_what_is_foreign_answers_as_what_does_not_exist(
    seen_app: FastAPI, seen_store: Store, role: str
) -> None:
    """Proves that no address tells a partner's people whether another's thing exists."""
    known = things(seen_store)
    differ, counted = [], 0
    with Browser(seen_app) as people:
        person = people(f"{role}.{OWN}")
        for method, pattern, foreign, missing in addresses(seen_app, known):
            counted += 1
            names = PARAMETER.findall(pattern)
            first = chosen(known, pattern, names[0])
            status, said = told(person, method, foreign, first.foreign)
            other_status, other_said = told(person, method, missing, first.missing)
            if status < 400 and status not in {302, 303}:
                differ.append(f"{method} {foreign}: answered with {status}")
            elif (status, said) != (other_status, other_said):
                differ.append(f"{method} {pattern}: {status} and {other_status} tell them apart")
    assert counted > 20
    assert differ == []


@pytest.mark.parametrize("role", OTHERS)
def test_no_address_breaks_for_anybody(seen_app: FastAPI, seen_store: Store, role: str) -> None:
    """Proves for the agency's people that a missing thing and an empty form are told, never 500."""
    known = things(seen_store)
    broken = []
    with Browser(seen_app) as people:
        person = people(role)
        for method, _pattern, _foreign, missing in addresses(seen_app, known):
            status, said = told(person, method, missing, "")
            if status >= 500 or (method == "POST" and status < 400):
                broken.append(f"{method} {missing}: {status}: {said[:200]}")
    assert broken == []
