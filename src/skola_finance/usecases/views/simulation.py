"""What if, for people: other rules or settings over everything ever filed, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.calendar import semester_name, semester_number
from skola_finance.claims.compare import Comparison, compare
from skola_finance.claims.vocabulary import ACTIVITY
from skola_finance.problems import Text
from skola_finance.rulebook import make_setting
from skola_finance.storage.repositories.rule_traces import RuleTraces
from skola_finance.usecases.in_force import OF_PARTNERS, rulebook_now
from skola_finance.usecases.proof.simulation import SIMULATE, judge_stored
from skola_finance.usecases.views.rule_archive import rulebook_of_archive
from skola_finance.usecases.views.rule_words import setting_shown
from skola_finance.usecases.views.rulebook import settings_asked
from skola_finance.usecases.views.simulation_shapes import (
    LineChange,
    NamedChange,
    SettingToTry,
    SimulationAsked,
    SimulationForm,
    SimulationShown,
    TriedSetting,
)
from skola_finance.usecases.wording import refuse, unusable_input
from skola_finance.usecases.work import PARTNER, PROGRAMME
from skola_finance.workflow import TASKS, Task, not_found, require_role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from skola_finance.claims.bulk import BulkVerdict
    from skola_finance.claims.compare import Change
    from skola_finance.rulebook import Rulebook
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.proof.simulation import TwoVerdicts
    from skola_finance.usecases.store import Store

    Progress: TypeAlias = Callable[[str, int | None], None]

LINES_KEPT = 20_000
"""How many changed lines are kept, those that change most; the sums are always of all."""
SETTINGS_AT_MOST = 40
SOURCE = "simulācija · simulation"


def simulation_form(store: Store, order: Order, *, programme: str) -> SimulationForm:
    """Give what a simulation may be asked with.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    _check_role(order)
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        rulebook = rulebook_now(store, repositories, programme)
        names = {row.reg_no: row.name for row in repositories.partners.all()}
        reg_nos = {row.partner_reg_no for row in repositories.partners.agreements(programme)}
        semesters = RuleTraces(repositories.session).semesters(programme)
    return SimulationForm(
        programme=programme,
        rulebook_digest=rulebook.digest,
        settings=_to_try(rulebook, order.on),
        partners=tuple(sorted(((one, names[one]) for one in reg_nos), key=lambda one: one[1])),
        semesters=tuple((one, semester_words(one)) for one in semesters),
    )


def ask_simulation(
    store: Store,
    order: Order,
    *,
    programme: str,
    partner: str = "",
    semester: str = "",
    archive: bytes | None = None,
    settings: Sequence[TriedSetting] = (),
) -> SimulationAsked:
    """Read and check what is to be simulated; nothing is begun.

    Args:
        partner, semester: what the result is narrowed to; all partners share one room, so all
            lines are judged all the same.
        archive: a rules folder as a zip file; None for the rules in force.
        settings: laid over those in force.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); UnusableRules RUL-4xx; CommandRefused
        WFL-597 for an archive that cannot be used, or where nothing is to be changed.
    """
    _check_role(order)
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        if partner and repositories.partners.get(partner) is None:
            raise not_found(PARTNER)
        present = rulebook_now(store, repositories, programme)
    _check_semester(semester)
    if not settings and archive is None:
        raise refuse(
            "WFL-597",
            lv="Nav norādīts, kas mainītos.",
            en="It is not said what would change.",
            hint_lv="Augšupielādējiet noteikumu mapi vai ierakstiet kādam parametram citu vērtību.",
            hint_en="Upload a rules folder, or give some setting another value.",
        )
    rulebook = rulebook_of_archive(archive, programme=programme) if archive is not None else None
    made = tuple(
        make_setting(
            rulebook=rulebook or present,
            key=one.key,
            value=one.value,
            starts=one.starts,
            ends=one.ends,
            source=SOURCE,
        )
        for one in settings[:SETTINGS_AT_MOST]
    )
    return SimulationAsked(programme, partner, semester, rulebook, made, tuple(settings))


def simulate_changes(
    store: Store,
    order: Order,
    *,
    asked: SimulationAsked,
    progress: Progress = lambda _step, _count: None,
) -> SimulationShown:
    """Judge everything ever filed under changed rules and settings, and say what would change.

    Nothing is changed. `progress` is told `read`, `before`, `after` and `compare`; what it raises
    ends the simulation.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); CommandRefused STO-913 where nothing was
        ever filed.
    """
    other = asked.rulebook
    both = judge_stored(
        order,
        store,
        programme=asked.programme,
        rules=None if other is None else lambda now: other.with_settings(now.settings),
        settings=asked.settings,
        progress=progress,
    )
    progress("compare", None)
    before, after = (_narrowed(one, asked) for one in (both.before, both.after))
    compared = compare(before, after)
    with store.reading() as repositories:
        names = {row.reg_no: row.name for row in repositories.partners.all()}
    return _shown(order, both, compared, before, after, names)


def _check_role(order: Order) -> None:
    require_role(order.actor, command=SIMULATE, may=TASKS[Task.SIMULATE])


def _check_semester(name: str) -> None:
    try:
        _ = semester_number(name) if name else 0
    except ValueError:
        raise unusable_input("semester", lv="nav semestra", en="it is no semester") from None


