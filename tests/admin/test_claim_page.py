"""The page of a claim: its figures, its lines, why each stands as it does, and mending in place."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance.claims.columns import SHEET_COLUMNS, Sheet
from tests.admin.people import Browser, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

    from skola_finance import Store

ACCOUNTANT, COORDINATOR, REVIEWER = (
    "partner_accountant.rezekne",
    "partner_coordinator.rezekne",
    "agency_reviewer",
)
DRAFT, CUT, LARGE = "SK-00025", "SK-00035", "SK-00002"
UNDECIDED = "SK-00028"
LINE = f"{DRAFT}-0001"
SHOWN = {"activity", "activity_on", "learner_ref", "quantity", "amount"}
TABS = ("", "/evidence", "/questions", "/history", "/decision")


@pytest.fixture(scope="module")
def seen(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def send_json(person: Person, address: str, content: object) -> Response:
    """Send what our script sends."""
    headers = {"X-Skola-Fetch": "1", "X-CSRFToken": person.token()}
    return person.client.post(address, json=content, headers=headers)


def plain(page: str) -> str:
    """Give a page with ordinary spaces."""
    return page.replace("\N{NO-BREAK SPACE}", " ")


def row_version(person: Person) -> int:
    """Read the version of the draft that the page was made of."""
    found = re.search(r'data-row-version="(\d+)"', person.get(f"/admin/claims/{DRAFT}").text)
    assert found
    return int(found[1])


def save(person: Person, version: int, **cells: str) -> dict[str, Any]:
    """Save cells of the first line of the draft."""
    answer = send_json(
        person,
        f"/admin/claims/{DRAFT}/edit/save",
        {"row_version": version, "command_id": "", "lines": [{"line_id": LINE, **cells}]},
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def label_before(page: str, key: str) -> str:
    """Give the label of a cell of the form of a line."""
    return page[: page.index(f'name="cell:{key}"')].rpartition("<label")[2]


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


def test_a_typed_line_is_judged_and_nothing_is_kept(people: Browser) -> None:
    """Proves that a check tells the new eligible sum while the claim stays as it was."""
    person = people(ACCOUNTANT)
    before = row_version(person)
    told = send_json(
        person,
        f"/admin/claims/{DRAFT}/edit/check",
        {"lines": [{"line_id": LINE, "amount": "10,00"}]},
    ).json()
    assert told["totals"]["claimed"] == "€36.40"
    assert told["row_version"] == row_version(person) == before


def test_a_mended_cell_is_saved_and_the_line_judged(people: Browser) -> None:
    """Proves that what was typed is kept, and the answer carries the line as it stands now."""
    person = people(ACCOUNTANT)
    told = save(person, row_version(person), amount="10,00", activity_on="26.03.2026")
    assert told["cells"][LINE]["amount"] == "10.00"
    assert told["totals"]["claimed"] == "€36.40"
    assert "€36.40" in person.get(f"/admin/claims/{DRAFT}").text


def test_a_saved_line_brings_every_figure_of_the_page_along(people: Browser) -> None:
    """Proves that the answer holds what the page would show if it were opened again."""
    person = people(ACCOUNTANT)
    told = save(person, row_version(person), amount="20,00")
    page = person.get(f"/admin/claims/{DRAFT}").text
    assert "€6.80" in told["live"]["figures"]
    for part, shown in told["live"].items():
        after = " ".join(page.partition(f'data-live="{part}">')[2].split())
        assert after.startswith(" ".join(shown.split())), part
    removed = {"row_version": told["row_version"], "command_id": "gone", "removed": [LINE]}
    told = send_json(person, f"/admin/claims/{DRAFT}/edit/save", removed).json()
    assert "2 lines" in told["live"]["figures"]
    assert told["counts"][""] == 2


def test_a_cell_that_cannot_be_read_stays_out_and_is_told(people: Browser) -> None:
    """Proves that the other cells of the line are saved, and the bad one is named with a code."""
    person = people(ACCOUNTANT)
    told = save(person, row_version(person), amount="twelve", quantity="2")
    assert told["unread"][LINE]["amount"]["code"].startswith("WBK-")
    assert told["cells"][LINE]["quantity"] == "2"
    assert told["cells"][LINE]["amount"] == "13.20"


def test_who_was_slower_is_told_and_overwrites_nothing(people: Browser) -> None:
    """Proves that two people on one draft cannot undo one another's cells unseen."""
    accountant, coordinator = people(ACCOUNTANT), people(COORDINATOR)
    version = row_version(accountant)
    save(coordinator, version, quantity="3")
    answer = send_json(
        accountant,
        f"/admin/claims/{DRAFT}/edit/save",
        {"row_version": version, "command_id": "", "lines": [{"line_id": LINE, "quantity": "2"}]},
    )
    assert answer.status_code == 409
    assert answer.json()["problem"]["code"] == "WFL-517"
    assert save(accountant, row_version(accountant))["cells"][LINE]["quantity"] == "3"


