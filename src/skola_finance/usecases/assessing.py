"""Judging a stored claim: its lines, the rules in force, what earlier claims used, decisions.

The same function makes a dry run, the verdict at filing, the one after a cut, and its recomputation
years later: only what it is handed differs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.claims.assess import assess_prepared
from skola_finance.claims.calendar import Calendar, semester_name
from skola_finance.claims.claim import Claim, ClaimHeader
from skola_finance.claims.plans import with_risk_grounds
from skola_finance.claims.prepare import document_key
from skola_finance.claims.vocabulary import ACTION_BY_ACTIVITY
from skola_finance.ledger import Quota
from skola_finance.ledger.digests import canonical_json
from skola_finance.rulebook import setting_record
from skola_finance.storage.frames import unpack
from skola_finance.storage.tables import AssessmentRow
from skola_finance.usecases.history import basis_now, history_frame
from skola_finance.usecases.in_force import agreement_of, rulebook_for
from skola_finance.usecases.line_decisions import with_decisions
from skola_finance.usecases.problem_records import problem_of_record, problem_record
from skola_finance.usecases.programmes.opening import STATE_ONLY, rate_periods

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from skola_finance.claims.assessment import Assessment
    from skola_finance.claims.bulk import BulkVerdict
    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow, ClaimVersionRow, LineDecisionRow
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with everything it rests on."""

    assessment: Assessment
    verdict: BulkVerdict
    rulebook: Rulebook
    frame: pl.DataFrame
    basis: Mapping[str, int]
    family: Sequence[str]
    decisions: Sequence[LineDecisionRow]

    @property
    def decisions_no(self) -> int:
        """The last decision that was known, 0 for none."""
        return max((one.id for one in self.decisions), default=0)

    @property
    def result_digest(self) -> str:
        """SHA-256 over the amounts and codes of every line."""
        content = [
            [
                *(line.line_no, line.claimed_cents, line.eligible_cents),
                *(line.ineligible_cents, line.unfunded_cents),
                sorted({problem.code for problem in line.problems}),
            ]
            for line in self.assessment.lines
        ]
        return hashlib.sha256(canonical_json(content)).hexdigest()

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity == "error" for problem in self.assessment.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return sum(problem.severity == "warning" for problem in self.assessment.problems)


def judge(
    store: Store,
    repositories: Repositories,
    claim: ClaimRow,
    version: ClaimVersionRow,
    *,
    on: date,
    rulebook: Rulebook | None = None,
    basis: Mapping[str, int] | None = None,
    family: Sequence[str] | None = None,
    decisions_no: int | None = None,
) -> Judged:
    """Judge one version of a claim.

    Args:
        store: gives the rules.
        repositories: the database.
        claim: whose it is.
        version: its lines and plans.
        on: the day of assessment.
        rulebook: the rules; those in force, with the rooms as the books have them, if left out.
        basis: the approval numbers that count as earlier; all there are, if left out.
        family: the partner and those it has taken over; as the register has them, if left out.
        decisions_no: the last decision on lines that counts; all there are, if left out.
    """
    if family is None:
        holder = repositories.partners.holder(claim.programme, partner=claim.partner_reg_no)
        family = [holder, *repositories.partners.predecessors(claim.programme, partner=holder)]
    partner = family[0]
    if rulebook is None:
        rulebook = rulebook_for(store, repositories, claim.programme, partner=partner)
    if basis is None:
        basis = basis_now(repositories)
    decisions = repositories.claims.decisions(claim.id, version.version, up_to=decisions_no)
    lines, plans = lines_and_plans(version)
    keyed = lines.with_columns(document_key())
    history = history_frame(repositories, family=family, frame=keyed, basis=basis, without=claim.id)
    judged = Claim(
        header=replace(header_of(version), partner_reg_no=partner),
        lines=with_decisions(lines, decisions),
        plans=plans,
        reading=tuple(problem_of_record(record) for record in version.reading),
    )
    assessment, verdict = assess_prepared(judged, rulebook=rulebook, on=on, history=history)
    return Judged(assessment, verdict, rulebook, keyed, dict(basis), family, decisions)


