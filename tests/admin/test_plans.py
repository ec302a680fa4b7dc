"""Individual plans on the pages: kept by coordinators, read by others, grounds opened by reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance import Order
from skola_finance.queries.partners import plan_list, plan_shown
from skola_finance.storage.chain import Chain, links
from skola_finance.usecases.demo.people import SK, person
from tests.admin.people import Browser
from tests.exchange.build import CLAIM_ROWS, GOOD_LINE, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance import Store

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
COORDINATOR = "partner_coordinator.liepaja"
NEW = {
    "plan_no": "IP-NEW-1",
    "plan_from": "2026-09-01",
    "plan_to": "2026-12-31",
    "risk_ground": "early_leaving",
    "institution_reg_no": "99990200024",
    "activity_0": "reading_support",
    "semester_0": "2026-autumn",
    "hours_0": "12,5",
}


@pytest.fixture(scope="module")
def visitors(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def order(login: str) -> Order:
    """Make an order to read."""
    return Order(person(login), "plans", NOW)


def plan_id(store: Store, plan_no: str, login: str = "agency_reviewer") -> int:
    """Give the address of a plan."""
    return next(
        one.id
        for one in plan_list(store, order(login), programme=SK, text=plan_no).rows
        if one.plan_no == plan_no
    )


def test_a_plan_is_registered_changed_and_ended(people: Browser, store: Store) -> None:
    """Proves the coordinator's whole life of a plan by forms, and that a stale form is refused."""
    coordinator = people(COORDINATOR)
    assert coordinator.get("/admin/plans/new").status_code == 200
    made = coordinator.send("/admin/plans/new", **NEW)
    assert made.status_code == 200, made.text
    number = plan_id(store, "IP-NEW-1", COORDINATOR)
    assert made.json()["goto"] == f"/admin/plans/{number}"
    plan = plan_shown(store, order(COORDINATOR), plan=number)
    assert [one.planned_milli for one in plan.supports] == [12_500]
    assert "12.5" in coordinator.get(f"/admin/plans/{number}").text

    changed = {**NEW, "hours_0": "8", "row_version": plan.row_version}
    assert coordinator.send(f"/admin/plans/{number}/change", **changed).status_code == 200
    stale = coordinator.send(f"/admin/plans/{number}/change", **changed)
    assert stale.json()["problem"]["code"] == "WFL-517"

    end = {"row_version": plan.row_version + 1, "plan_to": "2026-10-31", "reason": "moved away"}
    assert coordinator.send(f"/admin/plans/{number}/end", **end).status_code == 200
    assert "31 Oct 2026" in coordinator.get(f"/admin/plans/{number}").text.replace("\xa0", " ")


def test_a_taken_number_is_told_and_nothing_is_kept(people: Browser, store: Store) -> None:
    """Proves that a refusal names its code, and that hours that are no number are refused too."""
    coordinator = people(COORDINATOR)
    before = plan_list(store, order(COORDINATOR), programme=SK).total
    answer = coordinator.send("/admin/plans/new", **{**NEW, "plan_no": "IP-LIE-001"})
    assert answer.json()["problem"]["code"] == "WFL-550"
    answer = coordinator.send("/admin/plans/new", **{**NEW, "hours_0": "many"})
    assert answer.json()["problem"]["code"] == "WFL-551"
    assert plan_list(store, order(COORDINATOR), programme=SK).total == before


def test_a_workbook_of_plans_is_imported_and_tells_what_it_changed(
    people: Browser, tmp_path: Path
) -> None:
    """Proves that added and changed plans are told, old and new, and a wrong file is refused."""
    rows = [
        {
            "plan_no": plan_no,
            "learner_ref": ref,
            "risk_ground": "early_leaving",
            "plan_from": datetime(2025, 11, 3, tzinfo=UTC).date(),
            "plan_to": datetime(2025, 12, 31, tzinfo=UTC).date(),
            "institution_reg_no": "99990200024",
            "activity": "specialist_support",
            "semester": "2025-autumn",
            "planned_hours": "3",
        }
        for plan_no, ref in (("IP-LIE-001", "LIE-001"), ("IP-NEW-9", "LIE-900"))
    ]
    own = [row for row in CLAIM_ROWS if row[0] != "partner_reg_no"]
    content = write_rows(tmp_path / "plans.xlsx", [GOOD_LINE], claim=own, plans=rows).read_bytes()
    coordinator = people(COORDINATOR)
    page = coordinator.send("/admin/plans/import", files={"workbook": ("plans.xlsx", content)})
    assert page.status_code == 200, page.text
    assert "1 added, 1 changed" in page.text
    assert "14 h" in page.text
    assert "3 h" in page.text
    broken = coordinator.send("/admin/plans/import", files={"workbook": ("plans.xlsx", b"no")})
    assert broken.json()["problem"]["code"].startswith("WBK-4")


