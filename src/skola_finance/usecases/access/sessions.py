"""Signing in, in one step or two, and the sessions that follow.

A session's id is new at every step and is kept as a digest alone. It ends when its owner signs out
or ends it from another browser, when the account is locked or its password changed, after some
time without a click, and after some time in any case.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from skola_finance.storage.tables import SessionRow
from skola_finance.usecases.access.factors import (
    check_code,
    enrol_second_factor,
    must_have_second_factor,
)
from skola_finance.usecases.access.failures import FORGOTTEN, count_try, take_back
from skola_finance.usecases.access.kept import digest_of, in_one_step
from skola_finance.usecases.users import check_password
from skola_finance.usecases.views.access import Opened, OpenSession, SignedIn, Stage
from skola_finance.usecases.wording import CommandRefused, refuse
from skola_finance.workflow import Actor, Role

if TYPE_CHECKING:
    from datetime import datetime

    from skola_finance.storage.tables import UserRow
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

HALFWAY = timedelta(minutes=10)
"""How long somebody may look for the telephone."""
NOTED_EVERY = timedelta(seconds=60)
"""A session is written to when it was last seen so long ago, not at every click."""
_ID_BYTES = 32
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where somebody comes from: the network address, and what the browser calls itself."""

    address: str = ""
    browser: str = ""


def sign_in(
    store: Store,
    *,
    login: str,
    password: str,
    at: datetime,
    address: str = "",
    browser: str = "",
    idle: timedelta,
    absolute: timedelta,
) -> Opened:
    """Take a login and a password.

    Args:
        address, browser: where somebody comes from; shown to the person, and counted by.
        idle, absolute: how long sessions live; what is over is swept away.

    Returns: a session that is open (`Stage.IN`), or one that waits for a code (`Stage.CODE`) or
        for an enrolment (`Stage.ENROLLING`).
    Raises: CommandRefused AUT-604 (wrong, unknown or locked, all alike), AUT-609 (too many tries).
    """
    count_try(store=store, login=login, address=address, at=at)
    actor = check_password(store, login=login, password=password)

    def open_it(unit: UnitOfWork) -> Opened:
        unit.access.sweep(
            unseen_since=at - idle, begun_before=at - absolute, failed=at - 2 * FORGOTTEN
        )
        stage = _first_stage(unit, actor)
        is_in = stage is Stage.IN
        take_back(unit, store, login=actor.id, address=address, at=at, is_whole=is_in)
        return _opened(unit, actor, stage, at, Visitor(address, browser))

    return in_one_step(open_it, store=store)


def finish_sign_in(
    store: Store, *, session_id: str, code: str, at: datetime, address: str = ""
) -> Opened:
    """Take the code of the second factor; the session goes on under a new id.

    Raises: CommandRefused AUT-609, AUT-610 (the code), AUT-614 (signing in took too long).
    """
    actor = _halfway(store, session_id, Stage.CODE, at)
    used_for = f"session/{digest_of(session_id)}"
    check_code(store=store, login=actor.id, code=code, used_for=used_for, address=address, at=at)
    return _let_in(store, session_id, Stage.CODE, at)


def finish_enrolling(
    store: Store, order: Order, *, session_id: str, wrapped_secret: bytes, code: str
) -> Opened:
    """Enrol a second factor on the way in; the session goes on under a new id.

    Raises: CommandRefused AUT-610 (the code), AUT-612 (the secret), AUT-614 (it took too long).
    """
    actor = _halfway(store, session_id, Stage.ENROLLING, order.at)
    if actor != order.actor:
        raise _over()
    enrol_second_factor(store, order, wrapped_secret=wrapped_secret, code=code)
    return _let_in(store, session_id, Stage.ENROLLING, order.at)


