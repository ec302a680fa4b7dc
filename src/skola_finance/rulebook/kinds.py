"""The kinds of rule there are, and the values each kind's versions hold.

What a kind means never changes once a decision rests on it: changed logic is a new kind beside
the old. `claims.checks` holds one module for each kind that judges claims; the architecture test
keeps the two lists the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Stage(StrEnum):
    """When a rule judges; each stage judges what the stage before left."""

    LINE = "line"
    """Facts of one line."""
    GROUP = "group"
    """Facts of several lines, earlier claims included."""
    ITEM_CEILING = "item_ceiling"
    """Ceilings of the base: action quota, semester, access support."""
    DERIVED = "derived"
    """Flat rates on what is left of their base."""
    OVERALL_CEILING = "overall_ceiling"
    """Partner allocation and envelope."""
    CLAIM = "claim"
    """Facts of the whole claim; cuts nothing."""
    FUNDING = "funding"
    """Facts of the programme's money; no claim line is judged."""


class Effect(StrEnum):
    """What a finding takes."""

    REJECT = "reject"
    """The whole line; a rejected line uses up nothing."""
    LIMIT = "limit"
    """All above an amount; the lowest limit wins."""
    CAP = "cap"
    """What exceeds a shared room, in the order of use."""
    CEILING = "ceiling"
    """As a cap, but what is above it is unfunded, not ineligible."""
    NONE = "none"
    """Nothing."""


class Shape(StrEnum):
    """What a value in a rule file may look like."""

    TEXT = "text"
    """A text, often the key of a column."""
    TEXTS = "texts"
    """A list of texts, mostly codes."""
    WHOLE = "whole"
    """A whole number."""
    DAY = "day"
    """A date."""
    MONEY = "money"
    """Euros as text."""
    RATE = "rate"
    """A share as text: `"15 %"`, `"3/17"`."""
    TABLE = "table"
    """Codes by code: `{activity = ["code", …]}`."""
    RANGES = "ranges"
    """A lowest and highest whole number by code: `{general = [1, 12]}`."""
    AMOUNTS = "amounts"
    """Euros by code: `{transport = "30.00"}`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The values a version of this kind must hold (`needs`) and may hold (`may`).

    `limit` and `used` are the units of the figures its findings show, `subject` says what a
    finding may be about. `variants` are the faults it tells apart; each may have a text of its own
    in the rule file.
    """

    needs: Mapping[str, Shape] = field(default_factory=dict)
    may: Mapping[str, Shape] = field(default_factory=dict)
    limit: str | None = None
    used: str | None = None
    subject: str | None = None
    variants: tuple[str, ...] = ()


