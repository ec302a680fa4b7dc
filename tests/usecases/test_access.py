"""Who may come in: passwords, second factors, sessions and tokens, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.storage.tables import ApiTokenRow, SecondFactorRow, SessionRow
from skola_finance.usecases.access.accounts import (
    find_user,
    find_users,
    my_account,
    recovery_codes,
)
from skola_finance.usecases.access.codes import Secret, steps_around, unwrapped
from skola_finance.usecases.access.factors import (
    confirm_second_factor,
    enrol_second_factor,
    new_second_factor,
    remove_second_factor,
    reset_second_factor,
)
from skola_finance.usecases.access.failures import count_try
from skola_finance.usecases.access.own_password import change_password, set_users_password
from skola_finance.usecases.access.sessions import (
    HALFWAY,
    end_other_sessions,
    end_session,
    finish_enrolling,
    finish_sign_in,
    look_at_session,
    sessions_of,
    sign_in,
    sign_out,
    signed_in,
    stay_signed_in,
)
from skola_finance.usecases.access.tokens import (
    actor_of_token,
    issue_token,
    make_token,
    revoke_token,
    scopes_for,
    tokens_of,
)
from skola_finance.usecases.order import Order
from skola_finance.usecases.passwords import hash_password
from skola_finance.usecases.proof.backup import backup, restore
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.store import Store
from skola_finance.usecases.users import SYSTEM_ACTOR, add_user, lock_user, unlock_user
from skola_finance.usecases.views.access import Stage
from skola_finance.workflow import Actor, Role
from tests.databases import KEY, KINDS, new_database, new_store
from tests.usecases.world import LIEPAJA, SCHOOL, World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from skola_finance.usecases.views.access import Opened, SignedIn

WORDS = "četri nesaistīti vārdi kopā"
OTHER_WORDS = "pavisam citi vārdi te"
CHIEF = Actor("chief", Role.ADMINISTRATOR)
APPROVER = Actor("approver", Role.AGENCY_APPROVER)
CLERK = Actor("clerk.liepaja", Role.PARTNER_ACCOUNTANT, LIEPAJA)
IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=10)
LIMITS: dict[str, Any] = {"idle": IDLE, "absolute": ABSOLUTE}


@cache
def hashed(password: str = WORDS) -> str:
    """Hash a password, once: it takes its time."""
    return hash_password(login="chief", password=password, command_id="c", key=KEY)


class Door:
    """A store with three people, and a clock that a test moves."""

    def __init__(self, store: Store) -> None:
        """Add the people."""
        self.store, self.number = store, 0
        self.at = datetime(2026, 2, 2, 8, tzinfo=UTC)
        for by, who in ((SYSTEM_ACTOR, CHIEF), (CHIEF, APPROVER), (CHIEF, CLERK)):
            add_user(
                store,
                self.order(by),
                login=who.id,
                role=who.role.value,
                partner=who.partner_reg_no,
                password_hash=hashed(),
            )

    def later(self, **span: float) -> datetime:
        """Let time pass; gives the moment."""
        self.at += timedelta(**span)
        return self.at

    def order(self, who: Actor) -> Order:
        """Make an order."""
        self.number += 1
        return Order(who, f"d-{self.number}", self.at)

    def try_in(self, login: str, password: str = WORDS, address: str = "10.0.0.1") -> Opened:
        """Take the first step."""
        return sign_in(
            self.store, login=login, password=password, at=self.at, address=address, **LIMITS
        )

    def count(self, login: str) -> str:
        """Count a try; gives the code and the seconds to wait where it is refused."""
        try:
            count_try(store=self.store, login=login, address="10.0.0.1", at=self.at)
        except SkolaError as error:
            return f"{error.problem.code} {error.problem.subject}"
        return ""

    def who(self, session_id: str) -> SignedIn | None:
        """Say who is behind a session."""
        return signed_in(self.store, session_id=session_id, at=self.at, **LIMITS)

    def enrolled(self, who: Actor) -> Secret:
        """Enrol a second factor."""
        new = new_second_factor(self.store, self.order(who))
        secret = unwrapped(new.wrapped, login=who.id, key=KEY)
        enrol_second_factor(
            self.store, self.order(who), wrapped_secret=new.wrapped, code=self.code(secret)
        )
        self.later(seconds=90)
        return secret

    def code(self, secret: Secret, step: int = 0) -> str:
        """Give the code of the moment, or of some steps later."""
        return secret.code(steps_around(self.at, 0)[0] + step)

    def step_two(self, session_id: str, code: str) -> Opened:
        """Take the second step."""
        return finish_sign_in(self.store, session_id=session_id, code=code, at=self.at)


def refused(act: Callable[..., object], *args: Any, **inputs: Any) -> str:  # noqa: ANN401 - any
    """Give the code that something is refused with."""
    with pytest.raises(SkolaError) as error:
        act(*args, **inputs)
    return error.value.problem.code


@pytest.fixture(params=KINDS)
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    """Give a door on each kind of database."""
    with new_store(request.param, tmp_path) as store:
        World(store).open().add_partner(LIEPAJA, SCHOOL)
        yield Door(store)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Door]:
    """Give one on SQLite."""
    with new_store("sqlite", tmp_path) as store:
        World(store).open().add_partner(LIEPAJA, SCHOOL)
        yield Door(store)


# ── passwords and tries ──────────────────────────────────────────────────────────────────────────


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


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────


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


# ── the second factor ────────────────────────────────────────────────────────────────────────────


def test_an_agencys_person_enrols_on_the_way_in(door: Door) -> None:
    """The password alone opens nothing; the code enrols, and the session has a new id."""
    opened = door.try_in(APPROVER.id)
    assert opened.stage is Stage.ENROLLING
    there = door.who(opened.session_id)
    assert there is not None
    assert there.stage is Stage.ENROLLING
    order = door.order(APPROVER)
    new = new_second_factor(door.store, order)
    secret = unwrapped(new.wrapped, login=APPROVER.id, key=KEY)
    enrol: dict[str, Any] = {"session_id": opened.session_id, "wrapped_secret": new.wrapped}
    assert refused(finish_enrolling, door.store, order, code="000000", **enrol) == "AUT-610"
    foreign = door.order(CLERK)
    assert refused(finish_enrolling, door.store, foreign, code="0", **enrol) == "AUT-614"
    let_in = finish_enrolling(door.store, order, code=door.code(secret), **enrol)
    assert let_in.session_id != opened.session_id
    assert door.who(opened.session_id) is None
    there = door.who(let_in.session_id)
    assert there is not None
    assert there.stage is Stage.IN
    assert len(recovery_codes(door.store, order, wrapped_secret=new.wrapped)) == 10
    with door.store.reading() as repositories:
        row = repositories.access.factor(APPROVER.id)
    assert row is not None
    assert secret.text.encode() not in row.secret


def test_a_code_lets_in_once(door: Door) -> None:
    """The present one, the one before and the one after; none of them twice, and no older one."""
    secret = door.enrolled(APPROVER)
    for step in (-1, 0, 1):
        opened = door.try_in(APPROVER.id)
        assert opened.stage is Stage.CODE
        assert door.step_two(opened.session_id, door.code(secret, step)).stage is Stage.IN
        again = door.try_in(APPROVER.id)
        code = door.code(secret, step)
        assert refused(door.step_two, again.session_id, code) == "AUT-610"
    opened = door.try_in(APPROVER.id)
    for step in (-2, 2):
        assert refused(door.step_two, opened.session_id, door.code(secret, step)) == "AUT-610"


def test_a_recovery_code_lets_in_once_and_is_counted(embedded: Door) -> None:
    """With or without its hyphen, in small letters too."""
    secret = embedded.enrolled(APPROVER)
    code = secret.recovery_codes()[3]
    opened = embedded.try_in(APPROVER.id)
    assert embedded.step_two(opened.session_id, code.lower().replace("-", " ")).stage is Stage.IN
    opened = embedded.try_in(APPROVER.id)
    assert refused(embedded.step_two, opened.session_id, code) == "AUT-610"
    embedded.later(days=400)
    opened = embedded.try_in(APPROVER.id)
    assert refused(embedded.step_two, opened.session_id, code) == "AUT-610"
    assert my_account(embedded.store, embedded.order(APPROVER)).recovery_codes_left == 9


def test_who_has_the_password_cannot_try_codes_without_end(embedded: Door) -> None:
    """Tries at the code count, and a new start with the right password does not forget them."""
    embedded.enrolled(APPROVER)
    codes = []
    for _ in range(6):
        try:
            opened = embedded.try_in(APPROVER.id)
        except SkolaError as error:
            codes.append(error.problem.code)
        else:
            codes.append(refused(embedded.step_two, opened.session_id, "000000"))
    assert codes[:4] == ["AUT-610"] * 4
    assert codes[-1] == "AUT-609"


def test_the_second_step_does_not_wait_for_ever(embedded: Door) -> None:
    """Ten minutes; then the password is asked for again, and half a session opens nothing."""
    secret = embedded.enrolled(APPROVER)
    opened = embedded.try_in(APPROVER.id)
    embedded.later(seconds=HALFWAY.total_seconds())
    code = embedded.code(secret)
    assert refused(embedded.step_two, opened.session_id, code) == "AUT-614"
    assert embedded.who(opened.session_id) is None
    assert refused(embedded.step_two, "no such session", code) == "AUT-614"
    done = embedded.try_in(CLERK.id)
    assert refused(embedded.step_two, done.session_id, code) == "AUT-614"


def test_a_code_is_asked_for_once_more_before_an_approval(embedded: Door) -> None:
    """It passes for one order, also sent twice, and for no other; tries are counted."""
    secret = embedded.enrolled(APPROVER)
    order, code = embedded.order(APPROVER), embedded.code(secret)
    confirm_second_factor(embedded.store, order, code=code)
    confirm_second_factor(embedded.store, order, code=code)
    other = embedded.order(APPROVER)
    assert refused(confirm_second_factor, embedded.store, other, code=code) == "AUT-610"
    for _ in range(3):
        refused(confirm_second_factor, embedded.store, other, code="000000")
    fresh = embedded.code(secret, 1)
    assert refused(confirm_second_factor, embedded.store, other, code=fresh) == "AUT-609"
    clerk = embedded.order(CLERK)
    assert refused(confirm_second_factor, embedded.store, clerk, code=code) == "AUT-611"


def test_another_factor_takes_the_place_of_the_first_with_its_code(embedded: Door) -> None:
    """Who sits down at an open session cannot enrol a telephone of their own."""
    secret = embedded.enrolled(APPROVER)
    order = embedded.order(APPROVER)
    new = new_second_factor(embedded.store, order)
    second = unwrapped(new.wrapped, login=APPROVER.id, key=KEY)
    inputs: dict[str, Any] = {"wrapped_secret": new.wrapped, "code": embedded.code(second)}
    present = embedded.code(secret)
    for code in ("", "000000", present):
        found = refused(enrol_second_factor, embedded.store, order, present_code=code, **inputs)
        assert found == "AUT-610"
    confirm_second_factor(embedded.store, order, code=present)
    enrol_second_factor(embedded.store, order, present_code=present, **inputs)
    embedded.later(seconds=90)
    opened = embedded.try_in(APPROVER.id)
    assert refused(embedded.step_two, opened.session_id, embedded.code(secret)) == "AUT-610"
    assert embedded.step_two(opened.session_id, embedded.code(second)).stage is Stage.IN


def test_a_secret_belongs_to_one_login(embedded: Door) -> None:
    """One that was made for somebody else, or under another key, is refused."""
    new = new_second_factor(embedded.store, embedded.order(CLERK))
    code = embedded.code(unwrapped(new.wrapped, login=CLERK.id, key=KEY))
    inputs: dict[str, Any] = {"wrapped_secret": new.wrapped, "code": code}
    order = embedded.order(APPROVER)
    assert refused(enrol_second_factor, embedded.store, order, **inputs) == "AUT-612"
    elsewhere = Store(embedded.store.database, KEY + b"another", embedded.store.evidence)
    order = embedded.order(CLERK)
    assert refused(enrol_second_factor, elsewhere, order, **inputs) == "AUT-612"
    assert (
        refused(enrol_second_factor, embedded.store, order, wrapped_secret=b"", code=code)
        == "AUT-612"
    )


def test_only_a_partners_person_does_without_again(embedded: Door) -> None:
    """With a code that was confirmed; an agency's role must have one, and may lose it."""
    secret = embedded.enrolled(CLERK)
    assert embedded.try_in(CLERK.id).stage is Stage.CODE
    order, code = embedded.order(CLERK), embedded.code(secret)
    assert refused(remove_second_factor, embedded.store, order, code=code) == "AUT-610"
    confirm_second_factor(embedded.store, order, code=code)
    remove_second_factor(embedded.store, order, code=code)
    assert embedded.try_in(CLERK.id).stage is Stage.IN
    order = embedded.order(CLERK)
    assert refused(remove_second_factor, embedded.store, order, code=code) == "AUT-611"
    secret = embedded.enrolled(APPROVER)
    order = embedded.order(APPROVER)
    assert refused(remove_second_factor, embedded.store, order, code="1") == "AUT-613"
    opened = embedded.try_in(APPROVER.id)
    let_in = embedded.step_two(opened.session_id, embedded.code(secret))
    reset_second_factor(embedded.store, embedded.order(CHIEF), login=APPROVER.id)
    assert embedded.who(let_in.session_id) is None
    assert embedded.try_in(APPROVER.id).stage is Stage.ENROLLING
    order = embedded.order(CHIEF)
    assert refused(reset_second_factor, embedded.store, order, login=APPROVER.id) == "AUT-611"
    assert refused(reset_second_factor, embedded.store, order, login="nobody") == "AUT-603"


