"""Accounts: the first by the system, the others by an administrator; passwords never kept."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from argon2 import extract_parameters

from skola_finance.problems import SkolaError
from skola_finance.usecases import passwords
from skola_finance.usecases.order import Order
from skola_finance.usecases.passwords import NOBODYS, hash_password, is_hash, is_password
from skola_finance.usecases.users import (
    SYSTEM_ACTOR,
    Account,
    add_user,
    check_password,
    lock_user,
    set_password,
    unlock_user,
    users_of,
)
from skola_finance.workflow import Actor, Role
from tests.databases import KEY, KINDS, Clock, new_store
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, SCHOOL, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from argon2 import PasswordHasher

    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.use_case import UseCase

WORDS = "četri nesaistīti vārdi kopā"
CHIEF = Actor("chief", Role.ADMINISTRATOR)


class Accounts:
    """A store, and orders in it."""

    def __init__(self, store: Store) -> None:
        """Begin without any user."""
        self.store, self.clock, self.number = store, Clock(), 0

    def order(self, actor: Actor) -> Order:
        """Make an order."""
        self.number += 1
        return Order(actor, f"u-{self.number}", self.clock.now())

    def add(self, actor: Actor, login: str, role: str, partner: str = "") -> Answer:
        """Add an account with a password."""
        order = self.order(actor)
        return add_user(
            self.store,
            order,
            login=login,
            role=role,
            partner=partner or None,
            password_hash=hashed(),
        )

    def code(self, act: UseCase[Any], actor: Actor = CHIEF, **inputs: Any) -> str:  # noqa: ANN401
        """Give the code that something is refused with."""
        with pytest.raises(SkolaError) as error:
            act(self.store, self.order(actor), **inputs)
        return error.value.problem.code


@cache
def hashed(password: str = WORDS) -> str:
    """Hash a password, once: it takes its time."""
    return hash_password(login="chief", password=password, command_id="c", key=KEY)


@pytest.fixture(params=KINDS)
def accounts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Accounts]:
    """Give a database without users, of both kinds."""
    with new_store(request.param, tmp_path) as store:
        yield Accounts(store)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Accounts]:
    """Give one on SQLite with its first administrator."""
    with new_store("sqlite", tmp_path) as store:
        accounts = Accounts(store)
        accounts.add(SYSTEM_ACTOR, "chief", "administrator")
        yield accounts


def made(world: World) -> None:
    """Open a programme with Liepāja in it."""
    world.open().add_partner(LIEPAJA, SCHOOL)


def sign_in(store: Store, login: str, password: str = WORDS) -> str:
    """Give the role somebody signs in with, or the code of the refusal."""
    try:
        return check_password(store, login=login, password=password).role.value
    except SkolaError as error:
        return error.problem.code


def test_the_first_user_is_an_administrator_added_by_the_system(accounts: Accounts) -> None:
    """Nobody else first, and nobody else by the system."""
    first: dict[str, Any] = {
        "login": "a.reviewer",
        "role": "agency_reviewer",
        "password_hash": hashed(),
    }
    assert accounts.code(add_user, SYSTEM_ACTOR, **first) == "AUT-607"
    accounts.add(SYSTEM_ACTOR, "Chief", "administrator")
    second: dict[str, Any] = {"login": "other", "role": "administrator", "password_hash": hashed()}
    assert accounts.code(add_user, SYSTEM_ACTOR, **second) == "AUT-607"
    accounts.add(CHIEF, "a.reviewer", "agency_reviewer")
    found = users_of(accounts.store, accounts.order(CHIEF))
    assert [(one.login, one.role) for one in found] == [
        ("a.reviewer", Role.AGENCY_REVIEWER),
        ("chief", Role.ADMINISTRATOR),
    ]
    assert check_password(accounts.store, login=" CHIEF ", password=WORDS) == CHIEF


def test_a_partners_people_sign_in_for_their_partner(tmp_path: Path) -> None:
    """A partner's role names its partner, any other role none, and the partner is there."""
    with prepared(made, tmp_path) as world:
        store = world.store
        accounts = Accounts(store)
        accounts.clock.go_to(2026, 2, 1)
        accounts.add(SYSTEM_ACTOR, "chief", "administrator")
        accounts.add(CHIEF, "accountant.liepaja", "partner_accountant", LIEPAJA)
        signed_in = check_password(store, login="accountant.liepaja", password=WORDS)
        assert signed_in == Actor("accountant.liepaja", Role.PARTNER_ACCOUNTANT, LIEPAJA)
        for role, partner, code in (
            ("partner_accountant", None, "AUT-602"),
            ("auditor", LIEPAJA, "AUT-602"),
            ("partner_accountant", "99990100999", "AUT-603"),
            ("emperor", None, "WFL-518"),
        ):
            inputs: dict[str, Any] = {"login": "x.y", "password_hash": hashed()}
            assert accounts.code(add_user, role=role, partner=partner, **inputs) == code


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ("a", "WFL-518"),
        ("a b", "WFL-518"),
        ("jānis", "WFL-518"),
        (".ab", "WFL-518"),
        ("system", "WFL-518"),
        ("a" * 81, "WFL-518"),
        ("CHIEF", "AUT-606"),
    ],
)
def test_a_login_is_plain_and_nobody_elses(embedded: Accounts, login: str, code: str) -> None:
    """It stands in addresses and in the journal for good."""
    inputs: dict[str, Any] = {"role": "auditor", "password_hash": hashed()}
    assert embedded.code(add_user, login=login, **inputs) == code


