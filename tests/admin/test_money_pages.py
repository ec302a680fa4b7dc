"""Every page of the agency's money opens, in both languages, for everybody who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

ADDRESSES = (
    *("/orders", "/orders?state=ordered", "/orders?state=all", "/orders/MR-SK-00012"),
    *("/orders/claims/SK-00009", "/advances", "/advances/new", "/advances/new?partner=99990100019"),
    *("/advances/AV-SK-00001", "/advances/AV-SK-00002", "/corrections", "/corrections/new"),
    *("/corrections/new?claim=SK-00009", "/corrections/new?claim=SK-00009&method=correct_by_rule"),
    *("/corrections/KOR-SK-00001", "/corrections/KOR-SK-00002", "/irregularities"),
    *("/irregularities/new?claim=SK-00009", "/irregularities/NEA-SK-00001", "/recoveries"),
    *("/recoveries/ATG-SK-00001", "/final-balance", "/final-balance/99990100042"),
)


@pytest.fixture(scope="module")
def lookers(seen_store: Store) -> Iterator[Browser]:
    """Give people who change nothing."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


@pytest.mark.parametrize(("login", "language"), [("agency_treasurer", "lv"), ("auditor", "en")])
def test_every_page_opens_for_who_works_with_it_and_for_who_reads(
    lookers: Browser, login: str, language: str
) -> None:
    """Proves that no page breaks on what the demo holds, whoever of the agency looks."""
    person = lookers(login, language)
    for address in ADDRESSES:
        answer = person.get(f"/admin{address}")
        assert answer.status_code == 200, f"{address}: {answer.status_code}"


def test_partners_open_none_of_them_but_what_they_owe_themselves(lookers: Browser) -> None:
    """Proves that a partner sees its own recovery, not another's, and no other page of money."""
    person = lookers("partner_accountant.liepaja")
    for address in ADDRESSES:
        wanted = 200 if address == "/recoveries" else 404 if "ATG-" in address else 403
        assert person.get(f"/admin{address}").status_code == wanted, address
    own = person.get("/admin/recoveries/ATG-SK-00002")
    assert own.status_code == 200
    listed = person.get("/admin/recoveries").text
    assert "ATG-SK-00002" in listed
    assert "ATG-SK-00001" not in listed
    assert "Daugavpils" not in listed
