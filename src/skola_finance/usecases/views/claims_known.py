"""What cells of a claim may be chosen from while they are typed: plans, learners, schools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.vocabulary import SPECIALIST
from skola_finance.storage.frames import unpack
from skola_finance.usecases.filing.known import (
    approved_projects,
    earlier_lines,
    plans_in_period,
    schools_in_period,
)
from skola_finance.usecases.filing.standing import claim_seen, version_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from skola_finance.problems import Language
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value of a cell, and what tells people which one it is; nothing of a learner's ground."""

    value: str
    told: str


def known_values(
    store: Store, order: Order, *, claim: str, language: Language
) -> Mapping[str, tuple[KnownValue, ...]]:
    """Give what is known of the partner for the cells of a claim, by column key.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        plans = plans_in_period(repositories, row)
        schools = schools_in_period(repositories, row)
        projects = approved_projects(repositories, row)
        here = unpack(version_shown(repositories, row).frame)
        frames = (here, earlier_lines(repositories, row))
    found = {
        "plan_no": _values(
            (one["plan_no"], (one["learner_ref"], schools.get(one["institution_reg_no"] or "")))
            for one in plans.iter_rows(named=True)
        ),
        "learner_ref": _values(
            (one["learner_ref"], (one["plan_no"],)) for one in plans.iter_rows(named=True)
        ),
        "institution_reg_no": _values((reg_no, (name,)) for reg_no, name in schools.items()),
        "specialist_ref": _specialists(frames, language),
        "project_no": _values((number, ()) for number in projects),
    }
    return {key: values for key, values in found.items() if values}


def _values(
    pairs: Iterable[tuple[str | None, Iterable[str | None]]],
) -> tuple[KnownValue, ...]:
    """Give each value once, by value, with the first that was told of it."""
    found: dict[str, str] = {}
    for value, told in pairs:
        if value:
            found.setdefault(value, " · ".join(one for one in told if one))
    return tuple(KnownValue(value, told) for value, told in sorted(found.items()))


def _specialists(frames: Iterable[pl.DataFrame], language: Language) -> tuple[KnownValue, ...]:
    rows = (
        row
        for frame in frames
        for row in frame.select("specialist_ref", "specialist").unique(maintain_order=True).rows()
    )
    return _values(
        (name, (SPECIALIST[kind].in_(language) if kind in SPECIALIST else None,))
        for name, kind in rows
    )