def test_a_risk_ground_is_opened_with_a_reason_that_is_written_down(
    people: Browser, store: Store
) -> None:
    """Proves that the ground is hidden, then shown once, with a link of the access chain."""
    reviewer = people("agency_reviewer")
    address = f"/admin/plans/{plan_id(store, 'IP-LIE-001')}"
    assert "risk of social exclusion" not in reviewer.get(address).text
    refused = reviewer.send(f"{address}/ground", reason="  ")
    assert refused.json()["problem"]["code"] == "WEB-422"
    opened = reviewer.send(f"{address}/ground", reason="checking a line of SK-00001")
    assert "risk of social exclusion" in opened.text
    with store.reading() as repositories:
        last = list(links(repositories.session, Chain.ACCESS))[-1]
    assert (last.recorded.command, last.recorded.actor) == ("open_risk_ground", "agency_reviewer")
    assert (
        people("partner_accountant.liepaja").send(f"{address}/ground", reason="x").status_code
        == 403
    )


def test_a_ground_is_shown_to_the_coordinator_alone(visitors: Browser, store: Store) -> None:
    """Proves that accountants and lists see only that a ground was given."""
    address = f"/admin/plans/{plan_id(store, 'IP-LIE-001')}"
    for login, is_shown in ((COORDINATOR, True), ("partner_accountant.liepaja", False)):
        for page in (visitors(login).get(address), visitors(login).get("/admin/plans")):
            assert ("risk of social exclusion" in page.text) is is_shown


def test_no_partner_sees_the_plans_of_another(visitors: Browser, seen_store: Store) -> None:
    """Proves that a foreign plan, and an address that is none, are not found (AUT-603)."""
    foreign = plan_id(seen_store, "IP-REZ-001")
    person = visitors(COORDINATOR)
    for address in (str(foreign), "999999", "x", "-1", "1" * 40):
        page = person.get(f"/admin/plans/{address}")
        assert page.status_code == 404
        assert "AUT-603" in page.text
    assert "IP-REZ" not in person.get("/admin/plans?text=IP-REZ").text.replace('value="IP-REZ"', "")


def test_the_list_is_filtered_by_school_day_and_text(visitors: Browser) -> None:
    """Proves the filters, that a page goes on by number, and that an unreadable day is told."""
    reviewer = visitors("agency_reviewer")
    page = reviewer.get("/admin/plans").text
    assert "after=" in page
    assert "IP-LIE-001" in reviewer.get("/admin/plans?text=IP-LIE&on=2025-11-10").text
    assert "IP-LIE-001" not in reviewer.get("/admin/plans?text=IP-LIE&on=2026-11-10").text
    page = reviewer.get("/admin/plans?institution=99990200024").text
    assert "IP-LIE-001" in page
    assert "IP-REZ-001" not in page
    assert "WEB-422" in reviewer.get("/admin/plans?on=yesterday").text


def test_claimed_hours_stand_beside_the_planned(visitors: Browser, seen_store: Store) -> None:
    """Proves that the hours of filed lines are compared with the plan."""
    shown = plan_shown(seen_store, order("agency_reviewer"), plan=plan_id(seen_store, "IP-LIE-001"))
    assert [(one.planned_milli, one.claimed_milli) for one in shown.supports] == [(14_000, 13_000)]
    page = visitors(COORDINATOR).get(f"/admin/plans/{shown.id}").text
    assert "within the plan" in page
    assert 'href="/admin/claims/SK-00001"' in page


def test_tags_in_a_number_are_text(people: Browser, store: Store) -> None:
    """Proves that what is typed is shown, never run."""
    coordinator = people(COORDINATOR)
    typed = "<b>IP</b>"
    assert coordinator.send("/admin/plans/new", **{**NEW, "plan_no": typed}).status_code == 200
    page = coordinator.get(f"/admin/plans/{plan_id(store, typed, COORDINATOR)}").text
    assert "&lt;b&gt;IP&lt;/b&gt;" in page
    assert typed not in page
