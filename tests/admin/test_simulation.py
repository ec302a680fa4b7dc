"""The simulator: asked in a form, worked in the background, shown to the cent, and nothing kept."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config
from sqlmodel import func, select

from skola_finance import load_rulebook
from skola_finance.rulebook.load import shipped_rules
from skola_finance.storage.tables import JournalRow
from skola_finance.usecases.views.rule_archive import rulebook_of_archive
from tests.admin.people import Browser, Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance import Store

ADDRESS = "/admin/simulation"
FEWER_HOURS = {
    "programme": "skola-kopiena",
    "key_0": "hours_cap.learner_semester",
    "value_0": "10",
}


@pytest.fixture(scope="module")
def analysts(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who simulate; nothing is changed by it."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


@pytest.fixture(scope="module")
def simulated(analysts: Browser) -> str:
    """Give the address of a finished simulation with fewer hours for each learner."""
    address: str = analysts("programme_manager", "lv").send(ADDRESS, **FEWER_HOURS).json()["goto"]
    analysts.wait_for_jobs()
    return address


def archive_of(folder: Path, **changed: str) -> bytes:
    """Pack a rules folder, some of its files with another text."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.toml")):
            name = file.relative_to(folder).as_posix()
            archive.writestr(f"rules/{name}", changed.get(name, file.read_text(encoding="utf-8")))
    return out.getvalue()


def figures(page: str) -> list[str]:
    """Give the figures at the head of a page, in their order, with plain spaces."""
    found = re.findall(r'figure-value num">([^<]*)', page)
    return [unescape(one).replace("\N{NO-BREAK SPACE}", " ") for one in found]


def entries(store: Store) -> int:
    """Count the entries of the journal."""
    with store.reading() as repositories:
        return int(repositories.session.exec(select(func.count()).select_from(JournalRow)).one())


@pytest.mark.parametrize("login", ["agency_approver", "partner_signatory.liepaja"])
def test_only_who_may_simulate_does(analysts: Browser, login: str) -> None:
    """Proves that others find neither the form nor a way around it."""
    assert analysts(login).get(ADDRESS).status_code == 403
    assert analysts(login).send(ADDRESS, **FEWER_HOURS).status_code == 403


def test_the_result_says_what_would_change_to_the_cent(analysts: Browser, simulated: str) -> None:
    """Proves that totals, rules, partners and lines tell the same story."""
    page = analysts("programme_manager", "lv").get(simulated).text
    assert figures(page) == ["24 702,10 €", "-1 636,80 €", "224"]
    assert "tagad 26\N{NO-BREAK SPACE}338,90\N{NO-BREAK SPACE}€" in page
    assert "Nekas netiek mainīts" in page
    assert 'href="/admin/rulebook/ELG-141"' in page
    assert 'href="/admin/claims/SK-00001/lines/SK-00001-0081"' in page
    assert "2025. gada rudens semestris" in page


