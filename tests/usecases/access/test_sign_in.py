"""Passwords and tries: who is let in, who waits, and who tells nobody anything."""

from __future__ import annotations

from typing import Any

import pytest

from skola_finance.usecases.access.accounts import (
    find_user,
    find_users,
)
from skola_finance.usecases.access.own_password import change_password
from skola_finance.usecases.access.tokens import (
    actor_of_token,
)
from skola_finance.usecases.users import unlock_user
from skola_finance.usecases.views.access import Stage
from tests.usecases.access.door import CHIEF, CLERK, OTHER_WORDS, WORDS, Door, refused


def test_a_partners_person_is_in_with_the_password(door: Door) -> None:
    """One step, an id that nobody can guess, and of it only the digest is kept."""
    opened = door.try_in(" Clerk.Liepaja ")
    assert (opened.stage, opened.actor) == (Stage.IN, CLERK)
    there = door.who(opened.session_id)
    assert there is not None
    assert there.actor == CLERK
    assert there.seconds_left == 1800
    with door.store.reading() as repositories:
        (row,) = repositories.access.sessions_of(CLERK.id)
    assert len(opened.session_id) >= 43
    assert opened.session_id not in str(row)
    assert door.who(row.digest) is None
    assert door.who("") is None


@pytest.mark.parametrize("login", ["clerk.liepaja", "nobody.at.all"])
def test_tries_wait_longer_each_time_and_then_for_a_quarter_of_an_hour(
    embedded: Door, login: str
) -> None:
    """Three tries are free, then 2, 4, 8 … seconds; a login that is not there is no different."""
    waits = []
    failed = 0
    while failed < 11:
        code = embedded.count(login)
        if code:
            waits.append(int(code.removeprefix("AUT-609 ")))
            embedded.later(seconds=waits[-1])
        else:
            failed += 1
    assert waits == [2, 4, 8, 16, 32, 64, 15 * 60]
    assert embedded.count(login) == f"AUT-609 {15 * 60}"
    embedded.later(hours=1, seconds=1)
    assert [embedded.count(login) for _ in range(4)] == [""] * 4


def test_the_right_password_waits_like_a_wrong_one_and_then_lets_in(embedded: Door) -> None:
    """Nobody learns during a wait whether the password was right; afterwards all is forgotten."""
    for _ in range(4):
        assert refused(embedded.try_in, CLERK.id, "wrong words here") == "AUT-604"
    assert refused(embedded.try_in, CLERK.id) == "AUT-609"
    embedded.later(seconds=2)
    assert embedded.try_in(CLERK.id).stage is Stage.IN
    for _ in range(3):
        assert refused(embedded.try_in, CLERK.id, "wrong words here") == "AUT-604"
    assert embedded.try_in(CLERK.id).stage is Stage.IN


def test_one_address_cannot_try_many_logins(embedded: Door) -> None:
    """After thirty failures the address waits, whoever it asks for; another one does not."""
    for number in range(31):
        assert embedded.count(f"guess.{number}") == ""
    assert refused(embedded.try_in, CLERK.id) == "AUT-609"
    assert embedded.try_in(CLERK.id, address="10.0.0.2").stage is Stage.IN


def test_the_administrator_lets_a_login_try_again(embedded: Door) -> None:
    """Unlocking forgets the tries; nothing of the login is kept in clear among them."""
    for _ in range(4):
        assert refused(embedded.try_in, CLERK.id, "wrong words here") == "AUT-604"
    assert refused(embedded.try_in, CLERK.id) == "AUT-609"
    with embedded.store.database.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM failed_sign_in").all())
    assert "clerk" not in kept
    assert "10.0.0.1" not in kept
    unlock_user(embedded.store, embedded.order(CHIEF), login=CLERK.id)
    assert embedded.try_in(CLERK.id).stage is Stage.IN


def test_who_changes_the_password_is_asked_for_the_present_one(embedded: Door) -> None:
    """The other sessions end, and this one goes on."""
    here, there = embedded.try_in(CLERK.id), embedded.try_in(CLERK.id)
    number = embedded.who(here.session_id)
    assert number is not None
    inputs: dict[str, Any] = {"password": OTHER_WORDS, "session": number.number}
    order = embedded.order(CLERK)
    assert refused(change_password, embedded.store, order, present="no", **inputs) == "AUT-604"
    short = {**inputs, "password": "short"}
    assert refused(change_password, embedded.store, order, present=WORDS, **short) == "AUT-605"
    change_password(embedded.store, embedded.order(CLERK), present=WORDS, **inputs)
    assert embedded.who(here.session_id) is not None
    assert embedded.who(there.session_id) is None
    assert refused(embedded.try_in, CLERK.id) == "AUT-604"
    assert embedded.try_in(CLERK.id, OTHER_WORDS).stage is Stage.IN


def test_whatever_is_typed_is_a_wrong_login_and_no_fault_of_ours(door: Door) -> None:
    """Characters that no database holds, and texts that are far too long."""
    for login in ("a\x00b", "ā" * 5_000, "' OR 1=1 --", " ", ""):
        assert refused(door.try_in, login) == "AUT-604"
        order = door.order(CHIEF)
        assert refused(find_user, door.store, order, login=login) == "AUT-603"
        assert find_users(door.store, order, text=login, after=login) is not None
    assert door.who("a\x00b") is None
    assert refused(actor_of_token, door.store, token="a\x00b", at=door.at) == "AUT-615"  # noqa: S106 - none
