"""What an individual plan says, read and compared before it enters the register."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from skola_finance.claims.calendar import semester_number
from skola_finance.claims.columns import COLUMN, Sheet
from skola_finance.claims.line import plans_frame
from skola_finance.claims.personal_data import find_identifier
from skola_finance.claims.vocabulary import RISK_GROUND
from skola_finance.exchange.workbook.layout import offered_codes
from skola_finance.problems import Text
from skola_finance.storage.tables import PlanSupportRow, SupportPlanRow
from skola_finance.usecases.wording import CommandRefused, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    import polars as pl

_OF_PLAN = ("learner_ref", "risk_ground", "plan_from", "plan_to", "institution_reg_no")
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class PlannedSupport:
    """One kind of support in one semester; hours in thousandths, None where none were set."""

    activity: str
    semester: str | None
    planned_hours_milli: int | None


@dataclass(frozen=True, slots=True)
class PlanContent:
    """An individual plan; both days inclusive. `learner_ref` is empty where it is to be issued."""

    plan_no: str
    learner_ref: str
    risk_ground: str | None
    starts: date
    ends: date
    institution_reg_no: str | None
    supports: tuple[PlannedSupport, ...]

    def says_the_same(self, row: SupportPlanRow, supports: Iterable[PlanSupportRow]) -> bool:
        """Say whether a registered plan needs no change; a learner left out is the same one."""
        same_learner = self.learner_ref in {"", row.learner_ref}
        mine = (self.risk_ground, self.starts, self.ends, self.institution_reg_no)
        theirs = (row.risk_ground, row.starts, row.ends, row.institution_reg_no)
        listed = sorted(map(_order, self.supports))
        return same_learner and mine == theirs and listed == sorted(_order(one) for one in supports)

    def with_ground_of(self, row: SupportPlanRow) -> PlanContent:
        """Keep the ground that is registered where a workbook names none.

        The workbooks that we hand out leave grounds out, and may be brought back as they are.
        """
        return self if self.risk_ground is not None else replace(self, risk_ground=row.risk_ground)

    def write_on(self, row: SupportPlanRow) -> None:
        """Let a registered plan say this; number, partner and learner stay."""
        row.risk_ground, row.institution_reg_no = self.risk_ground, self.institution_reg_no
        row.starts, row.ends = self.starts, self.ends

    def as_row(self, *, programme: str, partner: str, at: datetime) -> SupportPlanRow:
        """Give a new row of the register."""
        row = SupportPlanRow(
            programme=programme,
            plan_no=self.plan_no,
            partner_reg_no=partner,
            learner_ref=self.learner_ref,
            starts=self.starts,
            ends=self.ends,
            registered_at=at,
        )
        self.write_on(row)
        return row

    def support_rows(self, plan_id: int) -> list[PlanSupportRow]:
        """Give the kinds of support as rows of a plan."""
        return [
            PlanSupportRow(
                plan_id=plan_id,
                activity=one.activity,
                semester=one.semester,
                planned_hours_milli=one.planned_hours_milli,
            )
            for one in self.supports
        ]


def _order(support: PlannedSupport | PlanSupportRow) -> tuple[str, str, int]:
    hours = support.planned_hours_milli
    return (support.activity, support.semester or "", -1 if hours is None else hours)


def content_of(
    facts: Mapping[str, Any], supports: Sequence[Mapping[str, Any]], *, programme: str
) -> PlanContent:
    """Read a plan that was typed: keys of the sheet `Plans`.

    Raises: CommandRefused WFL-551 for what cannot be read or is missing.
    """
    records = [{**each, **facts} for each in supports]
    if not records:
        raise _unusable(str(facts.get("plan_no") or ""), "nav atbalsta veidu", "no kind of support")
    try:
        frame = plans_frame(records)
    except ValueError as error:
        label = _unreadable(records)
        raise _unusable(
            str(facts.get("plan_no") or ""),
            f"laukā „{label.lv}” ierakstīto nevar izlasīt",
            f"what stands in “{label.en}” cannot be read",
        ) from error
    (content,) = contents_of(frame, programme=programme)
    return content


def _unreadable(records: Iterable[Mapping[str, Any]]) -> Text:
    """Name the first column that makes rows unreadable."""
    for record in records:
        for key, value in record.items():
            try:
                plans_frame([{key: value}])
            except ValueError:
                return COLUMN[key].label if key in COLUMN else Text(lv=key, en=key)
    msg = "every cell can be read alone, so all can be together"
    raise AssertionError(msg)


def contents_of(plans: pl.DataFrame, *, programme: str) -> list[PlanContent]:
    """Put the rows of a sheet of plans together, one content for each number, by number.

    Raises: CommandRefused WFL-551, naming the plan and its row, for a missing or impossible value,
        or where rows of one plan contradict each other.
    """
    activities = frozenset(offered_codes("activity", Sheet.PLANS, programme))
    rows = sorted(plans.iter_rows(named=True), key=lambda row: row["plan_no"] or "")
    return [
        _content(plan_no or "", list(of_plan), activities)
        for plan_no, of_plan in groupby(rows, key=lambda row: row["plan_no"])
    ]


def _content(
    plan_no: str, rows: Sequence[Mapping[str, Any]], activities: frozenset[str]
) -> PlanContent:
    first = rows[0]
    for row in rows:
        _check_row(plan_no, row, activities)
        for name in _OF_PLAN:
            if row[name] != first[name]:
                label, place = COLUMN[name].label, _place(row)
                raise _unusable(
                    plan_no,
                    f"tā rindās atšķiras lauks „{label.lv}”{place}",
                    f"its rows differ in “{label.en}”{place}",
                )
    listed = [
        PlannedSupport(row["activity"], row["semester"], row["planned_hours_milli"]) for row in rows
    ]
    pairs = [(one.activity, one.semester) for one in listed]
    if len(set(pairs)) < len(pairs):
        raise _unusable(
            plan_no,
            "viens atbalsta veids semestrī norādīts divreiz",
            "one kind of support stands twice in a semester",
        )
    return PlanContent(
        plan_no=plan_no.strip(),
        learner_ref=(first["learner_ref"] or "").strip(),
        risk_ground=first["risk_ground"],
        starts=first["plan_from"],
        ends=first["plan_to"],
        institution_reg_no=first["institution_reg_no"],
        supports=tuple(listed),
    )


def _check_row(plan_no: str, row: Mapping[str, Any], activities: frozenset[str]) -> None:
    """Refuse with WFL-551 the first thing in a row that the register cannot take."""
    place = _place(row)
    for name in ("plan_no", "plan_from", "plan_to", "activity"):
        if row[name] is None:
            label = COLUMN[name].label
            raise _unusable(
                plan_no,
                f"nav aizpildīts lauks „{label.lv}”{place}",
                f"“{label.en}” is empty{place}",
            )
    hours = row["planned_hours_milli"]
    checks = (
        (_is_name(plan_no), "plan_no"),
        (row["learner_ref"] is None or _is_name(row["learner_ref"]), "learner_ref"),
        (row["plan_to"] >= row["plan_from"], "plan_to"),
        (row["activity"] in activities, "activity"),
        (row["risk_ground"] is None or row["risk_ground"] in RISK_GROUND, "risk_ground"),
        (row["semester"] is None or _is_semester(row["semester"]), "semester"),
        (hours is None or hours >= 0, "planned_hours"),
    )
    wrong = next((name for is_right, name in checks if not is_right), None)
    if wrong is not None:
        label = COLUMN[wrong].label
        raise _unusable(
            plan_no,
            f"laukā „{label.lv}” nav derīgas vērtības{place}",
            f"“{label.en}” holds no value that can be used{place}",
        )


def _is_name(text: str) -> bool:
    is_short = 0 < len(text.strip()) <= LONGEST_NAME
    return is_short and text.isprintable() and find_identifier(text) is None


def _is_semester(name: str) -> bool:
    try:
        semester_number(name)
    except ValueError:
        return False
    return True


def _place(row: Mapping[str, Any]) -> str:
    return f" ({row['sheet']}, {row['row']})" if row.get("row") is not None else ""


def _unusable(plan_no: str, lv: str, en: str) -> CommandRefused:
    """WFL-551: a plan that says what a register cannot take; personal data is not repeated."""
    named = plan_no if _is_name(plan_no) else "…"
    return refuse(
        "WFL-551",
        lv=f"Individuālo plānu „{named}” nevar reģistrēt: {lv}.",
        en=f"The individual plan “{named}” cannot be registered: {en}.",
        hint_lv="Izlabojiet plānu un mēģiniet vēlreiz; nekas nav mainīts.",
        hint_en="Mend the plan and try again; nothing was changed.",
        subject=named,
    )
