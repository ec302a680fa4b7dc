"""One's own account, and the users of the administrator."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from skola_finance.signing_in import actor_of_token
from skola_finance.usecases.demo.accounts import DEMO_PASSWORD

if TYPE_CHECKING:
    from fastapi import FastAPI

    from skola_finance import Store
    from tests.admin.people import Browser

CLERK = "partner_accountant.liepaja"
WORDS = "pavisam citi vārdi te"


def test_the_account_shows_who_one_is_and_where_one_is_signed_in(people: Browser) -> None:
    """Proves role, partner, this browser and the end of another."""
    person, elsewhere = people(CLERK, "lv"), people(CLERK, "en")
    page = person.get("/admin/account").text
    assert "Liepājas valstspilsētas pašvaldība" in page
    assert "Šis pārlūks" in page
    (number,) = re.findall(r'name="number" value="(\d+)"', page)
    answer = person.send("/admin/account/sessions/end", number=number)
    assert answer.json() == {"goto": "/admin/account"}
    assert elsewhere.get("/admin/account", follow_redirects=False).status_code == 303
    assert person.get("/admin/account", follow_redirects=False).status_code == 200


def test_the_password_is_changed_with_the_present_one(people: Browser) -> None:
    """Proves each refusal by its code, and that the new one lets in."""
    person = people(CLERK)
    address = "/admin/account/password"
    right = {"present": DEMO_PASSWORD, "password": WORDS, "again": WORDS}
    for changed, code in (
        ({"present": "wrong words here"}, "AUT-604"),
        ({"password": "short", "again": "short"}, "AUT-605"),
        ({"again": "not the same words"}, "WEB-422"),
        ({"password": ""}, "WEB-422"),
    ):
        answer = person.send(address, **{**right, **changed})
        assert answer.json()["problem"]["code"] == code
    assert person.send(address, **right).json() == {"goto": "/admin/account"}
    assert "The password is changed" in person.get("/admin/account").text


def test_a_token_is_shown_once_and_works_until_it_is_revoked(people: Browser, store: Store) -> None:
    """Proves its scopes, that its value is on no later page, and an HTML name as text."""
    person = people(CLERK)
    fields = {
        "name": "<b>books</b>",
        "scope": "read",
        "expires_on": f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}",
    }
    shown = person.send("/admin/account/tokens", **fields)
    value = re.search(r'id="token-value">([^<]+)<', shown.text)
    assert value
    assert "&lt;b&gt;books&lt;/b&gt;" in shown.text
    at = datetime.now(UTC)
    holder = actor_of_token(store, token=value[1], at=at)
    assert (holder.actor.id, holder.may_read, holder.commands) == (CLERK, True, frozenset())
    page = person.get("/admin/account").text
    assert value[1] not in page
    assert "&lt;b&gt;books&lt;/b&gt;" in page
    (number,) = re.findall(r'name="token" value="(\d+)"', page)
    assert person.send("/admin/account/tokens/revoke", token=number).status_code == 200
    assert "Revoked" in person.get("/admin/account").text
    wrong = person.send("/admin/account/tokens", **{**fields, "scope": "approve_claim_payment"})
    assert wrong.status_code == 422
    assert "AUT-616" in wrong.text
    assert (
        people("agency_reviewer")
        .send("/admin/account/tokens/revoke", token=number)
        .json()["problem"]["code"]
        == "AUT-603"
    )


def test_a_second_factor_is_replaced_with_a_code_of_the_first(people: Browser) -> None:
    """Proves that without it nothing changes, and that recovery codes come with the new one."""
    person = people("agency_approver")
    page = person.get("/admin/account/second-factor").text
    secret = re.search(r'name="secret" value="([^"]+)"', page)
    codes = re.findall(r'data-demo-code="(\d+)"', page)
    assert secret
    present, new = codes
    address = "/admin/account/second-factor"
    wrong = person.send(address, secret=secret[1], code=new, present_code="000000")
    assert "AUT-610" in wrong.text
    done = person.send(address, secret=secret[1], code=new, present_code=present)
    assert "Keep your recovery codes" in done.text
    refused = person.send("/admin/account/second-factor/remove", code=present)
    assert refused.json()["problem"]["code"] == "AUT-610"


@pytest.mark.parametrize("login", ["agency_reviewer", "auditor", CLERK])
def test_users_are_the_administrators_alone(people: Browser, login: str) -> None:
    """Proves that no other role sees the list, an account or a form, nor changes one."""
    person = people(login)
    for address in ("/admin/users", "/admin/users/new", f"/admin/users/{CLERK}"):
        assert person.get(address).status_code == 403
    for address in ("/admin/users/new", f"/admin/users/{CLERK}/lock"):
        assert person.send(address, login="x.y").status_code == 403


def test_users_are_found_by_login_partner_and_role(people: Browser) -> None:
    """Proves the search, its empty state, and that what was searched for is shown as text."""
    person = people("administrator", "lv")
    page = person.get("/admin/users?q=liepāja").text
    assert CLERK in page
    assert "partner_accountant.talsi" not in page
    page = person.get("/admin/users?role=auditor").text
    assert "/admin/users/auditor" in page
    assert f"/admin/users/{CLERK}" not in page
    page = person.get("/admin/users?q=<script>alert(1)</script>&role=nothing").text
    assert "Neviens netika atrasts" in page
    assert "<script>alert(1)" not in page
    assert person.get("/admin/users/nobody.here").status_code == 404


def test_a_user_is_added_locked_and_let_in_again(people: Browser, app: FastAPI) -> None:
    """Proves the happy path and the refusals told in the form."""
    person = people("administrator")
    added = {"login": "second.auditor", "role": "auditor", "password": WORDS}
    answer = person.send("/admin/users/new", **added)
    assert answer.json() == {"goto": "/admin/users/second.auditor"}
    for changed, code in (
        ({}, "AUT-606"),
        ({"login": "x"}, "WFL-518"),
        ({"login": "third.auditor", "password": "short"}, "AUT-605"),
        ({"login": "some.clerk", "role": "partner_accountant"}, "AUT-602"),
    ):
        told = person.send("/admin/users/new", **{**added, **changed}).json()
        assert told["problem"]["code"] == code
    clerk = people(CLERK)
    assert person.send(f"/admin/users/{CLERK}/lock").status_code == 200
    assert clerk.get("/admin/account", follow_redirects=False).status_code == 303
    assert "Locked" in person.get(f"/admin/users/{CLERK}").text
    assert person.send(f"/admin/users/{CLERK}/unlock").status_code == 200
    assert person.send(f"/admin/users/{CLERK}/password", password=WORDS).status_code == 200
    with TestClient(app) as client:
        token = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/admin/login").text)
        assert token
        fields = {"csrftoken": token[1], "login": CLERK, "password": WORDS}
        assert client.post("/admin/login", data=fields).url.path == "/admin/"
    told = person.send("/admin/users/administrator/lock").json()
    assert told["problem"]["code"] == "AUT-608"
