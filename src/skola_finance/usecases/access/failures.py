"""Tries that fail: the next one has to wait, longer each time, and after many for a while.

They are counted for each login, known or not, and for each address, so that neither one password
can be tried on many logins nor many on one. A try is counted before it is looked at, and taken
back if it was right: a hundred at once are a hundred tries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from skola_finance.storage.tables import FailedSignInRow
from skola_finance.usecases.access.kept import in_one_step, keyed
from skola_finance.usecases.wording import CommandRefused, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.store import Store

FORGOTTEN = timedelta(hours=1)
"""After so long without a try, counting begins anew."""
LOCKED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Patience:
    """How many tries may fail without a wait, and how many before the way in is shut."""

    free: int
    most: int

    def wait_after(self, count: int) -> timedelta:
        """Give how long nobody may try after so many have failed: 2, 4, 8 … seconds, then long."""
        if count >= self.most:
            return LOCKED
        if count <= self.free:
            return timedelta()
        return min(timedelta(seconds=2 ** min(count - self.free, 10)), LOCKED)


LOGIN = Patience(free=3, most=10)
ADDRESS = Patience(free=30, most=100)
"""A town hall has one address for many people."""


def count_try(*, store: Store, login: str, address: str, at: datetime) -> None:
    """Count a try, before it is looked at.

    Raises: CommandRefused AUT-609 while tries for the login or from the address have to wait; such
        a try is not counted.
    """
    limits = _limits(store, login, address)

    def count(unit: UnitOfWork) -> timedelta:
        rows = unit.access.failures(limits)
        waits = [row.blocked_until - at for row in rows.values() if row.blocked_until > at]
        if waits:
            return max(waits)
        for key, patience in limits.items():
            row = rows.get(key) or FailedSignInRow(key=key, count=0, last_at=at, blocked_until=at)
            row.count = row.count + 1 if row.last_at > at - FORGOTTEN else 1
            row.last_at = at
            row.blocked_until = at + patience.wait_after(row.count)
            unit.add(row)
        return timedelta()

    wait = in_one_step(count, store=store)
    if wait:
        raise too_many(wait)


def take_back(
    unit: UnitOfWork, store: Store, *, login: str, address: str, at: datetime, is_whole: bool
) -> None:
    """Take back a try that was right.

    Args:
        is_whole: whether somebody is in now: the login's earlier tries are forgotten then. They are
            not while a code is still awaited, or a stolen password would buy tries at the code.
    """
    limits = _limits(store, login, address)
    rows = unit.access.failures(limits)
    for place, (key, patience) in enumerate(limits.items()):
        row = rows.get(key)
        if row is None:
            continue
        is_login = place == 0
        if row.count <= 1 or (is_login and is_whole):
            unit.remove(row)
            continue
        row.count -= 1
        row.blocked_until = at + patience.wait_after(row.count)
        unit.add(row)


def forget_tries(unit: Repositories, store: Store, *, login: str) -> None:
    """Forget a login's failed tries: the administrator lets it try again at once."""
    for row in unit.access.failures(_limits(store, login, "")).values():
        unit.remove(row)


def _limits(store: Store, login: str, address: str) -> Mapping[str, Patience]:
    limits = {keyed("failed sign-in by login", login.strip().lower(), key=store.key): LOGIN}
    if address:
        limits[keyed("failed sign-in by address", address, key=store.key)] = ADDRESS
    return limits


def too_many(wait: timedelta) -> CommandRefused:
    """AUT-609: too many tries; the subject is how many seconds to wait."""
    seconds = -(-wait // timedelta(seconds=1))
    minutes = -(-seconds // 60)
    is_short = seconds < 120  # noqa: PLR2004 - two minutes
    lv = f"{seconds} s" if is_short else f"{minutes} min"
    en = f"{seconds} s" if is_short else f"{minutes} min"
    return refuse(
        "AUT-609",
        lv="Pārāk daudz neveiksmīgu mēģinājumu.",
        en="Too many tries have failed.",
        hint_lv=f"Mēģiniet vēlreiz pēc {lv}. Ja parole aizmirsta, sazinieties ar sistēmas "
        "administratoru.",
        hint_en=f"Try again in {en}. If the password is forgotten, speak to the system "
        "administrator.",
        subject=str(seconds),
    )
