"""The journal: a chain in which every change is found and named."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skola_finance.ledger import (
    JournalEntry,
    Recorded,
    ShortKey,
    UnusableJournalEntry,
    append,
    digest_entry,
    digest_inputs,
    events,
    verify,
)
from skola_finance.ledger.digests import LEARNER_COLUMNS, canonical_json
from skola_finance.ledger.journal import GENESIS
from tests.ledger.books import RATE, occasion, split

KEY = b"a key of the tests, thirty-two b"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
POSTED = events.raise_envelope(occasion(), cents=10_099, rate=RATE, appropriation=split(0, 0))
RECORDED = Recorded(
    at=AT,
    actor="agency_approver",
    command="approve",
    command_id="0b5c",
    amounts={"eligible": 101, "unfunded": 0},
    posted=(digest_entry(POSTED),),
    rulebook_digest="ab" * 32,
)
INPUTS = {"claim": "C-7", "on": date(2026, 3, 2), "lines": [{"line_id": "1", "amount": "1.01"}]}


def journal(length: int) -> list[JournalEntry]:
    """Make a journal of so many entries, a minute apart."""
    entries: list[JournalEntry] = []
    for number in range(length):
        recorded = replace(
            RECORDED,
            at=AT + timedelta(minutes=number),
            command_id=f"id-{number}",
            amounts={"eligible": 100 + number},
        )
        last = entries[-1] if entries else None
        entries.append(append(last, recorded, inputs={"claim": number}, key=KEY))
    return entries


def test_each_entry_carries_the_hash_of_the_one_before() -> None:
    """Numbers run from 1; before the first stand zeros."""
    first, second, third = journal(3)
    assert (first.number, first.previous_hash) == (1, GENESIS)
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    assert len({first.hash, second.hash, third.hash}) == 3
    assert verify([first, second, third], last_hash=third.hash) == ()
    assert verify([]) == ()


def test_the_hash_is_the_sha_256_of_canonical_json() -> None:
    """Anyone can work it out with what every language has."""
    entry = append(None, RECORDED, inputs=INPUTS, key=KEY)
    content = {
        "number": 1,
        "at": "2026-03-02T09:30:00.000000+00:00",
        "actor": "agency_approver",
        "command": "approve",
        "command_id": "0b5c",
        "amounts": {"eligible": 101, "unfunded": 0},
        "posted": [digest_entry(POSTED)],
        "rulebook_digest": "ab" * 32,
        "inputs_digest": entry.inputs_digest,
        "previous_hash": "0" * 64,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()


def test_inputs_are_digested_with_the_key() -> None:
    """HMAC-SHA-256, so that small inputs cannot be guessed; another key, another digest."""
    text = '{"claim":"C-7","lines":[{"amount":"1.01","line_id":"1"}],"on":"2026-03-02"}'
    expected = hmac.new(KEY, text.encode(), hashlib.sha256).hexdigest()
    assert digest_inputs(INPUTS, key=KEY) == expected
    assert digest_inputs(INPUTS, key=KEY[::-1]) != expected


@pytest.mark.parametrize("column", sorted(LEARNER_COLUMNS))
def test_a_learners_columns_enter_no_digest(column: str) -> None:
    """At whatever depth; everything else does."""
    line = {"line_id": "1", "amount": "1.01"}
    with_learner = {**INPUTS, "lines": ({**line, column: "9"},), column: "9"}
    assert digest_inputs(with_learner, key=KEY) == digest_inputs(INPUTS, key=KEY)
    assert digest_inputs({**INPUTS, "claim": "C-8"}, key=KEY) != digest_inputs(INPUTS, key=KEY)


def test_erasing_the_inputs_leaves_the_chain_and_the_amounts() -> None:
    """Nothing of them stands in the journal but their digest."""
    secret = "PSEUDONYM-4711"  # noqa: S105 - a learner's, and the point is that it is nowhere
    inputs = {"learner_ref": secret, "note": secret}
    entry = append(None, RECORDED, inputs=inputs, key=KEY)
    del inputs
    assert secret not in repr(entry)
    assert verify([entry]) == ()
    assert dict(entry.recorded.amounts) == {"eligible": 101, "unfunded": 0}


CHANGED_LINK = {
    "number": 9,
    "inputs_digest": "0" * 64,
    "previous_hash": "1" * 64,
    "hash": "2" * 64,
}
CHANGED_RECORD = {
    "at": AT - timedelta(microseconds=1),
    "actor": "agency_reviewer",
    "command": "reject",
    "command_id": "id-9",
    "amounts": {"eligible": 1},
    "posted": (),
    "rulebook_digest": "cd" * 32,
}


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("name", [*CHANGED_LINK, *CHANGED_RECORD])
def test_a_change_of_any_field_of_any_entry_is_found_and_named(name: str, place: int) -> None:
    """The problem's subject is the number of the entry."""
    entries = journal(4)
    entry = entries[place]
    if name in CHANGED_LINK:
        entries[place] = replace(entry, **{name: CHANGED_LINK[name]})  # type: ignore[arg-type]
    else:
        recorded = replace(entry.recorded, **{name: CHANGED_RECORD[name]})  # type: ignore[arg-type]
        entries[place] = replace(entry, recorded=recorded)
    (problem,) = verify(entries)
    assert problem.subject == str(place + 1)
    assert problem.code in {"PAY-831", "PAY-832"}
    assert str(place + 1) in problem.message.lv


