"""Approving: the preview is what happens, four eyes are told in words, the code is asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from skola_finance import Actor, Order, Role, SkolaError
from skola_finance.commands import cut_line, park_line, recommend_claim, send_back
from skola_finance.ledger import Account
from skola_finance.queries.approval import (
    approval_page,
    preview_approval,
    revival_page,
    unfunded_partners,
)
from skola_finance.queries.review import work_queue
from skola_finance.storage.tables import ChecklistRow
from skola_finance.usecases.deciding.approval import approve_claim_payment

if TYPE_CHECKING:
    from skola_finance import Store
    from skola_finance.usecases.views.approval_preview import ApprovalPreview
    from tests.admin.people import Browser, Person

PROGRAMME = "skola-kopiena"
CODE = re.compile(r'data-demo-code="(\d+)"')


def order(login: str, role: Role, number: str = "1") -> Order:
    """Make an order of somebody at the agency, now."""
    return Order(Actor(login, role), f"{login}-{number}", datetime.now(UTC))


def approver(number: str = "1") -> Order:
    """Make an order of the approver."""
    return order("agency_approver", Role.AGENCY_APPROVER, number)


def reviewer(number: str = "1") -> Order:
    """Make an order of the reviewer."""
    return order("agency_reviewer", Role.AGENCY_REVIEWER, number)


def recommended(store: Store) -> list[str]:
    """Give the claims that wait for an approval."""
    queue = work_queue(store, approver(), programme=PROGRAMME, state="recommended")
    return [one.claim for one in queue.claims]


def posted_lines(preview: ApprovalPreview) -> list[tuple[str, str, int, int]]:
    """Give what a preview posts: account, document, cents of ESF+ and of the state."""
    return sorted(
        (line.account.en, line.document, line.esf_plus_cents, line.state_cents)
        for entry in preview.entries
        for line in entry.lines
    )


def booked_lines(store: Store, key: str) -> list[tuple[str, str, int, int]]:
    """Give what the books hold of a claim's approval, in the same words."""
    sums: dict[tuple[str, str, str, str], list[int]] = {}
    with store.reading() as repositories:
        rows = list(repositories.figures.posted(PROGRAMME, accounts=[one.value for one in Account]))
        entries = [one for one in rows if one.reference == key and one.event == "claim_approved"]
        for one in entries:
            label = Account(one.account).label.en
            place = sums.setdefault((label, one.document, one.quota, one.partner), [0, 0])
            place[one.source == "state"] += one.cents
    return sorted((key[0], key[1], cents[0], cents[1]) for key, cents in sums.items())


def test_the_preview_is_what_happens_to_the_cent(store: Store) -> None:
    """Proves, on a claim with a cut and a parked line, that preview and approval are the same."""
    for key in recommended(store):
        _review_again(store, key)
        page = approval_page(store, approver(), claim=key)
        preview = page.preview
        assert preview is not None
        assert preview.posted is not None
        answer = approve_claim_payment(
            store,
            approver(f"approve-{key}"),
            claim=key,
            row_version=page.row_version,
            expected_cents=preview.eligible_cents,
        )
        posted = preview.posted
        assert answer["approval_no"] == posted.approval_no
        assert answer["approved_cents"] == posted.approved_cents == 1_920
        assert answer["cleared_cents"] == posted.cleared_cents
        assert answer["set_off_cents"] == posted.set_off_cents
        assert answer["payable_cents"] == posted.payable_cents
        assert answer["esf_plus_cents"] == preview.esf_plus_cents
        assert answer["unfunded_cents"] == preview.unfunded_cents
        assert posted_lines(preview) == booked_lines(store, key)
        after = approval_page(store, approver(), claim=key)
        assert sum(room.taken_cents for room in preview.rooms) == posted.approved_cents
        assert after.preview is None
        assert after.decided is not None
        assert after.decided.approved_cents == posted.approved_cents


def _review_again(store: Store, key: str) -> None:
    """Send a claim back, cut a line and put another off, and recommend it anew."""
    send_back(store, approver(f"back-{key}"), claim=key, reason="look again")
    with store.reading() as repositories:
        row = repositories.claims.by_key(key)
        assert row is not None
        lines = [one.line_id for one in repositories.claims.lines(row.id, row.version)]
    cut_line(
        store,
        reviewer(f"cut-{key}"),
        claim=key,
        line_id=lines[0],
        limit_cents=600,
        reason="half an hour",
        rule_code="ELG-140",
    )
    park_line(store, reviewer(f"park-{key}"), claim=key, line_id=lines[1], reason="plan awaited")
    recommend_claim(store, reviewer(f"again-{key}"), claim=key)


