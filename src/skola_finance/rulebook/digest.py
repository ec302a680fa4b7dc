"""A digest that is the same on every machine."""

from __future__ import annotations

import hashlib
import json
from datetime import date, time


def digest_of(content: object) -> str:
    """Give the SHA-256 of parsed content: order of keys, line ends and machine do not matter."""
    text = json.dumps(
        content,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        default=_plain,
    )
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    msg = f"{type(value).__name__} has no place in a rule file"
    raise TypeError(msg)
