"""Payments and agreement as the partner sees them: figures of the library, its own alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance import Language, Order, format_amount
from skola_finance.queries.partners import (
    memberships_of,
    partner_home,
    partner_page,
    partner_payments,
)
from skola_finance.queries.programme import binding_on
from skola_finance.queries.reports import partner_statement
from skola_finance.usecases.demo.people import SK, SLUGS, person
from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LOGIN, LIEPAJA, REZEKNE = "partner_accountant.liepaja", SLUGS["liepaja"], SLUGS["rezekne"]


@pytest.fixture(scope="module")
def visitors(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def order(login: str) -> Order:
    """Make an order to read."""
    return Order(person(login), "payments", NOW)


def shown(cents: int) -> str:
    """Write an amount as the English pages do."""
    return format_amount(cents, Language.EN)


def test_the_totals_are_those_of_the_books(visitors: Browser, seen_store: Store) -> None:
    """Proves that paid, on its way, payable and owed are the statement's balances to the cent."""
    for slug in ("liepaja", "rezekne", "daugavpils"):
        asked, partner = order(f"partner_accountant.{slug}"), SLUGS[slug]
        found = partner_payments(seen_store, asked, programme=SK, partner=partner)
        books = partner_statement(
            seen_store, asked, programme=SK, partner=partner, until=NOW.date()
        )
        by_name = {row.account.value: row.closing.total_cents for row in books.accounts}
        assert found.paid_cents == by_name["paid"]
        assert found.ordered_cents == by_name["ordered"]
        assert found.payable_cents == by_name["payable"]
        assert found.owed_cents == by_name["recoverable"]
        assert sum(one.left_cents for one in found.debts) == found.owed_cents
        page = visitors(f"partner_accountant.{slug}").get("/admin/payments").text
        for cents in (found.paid_cents, found.ordered_cents, found.owed_cents):
            assert shown(cents) in page


def test_an_order_says_what_it_consists_of(visitors: Browser, seen_store: Store) -> None:
    """Proves that approved less covered less set off is what the orders of a claim pay."""
    found = partner_payments(seen_store, order(LOGIN), programme=SK, partner=LIEPAJA)
    of_claims = [one for one in found.orders if one.claim_no and one.state.value == "executed"]
    assert of_claims
    for claim in {one.document for one in of_claims}:
        mine = [one for one in of_claims if one.document == claim]
        one = mine[0]
        assert (
            sum(each.amount_cents for each in mine)
            == one.approved_cents - one.cleared_cents - one.set_off_cents
        )
    page = visitors(LOGIN).get("/admin/payments").text
    assert "MR-SK-00013" in page
    assert "IP-DEMO-01" in page
    assert "LV74DEMO0000000000043" in page


def test_a_bank_account_is_proposed_and_a_false_one_is_refused(
    people: Browser, store: Store
) -> None:
    """Proves that another account waits for the agency, and that check digits are checked."""
    accountant = people(LOGIN)
    wrong = accountant.send("/admin/payments/account", iban="LV00DEMO0000000000043", source="x")
    assert wrong.json()["problem"]["code"] == "WFL-530"
    iban = "LV96DEMO0000000000035"
    sent = accountant.send("/admin/payments/account", iban=iban, source="<b>letter</b>")
    assert sent.status_code == 200
    page = accountant.get("/admin/payments").text
    assert iban in page
    assert "&lt;b&gt;letter&lt;/b&gt;" in page
    accounts = partner_page(store, order(LOGIN), programme=SK, partner=LIEPAJA).bank_accounts
    assert [one.is_in_use for one in accounts] == [False, True]


def test_a_debt_that_was_not_told_is_shown_and_another_ones_is_not_found(
    people: Browser,
) -> None:
    """Proves that an untold debt stands on the page, and a foreign recovery cannot be asked for."""
    page = people("partner_accountant.rezekne").get("/admin/payments").text
    assert "NEA-SK-00001" in page
    answer = people("partner_accountant.rezekne").send(
        "/admin/payments/recoveries/ATG-SK-00002/schedule", reason="poor"
    )
    assert answer.json()["problem"]["code"] == "AUT-603"


def test_the_statement_shows_balances_and_movements_of_its_days(visitors: Browser) -> None:
    """Proves that the days of the form are kept, and that a period backwards is refused."""
    page = visitors(LOGIN).get("/admin/payments/statement?since=2026-07-01&until=2026-07-31").text
    assert "KOR-SK-00002" in page
    assert "SK-00001<" not in page
    assert shown(145_200) in page
    wrong = visitors(LOGIN).get("/admin/payments/statement?since=2026-07-02&until=2026-07-01")
    assert "WFL-580" in wrong.text
    assert "WEB-422" in visitors(LOGIN).get("/admin/payments/statement?until=soon").text


def test_coordinators_see_no_bank_data(visitors: Browser, seen_store: Store) -> None:
    """Proves that payments are closed to coordinators, and the read keeps IBANs from them."""
    login = "partner_coordinator.liepaja"
    assert visitors(login).get("/admin/payments").status_code == 403
    found = partner_payments(seen_store, order(login), programme=SK, partner=LIEPAJA)
    assert {one.iban for one in found.orders} == {""}
    assert "DEMO00000" not in visitors(login).get("/admin/").text


def test_the_agreement_shows_allocation_amendments_and_what_binds(
    visitors: Browser, seen_store: Store
) -> None:
    """Proves that quotas, amendments by day, rights and settings are there, and nobody else's."""
    login = "partner_accountant.rezekne"
    binding = binding_on(seen_store, order(login), programme=SK, partner=REZEKNE)
    assert [(one.effective_on, one.cents) for one in binding.amendments] == [
        (date(2026, 7, 6), 30_000),
        (date(2025, 9, 15), 10_125_350),
    ]
    assert not any(LIEPAJA in one.key for one in binding.settings)
    assert any(REZEKNE in one.key for one in binding.settings)
    page = visitors(login).get("/admin/agreement").text
    (here,) = memberships_of(seen_store, order(login))
    home = partner_home(seen_store, order(login), programme=SK, partner=REZEKNE)
    for text in (here.agreement_no, shown(home.allocated_cents), "unit_cost.reading_support"):
        assert text in page
    assert "Rēzeknes novada demonstrācijas skola Nr. 6" in page
    assert "· autumn 2025 <" in page


@pytest.mark.parametrize("read", [partner_payments, binding_on])
def test_no_partner_asks_for_what_is_another_ones(seen_store: Store, read: object) -> None:
    """Proves that another's payments and agreement are not found (AUT-603)."""
    with pytest.raises(LookupError, match="AUT-603"):
        read(seen_store, order(LOGIN), programme=SK, partner=REZEKNE)  # type: ignore[operator]
