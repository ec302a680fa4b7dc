"""Turning findings into problems that people read: what was found, what to do, where it is written.

Texts are made only when they are shown. A text's placeholders are the line's own columns, the
figures of the finding, and the values of the very version that judged.
"""

from __future__ import annotations

import string
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skola_finance.claims.columns import CLAIM_KEYS, COLUMN
from skola_finance.claims.shown import show_codes, show_day, show_hours, show_value
from skola_finance.money import Rate, format_amount
from skola_finance.problems import Language, Problem, Text, Where
from skola_finance.rulebook.kinds import Shape
from skola_finance.rulebook.model import BY_ASSESSMENT_DAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.problems import Citation
    from skola_finance.rulebook import Rule, Rulebook, Version

COLUMN_OF_KIND: Mapping[str, str] = MappingProxyType(
    {
        "window": "activity_on",
        "plan_in_force": "plan_no",
        "partners_institution": "institution_reg_no",
        "ground_and_grade": "risk_ground",
        "approved_project": "amount",
        "cost_form": "cost_form",
        "income_or_age": "income_status",
        "recoverable_vat": "vat_amount",
        "paid": "paid_on",
        "document_parts": "amount",
        "overlap": "starts_at",
        "covered_by_unit_cost": "specialist_ref",
        "unit_cost_limit": "amount",
        "hours_cap": "quantity",
        "group_size": "group_size",
        "planned_hours": "quantity",
        "distinct_learners": "learner_ref",
        "monthly_limit": "amount",
        "flat_rate": "amount",
        "ceiling": "amount",
        "share_ceiling": "amount",
        "arithmetic": "amount",
        "date_order": "paid_on",
        "economic_code": "economic_code",
        "evidence": "evidence",
        "claim_period": "activity_on",
        "correction": "corrects_line_id",
        "learner_facts": "learner_grade",
        "declared_total": "declared_total",
        "law_unsettled": "activity_on",
        "setting_unset": "activity_on",
    },
)
"""The cell a finding of a kind points at, where the rule's values do not name one."""

COLUMN_OF_VARIANT: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("window", "paid_late"): "paid_on",
        ("income_or_age", "disability"): "has_disability",
        ("document_parts", "missing_total"): "document_total",
        ("arithmetic", "other_unit_cost"): "unit_cost",
        ("covered_by_unit_cost", "session"): "session_ref",
        ("learner_facts", "age"): "learner_age",
    },
)
"""The cell where one variant points elsewhere than the rest of its kind."""

CLAIM_SHEET = "Claim"
OF_CLAIM = frozenset({column.key for column in CLAIM_KEYS})
"""Facts that stand on the sheet of the claim, not on its lines."""
_FRAME_NAMES = {column.frame: column.key for column in COLUMN.values()}


class Explainer:
    """Makes problems of findings, for the lines of one claim."""

    def __init__(self, rulebook: Rulebook, *, on: date) -> None:
        """Take the rulebook that judged and the day of assessment."""
        self._rulebook = rulebook
        self._on = on

    def problem(self, finding: Mapping[str, Any], line: Mapping[str, Any] | None) -> Problem:
        """Make the problem of one finding; `line` is the prepared row it stands on."""
        rule = self._rulebook.rules[finding["code"]]
        version = self.version(rule, line)
        own = rule.finding(finding["variant"])
        return Problem(
            code=rule.code,
            severity=own.severity,
            message=self._filled(own.message, rule, version, finding, line),
            hint=self._filled(own.hint, rule, version, finding, line),
            where=_where(rule, version, finding, line),
            citation=version.citation,
            cut_cents=finding["cut_cents"],
            variant=finding["variant"],
            subject=finding["subject"] or "",
        )

    def version(self, rule: Rule, line: Mapping[str, Any] | None) -> Version:
        """Give the version that judged the line."""
        day = line["activity_on"] if line is not None else None
        if rule.anchor == BY_ASSESSMENT_DAY or day is None:
            day = self._on
        found = self._rulebook.candidates(rule.code, on=day)
        return found[-1] if found else rule.versions[-1]

    def citation(self, rule: Rule) -> Citation:
        """Give the citation of the version in force on the day of assessment."""
        return self.version(rule, None).citation

    def _filled(
        self,
        text: Text,
        rule: Rule,
        version: Version,
        finding: Mapping[str, Any],
        line: Mapping[str, Any] | None,
    ) -> Text:
        filled = {
            language: _Filler(self._rulebook, rule, version, finding, line, language).fill(text)
            for language in Language
        }
        return Text(lv=filled[Language.LV], en=filled[Language.EN])


