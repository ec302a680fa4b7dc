"""One small module per rule kind: what a rule of that kind says about lines.

A module has `judge` (each line alone, as expressions), and, if it looks at several lines,
`suspects` (groups that may be at fault, run by the engine) and `walk` (those groups, in order, in
plain Python). No text is taken apart and nothing is divided in an expression: the import has
prepared every column that a rule compares.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.claims.checks import (
    allowed_codes,
    approved_project,
    arithmetic,
    claim_period,
    correction,
    cost_form,
    covered_by_unit_cost,
    date_order,
    distinct_learners,
    document_parts,
    earlier_than,
    economic_code,
    evidence,
    forbidden_codes,
    grade_in_semester,
    ground_and_grade,
    group_size,
    hours_cap,
    income_or_age,
    learner_facts,
    missing_fact,
    monthly_limit,
    number_range,
    overlap,
    paid,
    partners_institution,
    personal_data,
    plan_in_force,
    planned_hours,
    recoverable_vat,
    registration_number,
    same_party,
    unit_cost_limit,
    window,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

CHECKS: Mapping[str, ModuleType] = MappingProxyType(
    {
        module.__name__.rsplit(".", maxsplit=1)[-1]: module
        for module in (
            allowed_codes,
            approved_project,
            arithmetic,
            claim_period,
            correction,
            cost_form,
            covered_by_unit_cost,
            date_order,
            distinct_learners,
            document_parts,
            earlier_than,
            economic_code,
            evidence,
            forbidden_codes,
            grade_in_semester,
            ground_and_grade,
            group_size,
            hours_cap,
            income_or_age,
            learner_facts,
            missing_fact,
            monthly_limit,
            number_range,
            overlap,
            paid,
            partners_institution,
            personal_data,
            plan_in_force,
            planned_hours,
            recoverable_vat,
            registration_number,
            same_party,
            unit_cost_limit,
            window,
        )
    },
)
"""The module of each kind that judges lines."""

STAGE_KINDS = (
    "ceiling",
    "cofinancing",
    "declared_total",
    "flat_rate",
    "funding_total",
    "law_unsettled",
    "minimum_share",
    "not_checked",
    "setting_unset",
    "share_ceiling",
)
"""Kinds that the stages, the claim as a whole or `funding` judge; they have no module here."""