def test_lines_are_added_and_removed(people: Browser) -> None:
    """Proves that pasted rows become lines, and a line that is removed is gone."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{DRAFT}/edit/save"
    new = {"cost_form": "unit costs", "learner_ref": "REZ-P101", "amount": "13,20"}
    added = send_json(person, address, {"row_version": row_version(person), "lines": [new, new]})
    assert added.json()["counts"][""] == 5
    gone = {"row_version": row_version(person), "lines": [], "removed": [LINE]}
    assert send_json(person, address, gone).json()["counts"][""] == 4


def test_what_cannot_be_read_of_a_new_line_is_not_lost(people: Browser) -> None:
    """Proves that a pasted row becomes a line, and its unreadable cell comes back with its text."""
    person = people(ACCOUNTANT)
    shown = ["activity", "activity_on", "learner_ref", "amount"]
    block = [["Norises diena", "Pieteiktā summa, EUR", "Laiks"], ["31.02.2026", "13,20", "labs"]]
    address = f"/admin/claims/{DRAFT}/edit"
    asked = {"block": block, "first": "activity", "shown": shown}
    read = send_json(person, f"{address}/block", asked).json()
    assert read["rows"] == [{"activity_on": "31.02.2026", "amount": "13,20"}]
    assert read["told"] == "1 row pasted · 1 cell left out: no column is called like its heading"
    content = {"row_version": row_version(person), "lines": read["rows"]}
    told = send_json(person, f"{address}/save", content).json()
    assert told["added"] == {f"{DRAFT}-0004": {"activity_on": "31.02.2026"}}
    wide = {**asked, "block": [["x"] * 60]}
    assert send_json(person, f"{address}/block", wide).json()["problem"]["code"] == "WBK-440"
    for shapeless in ("x", [["x"], 5], [[5]], None):
        answer = send_json(person, f"{address}/block", {**asked, "block": shapeless})
        assert answer.json()["problem"]["code"] == "WEB-422", shapeless


@pytest.mark.parametrize(
    "content",
    [[], "x", {"lines": 5}, {"lines": [5]}, {"lines": [{"line_id": 5}]}, {"lines": [{}] * 5001}],
)
def test_json_of_another_shape_is_refused_in_words(seen: Browser, content: object) -> None:
    """Proves that no shape of JSON breaks the page."""
    answer = send_json(seen(ACCOUNTANT), f"/admin/claims/{DRAFT}/edit/check", content)
    assert answer.status_code == 422
    assert answer.json()["problem"]["code"] == "WEB-422"


def test_a_line_is_mended_without_scripts(people: Browser) -> None:
    """Proves that the form of one line holds every cell, and a tag in it comes back as text."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{DRAFT}/edit/line/{LINE}"
    assert 'name="cell:note"' in person.get(address).text
    fields = {"cell:note": "<i>x</i>", "row_version": str(row_version(person)), "do": "save"}
    assert "goto" in person.send(address, **fields).json()
    page = person.get(address).text
    assert "<i>x</i>" not in page
    assert "&lt;i&gt;x&lt;/i&gt;" in page


def test_the_form_of_a_line_says_what_is_needed_and_what_was_found(people: Browser) -> None:
    """Proves that nothing a rule wants is called optional, and that the findings come first."""
    person = people(ACCOUNTANT, "lv")
    save(person, row_version(person), plan_no="", learner_grade="")
    page = person.get(f"/admin/claims/{DRAFT}/edit/line/{LINE}").text
    assert "nav obligāts" not in page
    assert page.index("ELG-106") < page.index('name="cell:activity"')
    for key in ("activity", "amount", "evidence", "learner_grade"):
        assert 'class="needed"' in label_before(page, key), key
    assert 'class="needed"' not in label_before(page, "note")
    assert re.search(r'<input[^>]*is-invalid[^>]*name="cell:learner_grade"', page)


def test_what_only_invoices_have_is_folded_away_while_it_is_empty(people: Browser) -> None:
    """Proves that a unit cost does not ask for an invoice, and that a typed one is in sight."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{DRAFT}/edit/line/{LINE}"
    folded = '<details class="line-group" >'
    assert folded in person.get(address).text
    save(person, row_version(person), document_no="R-1")
    assert folded not in person.get(address).text


def test_a_filed_claim_cannot_be_mended(people: Browser) -> None:
    """Proves that the state of the claim is judged by the library, whatever is sent."""
    person = people(ACCOUNTANT)
    answer = send_json(
        person,
        f"/admin/claims/{CUT}/edit/save",
        {"row_version": 1, "lines": [{"line_id": f"{CUT}-0001", "amount": "1"}]},
    )
    assert answer.status_code == 409
    assert "data-editable" not in person.get(f"/admin/claims/{CUT}").text


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