def test_the_workbook_sums_to_the_figures(analysts: Browser, simulated: str) -> None:
    """Proves that the lines of the file add up to the difference that the page shows."""
    person = analysts("programme_manager", "lv")
    file = person.get(f"{simulated}/simulation.xlsx")
    book = load_workbook(BytesIO(file.content), read_only=True)
    rows = list(book["Rindas"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 224
    assert round(sum(float(str(row[10])) for row in rows), 2) == -1636.80
    assert "nekas nav mainīts" in str(next(book["Kopsavilkums"].iter_rows(values_only=True))[0])
    lines = person.get(f"{simulated}/simulation.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 225
    assert lines[1].startswith("SK-00001;")


def test_nothing_is_kept_of_a_simulation(
    analysts: Browser, seen_store: Store, simulated: str
) -> None:
    """Proves that the journal knows nothing of it: a simulation changes nothing."""
    before = entries(seen_store)
    address = analysts("auditor").send(ADDRESS, **FEWER_HOURS).json()["goto"]
    analysts.wait_for_jobs()
    assert address != simulated
    assert entries(seen_store) == before


def test_two_people_simulate_at_once_and_each_sees_their_own(
    analysts: Browser, simulated: str
) -> None:
    """Proves that a result is for who asked for it, and that one waits for the other."""
    auditor, keeper = analysts("auditor"), analysts("programme_manager")
    asked = [one.send(ADDRESS, **FEWER_HOURS, semester="2026-spring") for one in (auditor, keeper)]
    first, second = (one.json()["goto"] for one in asked)
    analysts.wait_for_jobs()
    assert figures(auditor.get(first).text)[1:] == ["€0.00", "0"]
    assert figures(keeper.get(second).text)[1:] == ["€0.00", "0"]
    assert auditor.get(simulated).status_code == 404
    assert auditor.get(second).status_code == 404


def test_other_rules_are_taken_from_an_archive(analysts: Browser) -> None:
    """Proves that a changed rules folder is judged by, and named in the result."""
    rules = shipped_rules()
    found = [one for one in rules.rglob("elg-110-*.toml") if "vectors" not in one.name]
    name = found[0].relative_to(rules).as_posix()
    text = (rules / name).read_text(encoding="utf-8")
    changed = text.replace("general = [1, 3]", "general = [3, 3]")
    assert changed != text
    content = archive_of(rules, **{name: changed})
    person = analysts("programme_manager")
    files = {"rules": ("rules.zip", content, "application/zip")}
    answer = person.send(ADDRESS, programme="skola-kopiena", files=files)
    analysts.wait_for_jobs()
    page = person.get(answer.json()["goto"]).text
    assert "ELG-110" in page
    assert figures(page)[2] != "0"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "WFL-597"),
        ({"key_0": "hours_cap.learner_semester", "value_0": "many"}, "RUL-407"),
        ({"key_0": "no.such.key", "value_0": "1"}, "RUL-403"),
        ({**FEWER_HOURS, "semester": "soon"}, "WFL-518"),
        ({**FEWER_HOURS, "partner": "99990109999"}, "AUT-603"),
        ({**FEWER_HOURS, "programme": "other"}, "AUT-603"),
        ({**FEWER_HOURS, "from_0": "someday"}, "WEB-422"),
    ],
)
def test_what_cannot_be_simulated_is_refused_at_once(
    analysts: Browser, fields: dict[str, str], code: str
) -> None:
    """Proves that a mistake is told beside the form, before anything is begun."""
    asked = {"programme": "skola-kopiena", **fields}
    answer = analysts("programme_manager").send(ADDRESS, **asked)
    assert answer.json()["problem"]["code"] == code


def bad_archives() -> dict[str, bytes]:
    """Give archives that must be refused."""
    outside, large = BytesIO(), BytesIO()
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../../etc/rules.toml", "code = 1")
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rules/a.toml", " " * 17 * 1024 * 1024)
    return {
        "no archive": b"hello",
        "paths outside": outside.getvalue(),
        "a bomb": large.getvalue(),
        "too many bytes": b"0" * (4 * 1024 * 1024 + 1),
    }


@pytest.mark.parametrize("name", list(bad_archives()))
def test_an_archive_that_cannot_be_used_is_refused(analysts: Browser, name: str) -> None:
    """Proves that no archive writes outside its folder, or more than the limits."""
    files = {"rules": ("rules.zip", bad_archives()[name], "application/zip")}
    answer = analysts("programme_manager").send(ADDRESS, programme="skola-kopiena", files=files)
    assert answer.json()["problem"]["code"] == "WFL-597"


def test_a_simulation_can_be_cancelled(analysts: Browser) -> None:
    """Proves that nobody has to wait for what they no longer want."""
    person: Person = analysts("programme_manager")
    address = person.send(ADDRESS, **FEWER_HOURS).json()["goto"]
    assert person.send(f"{address}/cancel").status_code == 200
    analysts.wait_for_jobs()
    assert "was cancelled" in person.get(address).text
    assert person.get(f"{address}/simulation.xlsx").status_code == 404


def test_the_shipped_archive_is_the_rulebook_that_ships() -> None:
    """Proves that packing and unpacking a folder leaves the digest as it is."""
    content = archive_of(shipped_rules())
    found = rulebook_of_archive(content, programme="pumpurs")
    assert found.digest == load_rulebook("pumpurs").digest
