"""Reports from the books as tables: a partner's statement and the status of the programme."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from skola_finance.claims.calendar import AUTUMN, semester_number
from skola_finance.claims.vocabulary import ACTIVITY
from skola_finance.exchange.tables import Column, Kind, Row, Table
from skola_finance.funding import FundingSource
from skola_finance.problems import Text
from skola_finance.usecases.reports.programme_status import programme_status
from skola_finance.usecases.reports.statement import partner_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from skola_finance.exchange.tables import Value
    from skola_finance.funding import FundingSplit
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.programme_status import ProgrammeStatus, StatusRow
    from skola_finance.usecases.reports.statement import Statement
    from skola_finance.usecases.store import Store

QUOTAS = {
    "individual_support": Text(lv="Individuālais atbalsts", en="Individual support"),
    "projects": Text(lv="Iniciatīvu un partnerības projekti", en="Initiative and partnership"),
    "events": Text(lv="Pasākumi", en="Events"),
    "central": Text(lv="Finansējuma saņēmēja izmaksas", en="The beneficiary's own costs"),
    "undivided": Text(lv="Bez sadalījuma", en="Undivided"),
    "": Text(lv="–", en="–"),
}
ESF, STATE, TOTAL = (
    Text(lv="ES fonds (ESF, ESF+)", en="EU fund (ESF, ESF+)"),
    Text(lv="Valsts budžets", en="State budget"),
    Text(lv="Kopā", en="Together"),
)
NOTHING = Text(lv="Nav sadalīts", en="Not told apart")


def money(lv: str, en: str, *, leads_to: str = "", account: str = "") -> Column:
    """Make a column of amounts."""
    return Column(Text(lv=lv, en=en), Kind.MONEY, leads_to, account)


def text(lv: str, en: str, *, leads_to: str = "") -> Column:
    """Make a column of texts."""
    return Column(Text(lv=lv, en=en), Kind.TEXT, leads_to)


def semester_text(name: str) -> Text:
    """Name a semester such as `2025-autumn`."""
    year, _, half = name.partition("-")
    if not half:
        return NOTHING
    half_lv = "rudens" if half == AUTUMN else "pavasaris"
    return Text(lv=f"{year}. g. {half_lv}", en=f"{half} {year}")


def semester_told(key: str) -> Text | None:
    """Name the semester that a key or a subject ends with; None where it ends with none."""
    name = key.rpartition(".")[2]
    try:
        semester_number(name)
    except ValueError:
        return None
    return semester_text(name)


def upper(words: Text) -> Text:
    """Begin a text with a capital letter."""
    return Text(lv=words.lv[:1].upper() + words.lv[1:], en=words.en[:1].upper() + words.en[1:])


def statement_tables(
    order: Order,
    store: Store,
    programme: str,
    partner: str,
    *,
    since: date | None,
    until: date,
) -> tuple[Table, ...]:
    """Give balances, quotas and movements of a partner."""
    found = partner_statement(
        store, order, programme=programme, partner=partner, since=since, until=until
    )
    return (_balances(found), _quotas(found), _movements(found))


def _split(split: FundingSplit) -> tuple[int, int, int]:
    return split.esf_plus_cents, split.total_cents - split.esf_plus_cents, split.total_cents


def _balances(found: Statement) -> Table:
    keys = {"partner": found.partner_reg_no}
    return Table(
        Text(lv="Atlikumi", en="Balances"),
        (
            text("Konts", "Account"),
            money("Sākumā", "Opening"),
            money("Izmaiņa", "Change"),
            money("Beigās: ES fonds", "Closing: EU fund"),
            money("Beigās: valsts budžets", "Closing: state budget"),
            money("Beigās", "Closing"),
        ),
        tuple(
            Row(
                (
                    upper(one.account.label),
                    one.opening.total_cents,
                    one.closing.total_cents - one.opening.total_cents,
                    *_split(one.closing),
                ),
                {**keys, "account": one.account.value},
            )
            for one in found.accounts
        ),
    )


def _quotas(found: Statement) -> Table:
    return Table(
        Text(lv="Finansējuma kvotas", en="Quotas"),
        (
            text("Kvota", "Quota"),
            money("Piešķirts", "Allocated"),
            money("Izlietots", "Used"),
            money("Brīvs", "Free"),
        ),
        tuple(
            Row(
                (
                    QUOTAS[one.quota.value],
                    one.allocated.total_cents,
                    one.used.total_cents,
                    one.free.total_cents,
                )
            )
            for one in found.quotas
        ),
    )


def _movements(found: Statement) -> Table:
    return Table(
        Text(lv="Kustības", en="Movements"),
        (
            Column(Text(lv="Diena", en="Day"), Kind.DAY),
            Column(Text(lv="Notikums", en="Event"), Kind.NAMED),
            text("Pamats", "Reference"),
            text("Konts", "Account"),
            text("Kvota", "Quota"),
            text("Dokuments", "Document", leads_to="claim"),
            money("Izmaiņa", "Change"),
            money("Konta atlikums", "Balance of the account"),
        ),
        tuple(
            Row(
                (
                    one.on,
                    one.event.value,
                    one.reference,
                    upper(one.account.label),
                    QUOTAS[one.quota.value],
                    one.document,
                    one.amount.total_cents,
                    one.balance_cents,
                ),
                {"claim": one.document},
            )
            for one in found.movements
        ),
    )


def status_tables(
    order: Order, store: Store, programme: str, partner: str | None, *, by: str
) -> tuple[Table, ...]:
    """Give the status by partner, activity, source or semester; the columns add up to the books."""
    status = programme_status(store, order, programme=programme, partner=partner)
    if by == "source":
        return (_by_source(status),)
    keys: dict[str, tuple[Column, Callable[[StatusRow], str], Callable[[str], Value]]] = {
        "partner": (
            text("Partneris", "Partner", leads_to="partner"),
            lambda row: row.partner_reg_no,
            _names(status),
        ),
        "activity": (
            text("Darbība", "Activity"),
            lambda row: row.activity,
            lambda code: upper(ACTIVITY[code]) if code else NOTHING,
        ),
        "semester": (text("Semestris", "Semester"), lambda row: row.semester, semester_text),
    }
    column, key_of, named = keys[by]
    groups: defaultdict[str, list[StatusRow]] = defaultdict(list)
    for row in status.rows:
        groups[key_of(row)].append(row)
    if by == "partner":
        ordered: Sequence[str] = [one.partner_reg_no for one in status.allocations]
    elif by == "semester":
        ordered = sorted(groups, key=lambda name: semester_number(name) if name else 0)
    else:
        ordered = list(groups)
    own = {} if partner is None else {"partner": partner}
    unfolds = "" if by == "activity" else "behind"
    return (
        Table(
            Text(lv="Programmas stāvoklis", en="Programme status"),
            (
                column,
                money("Pieteikts", "Claimed"),
                money("Attiecināms", "Eligible"),
                money("Apstiprināts", "Approved", leads_to=unfolds, account="approved"),
                money("Atsaukts", "Withdrawn", leads_to=unfolds, account="withdrawn"),
                money("Paliek apstiprināts", "Stands approved", leads_to=unfolds),
                money(
                    "Samaksāts",
                    "Paid",
                    leads_to="behind" if by == "partner" else "",
                    account="paid",
                ),
            ),
            tuple(Row((named(key), *_sums(groups[key])), {**own, by: key}) for key in ordered),
            total=(TOTAL, *_sums(status.rows)),
        ),
    )


def _names(status: ProgrammeStatus) -> Callable[[str], Value]:
    names = {one.partner_reg_no: one.partner_name for one in status.allocations}
    return lambda reg_no: names.get(reg_no, reg_no)


def _sums(rows: Iterable[StatusRow]) -> tuple[int, ...]:
    found = list(rows)
    return (
        sum(row.claimed_cents for row in found),
        sum(row.eligible_cents for row in found),
        sum(row.approved.total_cents for row in found),
        sum(row.withdrawn.total_cents for row in found),
        sum(row.standing.total_cents for row in found),
        sum(row.paid.total_cents for row in found),
    )


def _by_source(status: ProgrammeStatus) -> Table:
    columns = (
        *(status.allocated, status.approved),
        *(status.withdrawn, status.paid, status.free),
    )
    parts = [_split(one) for one in columns]
    rows = [
        Row((name, *(part[place] for part in parts)), {"source": source.value})
        for place, (name, source) in enumerate(
            ((ESF, FundingSource.ESF_PLUS), (STATE, FundingSource.STATE))
        )
    ]
    return Table(
        Text(lv="Programmas stāvoklis pa avotiem", en="Programme status by source"),
        (
            text("Avots", "Source"),
            money("Piešķirts", "Allocated"),
            money("Apstiprināts", "Approved"),
            money("Atsaukts", "Withdrawn"),
            money("Samaksāts", "Paid"),
            money("Brīvs", "Free"),
        ),
        tuple(rows),
        total=(TOTAL, *(part[2] for part in parts)),
    )