@pytest.mark.parametrize("password", ["", "elevencharx", "The.Long.Login", "x" * 201, "č" * 11])
def test_a_weak_password_is_refused(password: str) -> None:
    """Below 12 characters, above 200, or the login in any case."""
    with pytest.raises(SkolaError, match="AUT-605"):
        hash_password(login="the.long.login", password=password, command_id="c", key=KEY)


def test_twelve_characters_will_do() -> None:
    """And each command makes a hash of its own."""
    one, other = (
        hash_password(login="chief", password="twelve chars", command_id=each, key=KEY)  # noqa: S106
        for each in ("c-1", "c-2")
    )
    assert is_hash(one)
    assert one != other


def test_unknown_wrong_and_locked_answer_alike(embedded: Accounts) -> None:
    """One code, one message; a lock and its end are by an administrator."""
    embedded.add(CHIEF, "auditor", "auditor")
    store = embedded.store
    assert sign_in(store, "auditor") == "auditor"
    lock_user(store, embedded.order(CHIEF), login="auditor")
    messages = set()
    for login, password in (("nobody", WORDS), ("chief", "another password"), ("auditor", WORDS)):
        with pytest.raises(SkolaError) as error:
            check_password(store, login=login, password=password)
        messages.add(error.value.problem)
    assert [one.code for one in messages] == ["AUT-604"]
    unlock_user(store, embedded.order(CHIEF), login="auditor")
    assert sign_in(store, "auditor") == "auditor"


def test_the_last_administrator_cannot_be_locked(embedded: Accounts) -> None:
    """Somebody must be able to unlock."""
    assert embedded.code(lock_user, login="chief") == "AUT-608"
    embedded.add(CHIEF, "deputy", "administrator")
    lock_user(embedded.store, embedded.order(CHIEF), login="deputy")
    assert embedded.code(lock_user, login="chief") == "AUT-608"


def test_a_new_password_replaces_the_old_one(embedded: Accounts) -> None:
    """Whoever keeps the users sets it; a plain word is never taken for a hash."""
    order = embedded.order(CHIEF)
    new = "a new long password"
    replaced = hashed(new)
    set_password(embedded.store, order, login="chief", password_hash=replaced)
    assert sign_in(embedded.store, "chief") == "AUT-604"
    assert sign_in(embedded.store, "chief", new) == "administrator"
    assert embedded.code(set_password, login="chief", password_hash=new) == "WFL-518"
    assert embedded.code(set_password, login="nobody", password_hash=replaced) == "AUT-603"
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aGFzaGhhc2hoYXNoaGFzaA"
    assert embedded.code(set_password, login="chief", password_hash=weak) == "WFL-518"


def test_only_an_administrator_keeps_users(embedded: Accounts) -> None:
    """Nobody else adds, locks or lists them."""
    manager = Actor("manager", Role.PROGRAMME_MANAGER)
    for act in (lock_user, unlock_user):
        assert embedded.code(act, manager, login="chief") == "AUT-601"
    with pytest.raises(SkolaError, match="AUT-601"):
        users_of(embedded.store, embedded.order(manager))
    assert "password_hash" not in Account.__slots__


def test_neither_password_nor_hash_is_in_the_journal(embedded: Accounts) -> None:
    """Inputs are kept as a keyed digest alone, and the same order sent again is known."""
    order = embedded.order(CHIEF)
    made = []
    for _ in range(2):
        again = hash_password(login="auditor", password=WORDS, command_id=order.command_id, key=KEY)
        inputs = {"login": "auditor", "role": "auditor", "password_hash": again}
        made.append(add_user(embedded.store, order, **inputs))

    assert made[0] == made[1]
    with embedded.store.reading() as repositories:
        journal = str([one.model_dump() for one in repositories.records.journal()])
        command = repositories.records.command(order.command_id)
        user = repositories.records.user("auditor")
    assert command is not None
    assert user is not None
    for told in (journal, str(command)):
        assert WORDS not in told
        assert user.password_hash not in told
        assert "argon2" not in told


def test_nobodys_hash_is_as_slow_as_everybodys(
    strong_passwords: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same parameters, so that an unknown login takes as long; and no password fits it."""
    monkeypatch.setattr(passwords, "_HASHER", strong_passwords)
    slow = hash_password(login="chief", password=WORDS, command_id="c", key=KEY)
    parameters = extract_parameters(slow)
    assert parameters == extract_parameters(NOBODYS)
    assert (parameters.memory_cost, parameters.time_cost) == (64 * 1024, 3)
    assert is_password(WORDS, of=slow)
    assert not is_password("", of=NOBODYS)
    assert not is_password(WORDS, of="no hash")
    composed, decomposed = "\u0101" * 12, "a\u0304" * 12
    assert is_password(decomposed, of=hashed(composed))