def test_every_field_is_among_the_changed_ones() -> None:
    """A field that joins the journal joins the test."""
    names = {field.name for field in (*fields(JournalEntry), *fields(Recorded))}
    assert names - {"recorded"} == CHANGED_LINK.keys() | CHANGED_RECORD.keys()


@given(st.integers(2, 8), st.data())
def test_any_changed_amount_breaks_the_chain_even_if_its_hash_is_made_anew(
    length: int, data: st.DataObject
) -> None:
    """Then the next entry no longer follows; of the last, the hash noted elsewhere tells."""
    entries = journal(length)
    last_hash = entries[-1].hash
    place = data.draw(st.integers(0, length - 1))
    cents = data.draw(st.integers(-(10**12), 10**12).filter(lambda c: c != 100 + place))
    recorded = replace(entries[place].recorded, amounts={"eligible": cents})
    forged = replace(entries[place], recorded=recorded)
    entries[place] = replace(forged, hash=forged.expected_hash())
    (problem,) = verify(entries, last_hash=last_hash)
    assert problem.subject == str(min(place + 2, length))


def test_a_missing_entry_a_moved_one_and_a_cut_end_are_found() -> None:
    """The first place where the chain does not hold is named."""
    first, second, third = journal(3)
    assert verify([first, third])[0].subject == "2"
    assert verify([second, first])[0].subject == "1"
    assert verify([first, second]) == ()
    (cut,) = verify([first, second], last_hash=third.hash)
    assert (cut.code, cut.subject) == ("PAY-833", "2")
    assert "Žurnāls beidzas ar 2. ierakstu" in cut.message.lv


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"at": AT.replace(tzinfo=None)}, "is not in UTC"),
        ({"at": AT.replace(tzinfo=timezone(timedelta(hours=2)))}, "is not in UTC"),
        ({"actor": ""}, "the actor is missing"),
        ({"command": " "}, "the command is missing"),
        ({"command_id": ""}, "the command id is missing"),
        ({"amounts": {"eligible": "1.01"}}, "“eligible” is not whole cents"),
    ],
)
def test_an_entry_that_would_not_say_who_what_or_when_is_refused(
    changes: dict[str, object], said: str
) -> None:
    """PAY-830."""
    recorded = replace(RECORDED, **changes)  # type: ignore[arg-type]
    with pytest.raises(UnusableJournalEntry) as refused:
        append(None, recorded, inputs=INPUTS, key=KEY)
    assert refused.value.problem.code == "PAY-830"
    assert said in refused.value.problem.message.en


def test_a_short_key_is_refused() -> None:
    """PAY-834 names both lengths."""
    with pytest.raises(ShortKey) as refused:
        append(None, RECORDED, inputs=INPUTS, key=KEY[1:])
    assert "has 31 bytes, 32 are needed" in refused.value.problem.message.en


def test_what_has_no_place_in_a_journal_is_refused() -> None:
    """Text, whole numbers, dates, lists and mappings have."""
    with pytest.raises(TypeError, match="set has no place in the journal"):
        canonical_json({"a": {1}})


def test_the_amounts_of_an_entry_cannot_be_changed_through_what_was_handed_in() -> None:
    """They are a copy, and read-only."""
    amounts = {"eligible": 101}
    recorded = replace(RECORDED, amounts=amounts)
    amounts["eligible"] = 1
    assert isinstance(recorded.amounts, MappingProxyType)
    assert dict(recorded.amounts) == {"eligible": 101}
    assert hash(recorded) == hash(replace(recorded))


def test_a_ledger_entrys_digest_covers_every_posting_and_no_order_of_keeping() -> None:
    """A changed cent changes it; the order in which a store gives postings back does not."""
    turned = replace(POSTED, postings=POSTED.postings[::-1])
    assert digest_entry(turned) == digest_entry(POSTED)
    other = events.raise_envelope(occasion(), cents=10_098, rate=RATE, appropriation=split(0, 0))
    assert digest_entry(other) != digest_entry(POSTED)
    batch = replace(POSTED, occasion=occasion(batch="F-1"))
    assert digest_entry(batch) != digest_entry(POSTED)
