"""Partners: list and page with the right cents, and each form with what it refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance import Language, SkolaError, format_amount
from skola_finance.queries.partners import partner_page, partners_list
from tests.admin.orders import order_of
from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

SK = "skola-kopiena"
LIEPAJA, MADONA, NEW = "99990100042", "99990100288", "99990100907"
IBAN = "LV80BANK0000435195001"
CHECKS = ["founder_fits", "no_tax_debt", "accounts_apart", "no_double_funding", "data_protection"]
MANAGER, APPROVER, TREASURER = "programme_manager", "agency_approver", "agency_treasurer"


@pytest.fixture(scope="module")
def readers(seen_store: Store) -> Iterator[Browser]:
    """Give browsers over a store that nobody changes."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def test_the_list_has_every_partner_and_their_sum(seen_store: Store, readers: Browser) -> None:
    """Proves that the foot of the list is the sum of its rows, and is shown to the cent."""
    found = partners_list(seen_store, order_of("auditor"), programme=SK)
    assert sum(one.sums.approved_cents for one in found.rows) == found.sums.approved_cents
    page = readers("auditor", "lv").get("/admin/partners").text
    assert format_amount(found.sums.approved_cents, Language.LV) in page
    assert page.count("/admin/partners/9999") == len(found.rows)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("search=liep", ["Liepājas valstspilsētas pašvaldība"]),
        ("search=99990100288", ["Madonas novads"]),
        ("state=succeeded", ["Varakļānu novads"]),
        ("search=nobody", []),
    ],
)
def test_the_list_is_searched(readers: Browser, asked: str, names: list[str]) -> None:
    """Proves that name, number and state of the agreement find a partner, and nonsense none."""
    page = readers("auditor").get(f"/admin/partners?{asked}").text
    assert re.findall(r'/admin/partners/9999\d+">([^<]+)<', page) == names


def test_the_page_of_a_partner_adds_up(seen_store: Store, readers: Browser) -> None:
    """Proves that quotas make the allocation, and that the page says the same cents."""
    found = partner_page(seen_store, order_of("auditor"), programme=SK, partner=LIEPAJA)
    whole = sum(one.allocated.total_cents for one in found.quotas)
    assert whole == found.sums.allocated_cents
    page = readers("auditor", "lv").get(f"/admin/partners/{LIEPAJA}").text
    assert format_amount(whole, Language.LV) in page
    assert "data-open" not in page, "an auditor is offered nothing to change"


def test_a_partner_sees_only_itself(seen_store: Store, readers: Browser) -> None:
    """Proves that another partner does not exist for a partner's people, nor bank data for all."""
    mine = order_of("partner_accountant", partner=LIEPAJA)
    assert partner_page(seen_store, mine, programme=SK, partner=LIEPAJA).bank_accounts
    with pytest.raises(SkolaError, match="AUT-603"):
        partner_page(seen_store, mine, programme=SK, partner=MADONA)
    coordinator = order_of("partner_coordinator", partner=LIEPAJA)
    assert not partner_page(seen_store, coordinator, programme=SK, partner=LIEPAJA).bank_accounts
    assert readers("partner_accountant.liepaja").get("/admin/partners").status_code == 403
    assert readers("auditor").get("/admin/partners/00000000000").status_code == 404


def test_a_partner_is_registered_and_gets_an_agreement(people: Browser) -> None:
    """Proves the way of a new partner: a wrong number is refused, an open checklist too."""
    manager = people(MANAGER)
    wrong = manager.send("/admin/partners/new", reg_no="99990100908", name="A", kind="municipality")
    assert wrong.json()["problem"]["code"] == "WFL-523"
    name = "<b>Jauns</b> novads"
    made = manager.send("/admin/partners/new", reg_no=NEW, name=name, kind="municipality")
    assert made.json() == {"goto": f"/admin/partners/{NEW}"}
    page = manager.get(f"/admin/partners/{NEW}").text
    assert "<b>Jauns" not in page
    assert "&lt;b&gt;Jauns&lt;/b&gt; novads" in page
    said = {"number": "T-1", "signed_on": "2026-01-05", "signing_body": "dome"}
    address = f"/admin/partners/{NEW}/agreement"
    short = manager.send(address, **said, checklist=CHECKS[1:])
    assert short.json()["problem"]["code"] == "WFL-527"
    assert manager.send(address, **said, checklist=CHECKS).status_code == 200
    assert "T-1" in manager.get(f"/admin/partners/{NEW}").text


