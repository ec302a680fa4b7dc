"""Reports: the same cents on the page, in the table and the workbook, and what is behind them."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance import Language, format_amount
from skola_finance.queries.reports import ReportCode, programme_status, report_of, unfold_figure
from tests.admin.orders import order_of
from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

SK, PAGE = "skola-kopiena", "/admin/reports"
LIEPAJA = "99990100042"


@pytest.fixture(scope="module")
def readers(seen_store: Store) -> Iterator[Browser]:
    """Give browsers over a store that nobody changes."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


@pytest.mark.parametrize("code", [each.value for each in ReportCode])
def test_every_report_is_shown_and_taken_along(readers: Browser, code: str) -> None:
    """Proves that each report opens, in both languages, and comes as table and as workbook."""
    for language in ("lv", "en"):
        page = readers("auditor", language).get(f"{PAGE}/{code}")
        assert page.status_code == 200
        assert '<table class="grid">' in page.text or code in {"results", "obligations"}
    table = readers("auditor").get(f"{PAGE}/{code}/file.csv")
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert f"{SK}-{code}-" in table.headers["content-disposition"]
    book = openpyxl.load_workbook(
        BytesIO(readers("auditor").get(f"{PAGE}/{code}/file.xlsx").content)
    )
    assert book.sheetnames


@pytest.mark.parametrize("language", ["lv", "en"])
def test_what_is_due_for_a_semester_names_it_in_words(readers: Browser, language: str) -> None:
    """Proves that no key such as `2026-spring` stands in the list."""
    page = readers("auditor", language).get(f"{PAGE}/obligations").text
    assert not re.search(r">\s*20\d\d-(spring|autumn)\s*<", page)
    assert {"lv": "2025. g. rudens", "en": "autumn 2025"}[language] in page


@pytest.mark.parametrize("by", ["partner", "activity", "semester", "source"])
def test_the_status_adds_up_to_the_books_however_it_is_told_apart(
    seen_store: Store, by: str
) -> None:
    """Proves that every way of telling the status apart sums to the same balance."""
    status = programme_status(seen_store, order_of("auditor"), programme=SK)
    report = report_of(seen_store, order_of("auditor"), programme=SK, report="status", by=by)
    names = [column.name.en for column in report.main.columns]
    place = names.index("Approved")
    parts = sum(int(str(row.cells[place])) for row in report.main.rows)
    assert parts == report.main.total[place] == status.approved.total_cents


def test_the_same_cents_are_in_page_table_and_workbook(seen_store: Store, readers: Browser) -> None:
    """Proves that no cent is lost between what is shown and what is taken along."""
    status = programme_status(seen_store, order_of("auditor"), programme=SK)
    cents = status.paid.total_cents
    page = readers("auditor", "lv").get(f"{PAGE}/status").text
    assert format_amount(cents, Language.LV) in page
    book = openpyxl.load_workbook(
        BytesIO(readers("auditor", "lv").get(f"{PAGE}/status/file.xlsx").content)
    )
    last = [cell.value for cell in list(book.worksheets[0].rows)[-1]]
    assert f"{last[-1]:.2f}" == f"{cents // 100}.{cents % 100:02d}"
    table = readers("auditor", "lv").get(f"{PAGE}/status/file.csv").text.splitlines()
    paid = [line.rsplit(";", 1)[1].replace(",", "") for line in table[1:]]
    assert sum(map(int, paid)) == cents


def test_a_statement_is_of_a_period(readers: Browser) -> None:
    """Proves that a statement takes its days, and refuses a period that ends before it begins."""
    address = f"{PAGE}/statement?partner={LIEPAJA}"
    early = readers("auditor").get(f"{address}&until=2025-09-29").text
    late = readers("auditor").get(f"{address}&since=2025-10-01").text
    assert early.count("<tr>") < late.count("<tr>")
    wrong = readers("auditor").get(f"{address}&since=2026-01-02&until=2026-01-01")
    assert wrong.status_code == 409
    assert "WFL-580" in wrong.text


def test_a_total_unfolds_to_lines_and_rules(seen_store: Store, readers: Browser) -> None:
    """Proves that what stands behind a figure adds up to it, level by level."""
    found = unfold_figure(seen_store, order_of("auditor"), programme=SK, partner=LIEPAJA)
    behind = found.behind
    assert sum(entry.cents for entry in behind.entries) == behind.cents
    assert sum(claim.cents for claim in behind.claims) + behind.without_lines_cents == behind.cents
    page = readers("auditor", "lv").get(f"{PAGE}/behind?partner={LIEPAJA}").text
    assert format_amount(behind.cents, Language.LV) in page
    for claim in behind.claims:
        assert f"/admin/claims/{claim.claim}" in page


def test_a_large_total_shows_its_first_lines_and_leads_to_the_others(
    seen_store: Store, readers: Browser
) -> None:
    """Proves that a page stays short, and that the lines left out are one click away."""
    found = unfold_figure(seen_store, order_of("auditor"), programme=SK)
    person = readers("auditor")
    page = person.get(f"{PAGE}/behind").text
    last = found.behind.claims[-1].claim
    address = f"{PAGE}/behind?programme={SK}&amp;claim={last}"
    assert sum(len(claim.lines) for claim in found.behind.claims) > page.count("<tr") + 100
    assert f'<a href="{address}">' in page
    narrowed = person.get(unescape(address)).text
    for line in found.behind.claims[-1].lines[:100]:
        assert line.line_id in narrowed


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("behind?account=nothing", 404, "AUT-603"),
        ("behind?account=envelope&partner=99990100042", 409, "WFL-583"),
        ("no-such-report", 404, "AUT-603"),
        ("status?by=colour", 422, "WFL-518"),
        ("status?partner=00000000000", 404, "AUT-603"),
    ],
)
def test_what_cannot_be_asked_is_told(
    readers: Browser, address: str, status: int, code: str
) -> None:
    """Proves that a mistyped address is answered with a problem and its code."""
    answer = readers("auditor").get(f"{PAGE}/{address}")
    assert answer.status_code == status
    assert code in answer.text


def test_reports_of_the_agency_are_not_for_partners(readers: Browser) -> None:
    """Proves that a partner's people open no report of the programme."""
    assert readers("partner_accountant.liepaja").get(f"{PAGE}/status").status_code == 403
