"""Reports that list things as tables: ageing, run-out, exposure, results, obligations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.claims.vocabulary import ACTIVITY
from skola_finance.exchange.tables import Column, Kind, Row, Table
from skola_finance.problems import Text
from skola_finance.usecases.reports.ageing import ageing_of_claims
from skola_finance.usecases.reports.exposure import prefinancing_exposure
from skola_finance.usecases.reports.forecast import run_out_forecast
from skola_finance.usecases.reports.obligations import obligations_of
from skola_finance.usecases.reports.results import (
    ALL_INDIVIDUAL,
    SMALLEST_GROUP,
    TooFew,
    results_achieved,
)
from skola_finance.usecases.reports.run_out import EndsOn, UsedUp
from skola_finance.usecases.views.report_books import (
    QUOTAS,
    TOTAL,
    money,
    semester_text,
    semester_told,
    text,
    upper,
)
from skola_finance.workflow import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from skola_finance.exchange.tables import Value
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.reports.exposure import Exposure
    from skola_finance.usecases.reports.forecast import Outlook
    from skola_finance.usecases.reports.results import Learners
    from skola_finance.usecases.store import Store

FEW = Text(lv=f"mazāk par {SMALLEST_GROUP}", en=f"fewer than {SMALLEST_GROUP}")
ALL = Text(lv="visi semestri", en="all semesters")
STOPPED = Text(lv="apturēts", en="stopped")
WHAT = {
    "learners": Text(lv="izglītojamie", en="learners"),
    "schools": Text(lv="iestādes", en="schools"),
    "sessions": Text(lv="nodarbības", en="sessions"),
}
PARTNER = text("Partneris", "Partner", leads_to="partner")


def count(lv: str, en: str) -> Column:
    """Make a column of whole numbers."""
    return Column(Text(lv=lv, en=en), Kind.COUNT)


def day(lv: str, en: str) -> Column:
    """Make a column of days."""
    return Column(Text(lv=lv, en=en), Kind.DAY)


def ageing_tables(
    order: Order, store: Store, programme: str, partner: str | None
) -> tuple[Table, ...]:
    """Give the open claims, the oldest first, and how many there are of each age."""
    found = ageing_of_claims(store, order, programme=programme, partner=partner)
    names = _names(order, store)
    claims = Table(
        Text(lv="Atvērtie pārskati", en="Open claims"),
        (
            text("Pārskats", "Claim", leads_to="claim"),
            PARTNER,
            text("Stāvoklis", "State"),
            text("Pārbaudītājs", "Reviewer"),
            day("Iesniegts", "Filed"),
            count("Dienas", "Days"),
            count("Darbdienas", "Working days"),
            text("Pulkstenis", "Clock"),
            day("Termiņš", "Due"),
            money("Summa", "Amount"),
        ),
        tuple(
            Row(
                (
                    one.claim,
                    names.get(one.partner_reg_no, one.partner_reg_no),
                    CLAIMS.state_names[one.state],
                    one.reviewer,
                    one.filed_on,
                    one.calendar_days,
                    one.working_days,
                    STOPPED if one.is_stopped else None,
                    min((due.due_on for due in one.duties), default=None),
                    one.cents,
                ),
                {"claim": one.claim, "partner": one.partner_reg_no},
            )
            for one in found.claims
        ),
        total=(TOTAL, *([None] * 8), sum(one.cents for one in found.claims)),
    )
    ages = Table(
        Text(lv="Pa vecumiem", en="By age"),
        (
            text("Dienas", "Days"),
            count("Pārskati", "Claims"),
            money("Summa", "Amount"),
        ),
        tuple(
            Row((_age(one.from_days, one.to_days), one.claims, one.cents)) for one in found.buckets
        ),
    )
    return claims, ages


def _age(first: int, last: int | None) -> str:
    return f"{first} +" if last is None else f"{first}–{last}"


def run_out_tables(
    order: Order, store: Store, programme: str, partner: str | None
) -> tuple[Table, ...]:
    """Give the day on which each allocation ends at the present pace."""
    found = run_out_forecast(store, order, programme=programme, partner=partner)
    columns = (
        money("Piešķirts", "Allocated"),
        money("Izlietots un pieteikts", "Spent and claimed"),
        money("Atlikums", "Left"),
        count("Mēneši ar izlietojumu", "Months with activity"),
        day("Beigsies", "Ends on"),
        text("Piezīme", "Note"),
    )
    partners = Table(
        Text(lv="Piešķīrumu izlietojums", en="Run-out of allocations"),
        (PARTNER, *columns),
        tuple(
            Row((one.partner_name, *_outlook(one.in_all)), {"partner": one.partner_reg_no})
            for one in found
        ),
    )
    quotas = Table(
        Text(lv="Pa kvotām", en="By quota"),
        (PARTNER, text("Kvota", "Quota"), *columns),
        tuple(
            Row(
                (one.partner_name, QUOTAS[quota.value], *_outlook(outlook)),
                {"partner": one.partner_reg_no},
            )
            for one in found
            for quota, outlook in one.quotas
        ),
    )
    return partners, quotas


def _outlook(one: Outlook) -> tuple[Value, ...]:
    ends: Value = None
    note: Value = Text(lv="šādā tempā nebeigsies", en="never at this pace")
    if isinstance(one.outlook, EndsOn):
        ends, note = one.outlook.day, None
    elif isinstance(one.outlook, UsedUp):
        note = Text(lv="izlietots", en="used up")
    return one.allocated_cents, one.spent_cents, one.left_cents, one.months, ends, note


def exposure_tables(
    order: Order, store: Store, programme: str, partner: str | None
) -> tuple[Table, ...]:
    """Give partners' own money that is out, in all and claim by claim."""
    found = prefinancing_exposure(store, order, programme=programme, partner=partner)
    return _own_money(found), _own_money_by_claim(found)