def test_an_agreement_is_suspended_resumed_and_not_ended_while_money_is_open(
    people: Browser,
) -> None:
    """Proves the life of an agreement, that a stale form is refused, and what holds its end up."""
    manager, base = people(MANAGER), f"/admin/partners/{LIEPAJA}"
    said = {"number": "DEMO-SK-LPX", "reason": "pārbaude"}
    assert manager.send(f"{base}/suspend", **said, row_version="1").status_code == 200
    assert "Suspended" in manager.get(base).text
    stale = manager.send(f"{base}/resume", **said, row_version="1")
    assert stale.json()["problem"]["code"] == "WFL-517"
    assert manager.send(f"{base}/resume", **said, row_version="2").status_code == 200
    assert manager.send(f"{base}/end", **said).json()["problem"]["code"] == "PAY-808"


def test_an_institution_comes_and_leaves(people: Browser) -> None:
    """Proves that an institution is entered with its days, once, and can leave."""
    manager, base = people(MANAGER), f"/admin/partners/{MADONA}"
    said = {"institution": NEW, "name": "Skola", "founder": "municipal", "joined_on": "01.09.2025"}
    assert manager.send(f"{base}/institutions", **said).status_code == 200
    again = manager.send(f"{base}/institutions", **said)
    assert again.json()["problem"]["code"] == "WFL-525"
    gone = manager.send(f"{base}/institutions/end", institution=NEW, left_on="2026-08-31")
    assert gone.status_code == 200
    assert "31 Aug" in manager.get(base).text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_bank_account_needs_two_persons_and_a_time_of_waiting(people: Browser) -> None:
    """Proves that whoever proposes an account never confirms it, and that a changed one waits."""
    base = f"/admin/partners/{MADONA}/accounts"
    bad = people(TREASURER).send(base, iban="LV00BANK", source="izziņa")
    assert bad.json()["problem"]["code"] == "WFL-530"
    assert people(TREASURER).send(base, iban=IBAN, source="izziņa").status_code == 200
    page = people(APPROVER).get(f"/admin/partners/{MADONA}").text
    found = re.search(rf"/partners/{MADONA}/accounts/(\d+)/confirm", page)
    assert found
    assert f"accounts/{found[1]}/confirm" not in people(TREASURER).get(base[:-9]).text
    assert people(APPROVER).send(f"{base}/{found[1]}/confirm").status_code == 200
    assert "time of waiting" in people(APPROVER).get(f"/admin/partners/{MADONA}").text
    again = people(APPROVER).send(f"{base}/{found[1]}/reject", reason="x")
    assert again.json()["problem"]["code"] == "WFL-501"


def test_a_succession_is_seen_before_it_is_confirmed_by_another(people: Browser) -> None:
    """Proves that the preview says what moves, and that its maker does not confirm it."""
    base = f"/admin/partners/{LIEPAJA}"
    said = {"number": "DEMO-SK-LPX", "on": "2026-01-01", "source": "likums"}
    itself = people(MANAGER).send(f"{base}/succession", **said, successor=LIEPAJA)
    assert itself.json()["problem"]["code"] == "WFL-529"
    made = people(MANAGER).send(f"{base}/succession", **said, successor=MADONA)
    assert made.json() == {"goto": f"{base}/succession"}
    preview = people(APPROVER).get(f"{base}/succession").text
    assert "Madonas novads" in preview
    assert f"{base}/succeed" in preview
    assert f"{base}/succeed" not in people(MANAGER).get(f"{base}/succession").text
    same = people(MANAGER).send(f"{base}/succeed", number="DEMO-SK-LPX")
    assert same.json()["problem"]["code"] == "WFL-502"
    done = people(APPROVER).send(f"{base}/succeed", number="DEMO-SK-LPX")
    assert done.json() == {"goto": f"/admin/partners/{MADONA}"}


def test_a_malformed_number_in_an_address_leads_to_no_page(people: Browser) -> None:
    """Proves that a mistyped address is not an error of the system."""
    for number in ("x", "9" * 40):
        answer = people(APPROVER).send(f"/admin/partners/{MADONA}/accounts/{number}/confirm")
        assert answer.status_code == 404
