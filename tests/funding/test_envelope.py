"""The partners' envelope, and the programme's check of individual support."""

from __future__ import annotations

from datetime import date

import pytest

from skola_finance.funding import (
    ActionQuota,
    AllocationVersion,
    Envelope,
    EnvelopeExceeded,
    PartnerAllocation,
    check_individual_support_share,
)
from skola_finance.money import Money, Rate, eur
from skola_finance.problems import Citation, CitationStatus, Language, Problem, Severity

EARLY, SIGNED, AMENDED = date(2025, 8, 31), date(2025, 9, 1), date(2026, 2, 1)
TOTAL, ENVELOPE, MINIMUM = eur(15_951_890), eur(8_380_000), Rate.parse("40 %")
AMENDED_TOTAL = eur(29_545_252)
PAR_20 = Citation(
    act="MK noteikumi Nr. 483",
    locator="20. punkts",
    uri="https://likumi.lv/ta/id/353690",
    status=CitationStatus.SOURCED,
)


def partner(reg_no: str, *versions: tuple[date, int, int]) -> PartnerAllocation:
    """Make a partner's allocation: day of effect, individual support and projects in euros."""
    return PartnerAllocation(
        reg_no,
        tuple(
            AllocationVersion(
                effective_from=day,
                total=eur(support + projects),
                quotas={
                    ActionQuota.INDIVIDUAL_SUPPORT: eur(support),
                    ActionQuota.PROJECTS: eur(projects),
                },
            )
            for day, support, projects in versions
        ),
    )


LARGE = partner("99990000012", (SIGNED, 5_000_000, 1_000_000), (AMENDED, 5_380_000, 1_000_000))
SMALL = partner("99990000023", (AMENDED, 1_500_000, 500_000))
WITHOUT_QUOTAS = PartnerAllocation(
    "99990000034",
    (AllocationVersion(effective_from=AMENDED, total=eur("0.01")),),
)


def check(planned: Money, *, total: Money = TOTAL, envelope: Money | None) -> tuple[Problem, ...]:
    """Run the check of paragraph 20 as the programme does."""
    return check_individual_support_share(
        planned,
        total=total,
        minimum=MINIMUM,
        envelope=envelope,
        citation=PAR_20,
    )


@pytest.mark.parametrize(
    ("on", "allocated", "planned"),
    [(EARLY, 0, 0), (SIGNED, 6_000_000, 5_000_000), (AMENDED, 8_380_000, 6_880_000)],
)
def test_allocations_are_added_up_as_they_stand_on_a_day(
    on: date,
    allocated: int,
    planned: int,
) -> None:
    """A partner that has not begun counts nothing."""
    envelope = Envelope(total=ENVELOPE, partners=(LARGE, SMALL))
    assert eur(allocated) == envelope.allocated(on=on)
    assert eur(planned) == envelope.planned(ActionQuota.INDIVIDUAL_SUPPORT, on=on)
    assert ENVELOPE - eur(allocated) == envelope.free(on=on)
    assert envelope.check(on=on) == ()


def test_a_partner_without_quotas_plans_nothing_for_an_action() -> None:
    """Its allocation still counts."""
    envelope = Envelope(total=ENVELOPE, partners=(WITHOUT_QUOTAS,))
    assert eur(0) == envelope.planned(ActionQuota.EVENTS, on=AMENDED)
    assert eur("0.01") == envelope.allocated(on=AMENDED)


def test_a_cent_above_the_envelope_is_refused() -> None:
    """As a finding where it is looked for, as a refusal where money would be given out."""
    envelope = Envelope(total=ENVELOPE, partners=(LARGE, SMALL, WITHOUT_QUOTAS))
    with pytest.raises(EnvelopeExceeded) as refused:
        envelope.free(on=AMENDED)
    problem = refused.value.problem
    assert (problem,) == envelope.check(on=AMENDED)
    assert problem.severity is Severity.ERROR
    assert problem.one_line(Language.LV).replace("\u00a0", " ") == (
        "FUN-707 · Sadarbības partneriem piešķirti 8 380 000,01 €, bet paredzēti "
        "8 380 000,00 €. · Samaziniet piešķīrumus par 0,01 €."
    )
    assert problem.one_line(Language.EN) == (
        "FUN-707 · Cooperation partners are allocated €8,380,000.01, the envelope is "
        "€8,380,000.00. · Lower the allocations by €0.01."
    )


