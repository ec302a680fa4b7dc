"""Values that amounts rest on and that nobody has established: invented ones, unverified ones.

A page that shows amounts says so in two lines. The handler asks
`rests_on=await ask(request, rests_on, programme=programme_of(request))` and hands it to `show`; the
template says `{% include "programme/rests_on.html" %}` below its head. Nothing is shown where every
value is confirmed with its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import CitationStatus
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.scope import reading_reports, scope_of

if TYPE_CHECKING:
    from skola_finance.problems import Text
    from skola_finance.rulebook import Rulebook, Setting
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.workflow import Actor

BESIDE_AMOUNTS = (
    *("calendar.", "claims.last_day", "deadline.", "recovery.schedule.", "reminder."),
    *("report.", "review.", "target.", "year_end."),
)
"""Keys of terms, reminders and targets: no cent of a claim depends on them."""

_REG_NO_DIGITS = 11


@dataclass(frozen=True, slots=True)
class Basis:
    """A value in force that is not established: its key, name, text and where it comes from."""

    key: str
    title: Text
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What amounts of a programme rest on and should not be taken for the law.

    `illustrative` are invented for a demonstration; `unverified` come from a source that nobody
    has checked. A value that is both is among the illustrative ones.
    """

    programme: str
    illustrative: tuple[Basis, ...]
    unverified: tuple[Basis, ...]

    @property
    def is_shaky(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.illustrative or self.unverified)


@kept_for_a_while(64)
def rests_on(store: Store, order: Order, *, programme: str) -> RestsOn:
    """Say which values in force on the day of the order amounts rest on without being established.

    A partner's people are told of the programme's values and their own, never of another's.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope_of(repositories, order, programme=programme, partner=None)
        rulebook = rulebook_now(store, repositories, programme)
    in_force = [
        one
        for one in (*rulebook.settings, *_defaults(rulebook))
        if one.covers(order.on) and touches_amounts(one.key) and is_seen(one.key, order.actor)
    ]
    unverified = CitationStatus.UNVERIFIED
    return RestsOn(
        programme=programme,
        illustrative=tuple(_basis(rulebook, one) for one in in_force if one.illustrative),
        unverified=tuple(
            _basis(rulebook, one)
            for one in in_force
            if one.status is unverified and not one.illustrative
        ),
    )


def touches_amounts(key: str) -> bool:
    """Say whether cents may depend on a setting; a term or a target changes none."""
    return not key.startswith(BESIDE_AMOUNTS)


def _defaults(rulebook: Rulebook) -> list[Setting]:
    """Give the rulebook's own values of keys that nobody has entered."""
    entered = {one.key for one in rulebook.settings}
    return [
        value
        for parameter in rulebook.parameters
        if parameter.key not in entered
        for value in parameter.defaults
    ]


def is_seen(key: str, actor: Actor) -> bool:
    """Say whether a person may know of a value: what names a partner is that partner's own."""
    named = _partner_named(key)
    return not named or actor.sees(named)


def is_of_partner(key: str, partner: str) -> bool:
    """Say whether a setting is everybody's or of this very partner."""
    return _partner_named(key) in {"", partner}


def _partner_named(key: str) -> str:
    named = (part for part in key.split(".") if part.isdigit() and len(part) == _REG_NO_DIGITS)
    return next(named, "")


def _basis(rulebook: Rulebook, setting: Setting) -> Basis:
    parameter = rulebook.parameter(setting.key)
    assert parameter is not None  # noqa: S101 - a setting of an unknown key cannot be made
    return Basis(setting.key, parameter.title, setting.text, setting.source)
