"""Initiative and partnership projects on the pages: both sides, each with its own steps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance import Order
from skola_finance.queries.money import ProjectShown, sub_project_list, sub_project_shown
from skola_finance.usecases.demo.people import SK, SLUGS, person
from tests.admin.people import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LOGIN = "partner_accountant.liepaja"
NEW = {"activity": "initiative_project", "title": "<i>Kopā</i>", "asked": "1 000,00"}


@pytest.fixture(scope="module")
def visitors(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def order(login: str) -> Order:
    """Make an order to read."""
    return Order(person(login), "projects", NOW)


def shown(store: Store, project: str, login: str = LOGIN) -> ProjectShown:
    """Give a project as somebody sees it."""
    return sub_project_shown(store, order(login), programme=SK, project=project)


def test_a_project_is_applied_for_decided_and_its_advance_ordered(
    people: Browser, store: Store
) -> None:
    """Proves the life of a project by forms of four people, up to its final report approved."""
    sent = people(LOGIN).send("/admin/sub-projects/new", **NEW)
    assert sent.status_code == 200, sent.text
    address = sent.json()["goto"]
    number = address.rpartition("/")[2]

    def step(who: str, name: str, **fields: str) -> None:
        fields["row_version"] = str(shown(store, number).row_version)
        answer = people(who).send(f"{address}/{name}", **fields)
        assert answer.status_code == 200, answer.text

    page = people("agency_reviewer").get(address).text
    assert "&lt;i&gt;Kopā&lt;/i&gt;" in page
    assert 'value="1000.00"' in page
    step("agency_reviewer", "recommend", recommended="900.00")
    step("agency_approver", "approve", approved="900.00")
    paid = people("agency_treasurer").send(f"{address}/pay-advance", cents="")
    assert paid.status_code == 200, paid.text
    project = shown(store, number)
    assert (project.approved_cents, project.advance_open_cents) == (90_000, 72_000)
    assert project.advance_limit_cents == 72_000
    step(LOGIN, "report", reported="850.00")
    step("agency_reviewer", "recommend_report")
    step("agency_approver", "approve_report")
    assert shown(store, number).final_cents == 85_000


def test_a_stale_form_and_too_much_money_are_refused(people: Browser, store: Store) -> None:
    """Proves that refusals carry their codes and leave the project as it was."""
    number = people(LOGIN).send("/admin/sub-projects/new", **NEW).json()["goto"].rpartition("/")[2]
    address = f"/admin/sub-projects/{number}"
    reviewer = people("agency_reviewer")
    for fields, code in (
        ({"recommended": "1000.01", "row_version": "1"}, "WFL-557"),
        ({"recommended": "10.00", "row_version": "7"}, "WFL-517"),
        ({"recommended": "many", "row_version": "1"}, "WBK-431"),
        ({"recommended": "10.00", "row_version": "x"}, "WEB-422"),
    ):
        answer = reviewer.send(f"{address}/recommend", **fields)
        assert answer.json()["problem"]["code"] == code, answer.text
    by_partner = people(LOGIN).send(f"{address}/approve", approved="1.00", row_version="1")
    assert by_partner.json()["problem"]["code"] == "AUT-601"
    assert shown(store, number).standing.state == "applied"


def test_each_role_is_offered_its_own_next_step(people: Browser) -> None:
    """Proves that buttons are those of the role: who applied withdraws, the reviewer recommends."""
    address = people(LOGIN).send("/admin/sub-projects/new", **NEW).json()["goto"]
    for login, offered, not_offered in (
        (LOGIN, "step-withdraw", "step-recommend"),
        ("agency_reviewer", "step-recommend", "step-withdraw"),
        ("auditor", "Advance and settlement", "data-open"),
    ):
        page = people(login).get(address).text
        assert offered in page
        assert not_offered not in page


def test_no_partner_sees_the_projects_of_another(visitors: Browser, seen_store: Store) -> None:
    """Proves that foreign and unknown projects answer alike (AUT-603), in page and list."""
    other = visitors("partner_accountant.rezekne")
    for address in ("IP-DEMO-01", "~1", "none", "%F0%9F%98%80"):
        page = other.get(f"/admin/sub-projects/{address}")
        assert page.status_code == 404
        assert "AUT-603" in page.text
    assert "IP-DEMO-01" not in other.get("/admin/sub-projects").text
    sent = other.send("/admin/sub-projects/IP-DEMO-01/report", reported="1.00", row_version="9")
    assert sent.json()["problem"]["code"] == "AUT-603"
    listed = sub_project_list(seen_store, order("partner_accountant.varaklani"), programme=SK)
    assert listed.items == ()


def test_the_list_is_filtered_by_state_and_partner(visitors: Browser) -> None:
    """Proves the filters that other pages link to."""
    reviewer = visitors("agency_reviewer")
    assert "IP-DEMO-01" in reviewer.get("/admin/sub-projects?state=settled").text
    assert "IP-DEMO-01" not in reviewer.get("/admin/sub-projects?state=applied").text
    liepaja, rezekne = SLUGS["liepaja"], SLUGS["rezekne"]
    assert "IP-DEMO-01" in reviewer.get(f"/admin/sub-projects?partner={liepaja}").text
    assert "IP-DEMO-01" not in reviewer.get(f"/admin/sub-projects?partner={rezekne}").text
    assert "AUT-603" in reviewer.get("/admin/sub-projects?partner=1").text


def test_the_settled_project_of_the_demo_shows_its_sums(
    visitors: Browser, seen_store: Store
) -> None:
    """Proves approved, reported and cost to the cent, with the share that may be advanced."""
    project = shown(seen_store, "IP-DEMO-01")
    assert (project.approved_cents, project.reported_cents, project.cost_cents) == (
        460_000,
        300_000,
        300_000,
    )
    page = visitors(LOGIN).get("/admin/sub-projects/IP-DEMO-01").text
    for text in ("€4,600.00", "€3,000.00", "€3,680.00", "80 %", "AV-SK-00002"):
        assert text in page
