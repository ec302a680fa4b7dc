"""Running vectors: each case through the engine that judges real claims, one rule at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.claims.assess import assess_claim
from skola_finance.claims.claim import Claim, ClaimHeader
from skola_finance.claims.funding_vectors import run_funding
from skola_finance.claims.line import lines_frame, plans_frame
from skola_finance.money import parse_amount, plain
from skola_finance.problems import CitationStatus
from skola_finance.rulebook import Setting, load_rulebook
from skola_finance.rulebook.kinds import Stage
from skola_finance.rulebook.parameters import NONE, parse_value
from skola_finance.rulebook.vector_file import load_bases, load_vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from skola_finance.claims.assessment import Assessment
    from skola_finance.rulebook import Rulebook
    from skola_finance.rulebook.vector_file import Bases, Vector

NOT_CHECKED = "RUL-302"
SPEAKERS = frozenset({"CLM-201", "RUL-301", "RUL-302", "RUL-303"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a vector; no faults means it is green."""

    vector: Vector
    faults: tuple[str, ...]

    @property
    def is_green(self) -> bool:
        """Whether everything came out as expected."""
        return not self.faults


def run_vectors(folder: Path | None = None) -> Iterator[Outcome]:
    """Run every vector of a rules folder, in the order of the files."""
    bases = load_bases(folder)
    books = {programme: load_rulebook(programme, rules=folder) for programme in bases}
    for vector in load_vectors(folder):
        yield run_vector(vector, books[vector.programme], bases[vector.programme])


def run_vector(vector: Vector, book: Rulebook, bases: Bases) -> Outcome:
    """Run one vector under its own settings."""
    settled = book.with_settings(settings_of({**bases.settings, **vector.settings}, book))
    rule = settled.rule(vector.code)
    if rule.stage is Stage.FUNDING:
        return Outcome(vector, tuple(run_funding(vector, settled, bases)))
    if vector.base not in bases.lines:
        return Outcome(vector, (f"no base line {vector.base!r}",))
    assessment = _assess(vector, settled, bases)
    return Outcome(vector, tuple(_faults(vector, assessment)))


def settings_of(texts: Mapping[str, Any], book: Rulebook) -> list[Setting]:
    """Make settings of keys and texts, or tables with dates; an empty text is not entered."""
    found = []
    pairs = [
        (key, one if isinstance(one, dict) else {"value": one})
        for key, given in texts.items()
        for one in (given if isinstance(given, list) else [given])
    ]
    for key, dated in pairs:
        parameter = book.parameter(key)
        text = dated["value"]
        if not text or parameter is None:
            continue
        found.append(
            Setting(
                key=key,
                text=text,
                value=None if text == NONE else parse_value(parameter.shape, text),
                starts=dated.get("from"),
                ends=dated.get("to"),
                source="vector",
                status=CitationStatus.SOURCED,
            )
        )
    return found


def _assess(vector: Vector, book: Rulebook, bases: Bases) -> Assessment:
    base = bases.lines[str(vector.base)]
    given = vector.given
    lines = given.get("lines", [given.get("line", {})])
    header = ClaimHeader(
        programme=book.programme, **_header({**bases.claim, **given.get("claim", {})})
    )
    frame = lines_frame(_varied(base, line) for line in lines)
    frame = frame.with_columns(pl.lit("Lines").alias("sheet"), (pl.col("line_no") + 3).alias("row"))
    claim = Claim(
        header=header,
        lines=frame,
        plans=plans_frame(given["plans"]) if "plans" in given else None,
    )
    history = _history(base, given["history"], header) if "history" in given else None
    return assess_claim(
        claim,
        rulebook=book,
        on=given.get("on", bases.on),
        history=history,
        only=frozenset({vector.code}) | SPEAKERS_OF.get(vector.code, frozenset()),
    )


SPEAKERS_OF: dict[str, frozenset[str]] = {"RUL-301": frozenset({"ELG-140"})}
SPEAKERS_OF["RUL-302"] = frozenset({"ELG-108", "ELG-170"})
SPEAKERS_OF["RUL-303"] = frozenset({"ELG-112"})


def _header(table: Mapping[str, Any]) -> dict[str, Any]:
    header: dict[str, Any] = {key: value if value != "" else None for key, value in table.items()}
    if header.get("declared_total") is not None:
        header["declared_total_cents"] = parse_amount(header["declared_total"])
    header.pop("declared_total", None)
    header.pop("programme", None)
    return header


def _varied(base: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    return {**base, **line}


def _history(
    base: Mapping[str, Any], lines: list[dict[str, Any]], header: ClaimHeader
) -> list[pl.DataFrame]:
    records: list[dict[str, Any]] = [{**base, **line} for line in lines]
    eligible = [record.pop("eligible", record.get("amount")) for record in records]
    extra = [record.pop("programme", None) for record in records]
    frame = lines_frame(records)
    cents = pl.Series("eligible_cents", [parse_amount(text) for text in eligible], dtype=pl.Int64)
    frame = frame.with_columns(
        cents,
        pl.lit("earlier").alias("claim_id"),
        pl.lit(header.partner_reg_no, dtype=pl.String).alias("partner_reg_no"),
    )
    if any(extra):
        frame = frame.with_columns(pl.Series("programme", extra, dtype=pl.String))
    return [frame]


def _faults(vector: Vector, assessment: Assessment) -> Iterator[str]:
    codes = [problem.code for problem in assessment.problems]
    if vector.expect is not None:
        wanted = sorted(vector.expect)
        found = sorted(code for code in codes if code != NOT_CHECKED or NOT_CHECKED in wanted)
        if found != wanted:
            yield f"expected {wanted}, found {found}"
    spoke = vector.code in {use.code for use in assessment.rules}
    if (
        vector.expect == ()
        and vector.code[:3] == "ELG"
        and spoke is vector.given.get("outside", False)
    ):
        yield f"the rule {'spoke' if spoke else 'did not speak'} about these lines"
    totals = assessment.totals
    cut = sum(problem.cut_cents for problem in assessment.problems if problem.code == vector.code)
    for key, cents in (
        ("eligible", totals.eligible_cents),
        ("unfunded", totals.unfunded_cents),
        ("cut", cut),
    ):
        if key in vector.given and parse_amount(vector.given[key]) != cents:
            yield f"{key} expected {vector.given[key]}, found {plain(cents)}"
    for wanted_finding in vector.given.get("findings", ()):
        if not _is_found(wanted_finding, assessment):
            yield f"no such finding: {wanted_finding}"


def _is_found(wanted: Mapping[str, Any], assessment: Assessment) -> bool:
    """Whether a line (counted from 1) has a finding of the code with the cut."""
    lines = assessment.lines
    if "line" in wanted:
        lines = lines[wanted["line"] - 1 : wanted["line"]]
    problems = [problem for line in lines for problem in line.problems]
    return any(
        problem.code == wanted["code"]
        and ("variant" not in wanted or problem.variant == wanted["variant"])
        and ("cut" not in wanted or problem.cut_cents == parse_amount(wanted["cut"]))
        for problem in problems
    )
