"""The page of a claim: its figures, its lines, and why each stands as it does."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from skola_finance.claims.columns import SHEET_COLUMNS, Sheet
from tests.admin.mending import DRAFT, LINE, row_version, save, send_json

if TYPE_CHECKING:
    from tests.admin.people import Browser, Person

ACCOUNTANT, COORDINATOR, REVIEWER = (
    "partner_accountant.rezekne",
    "partner_coordinator.rezekne",
    "agency_reviewer",
)
CUT, LARGE = "SK-00035", "SK-00002"
UNDECIDED = "SK-00028"
SHOWN = {"activity", "activity_on", "learner_ref", "quantity", "amount"}
TABS = ("", "/evidence", "/questions", "/history", "/decision")


def plain(page: str) -> str:
    """Give a page with ordinary spaces."""
    return page.replace("\N{NO-BREAK SPACE}", " ")


def test_the_head_says_what_was_claimed_and_what_came_of_it(seen: Browser) -> None:
    """Proves the figures of a claim that was cut and parked, to the cent, with the split."""
    page = plain(seen(ACCOUNTANT, "lv").get(f"/admin/claims/{CUT}").text)
    for amount in ("39,60 €", "19,20 €", "7,20 €", "13,20 €", "16,32 €", "2,88 €"):
        assert amount in page
    assert "Izdevumu pārskats Nr. 113" in page


def test_the_head_tells_the_room_of_the_semester_where_it_is_smaller(people: Browser) -> None:
    """Proves that what exceeds the room is no error to read, and that the room is then empty."""
    person = people(ACCOUNTANT)
    assert "left</p>" not in person.get(f"/admin/claims/{DRAFT}").text
    line = {
        "activity": "reading_support",
        "cost_form": "unit_cost",
        "activity_on": "2025-12-01",
        "starts_at": "19:00",
        "institution_reg_no": "99990200058",
        "group_size": "1",
        "institution_founder": "municipal",
        "education_programme": "general",
        "study_form": "full_time",
        "learner_ref": "REZ-001",
        "learner_grade": "2",
        "learner_age": "8",
        "plan_no": "IP-REZ-001",
        "specialist": "teacher",
        "specialist_ref": "REZ-1-TEAS",
        "quantity": "4",
        "amount": "52.80",
        "other_funding": "none",
        "evidence": "journal",
    }
    sent = {"row_version": row_version(person), "command_id": "", "lines": [line]}
    answer = send_json(person, f"/admin/claims/{DRAFT}/edit/save", sent)
    assert answer.status_code == 200, answer.text
    page = person.get(f"/admin/claims/{DRAFT}").text
    assert "autumn\N{NO-BREAK SPACE}2025: only €0.00 left</p>" in page
    assert "Exceeds what is left" in page


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_tab_opens_for_partner_and_agency(seen: Browser, tab: str, language: str) -> None:
    """Proves that each part of a claim has an address of its own."""
    for login in (ACCOUNTANT, REVIEWER):
        for key in (DRAFT, CUT):
            assert seen(login, language).get(f"/admin/claims/{key}{tab}").status_code == 200


@pytest.mark.parametrize("key", ["SK-99999", "nonsense", "SK-00001", "%00", "SK-00001'"])
@pytest.mark.parametrize("tab", [*TABS, "/submit", "/upload", "/workbook/annotated.xlsx"])
def test_a_claim_of_others_is_not_there(seen: Browser, key: str, tab: str) -> None:
    """Proves that a foreign, a missing and a malformed key get the same answer, in words."""
    answer = seen(ACCOUNTANT).get(f"/admin/claims/{key}{tab}")
    assert answer.status_code == 404
    assert "AUT-603" in answer.text


def test_lines_are_searched_filtered_and_paged(seen: Browser) -> None:
    """Proves that 480 lines come in pages, that a search finds one, and that chips count all."""
    person = seen(ACCOUNTANT)
    first = person.get(f"/admin/claims/{LARGE}").text
    assert first.count("<tr data-line=") == 200
    assert ">480<" in first
    last = person.get(f"/admin/claims/{LARGE}?after=399").text
    assert last.count("<tr data-line=") == 80
    one = person.get(f"/admin/claims/{LARGE}?q={LARGE}-0007").text
    assert one.count("<tr data-line=") == 1
    assert "No line is like that" in person.get(f"/admin/claims/{LARGE}?mark=mend").text


def test_what_is_wrong_has_its_column_however_empty(people: Browser) -> None:
    """Proves that a column appears with its error, where the workbook has it."""
    person = people(ACCOUNTANT)
    assert 'data-column="plan_no"' not in person.get(f"/admin/claims/{DRAFT}").text
    save(person, row_version(person), plan_no="")
    page = person.get(f"/admin/claims/{DRAFT}").text
    shown = re.findall(r'data-column="(\w+)"', page)
    assert {"plan_no", *SHOWN} == set(shown)
    assert shown == [key for key in SHEET_COLUMNS[Sheet.LINES] if key in shown]


def test_what_many_lines_share_is_said_once_and_leads_to_them(people: Browser) -> None:
    """Proves the count, the words and the filter of a finding of three lines of four."""
    person = people(ACCOUNTANT, "lv")
    bare = {"activity": "reading_support", "cost_form": "unit_cost", "amount": "13,20"}
    empty = [{**bare, "activity_on": f"0{day}.03.2026"} for day in (3, 4, 5)]
    sent = {"row_version": row_version(person), "command_id": "", "lines": empty}
    answer = send_json(person, f"/admin/claims/{DRAFT}/edit/save", sent)
    assert answer.status_code == 200, answer.text
    assert "3 rindās" in answer.json()["live"]["repeated"]
    page = person.get(f"/admin/claims/{DRAFT}").text
    link = re.search(r'href="([^"]*finding=ELG-106[^"]*)">3 rindās</a>: Nav norādīts', page)
    assert link
    found = person.get(link[1]).text
    assert found.count("<tr data-line=") == 3
    assert LINE not in re.findall(r'data-line="([^"]+)"', found)


def test_of_a_filed_claim_nothing_is_to_be_mended_in_many_lines(seen: Browser) -> None:
    """Proves that the list of shared findings is of claims in work alone."""
    assert 'class="findings"' not in seen(ACCOUNTANT).get(f"/admin/claims/{LARGE}").text


def test_a_ground_for_support_is_shown_to_nobody_in_the_grid(seen: Browser) -> None:
    """Proves that no column, panel or form of a line names a learner's ground."""
    for login in (ACCOUNTANT, COORDINATOR, REVIEWER):
        person = seen(login)
        for address in ("?columns=all", f"/lines/{LINE}"):
            page = person.get(f"/admin/claims/{DRAFT}{address}").text
            assert "Ground for support" not in page
            assert "social exclusion" not in page


