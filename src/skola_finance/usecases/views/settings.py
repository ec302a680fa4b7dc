"""Every blank of the law: what was entered, how well it is established, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import CitationStatus, Severity
from skola_finance.rulebook.timeline import Boundary
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.obligations import missing_settings
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.views.acts import standing_of
from skola_finance.usecases.views.illustrative import is_seen, touches_amounts
from skola_finance.usecases.views.setting_words import about_of
from skola_finance.workflow import SETTINGS, ProposalCommand, ProposalState, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from skola_finance.problems import Citation, Text
    from skola_finance.rulebook import Parameter, Rulebook, Setting
    from skola_finance.rulebook.model import Version
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import SettingRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.acts import Standing

ANSWERED_ELSEWHERE = ("envelope", "institution.", "project.", "quota.")
"""Keys that registers and books answer; nobody enters them here."""
_ALLOCATION = "allocation.<partner>"
BY_KIND = {
    "unit_cost": ("unit_cost_limit", True),
    "economic_codes": ("economic_code", False),
    "hours_per_day": ("overlap", False),
}
"""Kinds of rule that ask for a setting by themselves, and whether a line cannot pass without."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that somebody entered for a key, from a day up to but not including another.

    `about` says what stands in the places of its key: a partner, an activity, a semester. `number`
    names it in addresses; it is 0 for a value of the rulebook itself, which nobody
    entered and which has no standing.
    """

    number: int
    key: str
    about: Text | None
    text: str
    starts: date | None
    ends: date | None
    source: str
    status: str
    illustrative: bool
    is_in_force: bool
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class NeededBy:
    """A rule that asks for a setting; `rejects` where a line without it cannot pass (RUL-301)."""

    code: str
    title: Text
    rejects: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank of the law and what stands in it today.

    Attributes:
        key: with its placeholders, such as `unit_cost.<activity>`.
        shape: how a value is written: money, hours, whole, rate, day, day_of_year, list, member.
        among: what the last placeholder may be, where that is a closed list.
        offered: values the law gives for another relation; shown, never applied.
        in_force: the values of today, by key.
        waiting: proposed values that nobody has decided on.
        needed_by: the rules that ask for it.
        duties: what nobody is reminded of while it is unset.
    """

    key: str
    title: Text
    shape: str
    citation: Citation
    among: tuple[str, ...]
    offered: tuple[str, ...]
    is_amount: bool
    in_force: tuple[Value, ...]
    waiting: tuple[Value, ...]
    needed_by: tuple[NeededBy, ...]
    duties: tuple[Text, ...]

    @property
    def is_unset(self) -> bool:
        """Whether nothing holds today."""
        return not self.in_force

    @property
    def is_open(self) -> bool:
        """Whether somebody ought to enter it: a rule or a term asks, and nothing holds."""
        return self.is_unset and bool(self.needed_by or self.duties)

    @property
    def status(self) -> str:
        """The weakest ground among today's values: unset, illustrative, unverified, confirmed."""
        if self.is_unset:
            return "unset"
        if any(one.illustrative for one in self.in_force):
            return "illustrative"
        unverified = CitationStatus.UNVERIFIED.value
        return "unverified" if any(x.status == unverified for x in self.in_force) else "confirmed"


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """Every blank that people fill; `may_propose` says whether the one who looks may."""

    programme: str
    on: date
    blanks: tuple[Blank, ...]
    may_propose: bool

    @property
    def missing(self) -> tuple[Blank, ...]:
        """What ought to be entered and is not: those that reject lines first."""
        found = [one for one in self.blanks if one.is_open]
        return tuple(sorted(found, key=lambda one: not any(x.rejects for x in one.needed_by)))

    @property
    def waiting(self) -> tuple[tuple[Blank, Value], ...]:
        """Proposed values with their blanks."""
        return tuple((one, value) for one in self.blanks for value in one.waiting)


@dataclass(frozen=True, slots=True)
class SettingPage:
    """One blank with everything that was ever entered for it, the latest first."""

    programme: str
    asked_key: str
    blank: Blank
    history: tuple[Value, ...]
    may_propose: bool


