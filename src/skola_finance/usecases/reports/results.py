"""Results achieved: learners, schools and sessions of approved support, against targets.

Learners are counted, never listed, and fewer than five are not told apart (D-12).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from skola_finance.claims.calendar import Calendar, semester_name, semester_number
from skola_finance.claims.vocabulary import ACTIVITY, INDIVIDUAL_SUPPORT
from skola_finance.rulebook.rulebook import UnsetParameter
from skola_finance.storage.frames import unpack
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.reports.scope import Scope, reading_reports, scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

SMALLEST_GROUP = 5
"""Fewer learners than this are not told (D-12)."""

ALL_INDIVIDUAL = "individual_support"
"""All kinds of individual support together, as the national indicator counts them."""

WHAT = ("learners", "schools", "sessions")

_FACTS: Mapping[str, pl.DataType] = {
    "partner": pl.String(),
    "activity": pl.String(),
    "semester": pl.String(),
    "activity_on": pl.Date(),
    "learner_ref": pl.String(),
    "institution_reg_no": pl.String(),
    "session_ref": pl.String(),
    "specialist_ref": pl.String(),
    "starts_min": pl.Int64(),
}


@dataclass(frozen=True, slots=True)
class TooFew:
    """Some learners, but fewer than five: their number is not told."""


Learners: TypeAlias = int | TooFew


@dataclass(frozen=True, slots=True)
class Achieved:
    """What approved lines of one kind of support achieved.

    `semester` is empty for all semesters together: a learner supported in two counts once there.
    """

    activity: str
    semester: str
    learners: Learners
    schools: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Target:
    """A target that somebody entered, and what was achieved of it in all semesters together.

    `what` is learners, schools or sessions; `source` says where the target is written.
    """

    activity: str
    what: str
    target: int
    achieved: Learners
    source: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a programme, or of one partner.

    `erased_lines` are approved lines whose learner is no longer known, since the data were erased
    (Regulation 483 par. 33.6): their learners are not in any count.
    """

    programme: str
    achieved: tuple[Achieved, ...]
    targets: tuple[Target, ...]
    erased_lines: int
    illustrative: bool


