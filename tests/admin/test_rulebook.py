"""The rulebook in the open: rules are found, read, proved and tried, by everybody."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

PERFECT = {
    "judge": "1",
    "activity": "reading_support",
    "partner_kind": "municipality",
    "cost_form": "unit_cost",
    "activity_on": "2026-02-10",
    "starts_at": "14:30",
    "quantity": "1",
    "amount": "13,20",
    "institution_reg_no": "99990000041",
    "institution_founder": "municipal",
    "education_programme": "general",
    "study_form": "full_time",
    "learner_ref": "IZG-001",
    "learner_grade": "2",
    "learner_age": "8",
    "risk_ground": "early_leaving",
    "plan_no": "IP-1",
    "specialist": "teacher",
    "specialist_ref": "SPEC-01",
    "group_size": "1",
    "other_funding": "none",
    "evidence": "plāns",
}


@pytest.fixture(scope="module")
def readers(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def figures(page: str) -> list[str]:
    """Give the figures at the head of a page, in their order, with plain spaces."""
    found = re.findall(r'figure-value num">(?:<a[^>]*>)?([^<]*)', page)
    return [unescape(one).replace("\N{NO-BREAK SPACE}", " ") for one in found]


@pytest.mark.parametrize(
    "login", ["partner_coordinator.rezekne", "agency_reviewer", "auditor", "administrator"]
)
def test_everybody_may_read_the_rules(readers: Browser, login: str) -> None:
    """Proves that who is judged by a rule, and who judges, find it with its source."""
    page = readers(login, "lv").get("/admin/rulebook")
    assert page.status_code == 200
    assert "ELG-112" in page.text
    assert "Konsultācija mācību priekšmetā ārpus tai paredzētās grupas" in page.text


def test_rules_are_found_by_word_and_by_activity(readers: Browser) -> None:
    """Proves that a search leaves only what was looked for, and says where nothing was."""
    person = readers("agency_reviewer")
    mentors = person.get("/admin/rulebook", params={"activity": "mentor_support", "stage": "line"})
    assert "ELG-120" in mentors.text
    assert "ELG-110" not in mentors.text
    window = person.get("/admin/rulebook", params={"text": "eligibility PERIOD"})
    assert re.findall(r'<a class="code"[^>]*>([^<]+)', window.text) == ["ELG-101"]
    assert "No rule is like this" in person.get("/admin/rulebook", params={"text": "zzz"}).text


def test_a_search_is_shown_as_text(readers: Browser) -> None:
    """Proves that a tag that somebody looks for is no tag of the page."""
    page = readers("agency_reviewer").get("/admin/rulebook", params={"text": "<b>x</b>"})
    assert "<b>x</b>" not in page.text
    assert "&lt;b&gt;x" in page.text


def test_days_that_are_not_established_are_marked(readers: Browser) -> None:
    """Proves that a page does not pretend to know the first day of a version."""
    page = readers("auditor", "lv").get("/admin/rulebook/ELG-112").text
    assert "17.12.2025. – 07.01.2026." in page
    assert "1. vai 2. redakcija: nav noskaidrots" in page
    assert "https://likumi.lv/ta/id/353690#p23" in page


def test_an_illustrative_setting_is_marked(readers: Browser) -> None:
    """Proves that nobody takes an invented unit cost for an established one."""
    page = readers("partner_accountant.liepaja", "lv").get("/admin/rulebook/ELG-140").text
    assert "unit_cost.reading_support" in page
    assert "Ilustratīvs" in page


def test_a_partner_does_not_learn_which_claims_a_rule_touched(readers: Browser) -> None:
    """Proves that claims behind a rule are for the agency alone."""
    address = "/admin/rulebook/ELG-171"
    assert "Claims it touched lately" in readers("agency_reviewer").get(address).text
    page = readers("partner_accountant.liepaja").get(address).text
    assert "Claims it touched lately" not in page
    assert "/admin/claims/SK-" not in page


def test_an_unknown_rule_is_told_with_its_code(readers: Browser) -> None:
    """Proves that a mistyped address says what is wrong."""
    page = readers("agency_reviewer").get("/admin/rulebook/ELG-999")
    assert page.status_code == 422
    assert "RUL-431" in page.text


def test_examples_are_judged_while_one_looks(readers: Browser) -> None:
    """Proves that the examples of a rule are run, and that they hold."""
    page = readers("partner_signatory.liepaja", "lv").get("/admin/rulebook/ELG-122/examples").text
    assert "kā paredzēts" in page
    assert "citādi" not in page
    assert "Izglītojamo skaits grupā" in page


def test_a_line_without_faults_passes(readers: Browser) -> None:
    """Proves that the form is filled in with a line that every rule lets through."""
    person = readers("partner_coordinator.liepaja", "lv")
    form = person.get("/admin/rulebook/try", params={"activity": "reading_support"}).text
    assert 'name="learner_grade" value="2"' in form
    page = person.get("/admin/rulebook/try", params=PERFECT).text
    assert figures(page) == ["13,20 €", "13,20 €", "0,00 €"]


def test_a_line_at_fault_is_explained(readers: Browser) -> None:
    """Proves that the trace names the rule, what it took and where that is written."""
    person = readers("partner_coordinator.liepaja", "lv")
    page = person.get("/admin/rulebook/try", params={**PERFECT, "learner_grade": "5"}).text
    assert figures(page) == ["13,20 €", "0,00 €", "13,20 €"]
    assert "Lasītprasmes atbalsts paredzēts 1.–3. klasei" in page
    assert "23.3.1.1" in page


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"activity_on": "2026-02-31"}, "WFL-518"),
        ({"quantity": "pieci"}, "WFL-518"),
        ({"learner_grade": "-1"}, "WFL-518"),
        ({"amount": "1.234,5x"}, "FUN-702"),
        ({"specialist": "wizard"}, "CLM-212"),
        ({"starts_at": "25:99"}, "WFL-518"),
    ],
)
def test_what_cannot_be_read_is_refused(readers: Browser, typed: dict[str, str], code: str) -> None:
    """Proves that a fact that is none is told, and that nothing typed is lost."""
    page = readers("auditor").get("/admin/rulebook/try", params={**PERFECT, **typed})
    assert page.status_code in {409, 422}
    assert code in page.text
    assert 'name="learner_ref" value="IZG-001"' in page.text
