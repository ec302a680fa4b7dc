"""What if, over everything ever claimed: every stored line under other rules or settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.claims.bulk import BulkVerdict, assess_frame
from skola_finance.claims.claim import LINE_SCHEMA, PLAN_SCHEMA
from skola_finance.claims.compare import COMPARED, Comparison, compare
from skola_finance.claims.engine import PolarsEngine
from skola_finance.claims.prepare import prepare, prepares_alike
from skola_finance.problems import Text
from skola_finance.usecases.assessing import header_of, lines_and_plans
from skola_finance.usecases.in_force import rulebook_of_programme
from skola_finance.usecases.line_decisions import with_decisions
from skola_finance.usecases.programmes.settings import overlay
from skola_finance.usecases.wording import refuse
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import TASKS, Task, not_found, require_role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from typing import TypeAlias

    from skola_finance.rulebook import Rulebook, Setting
    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

    Progress: TypeAlias = Callable[[str, int | None], None]

SIMULATE = Text(lv="Simulēt", en="Simulate")
TOLD_EVERY = 50
LINE_ID = "line_id"


@dataclass(frozen=True, slots=True)
class StoredLines:
    """Every line that was ever filed in a programme, each claim in its last filed version."""

    lines: pl.DataFrame
    plans: pl.DataFrame | None


def simulate_stored(
    store: Store,
    order: Order,
    *,
    programme: str,
    rules: Callable[[Rulebook], Rulebook] | None = None,
    settings: Iterable[Setting] = (),
    progress: Progress = lambda _step, _done: None,
) -> Comparison:
    """Assess every stored line under the rules in force and under changed ones, and compare.

    Args:
        rules: makes the changed rulebook of the one in force, such as one of another folder.
        settings: laid over those in force.
        progress: told `read` with the claims read so far, then `before` and `after`, each also with
            the cents that are left after its line stage.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); CommandRefused STO-913 where nothing was
        ever filed.
    """
    both = judge_stored(
        order,
        store,
        programme=programme,
        rules=rules,
        settings=settings,
        progress=progress,
    )
    return compare(both.before, both.after)


@dataclass(frozen=True, slots=True)
class TwoVerdicts:
    """Every stored line, judged by the rules in force and by changed ones.

    `before` holds only what is compared; `names` holds the `line_key` and `line_id` of each line.
    """

    before: BulkVerdict
    after: BulkVerdict
    names: pl.DataFrame
    present: Rulebook
    changed: Rulebook


def judge_stored(
    order: Order,
    store: Store,
    *,
    programme: str,
    rules: Callable[[Rulebook], Rulebook] | None,
    settings: Iterable[Setting],
    progress: Progress,
) -> TwoVerdicts:
    """Judge every stored line twice; `simulate_stored` compares the two.

    Args and raises: as `simulate_stored`.
    """
    require_role(order.actor, command=SIMULATE, may=TASKS[Task.SIMULATE])
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        present = rulebook_of_programme(store, repositories, programme)
        stored = stored_lines(repositories, programme, progress=progress)
    changed = rules(present) if rules is not None else present
    changed = changed.with_settings(overlay([*changed.settings, *settings]))
    progress("before", None)
    frame = prepare(stored.lines, rulebook=present, plans=stored.plans)
    is_alike = prepares_alike(present, changed)
    if is_alike:
        stored = replace(stored, lines=stored.lines.clear())  # millions of lines: not held twice
    judge = _Judge(progress, order.on, has_plans=stored.plans is not None)
    before = judge.verdict(frame, present, "before")
    before = replace(before, lines=before.lines.select(*COMPARED))
    progress("after", None)
    if not is_alike:
        frame = prepare(stored.lines, rulebook=changed, plans=stored.plans)
    names = frame.select("line_key", "line_id")
    return TwoVerdicts(before, judge.verdict(frame, changed, "after"), names, present, changed)


def stored_lines(
    repositories: Repositories,
    programme: str,
    *,
    progress: Progress = lambda _step, _done: None,
) -> StoredLines:
    """Read every line that was ever filed in a programme.

    Lines of a partner that was succeeded count as the successor's, whose room they use.

    Raises: CommandRefused STO-913.
    """
    successors = _successors(repositories, programme)
    kinds = {row.reg_no: row.kind for row in repositories.partners.all()}
    frames: list[pl.DataFrame] = []
    parts: list[pl.DataFrame] = []
    plans: list[pl.DataFrame] = []
    for number, (claim, version) in enumerate(repositories.claims.filed_frames(programme)):
        if number % TOLD_EVERY == 0:
            progress("read", number)
            frames, parts = [*frames, *_together(parts)], []
        header = header_of(version)
        filed, planned = lines_and_plans(version)
        if planned is not None:
            plans.append(planned.select(*PLAN_SCHEMA))
        lines = with_decisions(
            _without_empty(filed.select(*LINE_SCHEMA)),
            repositories.claims.decisions(claim.id, version.version),
        )
        partner = successors.get(claim.partner_reg_no, claim.partner_reg_no)
        named: Mapping[str, tuple[Any, pl.DataType]] = {
            "claim_id": (claim.key, pl.String()),
            "partner_reg_no": (partner, pl.String()),
            "partner_kind": (kinds.get(partner), pl.String()),
            "agreement_on": (header.agreement_on, pl.Date()),
            "period_from": (claim.period_from, pl.Date()),
            "period_to": (claim.period_to, pl.Date()),
        }
        parts.append(
            lines.with_columns(
                pl.lit(value, dtype=dtype).alias(name) for name, (value, dtype) in named.items()
            )
        )
    frames += _together(parts)
    if not frames:
        raise refuse(
            "STO-913",
            lv="Nav neviena iesniegta pārskata, ko pārrēķināt.",
            en="No claim was ever filed; there is nothing to simulate.",
            hint_lv="Norādiet rindas ar --lines vai --history.",
            hint_en="Give lines with --lines or --history.",
        )
    distinct = pl.concat(plans).unique(maintain_order=True) if plans else None
    (lines,) = _together(frames)
    return StoredLines(lines, distinct)


def _without_empty(lines: pl.DataFrame) -> pl.DataFrame:
    """Leave out columns on which nothing stands: adding them later costs no memory."""
    return lines.select(
        name for name in lines.columns if name == LINE_ID or lines[name].null_count() < len(lines)
    )


def _together(frames: list[pl.DataFrame]) -> list[pl.DataFrame]:
    """Put frames into one, without the many small pieces that they were read in."""
    return [pl.concat(frames, how="diagonal", rechunk=True)] if frames else []


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges prepared lines, and tells the cents left after the line stage."""

    progress: Progress
    on: date
    has_plans: bool

    def verdict(self, frame: pl.DataFrame, rulebook: Rulebook, step: str) -> BulkVerdict:
        engine = PolarsEngine()
        return assess_frame(
            engine.lift(frame),
            rulebook=rulebook,
            on=self.on,
            engine=engine,
            has_plans=self.has_plans,
            whole_programme=True,
            after_lines=lambda sums: self.progress(step, int(sums["left_cents"][0] or 0)),
        )


def _successors(repositories: Repositories, programme: str) -> dict[str, str]:
    """Give the partner that holds the balances of each one that was succeeded."""
    direct = {
        row.partner_reg_no: row.successor_reg_no
        for row in repositories.partners.agreements(programme)
        if row.state == "succeeded"
    }
    found = {}
    for partner in direct:
        last = partner
        while last in direct:
            last = direct[last]
        found[partner] = last
    return found