MONEY, HOURS, COUNT, DAY = "money", "hours", "count", "day"
"""Units in which a finding's `limit` and `used` are shown."""

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "window": Kind(
            needs={"first": Shape.DAY, "last": Shape.DAY, "paid_by": Shape.DAY},
            may={"project_agreement": Shape.TEXT, "also_from": Shape.TABLE},
            limit=DAY,
            variants=(
                "before_project",
                "after_project",
                "before_agreement",
                "paid_late",
                "not_yet",
            ),
        ),
        "allowed_codes": Kind(
            needs={"column": Shape.TEXT, "by": Shape.TEXT, "allow": Shape.TABLE},
            may={"state_only": Shape.TEXTS},
            variants=("state_only",),
        ),
        "forbidden_codes": Kind(needs={"column": Shape.TEXT, "forbid": Shape.TEXTS}),
        "number_range": Kind(
            needs={"column": Shape.TEXT},
            may={
                "min": Shape.WHOLE,
                "max": Shape.WHOLE,
                "by": Shape.TEXT,
                "ranges": Shape.RANGES,
            },
        ),
        "plan_in_force": Kind(
            variants=("missing", "unknown", "other_learner", "not_in_force", "not_covered"),
        ),
        "partners_institution": Kind(),
        "grade_in_semester": Kind(
            needs={"column": Shape.TEXT, "grades": Shape.TEXTS, "semester": Shape.TEXT},
        ),
        "ground_and_grade": Kind(
            needs={"always": Shape.TEXTS},
            may={"risks": Shape.TEXTS, "grades": Shape.RANGES},
        ),
        "approved_project": Kind(
            may={"lump_sum": Shape.MONEY},
            limit=MONEY,
            used=MONEY,
            variants=("not_approved", "above"),
        ),
        "earlier_than": Kind(needs={"column": Shape.TEXT, "than": Shape.TEXT}),
        "cost_form": Kind(
            needs={"forms": Shape.TABLE},
            may={"by_specialist": Shape.TABLE},
        ),
        "same_party": Kind(needs={"column": Shape.TEXT, "other": Shape.TEXT}),
        "income_or_age": Kind(
            needs={"statuses": Shape.TABLE},
            may={"or_age_from": Shape.RANGES, "disability": Shape.TEXTS},
            variants=("income", "disability"),
        ),
        "recoverable_vat": Kind(limit=MONEY, variants=("contradictory",)),
        "paid": Kind(variants=("unpaid", "later")),
        "document_parts": Kind(
            limit=MONEY,
            used=MONEY,
            variants=("exceeded", "repeated", "missing_total"),
        ),
        "overlap": Kind(
            limit=HOURS,
            used=HOURS,
            variants=("specialist", "learner", "repeated", "long_day"),
        ),
        "covered_by_unit_cost": Kind(variants=("specialist_day", "session")),
        "unit_cost_limit": Kind(limit=MONEY, used=MONEY),
        "hours_cap": Kind(needs={"setting": Shape.TEXT}, limit=HOURS, used=HOURS),
        "group_size": Kind(
            needs={"min": Shape.TEXT, "max": Shape.TEXT},
            limit=COUNT,
            variants=("below", "above"),
        ),
        "planned_hours": Kind(limit=HOURS, used=HOURS),
        "distinct_learners": Kind(needs={"setting": Shape.TEXT}, limit=COUNT, used=COUNT),
        "monthly_limit": Kind(needs={"amounts": Shape.AMOUNTS}, limit=MONEY, used=MONEY),
        "flat_rate": Kind(
            needs={"rate": Shape.RATE, "base": Shape.TEXTS, "employment": Shape.TEXTS},
            limit=MONEY,
            used=MONEY,
        ),
        "ceiling": Kind(
            needs={"room": Shape.TEXT},
            may={"amount": Shape.MONEY, "state_only": Shape.MONEY},
            limit=MONEY,
            used=MONEY,
        ),
        "share_ceiling": Kind(
            needs={"share": Shape.RATE, "of": Shape.TEXTS, "rest": Shape.TEXTS},
            limit=MONEY,
            used=MONEY,
        ),
        "missing_fact": Kind(subject="column"),
        "arithmetic": Kind(
            limit=MONEY,
            used=MONEY,
            variants=("above", "below", "other_unit_cost"),
        ),
        "date_order": Kind(needs={"earlier": Shape.TEXT, "later": Shape.TEXT}),
        "registration_number": Kind(needs={"columns": Shape.TEXTS}, subject="column"),
        "economic_code": Kind(needs={"prefixes": Shape.TEXTS}),
        "evidence": Kind(variants=("actual", "unit_cost", "lump_sum")),
        "claim_period": Kind(variants=("earlier", "later")),
        "correction": Kind(
            limit=MONEY, used=MONEY, variants=("unnamed", "unknown", "above", "opposite")
        ),
        "learner_facts": Kind(variants=("grade", "age")),
        "declared_total": Kind(limit=MONEY, used=MONEY),
        "personal_data": Kind(subject="column"),
        "setting_unset": Kind(subject="setting"),
        "not_checked": Kind(
            subject="rule",
            variants=(
                "history",
                "register",
                "plans",
                "setting",
                "allocation",
                "hour",
                "programme",
                "claim",
                "day",
            ),
        ),
        "law_unsettled": Kind(subject="rule"),
        "cofinancing": Kind(needs={"rate": Shape.RATE}),
        "funding_total": Kind(
            needs={"total": Shape.MONEY},
            may={"partners": Shape.MONEY, "state_only": Shape.MONEY},
        ),
        "minimum_share": Kind(needs={"share": Shape.RATE, "of": Shape.TEXTS}),
    },
)
"""Every kind by its name."""
