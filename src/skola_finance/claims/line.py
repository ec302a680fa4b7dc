"""Claim lines as Python objects, for developers who have no workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA, PLAN_SCHEMA, Claim
from skola_finance.claims.columns import LINE_COLUMNS, PLAN_COLUMNS, Column, Type
from skola_finance.claims.personal_data import find_identifier
from skola_finance.claims.plans import with_risk_grounds
from skola_finance.money import Money, eur, to_cents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from skola_finance.claims.claim import ClaimHeader

Euros: TypeAlias = "Money | str | int | Decimal | None"
Quantity: TypeAlias = "Decimal | str | int | None"

UNIT_COST_BELOW_CENTS = 10**7
_MILLI = 1000
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_QUANTITY = re.compile(r"-?\d{1,5}(?:[.,]\d{1,3})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One line of a claim; what is not given stays None and counts as a missing fact.

    Euros are `Money`, text (`"13.20"`, `"13,20"`), whole numbers or `Decimal`, never floats;
    quantities are `Decimal`, text or whole numbers with at most three decimals.
    """

    activity: str
    cost_form: str
    amount: Euros
    line_id: str | None = None
    activity_on: date | None = None
    starts_at: time | str | None = None
    session_ref: str | None = None
    document_no: str | None = None
    document_on: date | None = None
    document_total: Euros = None
    paid_on: date | None = None
    supplier_kind: str | None = None
    supplier_reg_no: str | None = None
    institution_reg_no: str | None = None
    institution_founder: str | None = None
    education_programme: str | None = None
    study_form: str | None = None
    learner_ref: str | None = None
    learner_grade: int | None = None
    learner_age: int | None = None
    risk_ground: str | None = None
    plan_no: str | None = None
    specialist: str | None = None
    specialist_ref: str | None = None
    mentor_certified_on: date | None = None
    group_size: int | None = None
    quantity: Quantity = None
    unit_cost: Euros = None
    vat_amount: Euros = None
    vat_recoverable: str | None = None
    vat_recoverable_amount: Euros = None
    payment_document_no: str | None = None
    supplier_vat_no: str | None = None
    vat_pro_rata: str | None = None
    other_funding: str | None = None
    economic_code: str | None = None
    project_no: str | None = None
    institution_kind: str | None = None
    ticket_kind: str | None = None
    income_status: str | None = None
    has_disability: str | None = None
    employment_form: str | None = None
    budget_bucket: str | None = None
    corrects_line_id: str | None = None
    evidence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One kind of support in one semester of an individual plan; both dates inclusive."""

    plan_no: str
    learner_ref: str
    activity: str
    plan_from: date
    plan_to: date
    risk_ground: str | None = None
    institution_reg_no: str | None = None
    semester: str | None = None
    planned_hours: Quantity = None


def claim_of(
    header: ClaimHeader,
    *,
    lines: Sequence[ClaimLine],
    plans: Sequence[PlanRow] | None = None,
) -> Claim:
    """Make a claim of Python objects.

    A text in which personal data is found is left out, and the line is rejected with CLM-211.

    Raises:
        InexactAmount: FUN-702, an amount that is not exact euros and cents.
        ValueError: a quantity, time or type that cannot be read.

    """
    records = [{one.name: getattr(line, one.name) for one in fields(line)} for line in lines]
    planned = None
    if plans is not None:
        planned = plans_frame(
            {one.name: getattr(row, one.name) for one in fields(row)} for row in plans
        )
    frame = lines_frame(records)
    if planned is not None:
        frame = with_risk_grounds(frame, planned).select(*LINE_SCHEMA)
    return Claim(header=header, lines=frame, plans=planned)


def lines_frame(records: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Make the frame of lines from mappings of column keys to values."""
    rows = []
    for number, record in enumerate(records):
        row = _row(record, LINE_COLUMNS)
        row |= {"line_no": number, "personal_data_in": _clean(row)}
        rows.append(row)
    return pl.DataFrame(rows, schema=LINE_SCHEMA, orient="row")


def plans_frame(records: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Make the frame of individual plans from mappings of column keys to values."""
    rows = [_row(record, PLAN_COLUMNS) for record in records]
    return pl.DataFrame(rows, schema=PLAN_SCHEMA, orient="row")


def _row(record: Mapping[str, Any], columns: tuple[Column, ...]) -> dict[str, Any]:
    unknown = set(record) - {column.key for column in columns}
    if unknown:
        msg = f"unknown columns: {', '.join(sorted(unknown))}"
        raise ValueError(msg)
    return {column.frame: _cell(column, record.get(column.key)) for column in columns}


def _cell(column: Column, value: Any) -> Any:  # noqa: ANN401 - the column decides
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    match column.type:
        case Type.MONEY:
            return _cents(column, value)
        case Type.QUANTITY:
            return _thousandths(value)
        case Type.TIME:
            return _minutes(value if isinstance(value, time) else str(value))
        case Type.DATE | Type.WHOLE:
            expected = date if column.type is Type.DATE else int
            if not isinstance(value, expected) or isinstance(value, (bool, datetime)):
                msg = f"{column.key}: {value!r} is not a {expected.__name__}"
                raise ValueError(msg)  # noqa: TRY004 - what cannot be read is one kind of error
            return value
        case _:
            return str(value)


def _cents(column: Column, value: Any) -> int:  # noqa: ANN401 - `eur` refuses what is not euros
    """Read euros; a unit cost is bounded more tightly, so that no product overflows (D-01)."""
    cents = to_cents(eur(value))
    if column.key == "unit_cost" and abs(cents) >= UNIT_COST_BELOW_CENTS:
        msg = f"unit_cost: {value!r} is not below 100 000 €"
        raise ValueError(msg)
    return cents


def _thousandths(value: Decimal | str | int) -> int:
    text = str(value).replace(",", ".")
    if isinstance(value, float) or not _QUANTITY.fullmatch(text):
        msg = f"{value!r} is not a quantity with at most three decimals"
        raise ValueError(msg)
    return int(Decimal(text) * _MILLI)


def _minutes(value: time | str) -> int:
    if isinstance(value, time):
        return value.hour * 60 + value.minute
    found = _TIME.fullmatch(value)
    if found is None:
        msg = f"{value!r} is not a time of day"
        raise ValueError(msg)
    return int(found[1]) * 60 + int(found[2])


def _clean(row: dict[str, Any]) -> str | None:
    """Take personal data out of the texts of a row; give the first column that held some."""
    found = None
    for column in LINE_COLUMNS:
        text = row[column.frame]
        if column.type is Type.TEXT and text is not None and find_identifier(text):
            row[column.frame] = None
            found = found or column.key
    return found
