"""The journal: found by word and day, read entry by entry, proven in the background."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config
from skola_finance_admin.pages.journal import ABOUT, AMOUNTS, COUNTED
from sqlmodel import select

from skola_finance.storage.tables import AccessRow, JournalRow
from tests.admin.people import Browser
from tests.demo_store import proof_of_demo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance import Store


@pytest.fixture(scope="module")
def readers(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def numbers(page: str) -> list[int]:
    """Give the numbers of the entries on a page, in their order."""
    return [int(one) for one in re.findall(r'href="/admin/journal/(\d+)">\d', page)]


@pytest.mark.parametrize("login", ["agency_reviewer", "partner_accountant.liepaja"])
def test_the_journal_is_for_those_who_audit(readers: Browser, login: str) -> None:
    """Proves that whoever may not read the journal finds neither page nor menu line."""
    page = readers(login).get("/admin/journal")
    assert page.status_code == 403
    assert 'href="/admin/journal"' not in readers(login).get("/admin/").text


def test_the_newest_entries_come_first_and_lead_on_by_key(readers: Browser) -> None:
    """Proves that pages neither overlap nor leave a gap."""
    person = readers("auditor")
    first = person.get("/admin/journal").text
    before = re.search(r"before=(\d+)", first)
    assert before
    second = person.get("/admin/journal", params={"before": before[1]}).text
    both = numbers(first) + numbers(second)
    assert len(both) == 100
    assert both == list(range(both[0], both[0] - 100, -1))


def test_entries_are_found_by_what_was_done_in_either_language(readers: Browser) -> None:
    """Proves that people search by the words they see."""
    person = readers("auditor", "lv")
    latvian = person.get("/admin/journal", params={"text": "noslēgt sadarbības"}).text
    english = person.get("/admin/journal", params={"text": "sign_agreement"}).text
    assert numbers(latvian)
    assert numbers(latvian) == numbers(english)


def test_days_are_whole_days_in_latvia(readers: Browser) -> None:
    """Proves that a day that is asked for is in what is found, and no other."""
    person = readers("auditor", "lv")
    asked = {"since": "2017-09-11", "until": "2017-09-11"}
    page = person.get("/admin/journal", params=asked).text
    assert numbers(page)
    assert set(re.findall(r"(\d\d\.\d\d\.\d{4}\.)\N{NO-BREAK SPACE}\d\d:\d\d", page)) == {
        "11.09.2017."
    }


def test_what_is_no_day_is_told(readers: Browser) -> None:
    """Proves that a mistyped day is refused with its code."""
    page = readers("auditor").get("/admin/journal", params={"since": "soon"})
    assert page.status_code == 422
    assert "WEB-422" in page.text


def test_an_entry_shows_its_amounts_and_hashes(readers: Browser, seen_store: Store) -> None:
    """Proves that an entry can be compared with the chain by eye."""
    with seen_store.reading() as repositories:
        rows = repositories.session.exec(select(JournalRow)).all()
        row = next(one for one in rows if one.amounts)
        number, previous, own, cents = (
            *(row.number, row.previous_hash, row.hash),
            next(iter(row.amounts.values())),
        )
    page = readers("programme_manager", "lv").get(f"/admin/journal/{number}").text
    assert previous in page
    assert own in page
    digits = re.sub(r"\D", "", page)
    assert str(cents) in digits


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 60, "x", "-1", "²"])
def test_an_entry_that_is_not_there_is_not_found(readers: Browser, number: str) -> None:
    """Proves that any address that names no entry says so."""
    page = readers("auditor").get(f"/admin/journal/{number}")
    assert page.status_code == 404
    assert "AUT-603" in page.text


def test_the_access_log_says_who_looked_and_why(people: Browser, store: Store) -> None:
    """Proves that a reason is shown as it was typed, and a tag in it as text."""
    with store.writing() as unit:
        unit.session.add(
            AccessRow(
                number=1,
                at=datetime(2026, 11, 2, 10, tzinfo=UTC),
                actor="agency_reviewer",
                command="open_risk_ground",
                command_id="x",
                amounts={},
                posted=[],
                inputs_digest="0" * 64,
                previous_hash="0" * 64,
                hash="0" * 64,
                subject="IP-1",
                reason="<b>pārbaude</b>",
            )
        )
    page = people("auditor", "lv").get("/admin/journal/access").text
    assert "Atvērts riska pamatojums" in page
    assert "&lt;b&gt;pārbaude&lt;/b&gt;" in page


def test_a_check_names_the_first_difference(people: Browser, store: Store) -> None:
    """Proves that an entry changed by hand is found and named, by whoever may read the journal."""
    with store.writing() as unit:
        row = unit.session.get(JournalRow, 7)
        assert row is not None
        row.actor = "somebody_else"
        unit.session.add(row)
    auditor = people("auditor")
    address = auditor.send("/admin/journal/check").json()["goto"]
    people.wait_for_jobs()
    assert auditor.get(address, headers={"X-Skola-Fetch": "1"}).json()["over"] is True
    page = auditor.get(address).text
    assert "The first difference was found" in page
    assert re.search(r"\b7\b", page)
    assert people("programme_manager").get(address).status_code == 404


def test_a_check_can_be_cancelled(people: Browser) -> None:
    """Proves that nobody has to wait for what they no longer want."""
    auditor = people("auditor")
    address = auditor.send("/admin/journal/check").json()["goto"]
    assert auditor.send(f"{address}/cancel").status_code == 200
    people.wait_for_jobs()
    assert "was cancelled" in auditor.get(address).text


def test_the_newest_entry_leads_on_to_none(readers: Browser, seen_store: Store) -> None:
    """Proves that an arrow leads to an entry, and none is there where no entry is."""
    with seen_store.reading() as repositories:
        newest = max(repositories.session.exec(select(JournalRow.number)).all())
    person = readers("auditor")
    assert 'rel="next"' in person.get(f"/admin/journal/{newest - 1}").text
    last = person.get(f"/admin/journal/{newest}").text
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last
    assert last.count("Digest of the rows it wrote") == 1


def test_the_journal_speaks_of_money_and_deeds_in_words(
    readers: Browser, seen_store: Store
) -> None:
    """Proves that every amount of the demo's journal has a name, and no page a raw one."""
    with seen_store.reading() as repositories:
        rows = repositories.session.exec(select(JournalRow)).all()
    assert {name for row in rows for name in row.amounts} <= set(AMOUNTS)
    paid = next(row for row in rows if row.command == "mark_paid")
    page = readers("auditor", "lv").get(f"/admin/journal/{paid.number}").text
    assert "samaksāts" in page
    assert "Reģistrēt samaksu" in page
    assert ">mark_paid<" not in page
    assert ">paid<" not in page


def test_the_journal_says_what_an_entry_is_about_in_words(
    readers: Browser, seen_store: Store
) -> None:
    """Proves that the kind of every thing in the demo's journal has a word in the page."""
    with seen_store.reading() as repositories:
        rows = repositories.session.exec(select(JournalRow)).all()
    kinds = {row.subject.partition("/")[0] for row in rows if "/" in row.subject}
    assert kinds <= set(ABOUT)
    added = next(row for row in rows if row.command == "add_user")
    page = readers("auditor", "lv").get(f"/admin/journal/{added.number}").text
    assert f"lietotājs {added.subject.partition('/')[2]}" in page
    assert added.subject not in re.sub(r'href="[^"]*"', "", page)


def test_what_is_counted_in_a_check_is_named(
    demo_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Proves that a check of the chain shows no name of the code."""
    _codes, counts = proof_of_demo(demo_folder, tmp_path_factory)
    assert set(counts) <= set(COUNTED)
