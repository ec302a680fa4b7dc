"""The reports as tables that can be shown, printed and taken along."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from skola_finance.exchange.tables import Table, write_tables
from skola_finance.ledger import Account
from skola_finance.problems import Text
from skola_finance.usecases.reports.provenance import MOST_LINES, unfold
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.views.report_books import (
    QUOTAS,
    semester_text,
    statement_tables,
    status_tables,
    upper,
)
from skola_finance.usecases.views.report_lists import (
    ageing_tables,
    exposure_tables,
    obligations_tables,
    results_tables,
    run_out_tables,
)
from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import not_found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from skola_finance.problems import Language
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.parts import Provenance
    from skola_finance.usecases.store import Store


class ReportCode(StrEnum):
    """The reports there are, as they stand in addresses."""

    STATEMENT = "statement"
    """A partner's balances at a date, and its movements."""
    STATUS = "status"
    """What was claimed, approved and paid, by partner, activity, source or semester."""
    AGEING = "ageing"
    """Open claims against the legal clock."""
    RUN_OUT = "run-out"
    """When allocations end at the present pace."""
    EXPOSURE = "exposure"
    """How much of their own money partners have out."""
    RESULTS = "results"
    """What was achieved, against targets."""
    OBLIGATIONS = "obligations"
    """What is due when, by whom."""


TITLES: Mapping[ReportCode, tuple[Text, Text]] = {
    ReportCode.STATEMENT: (
        Text(lv="Partnera norēķinu izraksts", en="Statement of a partner"),
        Text(
            lv="Atlikumi dienas beigās un visas kustības periodā.",
            en="Balances at the end of a day, and every movement of a period.",
        ),
    ),
    ReportCode.STATUS: (
        Text(lv="Programmas stāvoklis", en="Programme status"),
        Text(
            lv="Pieteikts, apstiprināts un samaksāts: pa partneriem, darbībām u. c.",
            en="Claimed, approved and paid: by partner, activity, source, semester.",
        ),
    ),
    ReportCode.AGEING: (
        Text(lv="Atvērto pārskatu vecums", en="Age of open claims"),
        Text(
            lv="Cik dienas pārskati ir aģentūrā, apturēto laiku neskaitot.",
            en="How many days claims have been with the agency, pauses left out.",
        ),
    ),
    ReportCode.RUN_OUT: (
        Text(lv="Piešķīruma izlietojuma prognoze", en="Run-out forecast"),
        Text(
            lv="Kurā dienā piešķīrums beigsies, ja tērēs kā līdz šim.",
            en="On which day an allocation ends at the present pace.",
        ),
    ),
    ReportCode.EXPOSURE: (
        Text(lv="Pašvaldības priekšfinansējums", en="Pre-financing exposure"),
        Text(
            lv="Cik savas naudas partneri ir ieguldījuši un kopš kura laika.",
            en="How much of their own money partners have out, and since when.",
        ),
    ),
    ReportCode.RESULTS: (
        Text(lv="Sasniegtie rādītāji", en="Results achieved"),
        Text(
            lv="Izglītojamie, iestādes un nodarbības pret plānoto.",
            en="Learners, schools and sessions, against targets.",
        ),
    ),
    ReportCode.OBLIGATIONS: (
        Text(lv="Saistības un termiņi", en="Obligations"),
        Text(
            lv="Kas, kam un līdz kurai dienai jāizdara, ar tiesisko pamatu.",
            en="What is due, by whom and by which day, with its source.",
        ),
    ),
}
"""What each report is called, and what it says."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its tables.

    `illustrative` says that a setting in force is only an example. `partners` may be asked for, by
    name; `since` and `until` are those of the statement.
    """

    code: ReportCode
    title: Text
    about: Text
    programme: str
    partner: str
    on: date
    since: date | None
    until: date
    by: str
    tables: tuple[Table, ...]
    partners: Mapping[str, str]
    illustrative: bool

    @property
    def main(self) -> Table:
        """The table that a file of one table holds."""
        return self.tables[-1] if self.code is ReportCode.STATEMENT else self.tables[0]

    def workbook(
        self, language: Language, *, names: Mapping[str, str], notes: tuple[str, ...] = ()
    ) -> bytes:
        """Give the report as a workbook, a sheet for each table.

        Args:
            language: of every text.
            names: what events of the books are called.
            notes: sentences above each table.
        """
        return write_tables(self.tables, language=language, names=names, notes=notes)