def test_why_names_rule_source_and_arithmetic(people: Browser) -> None:
    """Proves that the panel says what was found, where it is written, and how the sum came."""
    person = people(ACCOUNTANT)
    save(person, row_version(person), amount="20,00")
    page = plain(person.get(f"/admin/claims/{DRAFT}/lines/{LINE}").text)
    assert "ELG-140" in page
    assert "€6.80" in page
    assert "€13.20" in page
    assert "Version in force" in page
    assert "likumi.lv" in page


def links_of_line(person: Person) -> set[str]:
    """Give where the trace of a line that was cut, approved and paid leads to."""
    page = person.get(f"/admin/claims/{CUT}/lines/{CUT}-0001").text
    traced = page.split('class="why"')[1]
    found = set(re.findall(r'href="(/admin/(?:rulebook|journal|orders)/[^"]+)"', traced))
    assert [one for one in found if person.get(one).status_code != 200] == []
    return {one.rsplit("/", 1)[0] for one in found}


def test_the_trace_of_a_line_leads_to_rule_journal_and_payment(seen: Browser) -> None:
    """Proves that every link of the trace opens, for those to whom it is shown."""
    rules, journal, orders = "/admin/rulebook", "/admin/journal", "/admin/orders"
    assert links_of_line(seen("auditor")) == {rules, journal, orders}
    assert links_of_line(seen(REVIEWER)) == {rules, orders}
    assert links_of_line(seen(ACCOUNTANT)) == {rules}


def test_what_the_agency_does_inside_is_not_told_to_the_partner(seen: Browser) -> None:
    """Proves that the time line names the agency's people to the agency alone."""
    told = seen(ACCOUNTANT).get(f"/admin/claims/{CUT}/history").text
    inside = seen(REVIEWER).get(f"/admin/claims/{CUT}/history").text
    assert "agency_reviewer" in inside
    assert "agency_reviewer" not in told.replace("partner_", "")
    assert "Approve" in told


def test_the_decision_gives_a_reason_for_each_line_that_was_cut(seen: Browser) -> None:
    """Proves that a cut and a parked line stand with amount and the reviewer's words."""
    page = plain(seen(ACCOUNTANT).get(f"/admin/claims/{CUT}/decision").text)
    assert "Nodarbība ilga pusstundu." in page
    assert "€6.00" in page
    cut = page[: page.index("Plāna grozījums")]
    assert 'class="code">ELG-140</span>' in cut
    assert "MK 2024. gada 16. jūlija noteikumi Nr. 483" in cut
    assert "Plāna grozījums vēl nav saņemts." in page


def test_the_decision_tells_order_and_day_of_the_payment(seen: Browser) -> None:
    """Proves that a partner reads what was paid, when and under which order; the agency a link."""
    with_order = "/admin/claims/SK-00023/decision"
    page = plain(seen("partner_accountant.liepaja").get(with_order).text)
    found = re.search(r"<td>(MR-SK-\d+) · €[\d,.]+ · Executed</td>", page)
    assert found
    assert "Paid on</th><td>3 Nov 2026</td>" in page
    assert f'href="/admin/orders/{found[1]}"' in seen(REVIEWER).get(with_order).text


def chips(page: str) -> dict[str, str]:
    """Give the filters of the lines, and how many lines each says it leaves."""
    found = re.findall(r'class="chip"[^>]*>([^<]+) <span class="num"[^>]*>(\d+)<', page)
    return dict(found)


def test_filters_speak_of_what_can_still_be_done(seen: Browser) -> None:
    """Proves that nothing of a filed claim is called to be mended, and a cut line is not fine."""
    person = seen(ACCOUNTANT, "lv")
    address = f"/admin/claims/{CUT}"
    assert chips(person.get(address).text) == {
        "Visas": "3",
        "Samazinātas": "2",
        "Pieņemtas pilnībā": "1",
    }
    for mark, lines in (("cut", 2), ("full", 1)):
        assert person.get(f"{address}?mark={mark}").text.count("<tr data-line=") == lines
    assert "Jālabo" in chips(person.get(f"/admin/claims/{DRAFT}").text)
    assert set(chips(person.get(f"/admin/claims/{UNDECIDED}").text)) == {
        *("Visas", "Ar kļūdām", "Ar brīdinājumiem", "Bez konstatējumiem")
    }


def test_checks_are_json_that_every_browser_reads(seen: Browser) -> None:
    """Proves that the answer to a check holds the row as the grid shows it."""
    answer = send_json(
        seen(ACCOUNTANT), f"/admin/claims/{DRAFT}/edit/check", {"lines": [{"line_id": LINE}]}
    )
    assert f'data-line="{LINE}"' in json.loads(answer.text)["rows"]