@kept_for_a_while(32)
def settings_page(store: Store, order: Order, *, programme: str) -> SettingsPage:
    """Give every blank of the law that people fill, with today's values and what waits.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    duties = {one.key: one.duties for one in missing_settings(store, order, programme)}
    with reading_reports(store, order) as repositories:
        scope_of(repositories, order, programme=programme, partner=None)
        rulebook = rulebook_now(store, repositories, programme)
        rows = repositories.programmes.settings(programme)
        values = _values(repositories, rulebook, rows, order)
    return SettingsPage(
        programme=programme,
        on=order.on,
        blanks=tuple(
            _blank(rulebook, one, values, order, duties=duties.get(one.key, ()))
            for one in rulebook.parameters
            if not one.key.startswith(ANSWERED_ELSEWHERE) and one.key != _ALLOCATION
        ),
        may_propose=order.actor.role in SETTINGS.may[ProposalCommand.PROPOSE],
    )


def setting_page(store: Store, order: Order, *, programme: str, key: str) -> SettingPage:
    """Give one blank by its key, or by that of a value in it, with its whole history.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603) for a key that the rulebook does not know.
    """
    page = settings_page(store, order, programme=programme)
    with reading_reports(store, order) as repositories:
        rulebook = rulebook_now(store, repositories, programme)
        declared = {one.key for one in rulebook.parameters}
        parameter = None if key in declared else rulebook.parameter(key)
        wanted = parameter.key if parameter is not None else key
        blank = next((one for one in page.blanks if one.key == wanted), None)
        if blank is None or not is_seen(key, order.actor):
            raise not_found(SETTINGS.title)
        rows = [
            row
            for row in repositories.programmes.settings(programme)
            if _parameter_key(rulebook, row.key) == blank.key and key in (blank.key, row.key)
        ]
        values = _values(repositories, rulebook, rows, order)
    history = [one for found in values.values() for one in found]
    return SettingPage(
        programme=programme,
        asked_key=key,
        blank=blank,
        history=tuple(sorted(history, key=lambda one: -one.number)),
        may_propose=page.may_propose,
    )


def _parameter_key(rulebook: Rulebook, key: str) -> str:
    parameter = rulebook.parameter(key)
    return parameter.key if parameter is not None else ""


def _values(
    repositories: Repositories, rulebook: Rulebook, rows: Iterable[SettingRow], order: Order
) -> dict[str, list[Value]]:
    """Give everything that was entered, by key, as far as the person who looks may know of it."""
    seen = [row for row in rows if is_seen(row.key, order.actor)]
    acts = repositories.overview.acts(SETTINGS.key, [str(row.id) for row in seen])
    partners = {one.reg_no: one.name for one in repositories.partners.all()}
    found: defaultdict[str, list[Value]] = defaultdict(list)
    for row in seen:
        state = ProposalState(row.state)
        found[row.key].append(
            Value(
                number=row.id,
                key=row.key,
                about=about_of(_parameter_key(rulebook, row.key), row.key, partners=partners),
                text=row.value,
                starts=row.starts,
                ends=row.ends,
                source=row.source,
                status=row.status,
                illustrative=row.illustrative,
                is_in_force=state is ProposalState.CONFIRMED and _covers(row, order.on),
                standing=standing_of(SETTINGS, state, acts[str(row.id)], actor=order.actor),
            )
        )
    return dict(found)


def _covers(row: SettingRow, day: date) -> bool:
    return (row.starts is None or day >= row.starts) and (row.ends is None or day < row.ends)


def _blank(
    rulebook: Rulebook,
    parameter: Parameter,
    values: dict[str, list[Value]],
    order: Order,
    *,
    duties: tuple[Text, ...],
) -> Blank:
    mine = {key: found for key, found in values.items() if parameter.matches(key)}
    in_force = []
    for found in mine.values():
        # Of two values for one day the one entered later holds.
        holding = [one for one in found if one.is_in_force]
        in_force += holding[-1:]
    if not in_force:
        in_force = [_own(parameter, one) for one in parameter.defaults if one.covers(order.on)]
    waiting = ProposalState.PROPOSED.value
    return Blank(
        key=parameter.key,
        title=parameter.title,
        shape=parameter.shape.value,
        citation=parameter.citation,
        among=parameter.among,
        offered=tuple(one.text for one in parameter.offered),
        is_amount=touches_amounts(parameter.key),
        in_force=tuple(in_force),
        waiting=tuple(
            one
            for found in mine.values()
            for one in found
            if one.standing is not None and one.standing.state == waiting
        ),
        needed_by=_needed_by(rulebook, parameter),
        duties=duties,
    )


def _own(parameter: Parameter, setting: Setting) -> Value:
    """Give a value of the rulebook itself."""
    return Value(
        number=0,
        key=setting.key,
        about=about_of(parameter.key, setting.key, partners={}),
        text=setting.text,
        starts=setting.starts,
        ends=setting.ends,
        source=setting.source,
        status=setting.status.value,
        illustrative=setting.illustrative,
        is_in_force=True,
        standing=None,
    )


def _needed_by(rulebook: Rulebook, parameter: Parameter) -> tuple[NeededBy, ...]:
    """Give the rules that ask for the parameter, by code; a boundary rejects nothing (RUL-303)."""
    stem = parameter.key.partition(".<")[0]
    kind, rejects = BY_KIND.get(stem, ("", True))
    return tuple(
        NeededBy(
            rule.code,
            rule.title,
            rejects and rule.severity is Severity.ERROR and not parameter.is_boundary,
        )
        for rule in rulebook.rules.values()
        if rule.kind_name == kind or any(_names(version, stem) for version in rule.versions)
    )


def _names(version: Version, key: str) -> bool:
    """Say whether a version names a key, as a value or as one of its edges."""
    if any(
        isinstance(edge, Boundary) and edge.key == key for edge in (version.starts, version.ends)
    ):
        return True
    for value in version.values.values():
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(one, str) and one == key for one in texts):
            return True
    return False
