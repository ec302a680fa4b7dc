"""Registers on starlette-admin's own lists: searched, sorted, paged, exported, and safe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config
from sqlmodel import select

from skola_finance.storage.tables import InstitutionRow
from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

ADDRESSES = ("institutions", "rulebooks", "settings-sets")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\bnonce=)|<style(?![^>]*\bnonce=)|\son\w+=")


@pytest.fixture(scope="module")
def readers(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def names(page: str) -> list[str]:
    """Give the first column of a list."""
    return re.findall(r'<td data-column="name"><a[^>]*>([^<]*)', page)


@pytest.mark.parametrize("key", ADDRESSES)
def test_a_list_needs_no_inline_script_or_style(readers: Browser, key: str) -> None:
    """Proves that the content security policy holds on stock pages, too."""
    page = readers("auditor", "lv").get(f"/admin/{key}/list")
    assert page.status_code == 200
    assert INLINE.search(page.text) is None


@pytest.mark.parametrize("key", ADDRESSES)
@pytest.mark.parametrize("login", ["partner_accountant.liepaja", "administrator"])
def test_registers_are_for_the_agency(readers: Browser, key: str, login: str) -> None:
    """Proves that nobody else opens a register, a row of it or its file."""
    person = readers(login)
    for address in (f"/{key}/list", f"/{key}/detail?pk=1", f"/exports/{key}.csv"):
        assert person.get(f"/admin{address}").status_code == 403


def test_a_list_is_sorted_and_paged_without_gap(readers: Browser, seen_store: Store) -> None:
    """Proves that every institution stands on exactly one page, in the order asked for."""
    with seen_store.reading() as repositories:
        rows = repositories.session.exec(
            select(InstitutionRow).where(InstitutionRow.programme == "skola-kopiena")
        ).all()
        wanted = sorted((row.name for row in rows), reverse=True)
    person, found = readers("agency_reviewer", "lv"), []
    for number in range(1, len(wanted) // 25 + 2):
        asked = {"sort": "name__desc", "page": str(number)}
        found += names(person.get("/admin/institutions/list", params=asked).text)
    assert len(wanted) > 3
    assert len(found) == len(wanted)
    assert sorted(found, reverse=True) == wanted


def test_a_list_is_searched_and_exported_alike(readers: Browser) -> None:
    """Proves that the file holds what the search found, in the language of the reader."""
    person = readers("auditor", "lv")
    first = names(person.get("/admin/institutions/list").text)[0]
    page = person.get("/admin/institutions/list", params={"q": first}).text
    assert first in names(page)
    file = person.get("/admin/exports/institutions.csv", params={"q": first})
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Nosaukums,Reģistrācijas numurs,Partneris")
    assert len(lines) == 1 + len(names(page))
    assert "Nekas nav atrasts" in person.get("/admin/institutions/list", params={"q": "zz"}).text


def test_a_search_is_shown_as_text(readers: Browser) -> None:
    """Proves that a tag that somebody looks for is no tag of the page."""
    page = readers("auditor").get("/admin/institutions/list", params={"q": "<b>x</b>"})
    assert "<b>x</b>" not in page.text


def test_a_row_leads_to_its_page(readers: Browser) -> None:
    """Proves that the link of a row opens it, and that a rulebook in force says so."""
    person = readers("auditor", "lv")
    page = person.get("/admin/rulebooks/list").text
    link = re.search(r'href="[^"]*?(/admin/rulebooks/detail\?pk=\w+)"', page)
    assert link
    detail = person.get(link[1]).text
    assert "Tagad spēkā" in detail
    assert "<td>Jā</td>" in detail


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/institutions/detail?pk=zz", 404),
        ("/institutions/detail?pk=99999999999999999999", 404),
        ("/institutions/detail", 404),
        ("/institutions/list?page=99999999999999999999&sort=zz__asc", 200),
        ("/institutions/list?page_size=7", 400),
        ("/exports/nothing.csv", 404),
        ("/institutions/create", 404),
    ],
)
def test_an_odd_address_is_no_error_of_the_server(
    readers: Browser, address: str, status: int
) -> None:
    """Proves that whatever stands in an address is answered as what it is."""
    assert readers("auditor").get(f"/admin{address}").status_code == status
