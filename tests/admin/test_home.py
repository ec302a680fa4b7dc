"""The home page: the first thing people see after they have signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance import Language, Order, format_amount
from skola_finance.queries.money import claims_to_pay
from skola_finance.queries.partners import memberships_of, partner_home
from skola_finance.queries.reports import (
    obligations_of,
    partner_statement,
    prefinancing_exposure,
    programme_status,
)
from skola_finance.queries.review import agency_home, work_queue
from skola_finance.usecases.demo.people import SK, SLUGS, person
from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def visitors(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def order(login: str) -> Order:
    """Make an order to read."""
    return Order(person(login), "home", NOW)


def shown(cents: int) -> str:
    """Write an amount as the English pages do."""
    return format_amount(cents, Language.EN)


@pytest.mark.parametrize(
    ("language", "word"), [("lv", "Tuvākie termiņi"), ("en", "Next deadlines")]
)
def test_people_are_let_in_and_see_their_home_in_their_language(
    visitors: Browser, language: str, word: str
) -> None:
    """Proves that signing in leads home, in the language that was chosen."""
    page = visitors("partner_accountant.liepaja", language).get("/admin/")
    assert page.status_code == 200
    assert f">{word}</h2>" in page.text


@pytest.mark.parametrize("slug", ["liepaja", "daugavpils", "rezekne", "talsi"])
def test_the_parts_of_the_allocation_add_up_to_what_the_books_say(
    seen_store: Store, slug: str
) -> None:
    """Proves that the bar is the allocation to the cent, and that used is paid and approved."""
    partner = SLUGS[slug]
    asked = order(f"partner_accountant.{slug}")
    home = partner_home(seen_store, asked, programme=SK, partner=partner)
    statement = partner_statement(
        seen_store, asked, programme=SK, partner=partner, until=NOW.date()
    )
    allocated = sum(row.allocated.total_cents for row in statement.quotas)
    used = sum(row.used.total_cents for row in statement.quotas)
    by_part = {one.part.value: one.cents for one in home.parts}
    assert home.allocated_cents == sum(by_part.values()) == allocated
    assert by_part["paid"] + by_part["approved"] == used


def test_a_partner_sees_what_is_left_what_is_out_and_what_came_back(
    visitors: Browser, seen_store: Store
) -> None:
    """Proves that the page answers with the library's figures, and links to what is behind them."""
    login, partner = "partner_accountant.liepaja", SLUGS["liepaja"]
    home = partner_home(seen_store, order(login), programme=SK, partner=partner)
    (out,) = prefinancing_exposure(seen_store, order(login), programme=SK, partner=partner)
    page = visitors(login).get("/admin/").text
    assert shown(home.left_cents) in page
    assert shown(home.allocated_cents) in page
    assert out.net_cents > 0
    assert shown(out.net_cents) in page
    assert "Lūdzu, iesniedziet nodarbības žurnāla izrakstu." in page
    (asked,) = {one.claim for one in home.came_back if one.is_question}
    assert page.count(f'href="/admin/claims/{asked}/questions"') == 2
    assert "Divām rindām nav norādīts nodarbību žurnāls" in page
    for part in home.parts:
        for state, number in part.states:
            assert number > 0
            assert f'href="/admin/claims?state={state.value}"' in page


def test_the_room_of_a_semester_is_told_where_it_is_smaller(
    visitors: Browser, seen_store: Store
) -> None:
    """Proves that it is the allocation less what the books and the claims in process say."""
    login, partner = "partner_accountant.daugavpils", SLUGS["daugavpils"]
    home = partner_home(seen_store, order(login), programme=SK, partner=partner)
    status = programme_status(seen_store, order(login), programme=SK, partner=partner)
    rows = [row for row in status.rows if row.semester == "2025-autumn"]
    (room,) = home.semesters
    assert (room.semester, room.allocated_cents) == ("2025-autumn", 1_449_811)
    taken = sum(row.standing.total_cents + row.eligible_cents for row in rows)
    assert 0 < room.left_cents == 1_449_811 - taken < home.left_cents
    page = visitors(login).get("/admin/").text
    assert page.index(shown(home.left_cents)) < page.index(shown(room.left_cents))


