"""What people read: texts filled from the line, the finding and the very version that judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.claims.assess import assess_claim
from skola_finance.claims.columns import COLUMN
from skola_finance.claims.explain import Explainer
from skola_finance.claims.facts import Facts
from skola_finance.claims.line import lines_frame, plans_frame
from skola_finance.claims.plans import with_risk_grounds
from skola_finance.claims.shown import show_value
from skola_finance.problems import Language, Severity, Text
from skola_finance.rulebook.model import BY_ASSESSMENT_DAY
from skola_finance.rulebook.timeline import Boundary
from tests.claims.desk import (
    PUMPURS,
    SKOLA,
    Cell,
    assess,
    book,
    cents,
    claim,
    codes,
    problem_of,
    record,
)

if TYPE_CHECKING:
    from skola_finance.problems import Problem
    from skola_finance.rulebook import Rule, Rulebook, Version

ON = date(2026, 3, 1)
NOTHING = {"variant": "", "subject": None, "cut_cents": 1320, "limit": None, "used": None}


def changed(rulebook: Rulebook, rule: Rule, digest: str) -> Rulebook:
    """Give the rulebook with one rule changed; another rulebook needs another digest."""
    rules = MappingProxyType({**rulebook.rules, rule.code: rule})
    return replace(rulebook, rules=rules, digest=digest)


def said(
    code: str, text: str, line: dict[str, Any], programme: str = SKOLA, **finding: Cell
) -> str:
    """Fill a text of our own as if the rule had it; give the Latvian."""
    rulebook = book(programme)
    rule = rulebook.rule(code)
    own = replace(rule.finding(""), message=Text(lv=f"={text}", en=f"={text}"))
    rulebook = changed(rulebook, replace(rule, findings={"": own}), f"{code} {text}")
    problem = Explainer(rulebook, on=ON).problem({**NOTHING, "code": code, **finding}, _row(line))
    return problem.message.lv.replace("\u00a0", " ").removeprefix("=")


READING_IN_4 = {"learner_grade": 4, "education_programme": "general"}
BY_A_THERAPIST = {"activity": "reading_support", "specialist": "occupational_therapist"}
TWO_GROUNDS = (
    "saņemta tikai liecība, atkārtoti mācās 9. klasē",
    "saņemta tikai liecība, uzņemts profesionālajā izglītībā",
)


def _row(line: dict[str, Any]) -> dict[str, Any]:
    return {"sheet": "Lines", "row": 3, "personal_data_in": None, "activity_on": ON, **line}


@pytest.mark.parametrize(
    ("code", "text", "line", "expected"),
    [
        ("ELG-110", "{learner_grade}, {min}–{max}", READING_IN_4, "4, 1–3"),
        ("ELG-110", "{learner_grade}", {}, "nav norādīts"),
        ("ELG-105", "{min}–{max}", {"education_programme": "vocational"}, "1–4"),
        ("ELG-105", "{min}–{max}", {"education_programme": "higher"}, "–"),
        ("ELG-113", "{allowed}", {"activity": "mentor_support"}, "izglītojamo mentors"),
        ("ELG-113", "{allowed}", {"activity": "venue"}, ""),
        ("ELG-133", "{allowed}", {"activity": "venue"}, "faktiskās izmaksas"),
        ("ELG-133", "{allowed}", BY_A_THERAPIST, "faktiskās izmaksas"),
        ("ELG-112", "{allowed}", {}, "; ".join(TWO_GROUNDS)),
        ("ELG-101", "{first} {last}", {}, "01.07.2024. 31.08.2029."),
        ("ELG-150", "{rate}", {}, "15 %"),
        ("ELG-173", "{amount}", {"amount_cents": 100}, "1,00 €"),
        ("ELG-111", "{column} {grades}", {}, "Klase vai kurss ('1',)"),
        ("ELG-120", "{cut} {limit}", {}, "13,20 € nav norādīts"),
        ("ELG-120", "{min}–{max}", {}, "13–"),
    ],
)  # fmt: skip
def test_names_in_a_text_become_what_people_call_them(
    code: str, text: str, line: dict[str, Any], expected: str
) -> None:
    """Proves that names in a text become what people call them."""
    assert said(code, text, line) == expected


@pytest.mark.parametrize(
    ("code", "text", "line", "expected"),
    [
        ("ELG-147", "{allowed}", {"activity": "learning_materials"}, True),
        ("ELG-173", "{state_only}", {}, True),
    ],
)
def test_names_of_pumpurs_are_filled_too(
    code: str, text: str, line: dict[str, Any], *, expected: bool
) -> None:
    """Proves that names of pumpurs are filled too."""
    assert bool(said(code, text, line, PUMPURS)) is expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("learner_grade", "Klase vai kurss"),
        ("amount_cents", "Pieteiktā summa, EUR"),
        ("ELG-110", "ELG-110 (Lasītprasmes atbalsts ārpus 1.–3. klases)"),
        ("something else", "something else"),
        (None, ""),
    ],
)
def test_a_subject_is_a_column_a_rule_or_a_setting(subject: str | None, expected: str) -> None:
    """Proves that a subject is a column a rule or a setting."""
    assert said("CLM-201", "{subject}", {}, subject=subject) == expected


def test_a_setting_is_called_by_its_title_and_key() -> None:
    """Proves that a setting is called by its title and key."""
    text = said("RUL-301", "{subject}", {}, subject="unit_cost.reading_support")
    assert text.endswith("(unit_cost.reading_support)")


@pytest.mark.parametrize(
    ("column", "value", "latvian", "english"),
    [
        ("activity", "venue", "pasākuma norises telpas", "event venue"),
        ("activity", "other", "other", "other"),
        ("activity_on", date(2026, 2, 1), "01.02.2026.", "2026-02-01"),
        ("starts_at", 485, "08:05", "08:05"),
        ("amount", -123456, "-1 234,56 €", "-€1,234.56"),
        ("quantity", -1500, "-1,5", "-1.5"),
        ("learner_grade", 0, "0", "0"),
        ("plan_no", "", "nav norādīts", "not given"),
    ],
)
def test_values_are_written_as_each_language_does(
    column: str, value: Cell, latvian: str, english: str
) -> None:
    """Proves that values are written as each language does."""
    written = [show_value(COLUMN[column], value, one) for one in (Language.LV, Language.EN)]
    assert [text.replace("\u00a0", " ") for text in written] == [latvian, english]


def test_a_claim_that_declares_another_total_is_told_both() -> None:
    """Proves that a claim that declares another total is told both."""
    lines = [record("reading_support")]
    right = assess(*lines, declared_total_cents=1320, only={"CLM-210"})
    wrong = assess(*lines, declared_total_cents=1321, only={"CLM-210"})
    none = assess(*lines, only={"CLM-210"})
    assert (codes(right), codes(wrong), codes(none)) == ([], ["CLM-210"], [])
    problem = problem_of(wrong, "CLM-210")
    assert "13,21" in problem.message.lv
    assert "13,20" in problem.message.lv
    assert (problem.where.sheet, problem.where.column, problem.where.row) == (
        "Claim",
        "declared_total",
        None,
    )
    assert wrong.totals.eligible_cents == 1320


def test_the_declared_total_is_a_finding_of_the_claim() -> None:
    """Proves that it names the sheet and the key, and no row of the lines."""
    placed = replace(
        claim(record("reading_support"), declared_total_cents=1),
        header_rows=(("declared_total", 12),),
    )
    found = assess_claim(placed, rulebook=book(), on=ON)
    where = problem_of(found, "CLM-210").where
    assert (where.sheet, where.row, where.column) == ("Claim", None, "declared_total")
    others = assess_claim(placed, rulebook=book(), on=ON, only=frozenset({"ELG-110"}))
    assert codes(others) == []


def test_the_rules_applied_are_listed_with_citation_lines_and_cuts() -> None:
    """Proves that the rules applied are listed with citation lines and cuts."""
    rows = [record("reading_support", learner_grade=grade) for grade in (3, 4, 5)]
    found = assess(*rows, only={"ELG-110", "ELG-180"})
    (use,) = found.rules
    assert (use.code, use.lines, use.cut_cents) == ("ELG-110", 2, 2640)
    assert use.citation is not None


def test_text_that_was_taken_out_as_personal_is_not_called_missing() -> None:
    """Proves that text that was taken out as personal is not called missing."""
    found = assess(record("reading_support", evidence="lieta 010190-12345"))
    assert codes(found) == ["CLM-211"]
    assert problem_of(found, "CLM-211").where.column == "evidence"


def test_warnings_alone_are_no_errors() -> None:
    """Proves that warnings alone are no errors."""
    found = assess(record("reading_support", amount="13.19"), only={"CLM-202"})
    assert problem_of(found, "CLM-202").severity is Severity.WARNING
    assert not found.has_errors


# ── rules that nobody has written yet ────────────────────────────────────────────────────────


def with_versions(rule: Rule, *versions: Version) -> Rule:
    """Give a rule with other versions."""
    return replace(rule, versions=versions)


def judged(rulebook: Rulebook, code: str, *records: dict[str, Any], on: date = ON) -> list[Problem]:
    """Give what one rule finds."""
    found = assess_claim(
        claim(*records), rulebook=rulebook, on=on, only=frozenset({code}), history=[]
    )
    return [one for one in found.problems if one.code != "RUL-302"]


def test_a_group_rule_whose_law_is_not_established_leaves_every_line_to_a_person() -> None:
    """Proves that a group rule whose law is not established leaves every line to a person."""
    rulebook = book()
    rule = rulebook.rule("ELG-131")
    (version,) = rule.versions
    boundary = Boundary("mk483_amended_from", date(2026, 1, 1), date(2026, 3, 1))
    two = with_versions(rule, replace(version, ends=boundary), replace(version, starts=boundary))
    found = judged(
        changed(rulebook, two, "two documents"), "ELG-131", record("event"), record("event")
    )
    assert [one.code for one in found] == ["RUL-303", "RUL-303"]


def test_a_rule_that_had_no_version_on_the_day_of_assessment_says_nothing() -> None:
    """Proves that a rule that had no version on the day of assessment says nothing."""
    rulebook = book()
    rule = rulebook.rule("ELG-110")
    versions = (replace(one, starts=ON) for one in rule.versions)
    other = replace(with_versions(rule, *versions), anchor=BY_ASSESSMENT_DAY)
    rulebook = changed(rulebook, other, "grades of reading by the day of assessment")
    line = record("reading_support", learner_grade=9)
    assert judged(rulebook, "ELG-110", line, on=date(2026, 2, 28)) == []
    assert [one.code for one in judged(rulebook, "ELG-110", line)] == ["ELG-110"]


def test_a_need_for_a_column_with_a_code_of_its_own_is_left_to_that_code() -> None:
    """Proves that a need for a column with a code of its own is left to that code."""
    rulebook = book()
    rule = rulebook.rule("ELG-109")
    versions = (
        replace(one, values={"column": "plan_no", "forbid": ("X",)}) for one in rule.versions
    )
    other = changed(rulebook, with_versions(rule, *versions), "forbidden plans")
    assert judged(other, "ELG-109", record("reading_support", plan_no=None)) == []
    assert [
        one.code for one in judged(other, "ELG-109", record("reading_support", plan_no="X"))
    ] == ["ELG-109"]


def test_forms_of_cost_may_depend_on_the_activity_alone() -> None:
    """Proves that forms of cost may depend on the activity alone."""
    rulebook = book()
    rule = rulebook.rule("ELG-133")
    versions = (replace(one, values={"forms": {"venue": ("actual",)}}) for one in rule.versions)
    other = changed(rulebook, with_versions(rule, *versions), "forms alone")
    assert judged(other, "ELG-133", record("venue")) == []
    assert [
        one.code for one in judged(other, "ELG-133", record("venue", cost_form="lump_sum"))
    ] == ["ELG-133"]


def test_a_setting_that_is_no_number_has_no_place_in_arithmetic() -> None:
    """Proves that a setting that is no number has no place in arithmetic."""
    facts = Facts(
        rulebook=book(settings={"project_agreement_on": {"value": "2025-05-08", "from": ON}}),
        on=ON,
        has_history=False,
        has_plans=False,
    )
    with pytest.raises(TypeError, match="project_agreement_on"):
        facts.dated("project_agreement_on")


def test_prices_are_known_without_the_rule_on_forms_of_cost() -> None:
    """Proves that prices are known without the rule on forms of cost."""
    rulebook = book()
    rest = MappingProxyType(
        {code: rule for code, rule in rulebook.rules.items() if code != "ELG-133"}
    )
    found = assess_claim(
        claim(record("reading_support", amount="13.21")),
        rulebook=replace(rulebook, rules=rest, digest="no forms"),
        on=ON,
        only=frozenset({"ELG-140"}),
    )
    assert cents(found) == [1320]


def test_a_ground_is_taken_from_the_plan_of_the_line() -> None:
    """Proves that a ground is taken from the plan of the line."""

    def plan(ground: str | None, first: int, last: int, number: str = "IP-1") -> dict[str, Any]:
        return {
            "plan_no": number, "risk_ground": ground,
            "plan_from": date(2026, 2, first), "plan_to": date(2026, 2, last),
        }  # fmt: skip

    lines = lines_frame(
        record("reading_support", risk_ground=ground, plan_no=number)
        for ground, number in (
            (None, "IP-1"),
            ("none", "IP-1"),
            (None, "IP-2"),
            (None, "IP-3"),
            (None, None),
        )
    )
    plans = plans_frame(
        [
            plan("early_leaving", 1, 10), plan("social_exclusion", 11, 28), plan(None, 1, 28),
            plan("early_leaving", 1, 10, "IP-2"), plan("social_exclusion", 10, 28, "IP-2"),
            plan("repeats_grade_9", 20, 28, "IP-3"),
        ]
    )  # fmt: skip
    grounds = with_risk_grounds(lines, plans)["risk_ground"].to_list()
    assert grounds == ["early_leaving", "none", None, "repeats_grade_9", None]