def _to_try(rulebook: Rulebook, on: date) -> tuple[SettingToTry, ...]:
    """Give the settings that rules ask for and no partner has for itself, in their order."""
    asked = {one.key for rule in rulebook.rules.values() for one in settings_asked(rulebook, rule)}
    keys = {one.key for one in rulebook.parameters if "<" not in one.key}
    keys |= {one.key for one in rulebook.settings}
    found = []
    for key in sorted(keys):
        parameter = rulebook.parameter(key)
        if parameter is None or parameter.key not in asked or key.startswith(OF_PARTNERS):
            continue
        value = next((one for one in rulebook.values_of(key) if one.covers(on)), None)
        title = parameter.title
        if "<" in parameter.key:
            last = key.rpartition(".")[2]
            name = ACTIVITY.get(last, Text(lv=last, en=last))
            title = Text(lv=f"{title.lv}: {name.lv}", en=f"{title.en}: {name.en}")
        now = setting_shown(value, parameter) if value is not None else None
        found.append(SettingToTry(key, title, now, value is not None and value.illustrative))
    return tuple(found)


def _narrowed(verdict: BulkVerdict, asked: SimulationAsked) -> BulkVerdict:
    """Keep of a verdict what is of the partner and the semester asked for."""
    if not asked.partner and not asked.semester:
        return verdict
    lines = verdict.lines
    if asked.partner:
        lines = lines.filter(pl.col("partner_reg_no") == asked.partner)
    if asked.semester:
        lines = lines.filter(pl.col("semester_no") == semester_number(asked.semester))
    found = verdict.findings.join(lines.select("line_key"), on="line_key", how="semi")
    return type(verdict)(lines, found, verdict.settings, verdict.ceilings, verdict.compiled)


def _shown(
    order: Order,
    both: TwoVerdicts,
    compared: Comparison,
    before: BulkVerdict,
    after: BulkVerdict,
    names: Mapping[str, str],
) -> SimulationShown:
    rules = {**both.present.rules, **both.changed.rules}
    changes = _changes(both, before, after, names)
    return SimulationShown(
        at=order.at,
        illustrative=any(one.illustrative for one in both.after.settings),
        lines=compared.lines,
        changed=compared.changed,
        before_cents=compared.before_cents,
        after_cents=compared.after_cents,
        by_rule=tuple(_named(one, rules[one.name].title) for one in compared.by_rule),
        by_partner=tuple(
            _named(one, _same(names.get(one.name, ""))) for one in compared.by_partner
        ),
        by_semester=tuple(_named(one, semester_words(one.name)) for one in compared.by_semester),
        changes=changes,
        left_out=compared.changed - len(changes),
    )


def _named(change: Change, name: Text) -> NamedChange:
    return NamedChange(change.name, name, change.lines, change.before_cents, change.after_cents)


def semester_words(name: str) -> Text:
    """Give what a semester is called, `2025-autumn`; a dash for none."""
    year, _, half = name.partition("-")
    if not half:
        return _same("")
    halves = {"autumn": "rudens", "spring": "pavasara"}
    return Text(lv=f"{year}. gada {halves[half]} semestris", en=f"{half} {year}")


def _same(text: str) -> Text:
    return Text(lv=text or "–", en=text or "–")


def _changes(
    both: TwoVerdicts, before: BulkVerdict, after: BulkVerdict, names: Mapping[str, str]
) -> tuple[LineChange, ...]:
    """Give the lines that change, those that change most first."""
    old = before.lines.select("line_key", pl.col("eligible_cents").alias("before"))
    pairs = after.lines.join(old, on="line_key", how="inner").join(
        both.names, on="line_key", how="left"
    )
    gap = (pl.col("eligible_cents") - pl.col("before")).abs()
    rows = (
        pairs.filter(gap > 0)
        .sort(gap, "claim_id", "line_no", descending=[True, False, False])
        .head(LINES_KEPT)
    )
    spoke = _rules_of(before, after, rows["line_key"])
    return tuple(
        LineChange(
            claim=row["claim_id"] or "",
            line_no=row["line_no"],
            line_id=row["line_id"] or "",
            partner=names.get(row["partner_reg_no"] or "", ""),
            semester=semester_words(
                "" if row["semester_no"] is None else semester_name(row["semester_no"])
            ),
            activity=ACTIVITY.get(row["activity"], _same(row["activity"] or "")),
            activity_on=row["activity_on"],
            claimed_cents=row["amount_cents"],
            before_cents=row["before"],
            after_cents=row["eligible_cents"],
            rules=spoke.get(row["line_key"], ()),
        )
        for row in rows.iter_rows(named=True)
    )


def _rules_of(
    before: BulkVerdict, after: BulkVerdict, keys: pl.Series
) -> dict[int, tuple[str, ...]]:
    """Give the rules that cut some lines in one verdict and otherwise in the other."""
    wanted = keys.to_frame("line_key")
    sums = [
        one.findings.join(wanted, on="line_key", how="semi")
        .group_by("line_key", "code")
        .agg(pl.col("cut_cents").sum().alias(name))
        for one, name in ((before, "old"), (after, "new"))
    ]
    differ = sums[0].join(sums[1], on=["line_key", "code"], how="full", coalesce=True)
    differ = differ.filter(pl.col("old").ne_missing(pl.col("new"))).sort("line_key", "code")
    found: dict[int, tuple[str, ...]] = {}
    for key, code in differ.select("line_key", "code").iter_rows():
        found[key] = (*found.get(key, ()), code)
    return found
