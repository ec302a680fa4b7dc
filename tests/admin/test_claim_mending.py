"""Mending a claim: typed in place, pasted, or by the form of a line; judged at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.admin.mending import DRAFT, LINE, row_version, save, send_json

if TYPE_CHECKING:
    from tests.admin.people import Browser, Person

ACCOUNTANT, COORDINATOR = "partner_accountant.rezekne", "partner_coordinator.rezekne"
CUT = "SK-00035"


def label_before(page: str, key: str) -> str:
    """Give the label of a cell of the form of a line."""
    return page[: page.index(f'name="cell:{key}"')].rpartition("<label")[2]


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


def test_a_line_that_was_only_begun_is_not_told_as_a_fault(people: Browser) -> None:
    """Proves that a new line has a lawful form of cost, and turns red once a cell is wrong."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{DRAFT}/edit/save"
    new = {"row_version": row_version(person), "lines": [{"activity": "reading support"}]}
    assert send_json(person, address, new).json()["counts"][""] == 4
    line = f"{DRAFT}-0004"
    asked = {"lines": [{"line_id": line}], "shown": ["activity", "cost_form", "activity_on"]}
    told = send_json(person, f"/admin/claims/{DRAFT}/edit/check", asked).json()
    assert told["cells"][line]["cost_form"] == "unit cost"
    assert "A new line. It still needs:" in told["rows"]
    assert "Day of the activity" in told["rows"]
    assert "is-faulty" not in told["rows"]
    for day, is_calm in (("26.03.2026", True), ("26.03.2031", False)):
        typed = {**asked, "lines": [{"line_id": line, "activity_on": day}]}
        told = send_json(person, f"/admin/claims/{DRAFT}/edit/check", typed).json()
        assert ("It still needs" in told["rows"]) is is_calm
        assert ("line-mend" in told["rows"]) is not is_calm
    assert "is-faulty" in told["rows"]


def test_a_line_that_is_nearly_done_is_told_what_it_lacks(people: Browser) -> None:
    """Proves that a line without its plan alone is at fault, and its cell is marked."""
    person = people(ACCOUNTANT)
    asked = {"lines": [{"line_id": LINE, "plan_no": ""}], "shown": ["activity", "plan_no"]}
    rows = send_json(person, f"/admin/claims/{DRAFT}/edit/check", asked).json()["rows"]
    assert "It still needs" not in rows
    assert 'class="line-mend"' in rows
    assert "is-faulty" in rows


def test_what_cannot_be_read_of_a_new_line_is_not_lost(people: Browser) -> None:
    """Proves that a pasted row becomes a line, and its unreadable cell comes back with its text."""
    person = people(ACCOUNTANT)
    shown = ["activity", "activity_on", "learner_ref", "amount"]
    block = [["Norises diena", "Pieteiktā summa, EUR", "Laiks"], ["31.02.2026", "13,20", "labs"]]
    address = f"/admin/claims/{DRAFT}/edit"
    asked = {"block": block, "first": "activity", "shown": shown}
    read = send_json(person, f"{address}/block", asked).json()
    assert read["rows"] == [{"activity_on": "31.02.2026", "amount": "13,20"}]
    assert read["told"] == (
        "1 row pasted: Day of the activity, Amount claimed, EUR · "
        "1 cell left out: no column is called like its heading"
    )
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
    assert "neobligāti" not in page
    assert page.index("ELG-106") < page.index('name="cell:activity"')
    for key in ("activity", "amount", "evidence", "learner_grade"):
        assert 'class="needed"' in label_before(page, key), key
    assert 'class="needed"' not in label_before(page, "note")
    assert re.search(r'<input[^>]*is-invalid[^>]*name="cell:learner_grade"', page)


def check_line(person: Person, **cells: str) -> dict[str, Any]:
    """Ask what the first line of the draft comes to as its form stands."""
    address = f"/admin/claims/{DRAFT}/edit/line/{LINE}/check"
    answer = send_json(person, address, {"cells": cells})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_form_of_a_line_follows_its_kind(people: Browser) -> None:
    """Proves that what is needed, what is open and what is wrong change before it is saved."""
    person = people(ACCOUNTANT)
    version = row_version(person)
    as_kept = check_line(person)
    assert "invoice" not in as_kept["open"]
    assert "document_no" not in as_kept["needed"]
    actual = check_line(person, cost_form="actual cost")
    assert "invoice" in actual["open"]
    assert "document_no" in actual["needed"]
    assert "document_no" in actual["faulty"]
    assert "CLM-201" in actual["found"]
    back = check_line(person, activity="mentor support")
    assert back["texts"]["cost_form"] == "unit cost"
    unread = check_line(person, activity_on="31.02.2026")
    assert "WBK-" in unread["found"]
    assert unread["texts"]["activity_on"] == "31.02.2026"
    assert "activity_on" in unread["faulty"]
    assert row_version(person) == version


def test_a_plan_fills_the_form_of_a_new_line(people: Browser) -> None:
    """Proves that its learner comes along, with what earlier lines said of the learner."""
    person = people(ACCOUNTANT)
    known = person.get(f"/admin/claims/{DRAFT}/edit/known").json()
    plan_no, learner = (check_line(person)["texts"][key] for key in ("plan_no", "learner_ref"))
    assert [plan_no, learner] in known["plan_no"]
    assert [learner, plan_no] in known["learner_ref"]
    assert known["institution_reg_no"][0][1]
    new = {"row_version": row_version(person), "lines": [{"activity": "reading support"}]}
    send_json(person, f"/admin/claims/{DRAFT}/edit/save", new)
    address = f"/admin/claims/{DRAFT}/edit/line/{DRAFT}-0004"
    assert "A new line. It still needs:" in person.get(address).text
    assert "is-invalid" not in person.get(address).text
    found = send_json(person, f"{address}/check", {"cells": {"plan_no": plan_no}}).json()
    assert found["texts"]["learner_ref"] == learner
    assert found["texts"]["institution_reg_no"]
    assert found["texts"]["institution_founder"]


@pytest.mark.parametrize("cells", [5, [], {"amount": 5}, None])
def test_cells_of_another_shape_are_refused_in_words(seen: Browser, cells: object) -> None:
    """Proves that no shape of JSON breaks the form."""
    address = f"/admin/claims/{DRAFT}/edit/line/{LINE}/check"
    answer = send_json(seen(ACCOUNTANT), address, {"cells": cells})
    assert answer.json()["problem"]["code"] == "WEB-422"


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