@pytest.mark.parametrize("planned", ["6380756.00", "8380000.00"])
def test_forty_percent_of_the_total_is_enough(planned: str) -> None:
    """From exactly 6 380 756.00 € to the whole envelope."""
    assert check(eur(planned), envelope=ENVELOPE) == ()


def test_a_cent_below_forty_percent_is_not_enough() -> None:
    """The finding names plan, minimum and what is missing, and cites the paragraph."""
    (problem,) = check(eur("6380755.99"), envelope=ENVELOPE)
    assert problem.severity is Severity.ERROR
    assert problem.citation == PAR_20
    assert problem.one_line(Language.LV).replace("\u00a0", " ") == (
        "FUN-705 · Individuālajam atbalstam plānoti 6 380 755,99 €, bet jāparedz vismaz "
        "6 380 756,00 € (40 % no kopējā attiecināmā finansējuma). · "
        "Palieliniet individuālā atbalsta kvotas par 0,01 €."
    )
    assert problem.one_line(Language.EN) == (
        "FUN-705 · €6,380,755.99 is planned for individual support; it must be at least "
        "€6,380,756.00 (40 % of the total eligible funding). · "
        "Raise the quotas for individual support by €0.01."
    )


def test_the_minimum_is_rounded_up_to_the_cent() -> None:
    """40 % of 0.01 € is 0.004 €: nothing would be less than that."""
    assert [each.code for each in check(eur(0), total=eur("0.01"), envelope=ENVELOPE)] == [
        "FUN-705"
    ]
    assert check(eur("0.01"), total=eur("0.01"), envelope=ENVELOPE) == ()


def test_more_than_the_envelope_cannot_be_planned() -> None:
    """Partners are the only ones who give individual support."""
    problems = check(eur("8380000.01"), envelope=ENVELOPE)
    assert [problem.code for problem in problems] == ["FUN-707"]
    assert "€8,380,000.01" in problems[0].message.en
    assert "€0.01" in problems[0].hint.en


def test_an_envelope_too_small_for_the_minimum_shows_both_findings() -> None:
    """A user learns everything at once."""
    problems = check(eur(5_000_000), envelope=eur(4_000_000))
    assert [problem.code for problem in problems] == ["FUN-705", "FUN-707"]


def test_without_an_envelope_nothing_passes() -> None:
    """The envelope after the increase to 29 545 252 € was not found: a setting, never a guess."""
    (problem,) = check(eur(20_000_000), total=AMENDED_TOTAL, envelope=None)
    assert problem.severity is Severity.ERROR
    assert problem.citation == PAR_20
    assert problem.one_line(Language.LV) == (
        "RUL-301 · Nav ievadīts iestatījums envelope (sadarbības partneriem paredzētais "
        "finansējums), tāpēc individuālā atbalsta īpatsvaru nevar pārbaudīt. · "
        "Ievadiet iestatījumu envelope, norādot avotu un spēkā stāšanās datumu."
    )
    assert problem.one_line(Language.EN) == (
        "RUL-301 · The setting envelope (funding directed to cooperation partners) has not been "
        "entered, so the share of individual support cannot be checked. · "
        "Enter the setting envelope with its source and the day it applies from."
    )


def test_the_citation_may_be_left_out() -> None:
    """It comes from the rulebook, which this folder does not know."""
    (problem,) = check_individual_support_share(
        eur(1), total=TOTAL, minimum=MINIMUM, envelope=ENVELOPE
    )
    assert problem.citation is None