def test_a_preview_leaves_nothing_behind(store: Store) -> None:
    """Proves that looking changes neither the claim nor the next number nor the room."""
    key = recommended(store)[0]
    first = approval_page(store, approver(), claim=key)
    second = approval_page(store, approver("2"), claim=key)
    assert first.preview == second.preview
    assert first.row_version == second.row_version
    assert second.state == "recommended"


def test_what_was_cut_adds_up_by_rule_and_person(store: Store) -> None:
    """Proves that the cuts told are what the claim lost, each with the reviewer's reason."""
    key = recommended(store)[0]
    _review_again(store, key)
    page = approval_page(store, approver(), claim=key)
    assert page.cut_cents == page.claimed_cents - page.eligible_cents == 2_040
    told = {(cut.by, cut.kind): (cut.cents, cut.reasons) for cut in page.cuts}
    assert told["person", "ineligible"] == (720, ("half an hour",))
    assert told["parked", "unfunded"] == (1_320, ("plan awaited",))


def test_cuts_of_every_filed_claim_add_up(seen_store: Store) -> None:
    """Proves the same for every claim of the demo, whatever cut it."""
    with seen_store.reading() as repositories:
        rows = [
            row for row in repositories.claims.find(programme=PROGRAMME) if row.filed_at is not None
        ]
    assert any(row.claimed_cents != row.eligible_cents for row in rows)
    for row in rows:
        page = approval_page(seen_store, approver(), claim=row.key)
        assert page.cut_cents == row.claimed_cents - row.eligible_cents, row.key


def test_whoever_reviewed_reads_why_they_may_not_approve(seen_store: Store) -> None:
    """Proves that four eyes bar the button, with the act and the person named."""
    key = recommended(seen_store)[0]
    both = replace(approver(), actor=Actor("agency_reviewer", Role.AGENCY_APPROVER))
    right = approval_page(seen_store, both, claim=key).rights["approve"]
    assert right.is_barred
    assert right.reason is not None
    assert right.reason.code == "WFL-502"
    assert "šī persona" in right.reason.message.lv


def test_a_preview_of_what_does_not_wait_is_refused(seen_store: Store) -> None:
    """Proves that no preview can be had of a draft or of what was approved."""
    with pytest.raises(SkolaError, match="WFL-501"):
        preview_approval(seen_store, approver(), claim="SK-00001")
    for key in ("SK-00013", "SK-99999", "%00"):
        with pytest.raises(SkolaError, match="AUT-603"):
            approval_page(seen_store, approver(), claim=key)


def test_the_treasurer_has_no_approval_page(seen_store: Store) -> None:
    """Proves that the read refuses a role that does not decide."""
    asked = order("agency_treasurer", Role.AGENCY_TREASURER)
    with pytest.raises(SkolaError, match="AUT-601"):
        preview_approval(seen_store, asked, claim=recommended(seen_store)[0])


def _code(person: Person, address: str) -> str:
    found = CODE.search(person.get(address).text)
    assert found
    return found[1]


def test_the_page_approves_with_a_code_and_tells_what_was_done(
    people: Browser, store: Store
) -> None:
    """Proves the whole click: figures, code, the same command sent twice, and what follows."""
    key = recommended(store)[0]
    address = f"/admin/approvals/{key}"
    person = people("agency_approver")
    shown = person.get(address).text
    assert "€39.60" in shown
    assert "What the click posts" in shown
    assert re.search(r'<input[^>]*name="code"[^>]*value="\d{6}"', shown)
    version = approval_page(store, approver(), claim=key).row_version
    fields = {
        "command_id": "approve-it",
        "row_version": str(version),
        "expected_cents": "3960",
        "code": _code(person, address),
    }
    answer = person.send(f"{address}/approve", **fields)
    assert answer.json() == {"goto": address}
    again = person.send(f"{address}/approve", **fields)
    assert again.json() == {"goto": address}
    after = person.get(address).text
    assert "the treasurer orders the payment." in after
    assert "Approved: €39.60, no. 28." in after


def test_the_page_tells_what_the_checklist_was_answered(people: Browser, store: Store) -> None:
    """Proves that each answer stands beside its question, and an open one is called open."""
    key = recommended(store)[0]
    with store.writing() as unit:
        row = unit.claims.by_key(key)
        assert row is not None
        for one in unit.claims.checklist(row.id, row.version):
            unit.session.delete(one)
        for item, answer, note in (("publicity", "yes", ""), ("signed", "no", "<b>no paper</b>")):
            unit.add(
                ChecklistRow(
                    claim_id=row.id,
                    version=row.version,
                    item=item,
                    answer=answer,
                    note=note,
                    actor="agency_reviewer",
                    at=datetime.now(UTC),
                )
            )
    page = people("agency_approver").get(f"/admin/approvals/{key}").text
    answered = r"(?:<span class=\"quote\">(.*?)</span>)?</th>\s*<td><span class=\"tag.*?</i>(.*?)<"

    def said_to(question: str) -> tuple[str | None, ...]:
        found = re.search(re.escape(question) + answered, page)
        assert found
        return found.groups()

    assert said_to("The project and its funding were made public") == (None, "Yes")
    paper = "&lt;b&gt;no paper&lt;/b&gt;"
    assert said_to("The claim was filed by a person who may act for the partner") == (paper, "No")
    assert said_to("The costs are kept apart in the partner&#39;s accounts")[1] == "Not answered"


