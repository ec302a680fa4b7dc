"""Where the sources contradict each other: what was decided, one test for each conflict.

The numbers are those of the list of facts that the rules were written from. C18, the number of
schools, is shown with its date and decides nothing, so no rule holds it.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance import eur, split_allocation
from skola_finance.claims.columns import CLAIM_KEYS
from skola_finance.claims.vectors import run_vector
from skola_finance.claims.vocabulary import ACTIVITY, PARTNER_KIND, PROGRAMMES, SPECIALIST
from skola_finance.exchange.workbook.moments import read_date
from skola_finance.money import to_cents
from skola_finance.rulebook.parameters import ValueShape, parse_value
from skola_finance.rulebook.vector_file import Vector
from tests.rules.shipped import bases, book, rules, texts

if TYPE_CHECKING:
    from skola_finance.rulebook import Version

SKOLA_KOPIENA, PUMPURS = "skola-kopiena", "pumpurs"
PARTNERS_ACTIVITIES = (
    *("reading_support", "subject_consultation", "specialist_support", "mentor_support"),
    *("initiative_project", "partnership_project"),
    *("cooperation_event", "education_event", "reading_event", "venue"),
)
THE_NINE = (
    *("psychologist", "social_pedagogue", "teacher_assistant", "special_education_teacher"),
    *("career_counsellor", "librarian", "speech_therapist", "sign_language_interpreter"),
    "occupational_therapist",
)


def only_version(code: str, programme: str = SKOLA_KOPIENA) -> Version:
    """Give the one version of a rule."""
    (version,) = book(programme).rule(code).versions
    return version


def found(  # the pieces of a vector, with the expectations last
    code: str,
    base: str,
    *expect: str,
    programme: str = SKOLA_KOPIENA,
    settings: dict[str, str] | None = None,
    **given: Any,  # noqa: ANN401 - what a vector may hold
) -> tuple[str, ...]:
    """Judge a line as a vector would; give what differs from the codes expected."""
    vector = Vector(
        code=code,
        file="",
        name="",
        programme=programme,
        base=base,
        settings=settings or {},
        given=MappingProxyType(given),
        expect=expect,
    )
    return run_vector(vector, book(programme), bases()[programme]).faults


def test_c1_costs_are_eligible_from_1_july_2024() -> None:
    """Proves that days on pages of schools and of the project are no start of eligibility."""
    assert only_version("ELG-101").values["first"] == date(2024, 7, 1)
    claim = {"agreement_on": date(2024, 1, 2), "partner_kind": "beneficiary"}
    settings = {"project_agreement_on": "2024-01-02"}
    for day, expect in ((date(2024, 6, 30), ["ELG-101"]), (date(2024, 7, 1), [])):
        line = {"activity_on": day}
        base = "reading_support"
        assert found("ELG-101", base, *expect, line=line, claim=claim, settings=settings) == ()


def test_c2_the_project_ends_on_31_august_2029_and_is_paid_by_the_end_of_that_year() -> None:
    """Proves that the end of the programme and a slip of one page end nothing."""
    values = only_version("ELG-101").values
    assert (values["last"], values["paid_by"]) == (date(2029, 8, 31), date(2029, 12, 31))
    for day, expect in (
        (date(2028, 9, 1), []),
        (date(2029, 8, 31), []),
        (date(2029, 9, 1), ["ELG-101"]),
    ):
        assert found("ELG-101", "reading_support", *expect, line={"activity_on": day}) == ()


def test_c3_the_length_of_the_project_is_computed_and_never_stored() -> None:
    """Proves that no rule says how long the project lasts: its first and last day do."""
    values = only_version("ELG-101").values
    months = (values["last"].year - values["first"].year) * 12 + 8 - 7 + 1
    assert divmod(months, 12) == (5, 2)
    said = [text for rule in rules() for _, _, text in texts(rule)]
    assert not [text for text in said if "5 gad" in text or "five years" in text]


@pytest.mark.parametrize(
    ("total", "esf_plus", "state"),
    [
        ("15951890.00", "13559106.00", "2392784.00"),
        ("29545252.00", "25113464.00", "4431788.00"),
        ("39812376.00", "33840519.00", "5971857.00"),
        ("36150528.00", "30727948.00", "5422580.00"),
    ],
)
def test_c4_the_share_of_an_allocation_is_rounded_down_to_a_whole_euro(
    total: str, esf_plus: str, state: str
) -> None:
    """Proves the one rounding that gives all four published splits."""
    split = split_allocation(eur(total))
    assert (split.esf_plus, split.state) == (eur(esf_plus), eur(state))


def test_c5_amounts_are_kept_in_cents_though_pages_show_whole_euros() -> None:
    """Proves that totals of the programmes are cents, whatever they look like."""
    totals = {
        version.values["total"]
        for programme in (SKOLA_KOPIENA, PUMPURS)
        for version in book(programme).rule("FUN-711").versions
    }
    assert totals == {1_595_189_000, 2_954_525_200, 3_981_237_600, 3_615_052_800}
    assert to_cents(eur("15951890")) in totals


def test_c6_the_target_group_is_the_projects_and_a_partner_narrows_it_by_its_schools() -> None:
    """Proves that vocational years are in for all, and that a school not involved is ELG-108."""
    line = {"education_programme": "vocational", "learner_grade": 4, "learner_age": 19}
    assert found("ELG-105", "specialist_support", line=line) == ()
    other = {"institution_reg_no": "99990000026"}
    assert found("ELG-108", "specialist_support", "ELG-108", line=other) == ()


def test_c7_who_takes_part_in_supervision_decides_nothing() -> None:
    """Proves that supervision is the beneficiary's cost, and that its audience is no column."""
    allow = only_version("ELG-102").values["allow"]
    assert "supervision" in allow["beneficiary"]
    assert not any("supervision" in allow[kind] for kind in PARTNER_KIND if kind != "beneficiary")


