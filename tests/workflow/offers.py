"""The settings that the workflow reads, with the values that the law offers for them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from skola_finance.problems import CitationStatus
from skola_finance.rulebook import Setting
from skola_finance.rulebook.parameters import ValueShape, parse_value

FILE = Path(__file__).with_name("offered_parameters.toml")
PARAMETERS: tuple[dict[str, Any], ...] = tuple(tomllib.loads(FILE.read_text("utf-8"))["parameter"])


def setting(key: str, text: str | None = None, programme: str = "skola-kopiena") -> Setting:
    """Give a setting with the value that the law offers or fixes, or with another one."""
    (found,) = (one for one in PARAMETERS if one["key"] == key and programme in one["programmes"])
    offered = found.get("offered") or "".join(one["value"] for one in found.get("value", ()))
    text = offered if text is None else text
    return Setting(
        key=key,
        text=text,
        value=None if text == "none" else parse_value(ValueShape(found["shape"]), text),
        starts=None,
        ends=None,
        source=f"{found['citation']['act']}, {found['citation']['locator']}",
        status=CitationStatus(found["citation"]["status"]),
    )
