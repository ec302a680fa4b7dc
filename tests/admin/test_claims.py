"""The list of claims: what each person finds in it, how it is searched, paged and taken home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from skola_finance import Store
    from tests.admin.people import Browser

KEY = re.compile(r'href="/admin/claims/(SK-\d{5})"')
ACCOUNTANT, REVIEWER = "partner_accountant.rezekne", "agency_reviewer"


def keys(page: str) -> list[str]:
    """Give the claims of a list in their order."""
    return KEY.findall(page)


def test_a_partner_finds_its_own_claims_with_their_amounts(seen: Browser) -> None:
    """Proves that an accountant sees number, state and the exact cents of each of their claims."""
    page = seen(ACCOUNTANT, "lv").get("/admin/claims").text
    assert "SK-00002" in page
    assert "6 336,00" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "Samaksāts" in page
    assert "SK-00001" not in page


def test_the_agency_finds_every_claim_with_its_partner(seen: Browser) -> None:
    """Proves that the agency's list names the partner, and can be narrowed to one."""
    everybody = seen(REVIEWER).get("/admin/claims").text
    assert {"SK-00001", "SK-00002", "SK-00003"} <= set(keys(everybody))
    assert "Rēzeknes novads" in everybody
    one = seen(REVIEWER).get("/admin/claims?partner=99990100343").text
    assert "SK-00002" in keys(one)
    assert not {"SK-00001", "SK-00003"} & set(keys(one))


def test_counts_search_and_export_know_no_other_partner(seen: Browser) -> None:
    """Proves that neither a number, nor a search, nor the table tells that others have claims."""
    person = seen(ACCOUNTANT)
    page = person.get("/admin/claims").text
    shown = re.search(r'All claims <span class="num">(\d+)<', page)
    assert shown
    assert int(shown[1]) == len(keys(page))
    assert keys(person.get("/admin/claims?q=SK-00001").text) == []
    assert keys(person.get("/admin/claims?partner=99990100042").text) == keys(page)
    table = person.get("/admin/claims/export.csv").text
    assert "SK-00002" in table
    assert "SK-00001" not in table
    assert len(table.strip().splitlines()) == len(keys(page)) + 1


@pytest.mark.parametrize("text", ["SK-00003", "sk-3", "daugavpils"])
def test_a_claim_is_found_by_key_or_partner(seen: Browser, text: str) -> None:
    """Proves that a key may be typed short, and a partner's name in small letters."""
    assert "SK-00003" in keys(seen(REVIEWER).get(f"/admin/claims?q={text}").text)


def test_a_list_is_narrowed_by_state_and_period(seen: Browser) -> None:
    """Proves that both filters hold together."""
    found = keys(seen(REVIEWER).get("/admin/claims?state=paid&until=2025-12-31").text)
    assert set(found) == {"SK-00001", "SK-00002", "SK-00003"}


@pytest.mark.parametrize("order", ["newest", "oldest", "period", "claimed"])
def test_pages_of_a_list_neither_repeat_nor_leave_out(seen_store: Store, order: str) -> None:
    """Proves that walking the list by key gives each claim once, in every order."""
    from datetime import UTC, datetime  # noqa: PLC0415 - for this test alone

    from skola_finance import Actor, Order, Role  # noqa: PLC0415 - the same
    from skola_finance.queries.claims import ClaimsWanted, claims_page  # noqa: PLC0415 - the same

    asked = Order(Actor("agency_reviewer", Role.AGENCY_REVIEWER), "x", datetime.now(UTC))
    wanted = ClaimsWanted("skola-kopiena", order=order)
    found: list[str] = []
    after = ""
    while True:
        page = claims_page(seen_store, asked, wanted=wanted, after=after, limit=7)
        found += [item.key for item in page.items]
        after = page.next_after
        if not after:
            break
    assert len(found) == len(set(found)) == page.found == 48


def test_a_page_that_no_list_ended_with_is_refused_in_words(seen: Browser) -> None:
    """Proves that a mangled address is told, and nothing breaks."""
    answer = seen(REVIEWER).get("/admin/claims?after=nonsense")
    assert answer.status_code == 422
    assert "WFL-518" in answer.text


def test_a_text_that_looks_like_a_tag_is_shown_as_text(seen: Browser) -> None:
    """Proves that what somebody searched for comes back as they typed it."""
    page = seen(REVIEWER).get("/admin/claims", params={"q": "<b>x</b>"}).text
    assert "<b>x</b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_a_new_claim_tells_the_room_of_its_own_semester(seen: Browser) -> None:
    """Proves that the balance beside the period is of that period, or said to be missing."""
    page = seen("partner_accountant.daugavpils").get("/admin/claims/new").text.replace("\xa0", " ")
    first = re.search(r'name="period_from"[^>]*value="(\d{4}-\d\d)', page)
    assert first
    assert first[1] == "2026-01"
    assert "autumn 2025" not in page
    assert "No allocation was entered for spring 2026." in page


def test_a_new_claim_begins_with_the_next_number(people: Browser) -> None:
    """Proves that number and period are suggested, and the claim leads on to its workbook."""
    person = people(ACCOUNTANT)
    form = person.get("/admin/claims/new").text
    assert 'value="115"' in form
    answer = person.send(
        "/admin/claims/new",
        programme="skola-kopiena",
        claim_no="115",
        kind="interim",
        period_from="2026-01-01",
        period_to="2026-08-31",
        then="workbook",
    )
    assert answer.json()["goto"].endswith("/upload")
    assert person.get(answer.json()["goto"]).status_code == 200


def test_a_new_claim_begins_with_the_lines_of_the_last_one(people: Browser) -> None:
    """Proves it from the form in one step, and that an empty draft offers it and the upload."""
    person = people(ACCOUNTANT)
    asked = {
        "programme": "skola-kopiena",
        "kind": "interim",
        "period_from": "2026-01-01",
        "period_to": "2026-08-31",
    }
    assert "Begin with the lines of claim no." in person.get("/admin/claims/new").text
    answer = person.send("/admin/claims/new", claim_no="115", then="earlier", **asked)
    page = person.get(answer.json()["goto"]).text
    assert "taken over. Enter the days, the evidence and whether others paid" in page
    assert page.count("<tr data-line=") > 0
    assert "/edit/earlier" not in page

    empty = person.send("/admin/claims/new", claim_no="116", then="screen", **asked).json()["goto"]
    page = person.get(empty).text
    assert f'action="{empty}/upload"' in page
    assert f'action="{empty}/edit/earlier"' in page
    version = re.search(r'data-row-version="(\d+)"', page)
    assert version
    assert person.send(f"{empty}/edit/earlier", row_version=version[1]).json() == {"goto": empty}
    page = person.get(empty).text
    assert page.count("<tr data-line=") > 0
    assert f'action="{empty}/upload"' not in page


def test_a_taken_number_is_refused_with_its_code(people: Browser) -> None:
    """Proves that the same number twice names the claim that has it."""
    answer = people(ACCOUNTANT).send(
        "/admin/claims/new",
        programme="skola-kopiena",
        claim_no="103",
        kind="interim",
        period_from="2026-01-01",
        period_to="2026-05-31",
    )
    assert answer.json()["problem"]["code"] == "WFL-532"
