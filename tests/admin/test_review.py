"""The review page: decisions on lines to the cent, sample, checklist, questions, two reviewers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from skola_finance import Language, Role, SkolaError
from skola_finance.commands import decide_lines, fill_checklist, start_review
from skola_finance.queries.claims import claim_lines
from skola_finance.queries.review import earlier_lines, last_change, review_page
from tests.admin.reviewing import ADDRESS, KEY, LINES, order, page_of, reviewer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skola_finance import Store
    from tests.admin.people import Browser


def test_the_score_is_the_sum_of_its_reasons(seen_store: Store) -> None:
    """Proves that the reasons told give the score kept at filing; corrections since come on top."""
    with seen_store.reading() as repositories:
        keys = [row.key for row in repositories.claims.find() if row.filed_at is not None]
    assert keys
    for key in keys:
        page = page_of(seen_store, key)
        since = {"corrected_before"}
        kept = sum(one.points for one in page.factors if one.name not in since)
        assert kept <= page.risk_score <= sum(one.points for one in page.factors), key


def test_the_sample_can_be_drawn_again(seen_store: Store) -> None:
    """Proves that seed and weights give the lines that were drawn, and that these are marked."""
    page = page_of(seen_store)
    assert page.sample is not None
    assert page.sample.is_repeatable
    assert page.sampled == {one.line_id for one in page.sample.lines}
    assert page.sample.seed == KEY


def test_a_review_begins_with_its_sample(people: Browser, store: Store) -> None:
    """Proves that taking a claim up on the page draws what the first question asks about."""
    person = people("agency_reviewer")
    person.send("/admin/review/SK-00015/start")
    page = page_of(store, "SK-00015")
    assert page.sample is not None
    assert page.sample.is_repeatable
    assert page.sample.seed.startswith("SK-00015 ")
    assert len(page.sampled) == 2
    shown = person.get("/admin/review/SK-00015").text
    assert shown.index('id="sample"') < shown.index('id="checklist"') < shown.index('id="outcome"')


def test_without_a_size_no_sample_is_drawn(store: Store) -> None:
    """Proves that a program that only takes a claim up gets nothing else."""
    start_review(store, reviewer("start"), claim="SK-00015")
    assert page_of(store, "SK-00015").sample is None


def test_the_checklist_says_what_was_found_of_the_whole_claim(seen_store: Store) -> None:
    """Proves that nobody looks for a line where a finding is about no line."""
    asked = {one.key: one.text for one in page_of(seen_store, "SK-00015").checklist}["RUL-302"]
    assert asked.lv.startswith("Apskatīts visam pārskatam konstatētais (RUL-302): Noteikums ELG-17")
    assert asked.en.startswith("What was found of the whole claim was looked at (RUL-302): Rule")


@pytest.mark.parametrize(
    ("places", "lv", "en"),
    [
        ([2, 2], "Apskatīta 1 rinda (3.) pēc", "1 line (3) looked at"),
        ([4, 0], "Apskatītas 2 rindas (1., 5.) pēc", "2 lines (1, 5) looked at"),
        (
            range(7),
            "Apskatītas 7 rindas (1., 2., 3., 4., 5. u. c.) pēc",
            "7 lines (1, 2, 3, 4, 5 and others) looked at",
        ),
    ],
)
def test_the_checklist_names_the_lines(
    store: Store, places: Iterable[int], lv: str, en: str
) -> None:
    """Proves that the lines that a rule spoke about can be found by their numbers."""
    with store.writing() as unit:
        row = unit.claims.by_key(KEY)
        assert row is not None
        last = unit.claims.assessment(row.id, row.version)
        assert last is not None
        (found,) = last.problems
        last.rules = [{"code": "ELG-140", "lines": 1, "cut_cents": 0}]
        last.problems = [{**found, "code": "ELG-140", "line_no": place} for place in places]
        unit.add(last)
    asked = page_of(store).checklist[-1].text
    assert asked.lv.startswith(f"{lv} noteikuma ELG-140 „")
    assert asked.en.startswith(f"{en} under ELG-140 “")


def test_other_claims_of_a_learner_are_listed_once(people: Browser, store: Store) -> None:
    """Proves that the panel of a review does not repeat what its trace would tell again."""
    with store.writing() as unit:
        mine, other = unit.claims.by_key(KEY), unit.claims.by_key("SK-00008")
        assert mine is not None
        assert other is not None
        learner = unit.claims.lines(mine.id, mine.version)[0].learner_ref
        there = unit.claims.lines(other.id, other.version)[0]
        unit.claims.set_amounts(
            other.id, other.version, [{"line_no": there.line_no, "learner_ref": learner}]
        )
    again, once = "Earlier claims with the same document or learner", "Other claims with the same"
    person = people("agency_reviewer")
    assert again in person.get(f"/admin/claims/{KEY}/lines/{LINES[0]}").text
    for headers in ({}, {"X-Skola-Fetch": "1"}):
        page = person.get(f"{ADDRESS}/lines/{LINES[0]}", headers=headers).text
        assert once in page
        assert again not in page


def test_many_lines_are_decided_at_once_or_none(store: Store) -> None:
    """Proves that a refused line undoes the decision on the others, and the sums to the cent."""
    with pytest.raises(SkolaError, match="WFL-533"):
        decide_lines(
            store,
            reviewer("none"),
            claim=KEY,
            line_ids=[LINES[0], "nowhere"],
            kind="park",
            reason="x",
        )
    assert page_of(store).decided == {}
    decide_lines(
        store,
        reviewer("cut"),
        claim=KEY,
        line_ids=LINES[:2],
        kind="cut",
        reason="half",
        rule_code="ELG-140",
        limit_cents=600,
    )
    page = page_of(store)
    assert (page.head.eligible_cents, page.head.ineligible_cents) == (2_520, 1_440)
    assert page.filed_cents == 3_960
    assert page.cut_cents == 1_440
    decide_lines(store, reviewer("keep"), claim=KEY, line_ids=LINES[:2], kind="keep", reason="well")
    again = page_of(store)
    assert again.head.eligible_cents == 3_960
    assert {one.kind.value for one in again.decided.values()} == {"keep"}


def test_several_answers_are_kept_at_once_or_none(store: Store) -> None:
    """Proves that a “no” without a note undoes the other answers."""
    yes = {"item": "publicity", "answer": "yes"}
    bare_no = {"item": "separate_accounts", "answer": "no"}
    with pytest.raises(SkolaError, match="WFL-518"):
        fill_checklist(store, reviewer("no"), claim=KEY, answers=[yes, bare_no])
    before = page_of(store).unanswered
    fill_checklist(store, reviewer("yes"), claim=KEY, answers=[yes, {**bare_no, "note": "why"}])
    assert page_of(store).unanswered == before - 2


def test_whoever_filed_may_not_review_and_reads_why(seen_store: Store) -> None:
    """Proves that four eyes bar the buttons with the act and the person named."""
    filer = reviewer(login="partner_accountant.liepaja")
    right = review_page(seen_store, filer, claim=KEY).rights["cut_line"]
    assert right.is_barred
    assert right.reason is not None
    assert right.reason.code == "WFL-502"


def test_partners_and_treasurers_have_no_review(seen_store: Store) -> None:
    """Proves that the reads refuse who does not decide, and claims never filed are not found."""
    asked = order("agency_treasurer", Role.AGENCY_TREASURER)
    for read in (review_page, last_change):
        with pytest.raises(SkolaError, match="AUT-601"):
            read(seen_store, asked, claim=KEY)
        with pytest.raises(SkolaError, match="AUT-603"):
            read(seen_store, reviewer(), claim="SK-00013")
    with pytest.raises(SkolaError, match="WFL-533"):
        earlier_lines(seen_store, reviewer(), claim=KEY, line_id="nowhere")


def test_earlier_lines_tell_amounts_and_never_whose(store: Store) -> None:
    """Proves that a line of another claim for the same learner is found, without the pseudonym."""
    with store.writing() as unit:
        mine, other = unit.claims.by_key(KEY), unit.claims.by_key("SK-00017")
        assert mine is not None
        assert other is not None
        learner = unit.claims.lines(mine.id, mine.version)[0].learner_ref
        assert learner
        there = unit.claims.lines(other.id, other.version)[0]
        unit.claims.set_amounts(
            other.id, other.version, [{"line_no": there.line_no, "learner_ref": learner}]
        )
    found = earlier_lines(store, reviewer(), claim=KEY, line_id=LINES[0])
    told = [(one.what, one.claim, one.line_id, one.claimed_cents) for one in found.lines]
    assert ("learner_ref", "SK-00017", there.line_id, 1_320) in told
    assert all(one.claim != KEY for one in found.lines)
    assert learner not in repr(found)


def test_a_line_is_cut_from_the_page_and_the_letter_tells_it(people: Browser, store: Store) -> None:
    """Proves the form: refused without a rule, carried out with one, told as text in the letter."""
    send = people("agency_reviewer").send
    fields = {
        "row_version": str(page_of(store).head.row_version),
        "line": LINES[1],
        "kind": "cut",
        "limit": "6,00",
        "reason": "Half an hour <b>",
    }
    bare = send(f"{ADDRESS}/lines", command_id="c0", **fields)
    assert bare.json()["problem"]["code"] == "WEB-422"
    done = send(f"{ADDRESS}/lines", command_id="c1", rule_code="ELG-140", **fields)
    assert done.json() == {"goto": ADDRESS}
    shown = people("agency_reviewer").get(ADDRESS).text
    assert "€32.40" in shown
    assert "Half an hour &lt;b&gt;" in shown
    assert "Half an hour <b>" not in shown
    letter = page_of(store).letter
    assert f"{LINES[1]} (05.03.2026., €13.20): cut to €6.00" in letter.en
    assert "samazināta līdz 6,00" in letter.lv


def test_the_second_reviewer_learns_of_the_first_and_changes_nothing(
    people: Browser, store: Store
) -> None:
    """Proves that a stale form is refused with WFL-517, and the page can ask who was faster."""
    read = page_of(store).head.row_version
    decide_lines(
        store,
        reviewer("first", login="other_reviewer"),
        claim=KEY,
        line_ids=LINES[:1],
        kind="park",
        reason="plan awaited",
    )
    person = people("agency_reviewer")
    stale = {"row_version": str(read), "line": LINES[1], "kind": "park", "reason": "mine"}
    answer = person.send(f"{ADDRESS}/lines", command_id="s1", **stale)
    assert answer.status_code == 409
    assert answer.json()["problem"]["code"] == "WFL-517"
    assert set(page_of(store).decided) == {LINES[0]}
    told = person.get(f"{ADDRESS}/changes").json()
    assert told["row_version"] == read + 1
    assert "other_reviewer" in told["told"]


def test_questions_stop_the_clock_and_going_on_starts_it(people: Browser, store: Store) -> None:
    """Proves asking about two lines at once, the stopped clock, and going on without an answer."""
    send = people("agency_reviewer").send
    page = page_of(store)
    asked = send(
        f"{ADDRESS}/lines",
        command_id="q1",
        row_version=str(page.head.row_version),
        line=LINES[:2],
        kind="ask",
        reason="On which day?",
        answer_by=page.earliest_answer.isoformat(),
    )
    assert asked.status_code == 200, asked.text
    page = page_of(store)
    assert page.open_questions == 2
    assert page.clock is not None
    assert page.clock.is_stopped
    assert not page.is_open
    send(
        f"{ADDRESS}/resume",
        command_id="q2",
        row_version=str(page.head.row_version),
        reason="not needed",
    )
    page = page_of(store)
    assert page.open_questions == 0
    assert page.is_open


def test_a_risk_ground_opens_with_a_reason_that_is_written_down(
    people: Browser, store: Store
) -> None:
    """Proves that no ground is on any page, and that opening one is journalled with its reason."""
    person = people("agency_reviewer")
    panel = person.get(f"{ADDRESS}/lines/{LINES[0]}", headers={"X-Skola-Fetch": "1"}).text
    address = f"{ADDRESS}/lines/{LINES[0]}/risk-ground"
    assert person.send(address, reason=" ").json()["problem"]["code"] == "WEB-422"
    told = person.send(address, reason="Checking the ground").json()["told"]
    assert told
    assert told not in panel
    with store.reading() as repositories:
        last = repositories.records.access_log(limit=1)[0]
    assert (last.actor, last.reason) == ("agency_reviewer", "Checking the ground")


def test_a_page_of_lines_has_the_columns_that_its_lines_fill(seen_store: Store) -> None:
    """Proves that no column of a page is empty, though other lines of the claim fill it."""
    after, met = -1, set()
    while True:
        view = claim_lines(
            seen_store, reviewer(), claim="SK-00003", language=Language.LV, after=after
        )
        keys = [one.key for one in view.columns]
        met.add(tuple(keys))
        assert all(any(line.cells[key] for line in view.lines) for key in keys), keys
        if view.next_after is None:
            break
        after = view.next_after
    assert len(met) > 1
    assert any("paid_on" in keys for keys in met)


def test_partners_are_sent_away_from_every_address(people: Browser) -> None:
    """Proves that neither pages nor forms are open to a partner, its own claim's included."""
    person = people("partner_signatory.liepaja")
    for address in (ADDRESS, f"{ADDRESS}/changes", "/admin/objections", "/admin/spot-checks"):
        assert person.get(address).status_code == 403, address
    for act in ("start", "lines", "checklist", "recommend", "return", "reject", "sample"):
        assert person.send(f"{ADDRESS}/{act}", row_version="1", letter="x").status_code == 403, act


def test_a_check_on_the_spot_goes_from_plan_to_report(people: Browser) -> None:
    """Proves the forms of a check, the refusal of an empty place, and text shown as text."""
    person = people("agency_reviewer")
    today = datetime.now(UTC).date().isoformat()
    fields = {
        "partner": "99990100042",
        "claim": KEY,
        "planned_on": today,
        "subject": "Lessons <i>",
    }
    empty = person.send("/admin/spot-checks", place="", **fields)
    assert empty.json()["problem"]["code"] == "WEB-422"
    person.send("/admin/spot-checks", place="School", **fields)
    held = {"act": "hold_unannounced", "day": today, "reason": "lessons"}
    assert person.send("/admin/spot-checks/1", **held).status_code == 200
    found = {"act": "record_finding", "reason": "Nobody there", "amount": "13,20"}
    person.send("/admin/spot-checks/1", line_id=LINES[0], **found)
    person.send("/admin/spot-checks/1", act="report")
    shown = person.get("/admin/spot-checks").text
    assert "€13.20" in shown
    assert "Nobody there" in shown
    assert "Lessons &lt;i&gt;" in shown
    assert "Reported" in shown