# ── tokens ───────────────────────────────────────────────────────────────────────────────────────


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


# ── the record ───────────────────────────────────────────────────────────────────────────────────


def test_what_was_decided_of_an_account_is_sealed_and_what_comes_and_goes_is_not(
    embedded: Door,
) -> None:
    """A second factor changed by hand is found; a session more or less is nobody's concern."""
    embedded.enrolled(APPROVER)
    embedded.try_in(CLERK.id)
    on = date(2026, 3, 1)
    assert verify(embedded.store, on=on).is_clean
    with embedded.store.reading() as repositories:
        names = {row.command for row in repositories.records.journal(limit=1000)}
    assert "enrol_second_factor" in names
    assert not {"sign_in", "signed_in"} & names
    with embedded.store.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM web_session")
    assert verify(embedded.store, on=on).is_clean
    with embedded.store.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE second_factor SET secret = x'00'")
    (problem,) = verify(embedded.store, on=on).problems
    assert problem.code == "STO-920"


def test_a_backup_lets_nobody_in_and_locks_nobody_out(embedded: Door, tmp_path: Path) -> None:
    """Second factors, tokens and used codes come along; sessions and failed tries do not."""
    secret = embedded.enrolled(APPROVER)
    code = secret.recovery_codes()[0]
    opened = embedded.try_in(APPROVER.id)
    embedded.step_two(opened.session_id, code)
    clerk = embedded.try_in(CLERK.id)
    for _ in range(4):
        refused(embedded.try_in, CLERK.id, "wrong words here")
    order = embedded.order(CLERK)
    token = make_token(
        embedded.store, order, name="books", scopes=["read"], expires_on=date(2026, 6, 1)
    )
    made = backup(embedded.store, tmp_path / "copy.zip")
    assert not {SessionRow.__tablename__, "failed_sign_in"} & set(made.rows)
    assert {SecondFactorRow.__tablename__, ApiTokenRow.__tablename__} <= set(made.rows)
    (tmp_path / "other").mkdir()
    with new_database("sqlite", tmp_path / "other") as database:
        embedded.store = Store(database, KEY, tmp_path / "e")
        assert restore(embedded.store, tmp_path / "copy.zip", on=date(2026, 3, 1)).is_clean
        assert embedded.who(clerk.session_id) is None
        assert embedded.try_in(CLERK.id).stage is Stage.IN
        assert actor_of_token(embedded.store, token=token, at=embedded.at).actor == CLERK
        opened = embedded.try_in(APPROVER.id)
        assert refused(embedded.step_two, opened.session_id, code) == "AUT-610"


def test_the_administrator_finds_accounts_by_login_and_partner(door: Door) -> None:
    """And sees who has no second factor yet; nobody else sees them at all."""
    door.enrolled(APPROVER)
    order = door.order(CHIEF)
    everybody = find_users(door.store, order).users
    assert [one.login for one in everybody] == ["approver", "chief", "clerk.liepaja"]
    assert [bool(one.enrolled_at) for one in everybody] == [True, False, False]
    assert [one.must_have_one for one in everybody] == [True, True, False]
    for text in ("LIEPAJA", "clerk", LIEPAJA):
        assert [one.login for one in find_users(door.store, order, text=text).users] == [CLERK.id]
    assert find_users(door.store, order, text="%").users == ()
    assert [one.login for one in find_users(door.store, order, role="administrator").users] == [
        "chief"
    ]
    assert refused(find_users, door.store, door.order(APPROVER)) == "AUT-601"
    assert refused(my_account, door.store, door.order(Actor("ghost", Role.AUDITOR))) == "AUT-603"
