"""The dashboard: figures to the cent, pictures with tables, links to what is behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance import Language, format_amount
from skola_finance.queries.programme import programme_life, rests_on
from skola_finance.queries.reports import programme_dashboard, programme_status
from tests.admin.orders import order_of
from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

SLUG = "skola-kopiena"


@pytest.fixture(scope="module")
def readers(seen_store: Store) -> Iterator[Browser]:
    """Give browsers over a store that nobody changes."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def test_the_figures_are_those_of_the_books(seen_store: Store, readers: Browser) -> None:
    """Proves that what the dashboard shows is the balance of the ledger, to the cent."""
    status = programme_status(seen_store, order_of("auditor"), programme=SLUG)
    standing = status.approved.total_cents - status.withdrawn.total_cents
    page = readers("auditor", "lv").get("/admin/programme").text
    for cents in (status.allocated.total_cents, standing, status.paid.total_cents):
        assert format_amount(cents, Language.LV) in page


def test_partners_and_semesters_add_up_to_the_programme(seen_store: Store) -> None:
    """Proves that the table of partners has no cent more or less than the figures above it."""
    found = programme_dashboard(seen_store, order_of("auditor"), programme=SLUG)
    for name in ("allocated_cents", "claimed_cents", "approved_cents", "paid_cents"):
        parts = sum(getattr(one.sums, name) for one in found.partners)
        assert parts == getattr(found.sums, name)
    assert sum(one.sums.approved_cents for one in found.semesters) == found.sums.approved_cents
    assert found.pace[-1].even_cents == found.sums.allocated_cents


def test_every_picture_has_a_table_and_its_scripts_come_from_ourselves(readers: Browser) -> None:
    """Proves that who cannot see a chart reads it, and that no script is inline or from afar."""
    page = readers("programme_manager").get("/admin/programme").text
    charts = page.count('class="apex-chart"')
    assert charts == 5
    assert page.count("<summary>As a table</summary>") == charts
    assert re.findall(r'<script(?![^>]*src="/admin/static/)[^>]*>', page) == []


@pytest.mark.parametrize("column", ["name", "-allocated", "claimed", "-approved", "paid", "left"])
def test_partners_are_sorted_by_any_column(readers: Browser, column: str) -> None:
    """Proves that a heading sorts, both ways, and says so to those who cannot see the arrow."""
    page = readers("auditor").get(f"/admin/programme?sort={column}").text
    way = "descending" if column.startswith("-") else "ascending"
    assert page.count(f'aria-sort="{way}"') == 1


def test_amounts_on_invented_values_are_marked(seen_store: Store, readers: Browser) -> None:
    """Proves that nobody takes an invented unit cost for the law."""
    found = rests_on(seen_store, order_of("auditor"), programme=SLUG)
    assert {"unit_cost.reading_support", "group_size.max"} <= {x.key for x in found.illustrative}
    assert not [x for x in found.illustrative if x.key.startswith("deadline.")]
    assert "rests-on" in readers("auditor").get("/admin/programme").text


def test_a_partner_is_not_told_of_values_of_another(seen_store: Store) -> None:
    """Proves that the note about invented values names no other partner."""
    mine = order_of("partner_accountant", partner="99990100042")
    keys = {one.key for one in rests_on(seen_store, mine, programme=SLUG).illustrative}
    assert "allocation.99990100042.2025-autumn" in keys
    assert not [key for key in keys if "9999" in key and "99990100042" not in key]


def test_the_dashboard_is_not_for_partners(readers: Browser) -> None:
    """Proves that a partner's people do not see the programme."""
    assert readers("partner_accountant.liepaja").get("/admin/programme").status_code == 403


def test_the_end_of_a_programme_is_held_up_by_what_is_open(
    seen_store: Store, readers: Browser
) -> None:
    """Proves that the page says which accounts are open, and that the command refuses as well."""
    found = programme_life(seen_store, order_of("auditor"), programme=SLUG)
    assert found.in_the_way
    assert not found.has_newer_rules
    page = readers("auditor", "lv").get("/admin/programme/life").text
    for _account, cents in found.in_the_way:
        assert format_amount(cents, Language.LV) in page
    refused = readers("programme_manager").send(
        "/admin/programme/close", programme=SLUG, source="lēmums"
    )
    assert refused.json()["problem"]["code"] == "PAY-808"
    again = readers("programme_manager").send("/admin/programme/open", programme=SLUG)
    assert again.json()["problem"]["code"] == "WFL-521"
    assert readers("auditor").send("/admin/programme/adopt", programme=SLUG).status_code == 403