def placeholders(text: str) -> frozenset[str]:
    """Give the names in braces of a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


class _Filler:
    """Fills one text in one language."""

    def __init__(
        self,
        rulebook: Rulebook,
        rule: Rule,
        version: Version,
        finding: Mapping[str, Any],
        line: Mapping[str, Any] | None,
        language: Language,
    ) -> None:
        self.rulebook, self.rule, self.version = rulebook, rule, version
        self.finding, self.line, self.language = finding, line or {}, language

    def fill(self, text: Text) -> str:
        """Put values in the place of names."""
        template = text.in_(self.language)
        values = {name: self._value(name) for name in placeholders(template)}
        return template.format_map(values)

    def _value(self, name: str) -> str:
        match name:
            case "limit" | "used":
                return self._figure(getattr(self.rule.kind, name), self.finding[name])
            case "cut":
                return format_amount(self.finding["cut_cents"], self.language)
            case "subject":
                return self._subject()
            case "allowed":
                return self._allowed()
            case "min" | "max":
                return self._bound(name)
            case _:
                return self._column(name) if name in COLUMN else self._own(name)

    def _figure(self, unit: str | None, value: int | None) -> str:
        if value is None:
            return show_value(None, None, self.language)
        match unit:
            case "money":
                return format_amount(value, self.language)
            case "hours":
                return show_hours(value, self.language)
            case "day":
                return show_day(
                    date(value // 10000, value // 100 % 100, value % 100), self.language
                )
            case _:
                return str(value)

    def _column(self, key: str) -> str:
        column = COLUMN[key]
        return show_value(column, self.line.get(column.frame), self.language)

    def _subject(self) -> str:
        subject = self.finding["subject"] or self.line.get("personal_data_in") or ""
        key = _FRAME_NAMES.get(subject, subject)
        if key in COLUMN:
            return COLUMN[key].label.in_(self.language)
        if key in self.rulebook.rules:
            return f"{key} ({self.rulebook.rules[key].title.in_(self.language)})"
        parameter = self.rulebook.parameter(key)
        if parameter is not None:
            return f"{parameter.title.in_(self.language)} ({key})"
        return key

    def _allowed(self) -> str:
        values = self.version.values
        if "allow" in values:
            codes = values["allow"].get(self.line.get(values["by"]), ())
            return show_codes(values["column"], codes, self.language)
        if "forms" in values:
            special = values.get("by_specialist", {}).get(self.line.get("specialist"))
            forms = values["forms"].get(self.line.get("activity"), ())
            return show_codes("cost_form", special or forms, self.language)
        if "statuses" in values:
            codes = values["statuses"].get(self.line.get("activity"), ())
            return show_codes("income_status", codes, self.language)
        return show_codes("risk_ground", values.get("always", ()), self.language)

    def _bound(self, name: str) -> str:
        values = self.version.values
        if "ranges" in values:
            low, high = values["ranges"].get(self.line.get(values["by"]), ("", ""))
            return str(low if name == "min" else high)
        return str(values.get(name, ""))

    def _own(self, name: str) -> str:
        value = self.version.values.get(name, "")
        kind = self.rule.kind
        shape = {**kind.needs, **kind.may}.get(name)
        if shape is Shape.MONEY:
            return format_amount(value, self.language)
        if isinstance(value, date):
            return show_day(value, self.language)
        if isinstance(value, Rate):
            return str(value)
        if value in COLUMN:
            return COLUMN[value].label.in_(self.language)
        return str(value)


def _where(
    rule: Rule, version: Version, finding: Mapping[str, Any], line: Mapping[str, Any] | None
) -> Where:
    column = _column_of(rule, version, finding, line)
    if column in OF_CLAIM and line is not None:
        return Where(sheet=CLAIM_SHEET, column=column)
    if line is None:
        sheet = CLAIM_SHEET if rule.kind_name == "declared_total" else None
        return Where(sheet=sheet, column=column if sheet else None)
    return Where(sheet=line["sheet"], row=line["row"], column=column)


def _column_of(
    rule: Rule, version: Version, finding: Mapping[str, Any], line: Mapping[str, Any] | None
) -> str | None:
    subject = finding["subject"]
    if line is not None and rule.kind_name == "personal_data":
        subject = line["personal_data_in"]
    key = _FRAME_NAMES.get(subject, subject)
    if key in COLUMN:
        return str(key)
    by_variant = COLUMN_OF_VARIANT.get((rule.kind_name, finding["variant"]))
    named = version.values.get("column")
    return by_variant or (named if isinstance(named, str) else COLUMN_OF_KIND.get(rule.kind_name))
