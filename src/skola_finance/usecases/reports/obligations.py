"""Legal dates as computed obligations: what is due when, by whom, by which source, and reminders.

Nothing is stored: every day follows from things that are, and from the terms that the programme has
entered. A duty whose term is unset makes nothing due; `missing_settings` says which those are.
Participants' corrections, questions of the tax authority and new bank accounts are left out: their
events are not kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from typing import TYPE_CHECKING

from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.cases_due import (
    advances_due,
    objections_due,
    recoveries_due,
    spot_checks_due,
    sub_projects_due,
)
from skola_finance.usecases.reports.claims_due import claims_due
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.reports.terms_due import Due, Terms
from skola_finance.usecases.terms import entered, whole
from skola_finance.workflow import DUTIES, NOTICE_KEY, Duty, add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance.problems import Text
    from skola_finance.storage.tables import ProgrammeRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

VAT_PERIOD, AGREED_ON = "report.vat_period.months", "project_agreement_on"


@dataclass(frozen=True, slots=True)
class MissingSetting:
    """A term that the programme has, and nobody has entered for the day.

    Attributes:
        key: of the setting.
        title: what it is called.
        duties: what nobody is reminded of while it is unset.
        offered: the values that the law gives for another relation; shown, never applied.
    """

    key: str
    title: Text
    duties: tuple[Text, ...]
    offered: tuple[str, ...]


def obligations_of(
    store: Store, order: Order, programme: str, *, partner: str | None = None
) -> tuple[Due, ...]:
    """Give what is due in a programme, the next day first.

    Args:
        programme: one that is closed has nothing due.
        partner: only what concerns this partner; a partner's people get their own. What concerns
            the agency alone is then left out.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); UnusableTerm (WFL-513) for a term of the
        wrong shape.
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        row = repositories.programmes.get(programme)
        if row is None or row.closed_on is not None:
            return ()
        terms = Terms(rulebook_now(store, repositories, programme), on=order.on)
        found = chain(
            claims_due(repositories, scope, terms),
            objections_due(repositories, scope, terms),
            recoveries_due(repositories, scope, terms),
            sub_projects_due(repositories, scope, terms),
            advances_due(repositories, scope, terms),
            spot_checks_due(repositories, scope, terms),
            _of_programme(row, terms, is_whole=scope.is_whole),
        )
        return tuple(
            sorted(
                found,
                key=lambda one: (one.due_on, one.duty.value, one.subject, one.partner_reg_no),
            )
        )


@kept_for_a_while(32)
def missing_settings(store: Store, order: Order, programme: str) -> tuple[MissingSetting, ...]:
    """Give the terms that the programme's rulebook knows and nobody has entered, by key.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope_of(repositories, order, programme=programme, partner=None)
        rulebook = rulebook_now(store, repositories, programme)
    wanted: dict[str, list[Text]] = {NOTICE_KEY: []}
    for term in DUTIES.values():
        wanted.setdefault(term.key, []).append(term.name)
    missing = []
    for key, names in sorted(wanted.items()):
        parameter = rulebook.parameter(key)
        if parameter is not None and entered(rulebook, key, on=order.on) is None:
            offered = tuple(one.text for one in parameter.offered)
            missing.append(MissingSetting(key, parameter.title, tuple(names), offered))
    return tuple(missing)


def _of_programme(row: ProgrammeRow, terms: Terms, *, is_whole: bool) -> Iterator[Due]:
    """Give what comes round in the whole programme; news and the last day concern partners too."""
    code = row.code
    months = whole(terms.rulebook, DUTIES[Duty.PUBLISH_NEWS].key, on=terms.on)
    yield from terms.next_of(
        Duty.PUBLISH_NEWS, subject=code, events=_every(row.opened_on, months or 0)
    )
    last = terms.due(Duty.LAST_CLAIMS, subject=code, since=row.opened_on)
    yield from (one for one in last if not one.is_overdue)
    if not is_whole:
        return
    months = whole(terms.rulebook, DUTIES[Duty.REPORT_PROGRESS].key, on=terms.on)
    yield from terms.next_of(
        Duty.REPORT_PROGRESS, subject=code, events=_every(row.opened_on, months or 0)
    )
    for duty in (Duty.APPROVE_OLD_YEAR, Duty.REPORT_PARTICIPANTS):
        for year in (terms.on.year - 1, terms.on.year):
            found = list(terms.due(duty, subject=str(year), since=date(year, 12, 31)))
            if found and not found[0].is_overdue:
                yield from found
                break
    yield from _vat(terms, code)


def _vat(terms: Terms, programme: str) -> Iterator[Due]:
    """Give the next report of VAT, after each period since the agreement on the project."""
    if terms.rulebook.parameter(VAT_PERIOD) is None:
        return
    months = whole(terms.rulebook, VAT_PERIOD, on=terms.on)
    agreed = entered(terms.rulebook, AGREED_ON, on=terms.on)
    if not months or agreed is None or not isinstance(agreed.value, date):
        return
    ends = (day - timedelta(days=1) for day in _every(agreed.value, months) if day > agreed.value)
    yield from terms.next_of(Duty.REPORT_VAT, subject=programme, events=ends)


def _every(first: date, months: int) -> Iterator[date]:
    """Give a day and those of the same number some months on; nothing for no months."""
    if months:
        yield from (add_months(first, months * number) for number in count())
