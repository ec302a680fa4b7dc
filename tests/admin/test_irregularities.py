"""Cases of irregularity: no person takes two steps, and the project's total shrinks by the sum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.people import Browser

CASE = "/admin/irregularities/NEA-SK-00001"


def test_a_case_says_what_it_does_to_the_total(people: Browser) -> None:
    """Proves that the total stands 13,20 € below what it was without the case."""
    page = people("auditor", "lv").get(CASE).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "8 380 000,00" in page
    assert "8 379 986,80" in page


def test_nobody_takes_two_steps_and_the_page_says_so(people: Browser) -> None:
    """Proves that who established the case is refused the next step, with the act named."""
    page = people("agency_approver").get(CASE).text
    shut = page.split('act-shut" data-act="close_irregularity"')[1].split("</div>")[0]
    assert "WFL-502" in shut
    assert "agency_approver" in shut


def test_a_small_sum_is_kept_back_and_recovered(people: Browser) -> None:
    """Proves that the rest of a small case is set off against what is payable, to the cent."""
    treasurer, manager = people("agency_treasurer"), people("programme_manager")
    told = treasurer.get(CASE).text.split('data-act="withhold_irregularity"')[1].split("</form>")[0]
    assert told.count("−€13.20") == 2
    assert treasurer.send(f"{CASE}/act/withhold_irregularity").status_code == 200
    assert treasurer.send(f"{CASE}/act/recover_irregularity").json()["problem"]["code"] == "WFL-502"
    assert manager.send(f"{CASE}/act/recover_irregularity").status_code == 200
    page = treasurer.get("/admin/orders").text
    assert "€26.40" in page, "39.60 less what was kept back"


def test_a_case_is_opened_previewed_and_established(people: Browser) -> None:
    """Proves the first two steps through their forms, and that the preview keeps nothing."""
    reviewer, approver = people("agency_reviewer"), people("agency_approver")
    fields = {"claim": "SK-00003", "suspicion": "<u>dubults</u>", "cents": ""}
    made = reviewer.send("/admin/irregularities", **fields)
    address = made.json()["goto"]
    assert "&lt;u&gt;dubults" in reviewer.get(address).text
    lines = reviewer.get(f"{address}/establish").text
    found = re.search(r'name="line" value="([^"]+)"', lines)
    assert found
    chosen = {"line": found[1], f"cents:{found[1]}": "1,00", "reason": "pierādīts"}
    preview = approver.client.post(
        f"{address}/preview", data=chosen, headers={"X-CSRFToken": approver.token()}
    )
    assert preview.status_code == 200, preview.text
    assert "€1.00" in preview.text
    assert "Suspected" in approver.get(address).text
    own = reviewer.send(f"{address}/establish", **chosen)
    assert own.json()["problem"]["code"] == "AUT-601"
    assert approver.send(f"{address}/establish", **chosen).status_code == 200
    assert "€8,379,985.80" in approver.get(address).text
    again = approver.send(f"{address}/establish", **chosen)
    assert again.json()["problem"]["code"] == "WFL-501"


def test_a_suspicion_of_a_claim_that_is_not_approved_is_refused(people: Browser) -> None:
    """Proves that the form is not even shown for a draft."""
    answer = people("agency_reviewer").get("/admin/irregularities/new?claim=SK-00013")
    assert "WFL-560" in answer.text
