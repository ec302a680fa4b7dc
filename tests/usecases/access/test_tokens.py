"""Tokens of programs: for whom, for what and until when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from skola_finance.usecases.access.tokens import (
    actor_of_token,
    issue_token,
    make_token,
    revoke_token,
    scopes_for,
    tokens_of,
)
from skola_finance.usecases.users import lock_user, unlock_user
from skola_finance.workflow import Actor, Role
from tests.usecases.access.door import APPROVER, CHIEF, CLERK, Door, refused


def test_a_token_acts_for_its_owner_within_its_scopes_and_days(door: Door) -> None:
    """Reading, a group of commands, one command; nothing else, and not after its last day."""
    order = door.order(CLERK)
    value = make_token(
        door.store, order, name="books", scopes=["read", "filing"], expires_on=date(2026, 2, 3)
    )
    holder = actor_of_token(door.store, token=value, at=door.at)
    assert holder.actor == CLERK
    assert holder.may_read
    assert {"create_claim", "submit_claim"} <= holder.commands
    assert "register_plan" not in holder.commands
    assert "set_own_password" not in holder.commands
    holder.require("submit_claim")
    holder.require()
    assert refused(holder.require, "apply_for_sub_project") == "AUT-617"
    order = door.order(CLERK)
    one = make_token(
        door.store, order, name="one", scopes=["submit_claim"], expires_on=date(2026, 2, 2)
    )
    narrow = actor_of_token(door.store, token=one, at=door.at)
    assert narrow.commands == {"submit_claim"}
    assert refused(narrow.require) == "AUT-617"
    with door.store.reading() as repositories:
        kept = [row.digest for row in repositories.access.tokens_of(CLERK.id)]
    assert value not in kept
    door.later(days=1)
    actor_of_token(door.store, token=value, at=door.at)
    assert refused(actor_of_token, door.store, token=one, at=door.at) == "AUT-615"
    door.later(days=1)
    assert refused(actor_of_token, door.store, token=value, at=door.at) == "AUT-615"


def test_a_token_is_revoked_by_its_owner_and_ends_with_the_account(embedded: Door) -> None:
    """Nobody else can; unknown, revoked and locked look alike."""
    order = embedded.order(CLERK)
    value = make_token(
        embedded.store, order, name="books", scopes=["read"], expires_on=date(2026, 6, 1)
    )
    (token,) = tokens_of(embedded.store, embedded.order(CLERK))
    order = embedded.order(CHIEF)
    assert refused(revoke_token, embedded.store, order, token=token.number) == "AUT-603"
    lock_user(embedded.store, embedded.order(CHIEF), login=CLERK.id)
    assert refused(actor_of_token, embedded.store, token=value, at=embedded.at) == "AUT-615"
    unlock_user(embedded.store, embedded.order(CHIEF), login=CLERK.id)
    assert actor_of_token(embedded.store, token=value, at=embedded.at).number == token.number
    revoke_token(embedded.store, embedded.order(CLERK), token=token.number)
    for wrong in (value, "", "skf_nothing"):
        assert refused(actor_of_token, embedded.store, token=wrong, at=embedded.at) == "AUT-615"
    assert [one.is_in_force for one in tokens_of(embedded.store, embedded.order(CLERK))] == [False]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"scopes": []}, "AUT-616"),
        ({"scopes": ["read", "programmes"]}, "AUT-616"),
        ({"scopes": ["approve_claim_payment"]}, "AUT-616"),
        ({"scopes": ["access"]}, "AUT-616"),
        ({"scopes": ["issue_token"]}, "AUT-616"),
        ({"name": " "}, "WFL-518"),
        ({"name": "x" * 81}, "WFL-518"),
        ({"token_digest": "no digest"}, "WFL-518"),
        ({"expires_on": date(2026, 2, 1)}, "WFL-518"),
        ({"expires_on": date(2027, 2, 4)}, "WFL-518"),
    ],
)
def test_a_token_is_given_nothing_that_its_owner_may_not(
    embedded: Door, changed: dict[str, Any], code: str
) -> None:
    """No foreign command, nothing of the account itself, no end in the past or far away."""
    inputs: dict[str, Any] = {
        "name": "books",
        "token_digest": "0" * 64,
        "scopes": ["read"],
        "expires_on": date(2026, 6, 1),
    }
    order = embedded.order(CLERK)
    assert refused(issue_token, embedded.store, order, **{**inputs, **changed}) == code


def test_an_auditor_may_give_a_token_to_read_and_nothing_else(embedded: Door) -> None:
    """What is offered is what the role may do at all."""
    auditor = Actor("auditor", Role.AUDITOR)
    offered = scopes_for(embedded.store, embedded.order(auditor))
    assert [scope.name for scope in offered] == ["read"]
    assert "paying" in {one.name for one in scopes_for(embedded.store, embedded.order(APPROVER))}
