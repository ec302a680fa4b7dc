"""The rulebook as it judges now: settings, and what the registers say in the form of settings.

Rules ask settings for rooms, institutions and sub-projects. Here the books and registers answer:
a partner's room is what is free plus what is used, so that earlier claims and the room agree.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from skola_finance.funding import AgreementStatus
from skola_finance.ledger import Account, Dimension, Quota
from skola_finance.money import plain as plain_amount
from skola_finance.rulebook import Setting, make_setting
from skola_finance.usecases.partners.sub_project_sums import final_sum
from skola_finance.usecases.programmes.settings import settings_in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import AgreementRow
    from skola_finance.usecases.store import Store

REGISTER = "reģistrs · register"
LEDGER = "virsgrāmata · ledger"
NO_PROJECT = "-"
"""Stands in a register without any approved sub-project."""
_SEMESTER_PARTS = 3
OF_PARTNERS = ("allocation.", "quota.", "institution.", "envelope", "project.")
"""Keys that registers and books answer; what was entered as a setting under them is no room."""


def rulebook_now(store: Store, repositories: Repositories, programme: str) -> Rulebook:
    """Give the rulebook of a programme under the settings in force, without any partner's rooms."""
    row = repositories.programmes.get(programme)
    digest = row.rulebook_digest if row is not None else ""
    rulebook = store.rulebook(repositories, digest)
    return rulebook.with_settings(settings_in_force(store, repositories, programme))


def rulebook_for(
    store: Store, repositories: Repositories, programme: str, *, partner: str
) -> Rulebook:
    """Give the rulebook that judges a partner's claim now: settings, rooms and registers."""
    rulebook = rulebook_now(store, repositories, programme)
    family = [partner, *repositories.partners.predecessors(programme, partner=partner)]
    kept = [one for one in rulebook.settings if not one.key.startswith(OF_PARTNERS)]
    kept += _semesters(rulebook, partner, family)
    kept += _rooms(rulebook, repositories, partner)
    kept += _institutions(rulebook, repositories, family)
    kept += _projects(rulebook, repositories, partner)
    return rulebook.with_settings(kept)


def rulebook_of_programme(store: Store, repositories: Repositories, programme: str) -> Rulebook:
    """Give the rulebook that judges all partners of a programme at once: every room and register.

    A partner that was succeeded has no room left: what it claimed counts as the successor's.
    """
    rulebook = rulebook_now(store, repositories, programme)
    kept = [one for one in rulebook.settings if not one.key.startswith(OF_PARTNERS)]
    seen: set[tuple[str, date | None]] = set()
    for row in repositories.partners.agreements(programme):
        if row.state == AgreementStatus.SUCCEEDED:
            continue
        partner = row.partner_reg_no
        for one in rulebook_for(store, repositories, programme, partner=partner).settings:
            if one.key.startswith(OF_PARTNERS) and (one.key, one.starts) not in seen:
                seen.add((one.key, one.starts))
                kept.append(one)
    return rulebook.with_settings(kept)


def agreement_of(
    repositories: Repositories, programme: str, *, partner: str
) -> AgreementRow | None:
    """Give the agreement of a partner that is in force, or the last one there was."""
    rows = repositories.partners.agreements(programme, partner=partner)
    in_force = [row for row in rows if not AgreementStatus(row.state).is_over]
    chosen = in_force or list(rows)
    return chosen[-1] if chosen else None


def _room(rulebook: Rulebook, key: str, cents: int) -> Setting:
    return make_setting(
        rulebook=rulebook,
        key=key,
        value=plain_amount(cents),
        starts=None,
        ends=None,
        source=LEDGER,
    )


def _rooms(rulebook: Rulebook, repositories: Repositories, partner: str) -> Iterator[Setting]:
    """Give allocation, quotas and envelope as the books have them: free plus used."""
    programme = rulebook.programme
    accounts = (Account.ALLOCATION, Account.USED)
    balances = repositories.books.balances(programme, partner=partner, accounts=accounts)
    by = (Dimension.QUOTA,)
    rooms: dict[str, int] = {}
    for account in accounts:
        for (quota,), split in balances.sums(account, by=by).items():
            rooms[quota] = rooms.get(quota, 0) + split.total_cents
    yield _room(rulebook, f"allocation.{partner}", sum(rooms.values()))
    for quota in (Quota.INDIVIDUAL_SUPPORT, Quota.PROJECTS, Quota.EVENTS):
        key = f"quota.{partner}.{quota.value}"
        if rulebook.parameter(key) is not None:
            yield _room(rulebook, key, rooms.get(quota.value, 0))
    common = repositories.books.balances(programme, partner="")
    yield _room(rulebook, "envelope", common.split(Account.APPROPRIATION).total_cents)


def semester_allocations(
    rulebook: Rulebook, family: Iterable[str]
) -> dict[str, tuple[int, bool, str]]:
    """Add up what is allocated to some partners by semester.

    Returns: by the name of a semester, cents, whether one is only an example, and the source.
    """
    members = set(family)
    rooms: dict[str, tuple[int, bool, str]] = {}
    for one in rulebook.settings:
        parts = one.key.split(".")
        is_semester = len(parts) == _SEMESTER_PARTS and parts[0] == "allocation"
        if is_semester and parts[1] in members and isinstance(one.value, int):
            cents, example, _ = rooms.get(parts[2], (0, False, ""))
            rooms[parts[2]] = (cents + one.value, example or one.illustrative, one.source)
    return rooms


def _semesters(rulebook: Rulebook, partner: str, family: Iterable[str]) -> Iterator[Setting]:
    """Give the semester allocations of a partner and of those it has taken over, added up."""
    rooms = semester_allocations(rulebook, family)
    for semester, (cents, example, source) in sorted(rooms.items()):
        yield make_setting(
            rulebook=rulebook,
            key=f"allocation.{partner}.{semester}",
            value=plain_amount(cents),
            starts=None,
            ends=None,
            source=source,
            illustrative=example,
        )


def _institutions(
    rulebook: Rulebook, repositories: Repositories, family: list[str]
) -> Iterator[Setting]:
    """Give the institutions of a partner on their days; a predecessor's stay its own days."""
    seen: set[tuple[str, date]] = set()
    for reg_no in family:
        for row in repositories.partners.institutions(rulebook.programme, partner=reg_no):
            if (row.reg_no, row.joined_on) in seen:
                continue
            seen.add((row.reg_no, row.joined_on))
            yield make_setting(
                rulebook=rulebook,
                key=f"institution.{family[0]}.{row.reg_no}",
                value="yes",
                starts=row.joined_on,
                ends=row.left_on + timedelta(days=1) if row.left_on is not None else None,
                source=REGISTER,
            )


def _projects(rulebook: Rulebook, repositories: Repositories, partner: str) -> Iterator[Setting]:
    """Give what each approved sub-project of a partner may cost.

    There is a register even where it is empty: a project that is not in it is not approved.
    """
    rows = repositories.partners.sub_projects(rulebook.programme, partners=[partner])
    sums = {row.project_no: final_sum(row) for row in rows if row.approved_on is not None}
    for number, cents in (sums or {NO_PROJECT: 0}).items():
        yield make_setting(
            rulebook=rulebook,
            key=f"project.{number}",
            value=plain_amount(cents),
            starts=None,
            ends=None,
            source=REGISTER,
        )