def lines_and_plans(version: ClaimVersionRow) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Give the lines of a version as rules look at them, and its plans if it has any.

    Accountants neither see nor type the ground of support: it stands in the plan that a line names.
    """
    lines = unpack(version.frame)
    if version.plans is None:
        return lines, None
    plans = unpack(version.plans)
    return with_risk_grounds(lines, plans), plans


def header_of(version: ClaimVersionRow) -> ClaimHeader:
    """Give the header of a version."""
    days = {"agreement_on", "period_from", "period_to"}
    values: dict[str, Any] = {
        name: date.fromisoformat(value) if name in days and value else value
        for name, value in version.header.items()
    }
    return ClaimHeader(**values)


def header_record(header: ClaimHeader) -> dict[str, Any]:
    """Give a header as it is kept."""
    values = {one.name: getattr(header, one.name) for one in fields(header)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def with_register(
    header: ClaimHeader, repositories: Repositories, *, partner: str, claim_no: str
) -> ClaimHeader:
    """Let the registers speak where they know better than a workbook: partner and agreement."""
    row = repositories.partners.get(partner)
    agreement = agreement_of(repositories, header.programme, partner=partner)
    return replace(
        header,
        partner_reg_no=partner,
        partner_kind=row.kind if row is not None else header.partner_kind,
        agreement_no=agreement.number if agreement is not None else header.agreement_no,
        agreement_on=agreement.signed_on if agreement is not None else header.agreement_on,
        claim_no=claim_no,
    )


def quota_of(rulebook: Rulebook, activity: str | None, *, partner: str) -> str:
    """Give the action quota that an activity is charged to."""
    if rulebook.parameter(f"quota.{partner}.{Quota.EVENTS.value}") is None:
        return Quota.UNDIVIDED.value
    return ACTION_BY_ACTIVITY.get(activity or "", Quota.CENTRAL.value)


def line_rows(judged: Judged, *, claim: ClaimRow, rate_period: str) -> list[dict[str, Any]]:
    """Give the lines of a verdict as the table of lines keeps them.

    Args:
        judged: the verdict.
        claim: whose lines they are; a line without a day belongs to the last day of its period.
        rate_period: the period of the co-financing rate in force on the day.
    """
    facts = ("line_no", "activity", "cost_form", "activity_on", "learner_ref", "specialist_ref")
    more = ("document_key", "project_no", "institution_reg_no")
    told = {row["line_no"]: row for row in judged.frame.select(*facts, *more).iter_rows(named=True)}
    of_verdict = judged.verdict.lines.select(
        "line_no",
        "semester_no",
        pl.col("bucket").cast(pl.String),
        pl.col("still_stands") & ~pl.col("is_parked"),
    )
    places = {row[0]: row[1:] for row in of_verdict.iter_rows()}
    calendar = Calendar(judged.rulebook)
    last_semester = calendar.semester_no(claim.period_to) if claim.period_to else None
    rows = []
    for line in judged.assessment.lines:
        semester_no, bucket, stands = places[line.line_no]
        fact = told[line.line_no]
        codes = sorted({problem.code for problem in line.problems})
        rows.append(
            {
                **fact,
                "line_id": line.line_id or "",
                "sheet": line.sheet,
                "row": line.row,
                "semester": _semester(semester_no, last_semester),
                "quota": quota_of(judged.rulebook, fact["activity"], partner=claim.partner_reg_no),
                "rate_period": STATE_ONLY if bucket == STATE_ONLY else rate_period,
                "claimed_cents": line.claimed_cents,
                "eligible_cents": line.eligible_cents,
                "ineligible_cents": line.ineligible_cents,
                "unfunded_cents": line.unfunded_cents,
                "approved_cents": 0,
                "withdrawn_cents": 0,
                "stands": stands,
                "codes": " ".join(codes),
            }
        )
    return rows


def _semester(number: int | None, otherwise: int | None) -> str:
    number = otherwise if number is None else number
    return "" if number is None else semester_name(number)


def rate_period_now(rulebook: Rulebook, *, on: date) -> str:
    """Give the period of the co-financing rate in force on a day."""
    version = rulebook.at("FUN-701", on=on)
    place = rulebook.rule("FUN-701").versions.index(version)
    return [key for key in rate_periods(rulebook) if key != STATE_ONLY][place]


def keep_assessment(
    repositories: Repositories,
    claim: ClaimRow,
    judged: Judged,
    *,
    version: int,
    purpose: str,
    at: datetime,
) -> AssessmentRow:
    """Keep a verdict that is relied on, with the rules and settings it used, whole."""
    assessment, rulebook = judged.assessment, judged.rulebook
    repositories.programmes.keep_rulebook(
        rulebook.digest, programme=rulebook.programme, texts=rulebook.texts
    )
    repositories.programmes.keep_settings(
        rulebook.settings_digest,
        programme=rulebook.programme,
        records=[setting_record(one) for one in rulebook.settings],
    )
    numbers = {(line.sheet, line.row, line.line_id): line.line_no for line in assessment.lines}
    by_line = [
        problem_record(problem, line_no=numbers[line.sheet, line.row, line.line_id])
        for line in assessment.lines
        for problem in line.problems
    ]
    on_lines = {id(problem) for line in assessment.lines for problem in line.problems}
    of_claim = [
        problem_record(problem) for problem in assessment.problems if id(problem) not in on_lines
    ]
    row = AssessmentRow(
        claim_id=claim.id,
        version=version,
        purpose=purpose,
        made_at=at,
        assessed_on=assessment.on,
        rulebook_digest=rulebook.digest,
        settings_digest=rulebook.settings_digest,
        basis=dict(judged.basis),
        family=list(judged.family),
        decisions_no=judged.decisions_no,
        illustrative=assessment.illustrative,
        claimed_cents=assessment.totals.claimed_cents,
        eligible_cents=assessment.totals.eligible_cents,
        ineligible_cents=assessment.totals.ineligible_cents,
        unfunded_cents=assessment.totals.unfunded_cents,
        result_digest=judged.result_digest,
        problems=[*of_claim, *by_line],
        rules=[
            {"code": use.code, "lines": use.lines, "cut_cents": use.cut_cents}
            for use in assessment.rules
        ],
    )
    repositories.add(row)
    return row


def take_amounts(claim: ClaimRow, judged: Judged) -> None:
    """Write the totals of a verdict on the claim."""
    totals = judged.assessment.totals
    claim.lines = len(judged.assessment.lines)
    claim.claimed_cents = totals.claimed_cents
    claim.eligible_cents = totals.eligible_cents
    claim.ineligible_cents = totals.ineligible_cents
    claim.unfunded_cents = totals.unfunded_cents
    claim.esf_plus_cents = totals.esf_plus_cents
    claim.errors, claim.warnings = judged.errors, judged.warnings
