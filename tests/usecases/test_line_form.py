"""The form of one line: every column has its group, and what is needed follows the cost form."""

from __future__ import annotations

import pytest

from skola_finance.claims import vocabulary as v
from skola_finance.queries.claims import LineGroupKind
from skola_finance.usecases.views.claims_columns import needed_keys, typed_columns
from skola_finance.usecases.views.claims_line_form import _groups


@pytest.mark.parametrize("programme", [v.SKOLA_KOPIENA, v.PUMPURS])
def test_every_column_stands_in_one_group(programme: str) -> None:
    """Proves that no column is lost or asked for twice."""
    columns = typed_columns(programme)
    grouped = [
        one for each in _groups(columns, in_sight=set(), is_actual=True) for one in each.columns
    ]
    assert sorted(one.key for one in grouped) == sorted(one.key for one in columns)


@pytest.mark.parametrize(
    ("in_sight", "is_actual", "is_open"),
    [
        (set(), False, False),
        ({"amount"}, False, False),
        ({"paid_on"}, False, True),
        (set(), True, True),
    ],
)
def test_only_an_empty_invoice_is_folded(
    in_sight: set[str], *, is_actual: bool, is_open: bool
) -> None:
    """Proves that one filled or faulty cell, or the cost form, brings the invoice into sight."""
    groups = _groups(typed_columns(v.SKOLA_KOPIENA), in_sight=in_sight, is_actual=is_actual)
    folded = {one.kind: one.is_open for one in groups}
    assert folded.pop(LineGroupKind.INVOICE) is is_open
    assert all(folded.values())


@pytest.mark.parametrize(
    ("form", "needed", "not_needed"),
    [
        ("unit_cost", "learner_ref", "document_no"),
        ("actual", "document_no", "learner_ref"),
        ("lump_sum", "project_no", "activity_on"),
        ("", "activity_on", "learner_ref"),
    ],
)
def test_what_a_line_needs_follows_its_form_of_cost(
    form: str, needed: str, not_needed: str
) -> None:
    """Proves that a unit cost is not asked for an invoice, nor an invoice for a learner."""
    found = needed_keys(form, v.SKOLA_KOPIENA)
    assert {"activity", "cost_form", "amount", "evidence", needed} <= found
    assert not_needed not in found
