"""Words of the pages: every English text has its Latvian one, and both have the same gaps."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest
import skola_finance_admin
from babel.messages.extract import extract
from skola_finance_admin.i18n.catalogue import catalogues

SOURCES = Path(str(files(skola_finance_admin)))
CALLS = {"_": None, "gettext": None, "lazy": None, "ngettext": (1, 2)}
GAP = re.compile(r"%\(\w+\)[sd]|\{\w*\}")

Wanted = str | tuple[str, ...]


def wanted() -> dict[Wanted, str]:
    """Read every text that code and templates ask for, with where it stands first."""
    found: dict[Wanted, str] = {}
    for kind, method in (("*.py", "python"), ("*.html", "jinja2")):
        for file in sorted(SOURCES.rglob(kind)):
            with file.open("rb") as stream:
                for line, text, _notes, _context in extract(method, stream, keywords=CALLS):
                    found.setdefault(text, f"{file.relative_to(SOURCES)}:{line}")
    return found


def test_every_text_is_translated() -> None:
    """Proves that no page can fall back into English: code, templates and catalogues agree."""
    known = {message.id: message for one in catalogues().values() for message in one if message.id}
    missing = {
        text: place
        for text, place in wanted().items()
        if text not in known or not all(_parts(known[text].string))
    }
    assert wanted()
    assert missing == {}


def test_no_catalogue_holds_what_nobody_says() -> None:
    """Proves that texts leave with the page they were for."""
    used = set(wanted())
    stale = {
        f"{name}: {message.id}"
        for name, catalogue in catalogues().items()
        if name != "starlette_admin"
        for message in catalogue
        if message.id and message.id not in used
    }
    assert stale == set()


def test_a_text_has_one_translation() -> None:
    """Proves that two catalogues do not say the same thing in two ways."""
    said = defaultdict(set)
    for catalogue in catalogues().values():
        for message in catalogue:
            if message.id:
                said[message.id].add(message.string)
    assert {text: ways for text, ways in said.items() if len(ways) > 1} == {}


@pytest.mark.parametrize("name", sorted(catalogues()))
def test_a_translation_has_the_gaps_of_its_text(name: str) -> None:
    """Proves that no amount or name is dropped between two languages, nor a form of the plural."""
    for message in catalogues()[name]:
        if not message.id:
            continue
        texts, said = _parts(message.id), _parts(message.string)
        assert len(said) == (3 if len(texts) == 2 else 1), message.id
        for one in said:
            assert sorted(GAP.findall(one)) == sorted(GAP.findall(texts[-1])), message.id


@pytest.mark.parametrize(
    "stem", ["fail", "jaucējvērtīb", "sēkl", "otrais solis", "darbd\\.", "nav obligāts"]
)
def test_one_word_is_said_for_one_thing(stem: str) -> None:
    """Proves that pages say datne, kontrolsumma, sākumskaitlis and otrais faktors throughout."""
    said = [
        one
        for name, catalogue in catalogues().items()
        if name != "starlette_admin"
        for message in catalogue
        for one in _parts(message.string)
        if message.id and re.search(rf"(?i)\b{stem}", one)
    ]
    assert said == []


def _parts(text: object) -> tuple[str, ...]:
    """Give the forms of a text: one, or those of its plural."""
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)