def signed_in(
    store: Store, *, session_id: str, at: datetime, idle: timedelta, absolute: timedelta
) -> SignedIn | None:
    """Say who is behind a session's id, and note that it was seen; nobody where it is over.

    The account is looked at each time: who is locked is out with the next click.
    """
    if not session_id:
        return None
    with store.reading() as repositories:
        found = repositories.access.session(digest_of(session_id))
    if found is None or not found[1].is_active:
        return None
    row, user = found
    left = _left(row, at, idle, absolute)
    if left <= timedelta():
        return None
    is_in = row.stage == Stage.IN
    if is_in and at - row.seen_at >= min(NOTED_EVERY, idle / 10):
        _note(store, session_id, at)
        left = min(idle, row.created_at + absolute - at)
    return SignedIn(row.id, _actor(user), Stage(row.stage), left // timedelta(seconds=1))


def look_at_session(
    store: Store, *, session_id: str, at: datetime, idle: timedelta, absolute: timedelta
) -> SignedIn | None:
    """Say the same without noting it: a page that only counts the minutes is no click."""
    with store.reading() as repositories:
        found = repositories.access.session(digest_of(session_id))
    if found is None or not found[1].is_active:
        return None
    left = _left(found[0], at, idle, absolute)
    if left <= timedelta():
        return None
    seconds = left // timedelta(seconds=1)
    return SignedIn(found[0].id, _actor(found[1]), Stage(found[0].stage), seconds)


def stay_signed_in(
    store: Store, *, session_id: str, at: datetime, idle: timedelta, absolute: timedelta
) -> SignedIn | None:
    """Note that somebody is still there, whenever it was noted last."""
    is_there = signed_in(store, session_id=session_id, at=at, idle=idle, absolute=absolute)
    if is_there is None or is_there.stage is not Stage.IN:
        return None
    _note(store, session_id, at)
    return look_at_session(store, session_id=session_id, at=at, idle=idle, absolute=absolute)


def sign_out(store: Store, *, session_id: str) -> None:
    """End a session by its id; one that is over already stays over."""

    def end(unit: UnitOfWork) -> None:
        found = unit.access.session(digest_of(session_id))
        if found is not None:
            unit.remove(found[0])

    in_one_step(end, store=store)


def sessions_of(store: Store, order: Order) -> tuple[OpenSession, ...]:
    """List one's own sessions, the one used last first."""
    with store.reading() as repositories:
        rows = repositories.access.sessions_of(order.actor.id)
    return tuple(
        OpenSession(row.id, row.created_at, row.seen_at, row.address, row.browser)
        for row in rows
        if row.stage == Stage.IN
    )


def end_session(store: Store, order: Order, *, number: int) -> None:
    """End one of one's own sessions; somebody else's is not touched, and not told of."""
    in_one_step(lambda unit: unit.access.end_sessions(order.actor.id, number=number), store=store)


def end_other_sessions(store: Store, order: Order, *, number: int) -> None:
    """End all of one's own sessions but the one of a number."""
    in_one_step(lambda unit: unit.access.end_sessions(order.actor.id, but=number), store=store)


def _first_stage(unit: UnitOfWork, actor: Actor) -> Stage:
    if unit.access.factor(actor.id) is not None:
        return Stage.CODE
    return Stage.ENROLLING if must_have_second_factor(actor.role) else Stage.IN


def _halfway(store: Store, session_id: str, stage: Stage, at: datetime) -> Actor:
    with store.reading() as repositories:
        found = repositories.access.session(digest_of(session_id))
    if found is None or not found[1].is_active or found[0].stage != stage:
        raise _over()
    if at >= found[0].created_at + HALFWAY:
        raise _over()
    return _actor(found[1])


def _let_in(store: Store, session_id: str, stage: Stage, at: datetime) -> Opened:
    def open_it(unit: UnitOfWork) -> Opened:
        found = unit.access.session(digest_of(session_id))
        if found is None or not found[1].is_active or found[0].stage != stage:
            raise _over()
        row, user = found
        visitor = Visitor(row.address, row.browser)
        unit.remove(row)
        return _opened(unit, _actor(user), Stage.IN, at, visitor)

    return in_one_step(open_it, store=store)


def _opened(unit: UnitOfWork, actor: Actor, stage: Stage, at: datetime, visitor: Visitor) -> Opened:
    session_id = secrets.token_urlsafe(_ID_BYTES)
    unit.add(
        SessionRow(
            digest=digest_of(session_id),
            login=actor.id,
            stage=stage.value,
            created_at=at,
            seen_at=at,
            address=visitor.address[:_LONGEST],
            browser=visitor.browser[:_LONGEST],
        )
    )
    return Opened(session_id, stage, actor)


def _left(row: SessionRow, at: datetime, idle: timedelta, absolute: timedelta) -> timedelta:
    if row.stage != Stage.IN:
        return row.created_at + HALFWAY - at
    return min(row.seen_at + idle, row.created_at + absolute) - at


def _note(store: Store, session_id: str, at: datetime) -> None:
    def note(unit: UnitOfWork) -> None:
        found = unit.access.session(digest_of(session_id))
        if found is not None and found[0].seen_at < at:
            found[0].seen_at = at
            unit.add(found[0])

    in_one_step(note, store=store)


def _actor(user: UserRow) -> Actor:
    return Actor(user.login, Role(user.role), user.partner_reg_no)


def _over() -> CommandRefused:
    return refuse(
        "AUT-614",
        lv="Pierakstīšanās ilga pārāk ilgi vai jau ir pabeigta.",
        en="Signing in took too long, or is finished already.",
        hint_lv="Sāciet no jauna ar lietotājvārdu un paroli.",
        hint_en="Begin anew with login and password.",
    )