@pytest.mark.parametrize("size", [1, 3])
def test_c8_reading_support_is_given_alone_and_in_groups(size: int) -> None:
    """Proves that both wordings are allowed."""
    assert found("ELG-142", "reading_support", line={"group_size": size}) == ()


def test_c9_the_list_of_actions_is_that_of_the_regulation() -> None:
    """Proves that lists of six and of eight on pages are one list of our own."""
    allow = only_version("ELG-102").values["allow"]
    assert allow["municipality"] == PARTNERS_ACTIVITIES
    assert set(PARTNERS_ACTIVITIES) <= set(ACTIVITY)


def test_c10_the_number_of_the_project_has_no_dot_too_many() -> None:
    """Proves how the project's number is written wherever it is shown."""
    assert "4.2.3.1/1/24/I/001" in PROGRAMMES[SKOLA_KOPIENA].lv
    assert "8.3.4.0/16/I/001" in PROGRAMMES[PUMPURS].lv


def test_c11_the_specialists_are_one_list_of_nine() -> None:
    """Proves that the list does not end where the layout of one page breaks it."""
    for version in book(SKOLA_KOPIENA).rule("ELG-113").versions:
        assert version.values["allow"]["specialist_support"] == THE_NINE
    assert set(THE_NINE) <= set(SPECIALIST)


def test_c12_support_and_consultative_support_are_one_activity() -> None:
    """Proves that no second activity stands for the other word."""
    of_specialists = [code for code in ACTIVITY if "specialist" in code]
    assert of_specialists == ["specialist_support"]


def test_c13_the_partner_is_the_legal_body_with_its_number() -> None:
    """Proves that a claim names one partner, and no institution that signs for it."""
    keys = [column.key for column in CLAIM_KEYS]
    assert [key for key in keys if key.startswith("partner")] == ["partner_kind", "partner_reg_no"]


def test_c14_the_project_has_one_title() -> None:
    """Proves which of the four spellings is shown."""
    assert PROGRAMMES[SKOLA_KOPIENA].lv.startswith("Skola – kopienā")


def test_c15_two_beneficiaries_never_share_a_total() -> None:
    """Proves that money approved under one programme uses nothing of the other."""
    base = bases()[SKOLA_KOPIENA]
    partner = base.claim["partner_reg_no"]
    settings = {f"allocation.{partner}": "13.20"}
    earlier = {"activity_on": date(2026, 1, 20), "eligible": "13.20"}
    for programme, expect in ((PUMPURS, []), (SKOLA_KOPIENA, ["ELG-170"])):
        history = [{**earlier, "programme": programme}]
        base_line = "reading_support"
        assert found("ELG-170", base_line, *expect, settings=settings, history=history) == (), (
            programme
        )


@pytest.mark.parametrize(
    ("entered", "day", "expect"),
    [
        ("2022-12-31", date(2022, 12, 31), []),
        ("2022-12-31", date(2023, 12, 31), []),
        ("2022-12-31", date(2024, 1, 1), ["ELG-101"]),
    ],
)
def test_c16_pumpurs_ended_in_2022_and_was_extended_to_2023(
    entered: str, day: date, expect: list[str]
) -> None:
    """Proves both ends, one for each version."""
    versions = book(PUMPURS).rule("ELG-101").versions
    ends = [version.values["last"] for version in versions]
    assert ends == [date(2022, 12, 31), date(2023, 12, 31)]
    settings = {"pumpurs_extended_from": entered}
    given = {"line": {"activity_on": day}, "on": date(2024, 2, 1)}
    faults = found(
        "ELG-101", "consultation", *expect, programme=PUMPURS, settings=settings, **given
    )
    assert faults == ()


@pytest.mark.parametrize(
    ("day", "grade", "expect"),
    [
        (date(2021, 8, 31), 4, ["ELG-105"]),
        (date(2021, 8, 31), 5, []),
        (date(2021, 9, 1), 4, []),
        (date(2021, 9, 1), 1, []),
    ],
)
def test_c17_pumpurs_reached_grades_1_to_4_from_1_september_2021(
    day: date, grade: int, expect: list[str]
) -> None:
    """Proves both target groups, each on its days."""
    line = {"activity_on": day, "learner_grade": grade}
    assert found("ELG-105", "consultation", *expect, programme=PUMPURS, line=line) == ()


@pytest.mark.parametrize("text", [" 08.01.09.2018.", "08.01.09.2018.", "08.01.09.2018"])
def test_c19_a_date_that_is_none_is_refused_and_not_guessed(text: str) -> None:
    """Proves it for a cell and for a setting."""
    assert not isinstance(read_date(text), date)
    with pytest.raises(ValueError, match=r"08\.01\.09\.2018"):
        parse_value(ValueShape.DAY, text)