def _own_money(found: Sequence[Exposure]) -> Table:
    return Table(
        Text(lv="Pašvaldības priekšfinansējums", en="Pre-financing exposure"),
        (
            PARTNER,
            money("Pārskatos", "In claims"),
            money("Avansi", "Advances"),
            money("Savas naudas", "Own money out"),
            day("Kopš", "Since"),
        ),
        tuple(
            Row(
                (
                    one.partner_name,
                    sum(claim.out_cents for claim in one.claims),
                    one.advances_cents,
                    one.net_cents,
                    one.since,
                ),
                {"partner": one.partner_reg_no},
            )
            for one in found
        ),
        total=(
            TOTAL,
            sum(claim.out_cents for one in found for claim in one.claims),
            sum(one.advances_cents for one in found),
            sum(one.net_cents for one in found),
            None,
        ),
    )


def _own_money_by_claim(found: Sequence[Exposure]) -> Table:
    return Table(
        Text(lv="Pa pārskatiem", en="By claim"),
        (
            text("Pārskats", "Claim", leads_to="claim"),
            PARTNER,
            text("Stāvoklis", "State"),
            money("Radušies", "Incurred"),
            money("Segts", "Covered"),
            money("Savas naudas", "Own money out"),
            day("Kopš", "Since"),
        ),
        tuple(
            Row(
                (
                    claim.claim,
                    one.partner_name,
                    CLAIMS.state_names[claim.state],
                    claim.incurred_cents,
                    claim.covered_cents,
                    claim.out_cents,
                    claim.since,
                ),
                {"claim": claim.claim, "partner": one.partner_reg_no},
            )
            for one in found
            for claim in one.claims
        ),
    )


def results_tables(
    order: Order, store: Store, programme: str, partner: str | None
) -> tuple[Table, ...]:
    """Give what was achieved, and targets beside it; small groups are not told apart."""
    found = results_achieved(store, order, programme=programme, partner=partner)
    achieved = Table(
        Text(lv="Sasniegtie rādītāji", en="Results achieved"),
        (
            text("Darbība", "Activity"),
            text("Semestris", "Semester"),
            text("Izglītojamie", "Learners"),
            count("Iestādes", "Schools"),
            count("Nodarbības", "Sessions"),
        ),
        tuple(
            Row(
                (
                    _activity(one.activity),
                    semester_text(one.semester) if one.semester else ALL,
                    _learners(one.learners),
                    one.schools,
                    one.sessions,
                )
            )
            for one in found.achieved
        ),
    )
    targets = Table(
        Text(lv="Pret plānoto", en="Against targets"),
        (
            text("Darbība", "Activity"),
            text("Rādītājs", "Indicator"),
            count("Plānots", "Target"),
            text("Sasniegts", "Achieved"),
            text("Avots", "Source"),
        ),
        tuple(
            Row(
                (
                    _activity(one.activity),
                    WHAT[one.what],
                    one.target,
                    _learners(one.achieved),
                    one.source,
                )
            )
            for one in found.targets
        ),
    )
    return achieved, targets


def _activity(code: str) -> Text:
    if code == ALL_INDIVIDUAL:
        return Text(lv="Viss individuālais atbalsts", en="All individual support")
    return upper(ACTIVITY[code])


def _learners(number: Learners) -> Value:
    return FEW if isinstance(number, TooFew) else str(number)


def obligations_tables(
    order: Order, store: Store, programme: str, partner: str | None, *, until: date | None
) -> tuple[Table, ...]:
    """Give what is due, the next day first; with a last day only what is due by then."""
    found = obligations_of(store, order, programme, partner=partner)
    names = _names(order, store)
    due = Table(
        Text(lv="Termiņi", en="What is due"),
        (
            day("Līdz", "By"),
            text("Kas jādara", "What"),
            text("Kam", "Whose"),
            PARTNER,
            text("Par ko", "About", leads_to="claim"),
            count("Atlikušas darbdienas", "Working days left"),
            text("Pamats", "Source"),
        ),
        tuple(
            Row(
                (
                    one.due_on,
                    one.name,
                    one.who.label,
                    names.get(one.partner_reg_no, one.partner_reg_no),
                    semester_told(one.subject) or one.subject,
                    one.working_days_left,
                    one.told_source,
                ),
                {"claim": one.subject, "partner": one.partner_reg_no},
            )
            for one in found
            if until is None or one.due_on <= until
        ),
    )
    return (due,)


def _names(order: Order, store: Store) -> dict[str, str]:
    """Give the names of the partners that a person sees."""
    with store.reading() as repositories:
        names = repositories.overview.partner_names()
    return {reg_no: name for reg_no, name in names.items() if order.actor.sees(reg_no)}
