"""Mending the lines of the demo's draft as our script does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx2 import Response

    from tests.admin.people import Person

DRAFT = "SK-00025"
LINE = f"{DRAFT}-0001"


def send_json(person: Person, address: str, content: object) -> Response:
    """Send what our script sends."""
    headers = {"X-Skola-Fetch": "1", "X-CSRFToken": person.token()}
    return person.client.post(address, json=content, headers=headers)


def row_version(person: Person) -> int:
    """Read the version of the draft that the page was made of."""
    found = re.search(r'data-row-version="(\d+)"', person.get(f"/admin/claims/{DRAFT}").text)
    assert found
    return int(found[1])


def save(person: Person, version: int, **cells: str) -> dict[str, Any]:
    """Save cells of the first line of the draft."""
    answer = send_json(
        person,
        f"/admin/claims/{DRAFT}/edit/save",
        {"row_version": version, "command_id": "", "lines": [{"line_id": LINE, **cells}]},
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