def test_deadlines_begin_with_the_agreement(visitors: Browser, seen_store: Store) -> None:
    """Proves that a semester that ran before it is left out once a later one was filed."""
    login, partner = "partner_accountant.daugavpils", SLUGS["daugavpils"]
    home = partner_home(seen_store, order(login), programme=SK, partner=partner)
    dues = obligations_of(seen_store, order(login), SK, partner=partner)
    assert "2025-spring" in {one.subject for one in dues}
    assert "2025-spring" not in {one.subject for one in home.duties}
    assert "2026-autumn" in {one.subject for one in home.duties}
    assert "spring\N{NO-BREAK SPACE}2025" not in visitors(login).get("/admin/").text
    waiting, partner = "partner_accountant.jelgava", SLUGS["jelgava"]
    home = partner_home(seen_store, order(waiting), programme=SK, partner=partner)
    assert "2025-spring" in {one.subject for one in home.duties}


def test_a_partner_that_was_succeeded_learns_nothing_of_others(
    visitors: Browser, seen_store: Store
) -> None:
    """Proves that no partners left means no claims, never the claims of everybody."""
    login = "partner_accountant.varaklani"
    dues = obligations_of(seen_store, order(login), SK)
    assert {one.partner_reg_no for one in dues} <= {SLUGS["varaklani"], ""}
    page = visitors(login).get("/admin/").text
    assert "Madonas novads" in page
    assert "/admin/claims/SK-" not in page
    assert "Lūdzu, iesniedziet" not in page


def test_no_partner_asks_for_the_home_of_another(seen_store: Store) -> None:
    """Proves that another's standing is not found (AUT-603)."""
    with pytest.raises(LookupError, match="AUT-603"):
        partner_home(
            seen_store,
            order("partner_accountant.liepaja"),
            programme=SK,
            partner=SLUGS["rezekne"],
        )


def test_a_partner_outside_a_programme_is_led_to_its_own(visitors: Browser) -> None:
    """Proves that the other programme is explained, with a way back, and not an empty page."""
    person = visitors("partner_accountant.liepaja")
    page = person.get("/admin/?programme=pumpurs").text
    assert "Your partner is not in this programme" in page
    assert 'href="/admin/choose-programme/skola-kopiena"' in page


def test_a_programme_is_chosen_without_a_script(people: Browser) -> None:
    """Proves that the choice is kept, and that an unknown programme is none."""
    accountant = people("partner_accountant.jelgava")
    assert "PuMPuRS · 8.3.4.0" in accountant.get("/admin/choose-programme/pumpurs").text
    assert accountant.client.cookies["skola_programme"] == "pumpurs"
    accountant.get("/admin/choose-programme/unknown")
    assert accountant.client.cookies["skola_programme"] == "pumpurs"


def test_memberships_are_of_the_own_partner_alone(seen_store: Store) -> None:
    """Proves that people of the agency are in no programme by an agreement, partners in theirs."""
    own = memberships_of(seen_store, order("partner_accountant.jelgava"))
    assert {(one.programme, one.partner_reg_no) for one in own} == {
        ("pumpurs", SLUGS["jelgava"]),
        ("skola-kopiena", SLUGS["jelgava"]),
    }
    assert memberships_of(seen_store, order("agency_reviewer")) == ()


def test_the_agency_sees_the_books_and_what_waits(visitors: Browser, seen_store: Store) -> None:
    """Proves that sums and numbers of the agency's home are those of the other reads."""
    asked = order("agency_treasurer")
    home = agency_home(seen_store, asked, programme=SK)
    status = programme_status(seen_store, asked, programme=SK)
    assert home.allocated_cents == status.allocated.total_cents
    assert home.envelope_cents == status.envelope.total_cents
    assert home.paid_cents == status.paid.total_cents
    assert home.approved_cents == status.approved.total_cents - status.withdrawn.total_cents
    to_pay = claims_to_pay(seen_store, asked, programme=SK)
    assert home.to_order.number == len(to_pay.claims) > 0
    assert home.payable_cents == to_pay.payable_cents
    page = visitors("agency_treasurer").get("/admin/").text
    assert shown(home.payable_cents) in page
    assert shown(home.ordered.cents) in page
    approved, payable = shown(home.to_order.cents), shown(home.payable_cents)
    assert approved != payable
    assert f"approved {approved}, of it payable {payable}" in page
    assert "payable, less cleared advances and what is withheld" in page


