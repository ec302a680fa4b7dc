"""Assessing one claim: from its lines to a verdict with texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.claims.assessment import Assessment, LineVerdict, RuleUse, Totals
from skola_finance.claims.bulk import assess_frame
from skola_finance.claims.engine import SMALL, PolarsEngine
from skola_finance.claims.explain import CLAIM_SHEET, Explainer
from skola_finance.claims.history import STANDS, Approved, approved_frame
from skola_finance.claims.kept_plans import run_kept
from skola_finance.claims.prepare import prepare
from skola_finance.problems import Problem, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from skola_finance.claims.bulk import BulkVerdict
    from skola_finance.claims.claim import Claim
    from skola_finance.money import Rate
    from skola_finance.rulebook import Rulebook

COFINANCING = "FUN-701"
DECLARED_TOTAL = "CLM-210"
PERSONAL_DATA = "CLM-211"


def assess_claim(
    claim: Claim,
    *,
    rulebook: Rulebook,
    on: date,
    history: Sequence[Claim | pl.DataFrame] | None = None,
    only: frozenset[str] | None = None,
) -> Assessment:
    """Assess a claim under a rulebook.

    Args:
        claim: header, lines (with a reviewer's decisions, where there are any), and individual
            plans where they were given.
        rulebook: the rules of the claim's programme, with settings laid over them.
        on: the day of assessment; it picks only versions that are anchored on it.
        history: earlier claims, assessed first in their order, or frames of approved lines with
            `eligible_cents`; None where nothing was given.
        only: judge by these rules alone.

    Returns:
        The verdict; `claimed = eligible + ineligible + unfunded` on every line and in total.
        The split by source is that of a first claim, a preview.

    Raises:
        UnknownCodes: CLM-212, a code column holds something that no list knows.

    """
    earlier: list[Approved] = []
    for one in history or ():
        earlier.append(_approved(one, rulebook, on, earlier))
    frame, verdict = _judge(claim, rulebook, on, None if history is None else earlier, only)
    return _Composer(claim, frame, verdict, rulebook, on).compose(only)


def assess_prepared(
    claim: Claim, *, rulebook: Rulebook, on: date, history: pl.DataFrame | None
) -> tuple[Assessment, BulkVerdict]:
    """Assess a claim against approved lines from a store, and give what a store keeps.

    Args:
        claim: header, lines (with a reviewer's decisions, where there are any), and individual
            plans where they were given. A column `claim_id` on its lines comes back in the
            verdict; left out, it is empty.
        rulebook: the rules of the claim's programme, with settings laid over them.
        on: the day of assessment; it picks only versions that are anchored on it.
        history: approved lines of earlier claims: columns of `LINE_SCHEMA`, of their headers
            (`programme`, `partner_reg_no`, `partner_kind`, `agreement_on`, `period_from`,
            `period_to`), `claim_id`, `eligible_cents`, `unfunded_cents`, and perhaps
            `still_stands`: without it a line that claimed euros and got none counts as rejected.
            None where nothing was given, which is not the same as an empty frame.

    Returns:
        The assessment, as `assess_claim` gives it, and the frames it was made of: per line its
        amounts, `semester_no`, `bucket` and `still_stands`.

    Raises:
        UnknownCodes: CLM-212, a code column holds something that no list knows.

    """
    earlier = None if history is None else [Approved(history)]
    frame, verdict = _judge(claim, rulebook, on, earlier)
    return _Composer(claim, frame, verdict, rulebook, on).compose(None), verdict


def _judge(
    claim: Claim,
    rulebook: Rulebook,
    on: date,
    earlier: Sequence[Approved] | None,
    only: frozenset[str] | None = None,
) -> tuple[pl.DataFrame, BulkVerdict]:
    """Give the prepared lines of a claim and the verdict on them."""
    lines = marked_unreadable(claim)
    frame = prepare(lines, rulebook=rulebook, header=claim.header, plans=claim.plans)
    approved = None
    if earlier is not None:
        approved = approved_frame(earlier, rulebook=rulebook, first_key=frame.height)
    lines_in_all = frame.height + (0 if approved is None else approved.height)
    engine = PolarsEngine(is_small=lines_in_all <= SMALL)
    verdict = assess_frame(
        engine.lift(frame),
        rulebook=rulebook,
        on=on,
        engine=engine,
        history=None if approved is None else engine.lift(approved),
        has_plans=claim.plans is not None,
        only=only,
    )
    return frame, verdict


def _approved(
    one: Claim | pl.DataFrame, rulebook: Rulebook, on: date, earlier: Sequence[Approved]
) -> Approved:
    """Give an earlier claim as it comes out after those before it."""
    if isinstance(one, pl.DataFrame):
        return Approved(one)
    if one.header.programme != rulebook.programme:
        # Its rules are not at hand; of it only documents count, as they were claimed.
        return Approved(one.lines.with_columns(eligible_cents="amount_cents"), one.header)
    _, verdict = _judge(one, rulebook, on, earlier or None)
    amounts = verdict.lines.select("line_no", "eligible_cents", "unfunded_cents", STANDS)
    return Approved(one.lines.join(amounts, on="line_no", how="left"), one.header)


def marked_unreadable(claim: Claim) -> pl.DataFrame:
    """Mark lines with a cell that could not be read; they are rejected before anything else."""
    bad = {
        (problem.where.sheet, problem.where.row)
        for problem in claim.reading
        if problem.severity is Severity.ERROR and problem.where.row is not None
    }
    places = zip(claim.lines["sheet"], claim.lines["row"], strict=True)
    marks = [place in bad for place in places]
    return claim.lines.with_columns(pl.Series("is_unreadable", marks, dtype=pl.Boolean))


class _Composer:
    """Puts amounts, problems and the rules applied together."""

    def __init__(
        self, claim: Claim, frame: pl.DataFrame, verdict: BulkVerdict, rulebook: Rulebook, on: date
    ) -> None:
        self.claim, self.frame, self.verdict = claim, frame, verdict
        self.rulebook, self.on = rulebook, on
        self.explainer = Explainer(rulebook, on=on)

    def compose(self, only: frozenset[str] | None) -> Assessment:
        """Give the assessment."""
        by_line, of_claim = self._problems()
        lines = self._lines(by_line)
        totals = self._totals()
        if only is None or DECLARED_TOTAL in only:
            of_claim = [*of_claim, *self._declared_total(totals)]
        ordered = [problem for line in lines for problem in line.problems]
        loose = [one for one in self.claim.reading if one.where.row is None or not _on(one, lines)]
        return Assessment(
            programme=self.rulebook.programme,
            on=self.on,
            rulebook_digest=self.rulebook.digest,
            settings_digest=self.rulebook.settings_digest,
            illustrative=any(one.illustrative for one in self.verdict.settings),
            totals=totals,
            lines=lines,
            problems=(*loose, *ordered, *of_claim),
            rules=self._rules(),
        )

    def _problems(self) -> tuple[Mapping[int, list[Problem]], list[Problem]]:
        wanted = self.verdict.findings["line_key"].drop_nulls().unique()
        rows = self.frame.filter(pl.col("line_key").is_in(wanted.implode()))
        line_of = {row["line_key"]: row for row in rows.iter_rows(named=True)}
        unread = self._unreadable_cells()
        by_line: dict[int, list[Problem]] = defaultdict(list)
        of_claim: list[Problem] = []
        for finding in self.verdict.findings.iter_rows(named=True):
            line = line_of.get(finding["line_key"])
            problem = self.explainer.problem(finding, line)
            where = problem.where
            if line is None:
                of_claim.append(problem)
            elif _says_empty(problem, line):
                continue  # the cell was not empty: what stood in it was taken out (CLM-211)
            elif (where.sheet, where.row, where.column) not in unread:
                by_line[finding["line_key"]].append(problem)
        return by_line, of_claim

    def _unreadable_cells(self) -> frozenset[tuple[str | None, int | None, str | None]]:
        places = (problem.where for problem in self.claim.reading)
        return frozenset((where.sheet, where.row, where.column) for where in places)

    def _lines(self, by_line: Mapping[int, list[Problem]]) -> tuple[LineVerdict, ...]:
        reading: dict[tuple[str | None, int | None], list[Problem]] = defaultdict(list)
        for problem in self.claim.reading:
            reading[problem.where.sheet, problem.where.row].append(problem)
        amounts = self.verdict.lines.select(
            "line_key", "claimed_cents", "eligible_cents", "ineligible_cents", "unfunded_cents"
        )
        places = self.frame.select("line_key", "line_no", "sheet", "row", "line_id")
        joined = places.join(amounts, on="line_key", how="left", maintain_order="left")
        found = []
        for row in joined.sort("line_no").iter_rows(named=True):
            key = row.pop("line_key")
            mine = reading[row["sheet"], row["row"]] if row["row"] is not None else []
            read = [
                replace(one, cut_cents=row["claimed_cents"])
                if one.severity is Severity.ERROR
                else one
                for one in mine
            ]
            found.append(LineVerdict(**row, problems=(*read, *by_line.get(key, ()))))
        return tuple(found)

    def _totals(self) -> Totals:
        lines = self.verdict.lines
        sums = {
            name: int(lines[name].sum())
            for name in ("claimed_cents", "eligible_cents", "ineligible_cents", "unfunded_cents")
        }
        in_split = int(lines.filter(pl.col("bucket") == "eligible")["eligible_cents"].sum())
        rate: Rate = self.explainer.version(self.rulebook.rule(COFINANCING), None).values["rate"]
        esf_plus = rate.floor_of(in_split)
        return Totals(
            **sums, esf_plus_cents=esf_plus, state_cents=sums["eligible_cents"] - esf_plus
        )

    def _declared_total(self, totals: Totals) -> Iterable[Problem]:
        declared = self.claim.header.declared_total_cents
        if declared is None or declared == totals.claimed_cents:
            return
        finding: dict[str, Any] = {
            "code": DECLARED_TOTAL,
            "variant": "",
            "subject": "declared_total",
            "cut_cents": 0,
            "limit": totals.claimed_cents,
            "used": declared,
        }
        problem = self.explainer.problem(finding, None)
        yield replace(problem, where=Where(sheet=CLAIM_SHEET, column="declared_total"))

    def _rules(self) -> tuple[RuleUse, ...]:
        cuts: Counter[str] = Counter()
        lines: Counter[str] = Counter()
        grouped = self.verdict.findings.group_by("code").agg(
            pl.col("cut_cents").sum(), pl.col("line_key").n_unique().alias("lines")
        )
        for code, cut, count in grouped.iter_rows():
            cuts[code], lines[code] = cut, count
        applied = self._applied()
        return tuple(
            RuleUse(
                code=code,
                title=rule.title,
                citation=applied.get(code) or self.explainer.citation(rule),
                lines=lines[code],
                cut_cents=cuts[code],
            )
            for code, rule in self.rulebook.rules.items()
            if code in applied or lines[code]
        )

    def _applied(self) -> dict[str, Any]:
        """Give the citation of each rule version that spoke about a line."""
        rules = self.rulebook.rules
        found = {code: self.explainer.citation(rules[code]) for code in self.verdict.ceilings}
        applied = self.verdict.compiled.applied
        if not applied:
            return found
        engine = PolarsEngine(is_small=self.frame.height <= SMALL)
        asked = [
            one.where.fill_null(value=False).any().alias(f"_{number}")
            for number, one in enumerate(applied)
        ]
        answers = run_kept(
            engine.lift(self.frame),
            name="applied",
            compiled=self.verdict.compiled,
            engine=engine,
            build=lambda source: source.select(*asked),
        ).row(0)
        found |= {
            one.code: one.version.citation
            for one, answer in zip(applied, answers, strict=True)
            if answer
        }
        return found


def _says_empty(problem: Problem, line: Mapping[str, Any]) -> bool:
    is_cleaned = problem.where.column == line["personal_data_in"]
    return is_cleaned and problem.where.column is not None and problem.code != PERSONAL_DATA


def _on(problem: Problem, lines: tuple[LineVerdict, ...]) -> bool:
    where = problem.where
    return any(line.sheet == where.sheet and line.row == where.row for line in lines)
