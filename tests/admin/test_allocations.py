"""Allocations: sums against the envelope, and each change with its second person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from skola_finance import Language, format_amount
from skola_finance.queries.programme import allocations_page
from tests.admin.orders import order_of

if TYPE_CHECKING:
    from skola_finance import Store
    from tests.admin.people import Browser, Person

SK = "skola-kopiena"
LIEPAJA, MADONA = "99990100042", "99990100288"
MANAGER, APPROVER = "programme_manager", "agency_approver"


def number_of(person: Person) -> str:
    """Find the change that waits."""
    found = re.search(r"/allocations/(\d+)/(?:confirm|withdraw)", person.get(PAGE).text)
    assert found
    return found[1]


PAGE = "/admin/allocations"


def test_the_allocations_make_up_the_envelope(store: Store, people: Browser) -> None:
    """Proves that allocated and free are the whole, and that rows add up to what is allocated."""
    found = allocations_page(store, order_of("auditor"), programme=SK)
    assert found.allocated_cents + found.free_cents == found.envelope_cents
    assert sum(one.allocated_cents for one in found.rows) == found.allocated_cents
    page = people("auditor", "lv").get(PAGE).text
    assert format_amount(found.free_cents, Language.LV) in page
    assert "data-open" not in page, "an auditor is offered nothing to change"


def test_an_allocation_is_proposed_by_one_and_confirmed_by_another(
    store: Store, people: Browser
) -> None:
    """Proves the two persons of an amendment, and the cents it moves."""
    before = allocations_page(store, order_of("auditor"), programme=SK, partner=LIEPAJA)
    said = {"partner": LIEPAJA, "quota": "events", "change": "1 000,50", "source": "<i>lēmums</i>"}
    answer = people(MANAGER).send(f"{PAGE}/allocation", **said, effective_on="2026-01-05")
    assert answer.json() == {"goto": PAGE}
    number = number_of(people(MANAGER))
    page = people(APPROVER).get(PAGE).text
    assert "&lt;i&gt;lēmums" in page
    assert "€1,000.50" in page
    same = people(MANAGER).send(f"{PAGE}/{number}/confirm")
    assert same.json()["problem"]["code"] == "WFL-502"
    assert people(APPROVER).send(f"{PAGE}/{number}/confirm").status_code == 200
    after = allocations_page(store, order_of("auditor"), programme=SK, partner=LIEPAJA)
    assert after.allocated_cents == before.allocated_cents + 100_050
    assert sum(x.allocated_cents for x in after.rows) == (
        sum(x.allocated_cents for x in before.rows) + 100_050
    )


def test_more_than_is_free_cannot_be_allocated(people: Browser) -> None:
    """Proves that the envelope holds, and that the refusal is told with its code."""
    said = {"partner": LIEPAJA, "quota": "events", "change": "9 000 000", "source": "lēmums"}
    people(MANAGER).send(f"{PAGE}/allocation", **said, effective_on="2026-01-05")
    number = number_of(people(MANAGER))
    refused = people(APPROVER).send(f"{PAGE}/{number}/confirm")
    assert refused.json()["problem"]["code"] == "FUN-717"
    assert people(APPROVER).send(f"{PAGE}/{number}/reject", reason="par daudz").status_code == 200
    assert "Rejected" in people(APPROVER).get(PAGE).text


def test_a_reallocation_and_an_envelope_can_be_withdrawn(people: Browser) -> None:
    """Proves the other two kinds of change, and that their maker takes them back."""
    move = {
        "giver": LIEPAJA,
        "giver_quota": "individual_support",
        "receiver": MADONA,
        "receiver_quota": "individual_support",
        "amount": "10,00",
    }
    why = {"effective_on": "2026-01-05", "source": "vienošanās"}
    assert people(MANAGER).send(f"{PAGE}/reallocation", **move, **why).status_code == 200
    assert people(MANAGER).send(f"{PAGE}/{number_of(people(MANAGER))}/withdraw").status_code == 200
    assert people(MANAGER).send(f"{PAGE}/envelope", change="-5,00", **why).status_code == 200
    assert people(MANAGER).send(f"{PAGE}/{number_of(people(MANAGER))}/withdraw").status_code == 200
    nothing = people(MANAGER).send(f"{PAGE}/envelope", change="0", **why)
    assert nothing.json()["problem"]["code"] == "WFL-518"
    unread = people(MANAGER).send(f"{PAGE}/envelope", change="daudz", **why)
    assert unread.json()["problem"]["code"].startswith("WBK-43")


def test_allocations_are_not_for_partners_nor_of_unknown_ones(people: Browser) -> None:
    """Proves that a partner's people see no allocation of others, and a wrong address nothing."""
    assert people("partner_accountant.liepaja").get(PAGE).status_code == 403
    assert people("auditor").get(f"{PAGE}?partner=00000000000").status_code == 404
    assert people(APPROVER).send(f"{PAGE}/x/confirm").status_code == 404
