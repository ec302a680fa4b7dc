"""What is kept of who comes in: seals, backups and the list of accounts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from skola_finance.storage.tables import ApiTokenRow, SecondFactorRow, SessionRow
from skola_finance.usecases.access.accounts import (
    find_users,
    my_account,
)
from skola_finance.usecases.access.tokens import (
    actor_of_token,
    make_token,
)
from skola_finance.usecases.proof.backup import backup, restore
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.store import Store
from skola_finance.usecases.views.access import Stage
from skola_finance.workflow import Actor, Role
from tests.databases import KEY, new_database
from tests.usecases.access.door import APPROVER, CHIEF, CLERK, Door, refused
from tests.usecases.world import LIEPAJA

if TYPE_CHECKING:
    from pathlib import Path


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
