"""Digests for the journal: of a command's inputs, with a key, and of what it posted."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from skola_finance.ledger.wording import error
from skola_finance.problems import SkolaError, Text

if TYPE_CHECKING:
    from skola_finance.ledger.entry import Entry

SHORTEST_KEY = 32
"""Bytes of the key of the inputs' digest: as many as the digest has."""

LEARNER_COLUMNS = frozenset(
    {
        "learner_ref",
        "learner_grade",
        "learner_age",
        "learner_born_on",
        "risk_ground",
        "plan_no",
        "income_status",
        "has_disability",
    }
)
"""Facts of a child (contracts.md): they enter no digest, at whatever depth they stand."""


class ShortKey(SkolaError, ValueError):
    """PAY-834: a key too short to keep the digest of inputs from being guessed."""

    def __init__(self, found: int) -> None:
        """Name how long the key is and must be."""
        super().__init__(
            error(
                "PAY-834",
                message=Text(
                    lv=f"Žurnāla atslēga ir {found} baitus gara, vajag vismaz {SHORTEST_KEY}.",
                    en=f"The journal's key has {found} bytes, {SHORTEST_KEY} are needed.",
                ),
                hint=Text(
                    lv="Norādiet garāku nejaušu atslēgu (SKOLA_SECRET_KEY).",
                    en="Give a longer random key (SKOLA_SECRET_KEY).",
                ),
            ),
        )


def digest_inputs(inputs: Mapping[str, object], *, key: bytes) -> str:
    """Digest a command's inputs with a key: HMAC-SHA-256 over their canonical JSON, in hex.

    A learner's columns are left out, at whatever depth, so the digest says nothing of a child
    even to who holds the key.

    Raises: ShortKey (PAY-834) for a key below 32 bytes.
    """
    if len(key) < SHORTEST_KEY:
        raise ShortKey(len(key))
    message = canonical_json(_without_learners(inputs))
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def digest_entry(entry: Entry) -> str:
    """Digest a ledger entry, every posting of it: SHA-256 over its canonical JSON, in hex.

    The order in which the postings are kept does not matter.
    """
    content = {
        "event": entry.event,
        "programme": entry.occasion.programme,
        "effective_on": entry.occasion.effective_on,
        "reference": entry.occasion.reference,
        "batch": entry.occasion.batch,
        "approval_no": entry.approval_no,
        "postings": sorted(
            canonical_json(
                {
                    "group": posting.group,
                    "account": posting.account,
                    "partner": posting.dimensions.partner,
                    "quota": posting.dimensions.quota,
                    "semester": posting.dimensions.semester,
                    "rate_period": posting.dimensions.rate_period,
                    "sub_project": posting.dimensions.sub_project,
                    "document": posting.dimensions.document,
                    "source": posting.source,
                    "cents": posting.cents,
                }
            ).decode("ascii")
            for posting in entry.postings
        ),
    }
    return hashlib.sha256(canonical_json(content)).hexdigest()


def canonical_json(content: object) -> bytes:
    r"""Write JSON the one way that is hashed: keys in order, no spaces, ASCII escapes, ISO dates.

    Raises: TypeError for what has no place in a journal, such as a set.

    >>> canonical_json({"b": 1, "a": "ā"})
    b'{"a":"\\u0101","b":1}'
    """
    return _CANONICAL.encode(content).encode("ascii")


def _without_learners(value: object) -> object:
    if isinstance(value, Mapping):
        return {
            name: _without_learners(each)
            for name, each in value.items()
            if name not in LEARNER_COLUMNS
        }
    if isinstance(value, list | tuple):
        return [_without_learners(each) for each in value]
    return value


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{type(value).__name__} has no place in the journal"
    raise TypeError(msg)


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain)