def results_achieved(
    store: Store, order: Order, *, programme: str, partner: str | None = None
) -> Results:
    """Count what stands approved: unique learners, schools and sessions by kind and semester.

    A session is its `session_ref` on its day, else its specialist, day and beginning. A line
    counts while a cent of it stands approved. Targets are the settings
    `target.<activity>.<what>`, of one partner `target.<partner>.<activity>.<what>`, in force on the
    day; none has a default, so that without one there is nothing to compare with.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=partner)
        rulebook = rulebook_now(store, repositories, programme)
        parts = list(_approved(repositories, rulebook, scope))
    lines = pl.concat(parts).unique() if parts else pl.DataFrame(schema=dict(_FACTS))
    erased = sum(_erased(part) for part in parts)
    achieved = count_achieved(lines)
    return Results(
        programme=programme,
        achieved=achieved,
        targets=_targets(rulebook, scope, achieved, on=order.on),
        erased_lines=erased,
        illustrative=scope.illustrative,
    )


def count_achieved(lines: pl.DataFrame) -> tuple[Achieved, ...]:
    """Count lines with the columns of an approved one, by kind of support and semester.

    Where a kind has lines, it has a row for each semester and one for all; so has individual
    support as a whole.
    """
    lines = lines.with_columns(_session())
    of_support = lines.filter(pl.col("activity").is_in(list(INDIVIDUAL_SUPPORT)))
    whole = of_support.with_columns(pl.lit(ALL_INDIVIDUAL).alias("activity"))
    found: list[Achieved] = []
    for activity in (ALL_INDIVIDUAL, *ACTIVITY):
        mine = whole if activity == ALL_INDIVIDUAL else lines.filter(pl.col("activity") == activity)
        if mine.is_empty():
            continue
        found.append(_count(activity, "", mine))
        semesters = mine["semester"].unique().to_list()
        for semester in sorted(filter(None, semesters), key=semester_number):
            of_semester = mine.filter(pl.col("semester") == semester)
            found.append(_count(activity, semester, of_semester))
    return tuple(found)


def _session() -> pl.Expr:
    named = pl.format(
        "{}|{}|{}", "partner", "session_ref", pl.col("activity_on").cast(pl.String).fill_null("")
    )
    unnamed = pl.format(
        "{}|{}|{}|{}",
        "partner",
        "specialist_ref",
        pl.col("activity_on").cast(pl.String).fill_null(""),
        pl.col("starts_min").cast(pl.String).fill_null(""),
    )
    return (
        pl.when(pl.col("session_ref").is_not_null())
        .then(pl.lit("s|") + named)
        .otherwise(pl.lit("d|") + unnamed)
        .alias("session")
    )


def _count(activity: str, semester: str, lines: pl.DataFrame) -> Achieved:
    learners = lines["learner_ref"].drop_nulls().n_unique()
    return Achieved(
        activity=activity,
        semester=semester,
        learners=TooFew() if 0 < learners < SMALLEST_GROUP else learners,
        schools=lines["institution_reg_no"].drop_nulls().n_unique(),
        sessions=lines["session"].drop_nulls().n_unique(),
    )


def _approved(
    repositories: Repositories, rulebook: Rulebook, scope: Scope
) -> Iterator[pl.DataFrame]:
    """Give the approved lines of each claim, only what is counted of them."""
    claims = repositories.claims
    ids = repositories.figures.approved_claims(scope.programme, partners=scope.claimants)
    row = repositories.programmes.get(scope.programme)
    basis = {scope.programme: row.last_approval_no if row is not None else 0}
    standing: dict[int, list[int]] = {}
    for one in claims.standing(ids, basis=basis):
        if one.approved_cents > 0:
            standing.setdefault(one.claim_id, []).append(one.line_no)
    calendar = Calendar(rulebook)
    for claim, version in claims.frames(standing):
        lines = unpack(version.frame)
        lines = lines.filter(pl.col("line_no").is_in(standing[claim.id]))
        last = calendar.semester_no(claim.period_to) if claim.period_to is not None else None
        lines = calendar.add_to(lines).with_columns(
            pl.lit(scope.holders[claim.partner_reg_no]).alias("partner"),
            pl.col("semester_no").fill_null(pl.lit(last, dtype=pl.Int64)),
        )
        names = {
            number: semester_name(number) for number in lines["semester_no"].unique().drop_nulls()
        }
        lines = lines.with_columns(
            pl.col("semester_no")
            .replace_strict(names, default="", return_dtype=pl.String)
            .alias("semester")
        )
        yield lines.select(pl.col(name).cast(dtype) for name, dtype in _FACTS.items())


def _erased(lines: pl.DataFrame) -> int:
    """Count the lines of individual support that name no learner any more."""
    is_support = pl.col("activity").is_in(list(INDIVIDUAL_SUPPORT))
    return lines.filter(is_support & pl.col("learner_ref").is_null()).height


def _targets(
    rulebook: Rulebook, scope: Scope, achieved: tuple[Achieved, ...], *, on: date
) -> tuple[Target, ...]:
    """Compare with the targets of the programme, or of the one partner asked for."""
    in_all = {one.activity: one for one in achieved if not one.semester}
    nothing = Achieved("", "", 0, 0, 0)
    whose = "" if scope.is_whole else f"{next(iter(scope.names))}."
    found = []
    for activity in (ALL_INDIVIDUAL, *ACTIVITY):
        for what in WHAT:
            try:
                setting = rulebook.setting(f"target.{whose}{activity}.{what}", on=on)
            except UnsetParameter:
                continue
            if isinstance(setting.value, int):
                found.append(
                    Target(
                        activity=activity,
                        what=what,
                        target=setting.value,
                        achieved=getattr(in_all.get(activity, nothing), what),
                        source=setting.source,
                        illustrative=setting.illustrative,
                    )
                )
    return tuple(found)
