"""The journal: who did what, when, with which amounts; append-only, each entry chained by hash.

An entry holds amounts, a keyed digest of the command's inputs and digests of what it posted;
never a learner's columns. Erasing the inputs therefore breaks nothing: the chain stands on what
the entry itself holds. The hash of an entry is the SHA-256 of its canonical JSON (UTF-8, keys in
order, no spaces) and of the hash of the entry before it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.ledger.digests import canonical_json, digest_inputs
from skola_finance.ledger.wording import error
from skola_finance.problems import SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from skola_finance.problems import Problem

GENESIS = "0" * 64
"""What stands for the hash before the first entry."""


class UnusableJournalEntry(SkolaError, ValueError):
    """PAY-830: a journal entry that would not say who, what, when or by which key."""

    def __init__(self, *, lv: str, en: str) -> None:
        """Say in both languages what is wrong."""
        super().__init__(
            error(
                "PAY-830",
                message=Text(
                    lv=f"Žurnāla ierakstu nevar izveidot: {lv}.",
                    en=f"The journal entry cannot be made: {en}.",
                ),
                hint=Text(
                    lv="Norādiet lietotāju, darbību, tās numuru, laiku UTC un atslēgu.",
                    en="Give the actor, the command and its id, the time in UTC and the key.",
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a command was, as the journal remembers it.

    Attributes:
        at: when, in UTC.
        actor: who, by the name of the account; for a program, its name.
        command: what, by its public name.
        command_id: the client-made id of the command.
        amounts: whole cents by name, such as `eligible`; never a learner's.
        posted: the digests of the ledger entries that the command made (`digest_entry`).
        rulebook_digest: the digest of the rulebook and settings that it was judged by.
    """

    at: datetime
    actor: str
    command: str
    command_id: str
    amounts: Mapping[str, int] = field(hash=False)
    posted: tuple[str, ...]
    rulebook_digest: str

    def __post_init__(self) -> None:
        """Freeze the amounts."""
        object.__setattr__(self, "amounts", MappingProxyType(dict(self.amounts)))


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One link of the chain; `number` counts from 1 without a gap.

    It can be made with a wrong hash, so that a broken chain can be read and named: `append` makes
    right ones, `verify` finds wrong ones.
    """

    number: int
    recorded: Recorded
    inputs_digest: str
    previous_hash: str
    hash: str

    def expected_hash(self) -> str:
        """Work the hash out anew from what the entry holds."""
        recorded = self.recorded
        content = {
            "number": self.number,
            "at": recorded.at.isoformat(timespec="microseconds"),
            "actor": recorded.actor,
            "command": recorded.command,
            "command_id": recorded.command_id,
            "amounts": dict(recorded.amounts),
            "posted": list(recorded.posted),
            "rulebook_digest": recorded.rulebook_digest,
            "inputs_digest": self.inputs_digest,
            "previous_hash": self.previous_hash,
        }
        return hashlib.sha256(canonical_json(content)).hexdigest()


def append(
    previous: JournalEntry | None, recorded: Recorded, *, inputs: Mapping[str, object], key: bytes
) -> JournalEntry:
    """Make the entry that follows another; None is before the first.

    Args:
        previous: the last entry of the journal.
        recorded: what happened.
        inputs: what the command was given; only its keyed digest is kept.
        key: the key of that digest, of 32 bytes or more, kept apart from the database.

    Raises: UnusableJournalEntry (PAY-830) for a time that is not UTC, an empty actor, command or
        id, and an amount that is no whole number of cents; ShortKey (PAY-834).
    """
    _check(recorded)
    unsigned = JournalEntry(
        number=1 if previous is None else previous.number + 1,
        recorded=recorded,
        inputs_digest=digest_inputs(inputs, key=key),
        previous_hash=GENESIS if previous is None else previous.hash,
        hash="",
    )
    return replace(unsigned, hash=unsigned.expected_hash())


def verify(entries: Iterable[JournalEntry], *, last_hash: str = "") -> tuple[Problem, ...]:
    """Find the first broken link of a whole journal, in order of number.

    `last_hash`, where it was noted elsewhere, also proves that nothing was cut off at the end.

    Returns: nothing, or one problem whose subject is the number of the entry: PAY-831 where an
        entry is missing or follows another than the one before it, PAY-832 where its content is
        not what was hashed, PAY-833 where the journal does not end as noted.
    """
    number, previous_hash = 0, GENESIS
    for entry in entries:
        number += 1
        if entry.number != number or entry.previous_hash != previous_hash:
            return (_does_not_follow(entry, number),)
        if entry.hash != entry.expected_hash():
            return (_was_changed(entry),)
        previous_hash = entry.hash
    if last_hash and not hmac.compare_digest(last_hash, previous_hash):
        return (_ends_early(number),)
    return ()


def _check(recorded: Recorded) -> None:
    if recorded.at.utcoffset() != timedelta(0):
        raise UnusableJournalEntry(
            lv=f"laiks {recorded.at.isoformat()} nav UTC",
            en=f"the time {recorded.at.isoformat()} is not in UTC",
        )
    for lv, en, text in (
        ("lietotājs", "the actor", recorded.actor),
        ("darbība", "the command", recorded.command),
        ("darbības numurs", "the command id", recorded.command_id),
    ):
        if not text.strip():
            raise UnusableJournalEntry(lv=f"nav norādīts {lv}", en=f"{en} is missing")
    for name, cents in recorded.amounts.items():
        if type(cents) is not int:
            raise UnusableJournalEntry(
                lv=f"summa „{name}” nav veseli centi", en=f"“{name}” is not whole cents"
            )


_LEAVE_AS_IT_IS = Text(
    lv="Neko nelabojiet; atjaunojiet datubāzi no kopijas un salīdziniet ierakstu.",
    en="Change nothing; restore the database from a copy and compare the entry.",
)


def _does_not_follow(entry: JournalEntry, expected_number: int) -> Problem:
    return error(
        "PAY-831",
        message=Text(
            lv=f"Žurnāla {expected_number}. ierakstam jāturpina iepriekšējais, "
            f"bet tur ir {entry.number}. ieraksts ({entry.recorded.command}).",
            en=f"Entry {expected_number} of the journal should follow the one before it; "
            f"entry {entry.number} ({entry.recorded.command}) does not.",
        ),
        hint=_LEAVE_AS_IT_IS,
        subject=str(expected_number),
    )


def _was_changed(entry: JournalEntry) -> Problem:
    return error(
        "PAY-832",
        message=Text(
            lv=f"Žurnāla {entry.number}. ieraksts ({entry.recorded.command}, "
            f"{entry.recorded.command_id}) ir mainīts pēc ierakstīšanas.",
            en=f"Entry {entry.number} of the journal ({entry.recorded.command}, "
            f"{entry.recorded.command_id}) was changed after it was written.",
        ),
        hint=_LEAVE_AS_IT_IS,
        subject=str(entry.number),
    )


def _ends_early(last_number: int) -> Problem:
    return error(
        "PAY-833",
        message=Text(
            lv=f"Žurnāls beidzas ar {last_number}. ierakstu, bet ne ar to, kas bija pēdējais.",
            en=f"The journal ends with entry {last_number}, which is not the last one noted.",
        ),
        hint=_LEAVE_AS_IT_IS,
        subject=str(last_number),
    )