def report_of(
    store: Store,
    order: Order,
    *,
    programme: str,
    report: str,
    partner: str | None = None,
    since: date | None = None,
    until: date | None = None,
    by: str = "",
) -> Report:
    """Give a report as tables.

    Args:
        report: its code.
        partner: one partner alone; a statement is of the first one where it is left out.
        since, until: of the statement; until today where left out. Obligations are those due by
            `until`, where it is given.
        by: what the programme's status is told apart by.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for an unknown report, programme or
        partner; CommandRefused WFL-518 for an unknown `by`, WFL-580 for a period that ends before
        it begins.
    """
    if report not in set(ReportCode):
        raise not_found(Text(lv="uzraudzības pārskats", en="report"))
    code = ReportCode(report)
    with reading_reports(store, order) as repositories:
        everybody = scope_of(repositories, order, programme=programme, partner=None)
        scope = scope_of(repositories, order, programme=programme, partner=partner or None)
    asked = partner or order.actor.partner_reg_no or ""
    if code is ReportCode.STATEMENT and not asked:
        asked = next(iter(everybody.names), "")
    return Report(
        code=code,
        title=TITLES[code][0],
        about=TITLES[code][1],
        programme=programme,
        partner=asked,
        on=order.on,
        since=since,
        until=until or order.on,
        by=by,
        tables=_tables(store, order, code, programme, asked, since=since, until=until, by=by),
        partners=everybody.names,
        illustrative=scope.illustrative,
    )


def _tables(
    store: Store,
    order: Order,
    code: ReportCode,
    programme: str,
    partner: str,
    *,
    since: date | None,
    until: date | None,
    by: str,
) -> tuple[Table, ...]:
    one = partner or None
    if code is ReportCode.STATEMENT:
        last = until or order.on
        return statement_tables(order, store, programme, partner, since=since, until=last)
    if code is ReportCode.STATUS:
        if by not in {"", "partner", "activity", "source", "semester"}:
            raise unusable_input("by", lv=f"nav „{by}”", en=f"there is no “{by}”")
        return status_tables(order, store, programme, one, by=by or "partner")
    if code is ReportCode.OBLIGATIONS:
        return obligations_tables(order, store, programme, one, until=until)
    return _PLAIN[code](order, store, programme, one)


_PLAIN = {
    ReportCode.AGEING: ageing_tables,
    ReportCode.RUN_OUT: run_out_tables,
    ReportCode.EXPOSURE: exposure_tables,
    ReportCode.RESULTS: results_tables,
}


@dataclass(frozen=True, slots=True)
class ReportTitle:
    """A report in the list: its code, what it is called, and what it says."""

    code: str
    title: Text
    about: Text


def report_titles(store: Store, order: Order) -> tuple[ReportTitle, ...]:
    """Give the reports there are.

    Raises: RoleNotAllowed (AUT-601).
    """
    with reading_reports(store, order):
        return tuple(ReportTitle(code.value, *said) for code, said in TITLES.items())


def unfold_figure(
    store: Store,
    order: Order,
    *,
    programme: str,
    partner: str | None = None,
    account: str | None = None,
    semester: str | None = None,
    quota: str | None = None,
    claim: str | None = None,
    most_lines: int = MOST_LINES,
) -> Figure:
    """Give everything behind a figure that an address names; see `unfold`.

    Args:
        account: the account's code; left out, what stands approved.
        most_lines: how many lines are shown; those beyond are added up, claim by claim.

    Raises: as `unfold`; NotFound (AUT-603) for an account that there is none of.
    """
    if account is not None and account not in set(Account):
        raise not_found(Text(lv="konts", en="account"))
    found = unfold(
        store,
        order,
        programme=programme,
        partner=partner,
        account=None if account is None else Account(account),
        semester=semester,
        quota=quota,
        claim=claim,
        most_lines=most_lines,
    )
    with reading_reports(store, order) as repositories:
        names = repositories.overview.partner_names()
    return Figure(
        what=upper(Account(account).label) if account is not None else STANDS_APPROVED,
        partner_name=names.get(found.partner_reg_no, "") if found.partner_reg_no else "",
        semester=semester_text(semester) if semester else None,
        quota=QUOTAS.get(quota) if quota else None,
        behind=found,
    )


STANDS_APPROVED = Text(lv="Paliek apstiprināts", en="Stands approved")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with what it is called, what narrows it down, and everything behind it."""

    what: Text
    partner_name: str
    semester: Text | None
    quota: Text | None
    behind: Provenance
