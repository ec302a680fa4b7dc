"""What the library says of itself: first lines, arguments and codes, read from docstrings."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODES = re.compile(r"\b([A-Z]{3})-(\d{3})(?:\s+to\s+(?:[A-Z]{3}-)?(\d{3}))?")
_ARGUMENT = re.compile(r"^ {4}(\w+(?:, \w+)*): (.*)$")
_SECTIONS = ("Args:", "Attributes:", "Raises:", "Returns:", "Source:", "Rounding:")


def said(thing: object) -> str:
    """Give the docstring of a thing, without its indentation."""
    return inspect.getdoc(thing) or ""


def prose(text: str) -> str:
    """Give what a docstring tells before its sections."""
    lines = []
    for line in text.splitlines():
        if line.startswith(_SECTIONS):
            break
        lines.append(line)
    return "\n".join(lines).strip()


def first_line(text: str) -> str:
    """Give the first sentence of a docstring, without its full stop."""
    return text.partition("\n\n")[0].replace("\n", " ").rstrip(".")


def codes(text: str) -> list[str]:
    """Give the problem codes that a text names, ranges written out.

    >>> codes("Refused (WFL-501 to 503); NotFound (AUT-603).")
    ['AUT-603', 'WFL-501', 'WFL-502', 'WFL-503']
    """
    found = set()
    for family, first, last in _CODES.findall(text):
        numbers = range(int(first), int(last or first) + 1)
        found |= {f"{family}-{number:03}" for number in numbers}
    return sorted(found)


def arguments(text: str, section: str = "Args:") -> Mapping[str, str]:
    r"""Give what a section of a docstring says of each name.

    >>> arguments("Do it.\n\nArgs:\n    cents: how much,\n        in all.\n    a, b: who.")
    {'cents': 'how much, in all.', 'a': 'who.', 'b': 'who.'}
    """
    found: dict[str, str] = {}
    names: list[str] = []
    is_inside = False
    for line in text.splitlines():
        if line and not line.startswith(" "):
            is_inside = line == section
        elif is_inside and (match := _ARGUMENT.match(line)):
            names = match[1].split(", ")
            found |= dict.fromkeys(names, match[2])
        elif is_inside and line.strip():
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
    return found
