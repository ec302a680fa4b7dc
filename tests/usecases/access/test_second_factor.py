"""The second factor: enrolled, asked for, replaced, and let go."""

from __future__ import annotations

from typing import Any

from skola_finance.problems import SkolaError
from skola_finance.usecases.access.accounts import (
    my_account,
    recovery_codes,
)
from skola_finance.usecases.access.codes import unwrapped
from skola_finance.usecases.access.factors import (
    confirm_second_factor,
    enrol_second_factor,
    new_second_factor,
    remove_second_factor,
    reset_second_factor,
)
from skola_finance.usecases.access.sessions import (
    HALFWAY,
    finish_enrolling,
)
from skola_finance.usecases.store import Store
from skola_finance.usecases.views.access import Stage
from tests.databases import KEY
from tests.usecases.access.door import APPROVER, CHIEF, CLERK, Door, refused


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