def test_nobody_approves_without_the_right_code(people: Browser, store: Store) -> None:
    """Proves that a wrong code and a missing one are refused, and nothing is approved."""
    key = recommended(store)[0]
    page = approval_page(store, approver(), claim=key)
    fields = {"row_version": str(page.row_version), "expected_cents": "3960"}
    send = people("agency_approver").send
    wrong = send(f"/admin/approvals/{key}/approve", command_id="w", code="000000", **fields)
    assert wrong.json()["problem"]["code"] == "AUT-610"
    missing = send(f"/admin/approvals/{key}/approve", command_id="m", **fields)
    assert missing.json()["problem"]["code"] == "WEB-422"
    assert approval_page(store, approver(), claim=key).state == "recommended"


def test_a_stale_page_and_another_sum_are_refused(people: Browser, store: Store) -> None:
    """Proves that nobody approves what they have not seen."""
    key = recommended(store)[0]
    person = people("agency_approver")
    address = f"/admin/approvals/{key}"
    version = approval_page(store, approver(), claim=key).row_version
    for number, (row_version, cents, code) in enumerate(
        ((version - 1, 3960, "WFL-517"), (version, 3961, "WFL-539"))
    ):
        answer = person.send(
            f"{address}/approve",
            command_id=f"stale-{number}",
            row_version=str(row_version),
            expected_cents=str(cents),
            code=_code(person, address),
        )
        assert answer.status_code == 409, answer.text
        assert answer.json()["problem"]["code"] == code


def test_sending_back_asks_for_a_reason_and_shows_it_as_text(people: Browser, store: Store) -> None:
    """Proves that the reason is needed, kept, and shown to others as text."""
    key = recommended(store)[0]
    person = people("agency_approver")
    empty = person.send(f"/admin/approvals/{key}/send-back", command_id="b0", reason="  ")
    assert empty.json()["problem"]["code"] == "WEB-422"
    told = "<img src=x> look at line 2"
    sent = person.send(f"/admin/approvals/{key}/send-back", command_id="b1", reason=told)
    assert sent.json() == {"goto": "/admin/approvals"}
    shown = person.get(f"/admin/approvals/{key}").text
    assert "&lt;img src=x&gt; look at line 2" in shown
    assert "<img src=x>" not in shown
    assert "This claim does not wait for an approval." in shown


def test_partners_never_reach_an_approval(people: Browser, store: Store) -> None:
    """Proves that every address is closed to a partner's people, their own claim's too."""
    key = recommended(store)[0]
    person = people("partner_signatory.rezekne")
    for address in ("/admin/approvals", f"/admin/approvals/{key}", "/admin/approvals/unfunded"):
        assert person.get(address).status_code == 403, address
    for act in ("approve", "send-back"):
        assert person.send(f"/admin/approvals/{key}/{act}", code="1", reason="x").status_code == 403


def test_a_malformed_key_is_not_found(people: Browser) -> None:
    """Proves that a mistyped address is told in words."""
    for key in ("SK-0", "..%2F..", "%00", "x" * 300):
        assert people("agency_approver").get(f"/admin/approvals/{key}").status_code == 404, key


def test_unfunded_lines_are_listed_with_the_room_there_is(seen_store: Store) -> None:
    """Proves that the list holds the sums of the claims, and that parked lines do not come back."""
    partners = unfunded_partners(seen_store, approver(), programme=PROGRAMME)
    assert [one.unfunded_cents for one in partners] == [1_320] * 3
    assert all(one.free_cents > 0 for one in partners)
    page = revival_page(
        seen_store, approver(), programme=PROGRAMME, partner=partners[0].partner_reg_no
    )
    assert page.claims == ()
    assert page.cents == 0


def test_nothing_to_revive_is_said_and_refused(people: Browser) -> None:
    """Proves the empty state, and that the command itself refuses as well."""
    person = people("agency_approver")
    listed = person.get("/admin/approvals/unfunded").text
    assert "€13.20" in listed
    address = "/admin/approvals/unfunded/99990100042"
    assert "Nothing can be revived now" in person.get(address).text
    code = _code(person, f"/admin/approvals/{'SK-00020'}")
    answer = person.send(address, command_id="revive", expected_cents="0", code=code)
    assert answer.json()["problem"]["code"] == "WFL-562"
