"""Properties: what is written is read again, cell by cell, also after an annotation or two."""

from __future__ import annotations

import os
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skola_finance.claims import vocabulary as v
from skola_finance.claims.claim import Claim, ClaimHeader
from skola_finance.claims.columns import CLAIM_KEYS, LINE_COLUMNS, PLAN_COLUMNS, Column, Type
from skola_finance.claims.personal_data import find_identifier
from skola_finance.exchange.workbook.annotate import annotate
from skola_finance.exchange.workbook.layout import Layout
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.exchange.workbook.template import write_claim
from skola_finance.problems import Language, Problem, Severity, Text, Where
from tests.exchange.build import assess_by_hand, claim_of, plans_of

if TYPE_CHECKING:
    from skola_finance.claims.assessment import Assessment

DATES = st.dates(min_value=date(2015, 1, 1), max_value=date(2031, 12, 31))
WORDS = st.text(
    alphabet=st.sampled_from("aāčdeēgģiīkķlļnņsšuūzžABC 0123456789-/;:.,'\"=+<>&€\n"), max_size=20
)
TEXTS = WORDS.map(lambda text: " ".join(text.split(" ")).strip().lstrip("'").strip()).filter(
    lambda text: bool(text) and find_identifier(text) is None
)


OF_TYPE: dict[Type, st.SearchStrategy[Any]] = {
    Type.DATE: DATES,
    Type.TIME: st.integers(0, 24 * 60 - 1),
    Type.MONEY: st.integers(-(10**11) + 1, 10**11 - 1),
    Type.QUANTITY: st.integers(-(10**8) + 1, 10**8 - 1),
    Type.WHOLE: st.integers(0, 10**5 - 1),
}


def values_of(column: Column) -> st.SearchStrategy[Any]:
    """Make values a column may hold in the frame."""
    if column.codes is not None:
        return st.sampled_from(sorted(column.codes))
    if column.key == "unit_cost":
        return st.integers(-(10**7) + 1, 10**7 - 1)
    return OF_TYPE.get(column.type, TEXTS)


def rows_of(columns: tuple[Column, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Make rows in which any column may be empty."""
    return st.fixed_dictionaries(
        {}, optional={column.frame: values_of(column) for column in columns}
    )


LINES = st.lists(
    st.builds(
        lambda row, form: {**row, "cost_form": form, "amount_cents": row.get("amount_cents", 0)},
        rows_of(LINE_COLUMNS),
        st.sampled_from(sorted(v.COST_FORM)),
    ),
    max_size=6,
)
PLANS = st.lists(
    st.builds(
        lambda row, number: {**row, "plan_no": number},
        rows_of(PLAN_COLUMNS),
        st.sampled_from(["A", "B"]),
    ),
    max_size=3,
)
HEADERS = st.builds(
    ClaimHeader,
    programme=st.sampled_from(sorted(v.PROGRAMMES)),
    **{
        column.frame: st.none() | values_of(column)
        for column in CLAIM_KEYS
        if column.key != "programme"
    },
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Make a claim as reading would give it: a line without a ground has that of its plan."""
    header = draw(HEADERS)
    plans = plans_of(draw(PLANS))
    claim = claim_of(draw(LINES), programme=header.programme)
    lines = claim.lines.with_columns(pl.col("risk_ground").fill_null("none"))
    return Claim(header=header, lines=lines, plans=plans if plans.height else None)


def of_lines(claim: Claim) -> pl.DataFrame:
    """Give the facts of the lines, without their places."""
    return claim.lines.drop("sheet", "row", "line_no")


def some_findings(claim: Claim) -> Assessment:
    """Find something at the first line, the second and the claim."""
    places = [
        Where(sheet=sheet, row=row, column="amount")
        for sheet, row in claim.lines.select("sheet", "row").head(2).iter_rows()
    ]
    text = Text(lv="=Konstatēts", en="=Found")
    found = [
        Problem(code="ELG-120", severity=severity, message=text, hint=text, where=where)
        for where, severity in zip(
            [*places, Where(sheet="Claim", column="claim_no")],
            (Severity.ERROR, Severity.WARNING, Severity.INFO),
            strict=False,
        )
    ]
    return assess_by_hand(claim, found)


# Each example writes and reads whole workbooks (a quarter of a second), so there are few; set
# SKOLA_WORKBOOK_EXAMPLES to look harder.
EXAMPLES = int(os.environ.get("SKOLA_WORKBOOK_EXAMPLES", "8"))
MODERATE = settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])


@MODERATE
@given(claim=claims(), language=st.sampled_from(Language), as_names=st.booleans())
def test_a_claim_written_on_one_sheet_is_the_claim_that_is_read(
    claim: Claim,
    language: Language,
    as_names: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    """Proves that one sheet, in either language, by names or codes, loses and makes nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "claim.xlsx")
        write_claim(path, claim, language=language, layout=Layout.LINES, codes_as_names=as_names)
        again = read_claim(path)
    # Random claims repeat ids, and random kinds do not go with the number of lines.
    assert {p.code for p in again.reading} <= {"WBK-435", "WBK-436", "WBK-437"}
    assert again.header == claim.header
    assert again.lines.equals(claim.lines)
    assert (again.plans is None) == (claim.plans is None)
    assert claim.plans is None or (again.plans is not None and again.plans.equals(claim.plans))


@MODERATE
@given(claim=claims(), language=st.sampled_from(Language))
def test_an_annotated_claim_reads_as_the_claim_before(claim: Claim, language: Language) -> None:
    """Proves on narrow sheets that read(annotate(annotate(read(file)))) gives the same claim."""
    with tempfile.TemporaryDirectory() as folder:
        path, once, twice = (Path(folder, f"{name}.xlsx") for name in ("claim", "once", "twice"))
        write_claim(path, claim, language=language)
        first = read_claim(path)
        annotate(path, some_findings(first), once, claim=first, language=language)
        second = read_claim(once)
        annotate(once, some_findings(second), twice, claim=second, language=Language.EN)
        third = read_claim(twice)
    assert (
        of_lines(first)
        .sort(pl.all())
        .equals(
            of_lines(claim)
            .with_columns(
                activity_on=pl.when(pl.col("cost_form") == "lump_sum")
                .then(pl.coalesce("activity_on", pl.lit(claim.header.period_to, dtype=pl.Date)))
                .otherwise("activity_on")
            )
            .sort(pl.all())
        )
    )
    for again in (second, third):
        assert again.lines.equals(first.lines)
        assert again.header == first.header
        assert again.reading == first.reading
        assert (again.plans is None) == (first.plans is None)
        assert first.plans is None or (again.plans is not None and again.plans.equals(first.plans))


@settings(MODERATE, max_examples=max(2, EXAMPLES // 4))
@given(claim=claims())
def test_the_same_claim_makes_the_same_bytes(claim: Claim) -> None:
    """Proves that fixtures do not change from day to day."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "a.xlsx"), Path(folder, "b.xlsx")
        write_claim(first, claim)
        write_claim(second, claim)
        assert first.read_bytes() == second.read_bytes()
