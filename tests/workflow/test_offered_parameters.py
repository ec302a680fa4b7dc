"""The settings handed over to the rulebook: readable by it, and complete."""

from __future__ import annotations

from typing import Any

import pytest

from skola_finance.rulebook.parameter_file import read_parameter
from skola_finance.rulebook.parameters import ValueShape, parse_value
from skola_finance.rulebook.strict import Reader
from skola_finance.workflow import DUTIES
from tests.workflow.offers import FILE, PARAMETERS

OTHERS = {
    *("review.reviewers", "review.signatory_submits", "reminder.working_days"),
    *("calendar.days_off", "calendar.days_worked"),
    *("deadline.spot_check_notice.working_days", "report.vat_period.months"),
    *("recovery.floor", "recovery.schedule.months", "recovery.schedule.last_day"),
    *("sub_project.advance_rate", "advance.max_rate"),
}
"""Settings that are no duty with a day."""


@pytest.mark.parametrize(
    "table", PARAMETERS, ids=lambda one: f"{one['key']} {one['programmes'][0]}"
)
def test_the_rulebook_reads_every_parameter(table: dict[str, Any]) -> None:
    """Strictly, as it will from `rules/`; what is offered is of the parameter's shape."""
    known = {key: value for key, value in table.items() if key != "offered"}
    parameter, programmes = read_parameter(Reader(known, file=FILE.name, where=table["key"]))
    assert set(programmes) <= {"skola-kopiena", "pumpurs"}
    assert not ("offered" in table and parameter.defaults)
    if "offered" in table:
        parse_value(ValueShape(table["shape"]), table["offered"])


def test_each_programme_has_each_key_once() -> None:
    """And there is none that nothing reads."""
    found = [(one["key"], programme) for one in PARAMETERS for programme in one["programmes"]]
    assert len(found) == len(set(found))
    assert {key for key, _ in found} == OTHERS | {term.key for term in DUTIES.values()}