@pytest.mark.parametrize(
    ("login", "address", "note"),
    [
        ("partner_accountant.liepaja", "/admin/", "typed in drafts is taken off"),
        ("partner_accountant.liepaja", "/admin/agreement", "not decided yet are not"),
        ("programme_manager", "/admin/programme", "the agency checks is taken off, drafts are not"),
        ("programme_manager", "/admin/programme", "Paid: with advances, less what was repaid."),
        ("programme_manager", "/admin/partners", "the agency checks is taken off, drafts are not"),
        ("programme_manager", "/admin/allocations", "not decided yet are not"),
        ("programme_manager", f"/admin/partners/{SLUGS['liepaja']}", "drafts are not taken off"),
        ("programme_manager", f"/admin/partners/{SLUGS['liepaja']}", "not decided yet are not"),
    ],
)
def test_what_is_left_says_what_is_taken_off(
    visitors: Browser, login: str, address: str, note: str
) -> None:
    """Proves that each page that tells what is left says what it deducts: they differ in it."""
    assert note in visitors(login).get(address).text


def test_a_reviewer_sees_what_waits_by_the_clock(visitors: Browser, seen_store: Store) -> None:
    """Proves that the most urgent claims stand on the home page, with the way to all of them."""
    queue = work_queue(seen_store, order("agency_reviewer"), programme=SK, limit=5)
    page = visitors("agency_reviewer").get("/admin/").text
    assert queue.claims
    for one in queue.claims:
        assert f'href="/admin/review/{one.claim}"' in page
    assert 'href="/admin/queue"' in page


def test_an_approver_is_led_to_the_decision(visitors: Browser, seen_store: Store) -> None:
    """Proves that what waits for an approval opens where it is approved."""
    queue = work_queue(seen_store, order("agency_approver"), programme=SK, limit=5)
    page = visitors("agency_approver").get("/admin/").text
    assert queue.claims
    for one in queue.claims:
        assert f'href="/admin/approvals/{one.claim}"' in page


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("agency_approver", "Waiting for a second person"),
        ("programme_manager", "Settings nobody has entered"),
        ("auditor", "Journal and its chain"),
        ("administrator", "Accounts by role"),
    ],
)
def test_every_role_has_a_home_that_answers_its_question(
    visitors: Browser, login: str, words: str
) -> None:
    """Proves that no role lands on an empty page."""
    page = visitors(login).get("/admin/")
    assert page.status_code == 200
    assert words in page.text


def test_an_administrator_sees_no_money(visitors: Browser) -> None:
    """Proves that who keeps the users is shown neither amounts nor claims."""
    page = visitors("administrator").get("/admin/").text
    assert "€" not in page
    assert "/admin/claims" not in page


def test_a_partner_cannot_ask_for_the_home_of_the_agency(seen_store: Store) -> None:
    """Proves that the whole programme is not a partner's to read (AUT-603)."""
    with pytest.raises(LookupError, match="AUT-603"):
        agency_home(seen_store, order("partner_accountant.liepaja"), programme=SK)


def test_money_that_outlasts_the_agreement_is_not_promised_for_later(
    visitors: Browser, seen_store: Store
) -> None:
    """Proves that a slow partner reads what is left in the end, and no year after the agreement."""
    login, partner = "partner_accountant.liepaja", SLUGS["liepaja"]
    home = partner_home(seen_store, order(login), programme=SK, partner=partner)
    assert home.ends_on is not None
    assert home.agreed_until is not None
    assert home.ends_on > home.agreed_until
    page = visitors(login, "lv").get("/admin/").text
    assert f"līguma beigās ({home.agreed_until:%d.%m.%Y}.) paliks neizlietots finansējums" in page
    assert str(home.ends_on.year) not in page
