"""Sessions: they end without a click, by their owner, and with the account."""

from __future__ import annotations

from typing import Any

from skola_finance.usecases.access.own_password import set_users_password
from skola_finance.usecases.access.sessions import (
    end_other_sessions,
    end_session,
    look_at_session,
    sessions_of,
    sign_out,
    stay_signed_in,
)
from skola_finance.usecases.users import lock_user, unlock_user
from tests.usecases.access.door import CHIEF, CLERK, LIMITS, OTHER_WORDS, Door


def test_a_session_ends_without_a_click_and_in_any_case(door: Door) -> None:
    """Half an hour after the last click; ten hours after the first, however busy."""
    opened = door.try_in(CLERK.id)
    for _ in range(3):
        door.later(minutes=29)
        assert door.who(opened.session_id) is not None
    door.later(minutes=30)
    assert door.who(opened.session_id) is None
    opened = door.try_in(CLERK.id)
    for _ in range(29):
        door.later(minutes=20)
        assert door.who(opened.session_id) is not None
    door.later(minutes=20)
    assert door.who(opened.session_id) is None


def test_counting_the_minutes_is_no_click_and_staying_is(embedded: Door) -> None:
    """A page may look as often as it likes; only who says so stays."""
    opened = embedded.try_in(CLERK.id)
    ask: dict[str, Any] = {"session_id": opened.session_id, **LIMITS}
    embedded.later(minutes=20)
    looked = look_at_session(embedded.store, at=embedded.at, **ask)
    assert looked is not None
    assert looked.seconds_left == 600
    stayed = stay_signed_in(embedded.store, at=embedded.at, **ask)
    assert stayed is not None
    assert stayed.seconds_left == 1800
    embedded.later(minutes=31)
    assert stay_signed_in(embedded.store, at=embedded.at, **ask) is None
    assert look_at_session(embedded.store, at=embedded.at, **ask) is None


def test_people_end_their_sessions_and_nobody_elses(embedded: Door) -> None:
    """One, all but one, or the one at hand."""
    mine = [embedded.try_in(CLERK.id).session_id for _ in range(3)]
    numbers = [one.number for one in sessions_of(embedded.store, embedded.order(CLERK))]
    end_session(embedded.store, embedded.order(CHIEF), number=numbers[0])
    assert len(sessions_of(embedded.store, embedded.order(CLERK))) == 3
    end_session(embedded.store, embedded.order(CLERK), number=numbers[0])
    left = [one for one in mine if embedded.who(one) is not None]
    assert len(left) == 2
    there = embedded.who(left[0])
    assert there is not None
    end_other_sessions(embedded.store, embedded.order(CLERK), number=there.number)
    assert [one for one in mine if embedded.who(one) is not None] == left[:1]
    sign_out(embedded.store, session_id=left[0])
    sign_out(embedded.store, session_id=left[0])
    assert embedded.who(left[0]) is None


def test_who_is_locked_or_given_a_password_is_out_at_once(embedded: Door) -> None:
    """No session outlives what the administrator did to the account."""
    opened = embedded.try_in(CLERK.id)
    lock_user(embedded.store, embedded.order(CHIEF), login=CLERK.id)
    assert embedded.who(opened.session_id) is None
    unlock_user(embedded.store, embedded.order(CHIEF), login=CLERK.id)
    assert embedded.who(opened.session_id) is None
    opened = embedded.try_in(CLERK.id)
    order = embedded.order(CHIEF)
    set_users_password(embedded.store, order, login=CLERK.id, password=OTHER_WORDS)
    assert embedded.who(opened.session_id) is None
