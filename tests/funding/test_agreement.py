"""A partner's window opens with the later of two agreements."""

from __future__ import annotations

from datetime import date

import pytest

from skola_finance.funding import (
    AgreementStatus,
    CooperationAgreement,
    ImpossibleDates,
    NoCommonDays,
    PartnerKind,
    ProjectAgreement,
    Window,
)
from skola_finance.money import Rate

FIRST, LAST = date(2024, 7, 1), date(2029, 8, 31)


def project(concluded_on: date | None = date(2025, 5, 8)) -> ProjectAgreement:
    """Make the agreement on the project Skola – kopienā."""
    return ProjectAgreement(
        number="4.2.3.1/1/24/I/001",
        concluded_on=concluded_on,
        rate=Rate.parse("85 %"),
        window=Window(first=FIRST, last=LAST),
    )


def agreement(
    concluded_on: date = date(2025, 9, 12),
    *,
    status: AgreementStatus = AgreementStatus.ACTIVE,
    ended_on: date | None = None,
) -> CooperationAgreement:
    """Make a municipality's cooperation agreement."""
    return CooperationAgreement(
        number="SK-7",
        concluded_on=concluded_on,
        partner_reg_no="99990000012",
        partner_kind=PartnerKind.MUNICIPALITY,
        status=status,
        ended_on=ended_on,
    )


@pytest.mark.parametrize(
    ("project_on", "partner_on", "first"),
    [
        (date(2025, 5, 8), date(2025, 9, 12), date(2025, 9, 12)),
        (date(2025, 10, 1), date(2025, 9, 12), date(2025, 10, 1)),
        (date(2025, 9, 12), date(2025, 9, 12), date(2025, 9, 12)),
        (date(2024, 5, 8), date(2024, 6, 30), FIRST),
        (None, date(2025, 9, 12), date(2025, 9, 12)),
        (None, date(2024, 6, 30), FIRST),
    ],
)
def test_the_window_begins_on_the_day_of_the_later_agreement(
    project_on: date | None,
    partner_on: date,
    first: date,
) -> None:
    """Never before the project's own window; an unknown project agreement is left out."""
    window = agreement(partner_on).window(project(project_on))
    assert Window(first=first, last=LAST) == window


@pytest.mark.parametrize(
    ("ended_on", "last"),
    [(date(2027, 1, 31), date(2027, 1, 31)), (date(2030, 1, 1), LAST)],
)
@pytest.mark.parametrize("status", [AgreementStatus.ENDED, AgreementStatus.SUCCEEDED])
def test_the_window_ends_with_the_agreement_or_the_project(
    status: AgreementStatus,
    ended_on: date,
    last: date,
) -> None:
    """Whichever ends first; the last day in force counts."""
    window = agreement(status=status, ended_on=ended_on).window(project())
    assert Window(first=date(2025, 9, 12), last=last) == window


def test_a_suspended_agreement_keeps_its_window() -> None:
    """Suspension holds payments back; it makes no day ineligible."""
    suspended = agreement(status=AgreementStatus.SUSPENDED)
    assert agreement().window(project()) == suspended.window(project())


def test_an_agreement_concluded_on_the_last_day_has_one_day() -> None:
    """And one concluded a day later has none."""
    assert Window(first=LAST, last=LAST) == agreement(LAST).window(project())
    with pytest.raises(NoCommonDays):
        agreement(date(2029, 9, 1)).window(project())


def test_a_project_agreement_after_its_project_is_refused() -> None:
    """On the last day it may still be concluded."""
    assert project(LAST).concluded_on == LAST
    with pytest.raises(ImpossibleDates) as refused:
        project(date(2029, 9, 1))
    assert refused.value.problem.message.lv == (
        "Vienošanās 4.2.3.1/1/24/I/001 noslēgta 01.09.2029., pēc projekta beigām 31.08.2029."
    )
    assert refused.value.problem.message.en == (
        "Agreement 4.2.3.1/1/24/I/001 was concluded on 2029-09-01, "
        "after the end of the project on 2029-08-31."
    )


def test_an_agreement_may_end_on_the_day_it_was_concluded_but_not_before() -> None:
    """The refusal names both days."""
    day = date(2025, 9, 12)
    one_day = agreement(day, status=AgreementStatus.ENDED, ended_on=day)
    assert Window(first=day, last=day) == one_day.window(project())
    with pytest.raises(ImpossibleDates) as refused:
        agreement(day, status=AgreementStatus.ENDED, ended_on=date(2025, 9, 11))
    assert refused.value.problem.message.lv == (
        "Sadarbības līgums SK-7 izbeigts 11.09.2025., pirms tas noslēgts 12.09.2025."
    )
    assert refused.value.problem.message.en == (
        "Cooperation agreement SK-7 ended on 2025-09-11, before it was concluded on 2025-09-12."
    )


@pytest.mark.parametrize(
    ("status", "ended_on"),
    [
        (AgreementStatus.ACTIVE, date(2027, 1, 31)),
        (AgreementStatus.SUSPENDED, date(2027, 1, 31)),
        (AgreementStatus.ENDED, None),
        (AgreementStatus.SUCCEEDED, None),
    ],
)
def test_status_and_day_of_end_go_together(status: AgreementStatus, ended_on: date | None) -> None:
    """An agreement that is over says since when; one in force has no end."""
    with pytest.raises(ImpossibleDates) as refused:
        agreement(status=status, ended_on=ended_on)
    assert refused.value.problem.message.lv == (
        "Sadarbības līgumam SK-7 beigu datums norādāms tad un tikai tad, ja līgums ir izbeigts."
    )
    assert refused.value.problem.message.en == (
        "Cooperation agreement SK-7 has a day of end if, and only if, it is over."
    )


def test_codes_are_those_of_the_contracts() -> None:
    """Claim workbooks and the server use them."""
    kinds = ["municipality", "vocational_institution", "general_institution", "beneficiary"]
    assert kinds == list(PartnerKind)
    assert list(AgreementStatus) == ["active", "suspended", "ended", "succeeded"]
