"""What follows from what was typed: the form of cost of an activity, the learner of a plan.

Only empty cells are filled, and a form of cost that is not allowed gives way to one that is;
whatever was typed with them stays as it was typed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.claims.checks.cost_form import RULE_OF_FORMS, allowed_forms
from skola_finance.usecases.filing.known import (
    earlier_lines,
    plans_in_period,
    schools_in_period,
)
from skola_finance.usecases.in_force import rulebook_now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.filing.typed_lines import TypedLine
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

Cells = dict[str, Any]

_OF_PLAN = ("learner_ref", "institution_reg_no")
_OF_LEARNER = ("institution_reg_no",)
_OF_LEARNER_HERE = ("education_programme", "study_form", "learner_grade")
"""These change with the years, and rules ask for them: lines of the same claim alone tell them."""
_OF_SPECIALIST = ("specialist", "mentor_certified_on")


class Completing:
    """Completes typed lines of one claim; whatever it has to look up, it looks up once."""

    def __init__(
        self,
        store: Store,
        repositories: Repositories,
        order: Order,
        row: ClaimRow,
        lines: pl.DataFrame,
    ) -> None:
        """Take the claim and its lines as they are kept."""
        self._store, self._repositories, self._row = store, repositories, row
        self._day = row.period_to or order.on
        self._lines = lines

    def complete(self, typed: Sequence[TypedLine]) -> tuple[TypedLine, ...]:
        """Give typed lines with the cells that follow from theirs."""
        changed = self._lines.filter(pl.col("line_id").is_in([one.line_id for one in typed]))
        kept = {one["line_id"]: one for one in changed.iter_rows(named=True)}
        return tuple(
            self._completed(one, kept.get(one.line_id, {})) if one.values else one for one in typed
        )

    def _completed(self, typed: TypedLine, kept: Mapping[str, Any]) -> TypedLine:
        cells = dict(typed.values)
        now: Cells = {**kept, **cells}
        if "cost_form" not in typed.problems and cells.get("cost_form") is None:
            self._put_form(cells, now, is_new=not kept)
        for facts in (self._of_plan, self._of_learner, self._of_specialist):
            for key, value in facts(cells, now).items():
                is_open = key not in cells and key not in typed.problems
                if is_open and now.get(key) in (None, "") and value is not None:
                    cells[key] = now[key] = value
        return replace(typed, values=cells)

    def _put_form(self, cells: Cells, now: Mapping[str, Any], *, is_new: bool) -> None:
        """Let the form of cost be one that the activity may be claimed in, where it decides."""
        if now.get("activity") is None:
            if is_new and self._last_form is not None:
                cells["cost_form"] = self._last_form
            return
        if not is_new and not cells.keys() & {"activity", "specialist"}:
            return
        allowed = self._forms(now["activity"], now.get("specialist"), now.get("activity_on"))
        if allowed and now.get("cost_form") not in allowed:
            cells["cost_form"] = self._last_form if self._last_form in allowed else allowed[0]

    def _forms(self, activity: str, specialist: str | None, day: date | None) -> tuple[str, ...]:
        """Give what every version that may be in force allows: where they differ, nothing is."""
        versions = self._rulebook.candidates(RULE_OF_FORMS, on=day or self._day)
        found = {allowed_forms(one, activity=activity, specialist=specialist) for one in versions}
        return found.pop() if len(found) == 1 else ()

    def _of_plan(self, cells: Cells, _now: Mapping[str, Any]) -> Cells:
        """Say whose a plan is that was just typed, or which plan a learner has."""
        if cells.get("plan_no") is not None:
            return self._plans.get(cells["plan_no"], {})
        return self._plan_of_learner.get(cells.get("learner_ref") or "", {})

    def _of_learner(self, cells: Cells, now: Mapping[str, Any]) -> Cells:
        """Say what lines told of a learner who was just named, and who founded the school."""
        found: Cells = {}
        if cells.keys() & {"plan_no", "learner_ref"} and now.get("learner_ref"):
            found = dict(self._learners.get(now["learner_ref"], {}))
        school = now.get("institution_reg_no") or found.get("institution_reg_no")
        if cells.keys() & {"plan_no", "learner_ref", "institution_reg_no"} and school:
            founder = self._founders.get(school)
            found |= {"institution_founder": founder} if founder else {}
        return found

    def _of_specialist(self, cells: Cells, _now: Mapping[str, Any]) -> Cells:
        name = cells.get("specialist_ref")
        return self._specialists.get(name, {}) if name else {}

    @cached_property
    def _rulebook(self) -> Rulebook:
        return rulebook_now(self._store, self._repositories, self._row.programme)

    @cached_property
    def _last_form(self) -> str | None:
        forms = self._lines["cost_form"].drop_nulls()
        return forms[-1] if len(forms) else None

    @cached_property
    def _plans(self) -> Mapping[str, Cells]:
        plans = plans_in_period(self._repositories, self._row)
        rows = plans.select("plan_no", *_OF_PLAN).iter_rows()
        return {row[0]: dict(zip(_OF_PLAN, row[1:], strict=True)) for row in rows}

    @cached_property
    def _plan_of_learner(self) -> Mapping[str, Cells]:
        """Know the plans of learners who have just one in the period."""
        found: dict[str, list[Cells]] = {}
        for plan_no, facts in self._plans.items():
            school = facts["institution_reg_no"]
            told = {"plan_no": plan_no, "institution_reg_no": school}
            found.setdefault(facts["learner_ref"], []).append(told)
        return {learner: plans[0] for learner, plans in found.items() if len(plans) == 1}

    @cached_property
    def _founders(self) -> Mapping[str, str]:
        known = schools_in_period(self._repositories, self._row)
        rows = self._repositories.partners.institutions(self._row.programme)
        return {one.reg_no: one.founder for one in rows if one.reg_no in known}

    @cached_property
    def _learners(self) -> Mapping[str, Cells]:
        here = _latest(self._lines, "learner_ref", (*_OF_LEARNER, *_OF_LEARNER_HERE))
        return _laid_over(_latest(self._before, "learner_ref", _OF_LEARNER), here)

    @cached_property
    def _specialists(self) -> Mapping[str, Cells]:
        here = _latest(self._lines, "specialist_ref", _OF_SPECIALIST)
        return _laid_over(_latest(self._before, "specialist_ref", _OF_SPECIALIST), here)

    @cached_property
    def _before(self) -> pl.DataFrame:
        return earlier_lines(self._repositories, self._row)


def _latest(lines: pl.DataFrame, by: str, keys: Sequence[str]) -> Mapping[str, Cells]:
    """Give what lines say last of each learner or specialist, cells left empty aside."""
    told = lines.drop_nulls(by).group_by(by).agg(pl.col(*keys).drop_nulls().last())
    return {
        row[by]: {key: row[key] for key in keys if row[key] is not None}
        for row in told.iter_rows(named=True)
    }


def _laid_over(earlier: Mapping[str, Cells], later: Mapping[str, Cells]) -> Mapping[str, Cells]:
    return {name: {**earlier.get(name, {}), **later.get(name, {})} for name in {*earlier, *later}}
