"""starlette-admin's own words in Latvian: all of them, none that it no longer says."""

from __future__ import annotations

import re
from importlib.metadata import version
from importlib.resources import files
from inspect import getsource
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import starlette_admin
from babel.messages.pofile import read_po
from skola_finance_admin.i18n.catalogue import catalogues
from starlette_admin.fields import DateTimeField

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

    from tests.admin.people import Browser

THEIRS = Path(str(files(starlette_admin)))
HARD_CODED = re.compile(r'aria-label="([A-Za-z][^"{]*)"')


def shipped(locale: str) -> Catalog:
    """Read a catalogue that starlette-admin brings along."""
    with (THEIRS / "translations" / locale / "LC_MESSAGES" / "admin.po").open("rb") as stream:
        return read_po(stream)


@pytest.mark.parametrize("locale", ["en", "de", "ru"])
def test_every_message_is_translated_and_none_is_stale(locale: str) -> None:
    """Proves that a release with other messages is noticed before anybody reads English."""
    ours = {message.id: message.string for message in catalogues()["starlette_admin"] if message.id}
    theirs = {message.id for message in shipped(locale) if message.id}
    assert len(theirs) > 200
    assert set(ours) == theirs
    assert all(all(one) if isinstance(one, tuple) else one for one in ours.values())


def test_the_only_plural_has_its_three_forms() -> None:
    """Proves 1, 21; 2, 11; and 0 in Latvian."""
    ours = {message.id: message.string for message in catalogues()["starlette_admin"] if message.id}
    plurals = {text: forms for text, forms in ours.items() if isinstance(text, tuple)}
    assert [len(forms or ()) for forms in plurals.values()] == [3]


def test_the_release_is_the_one_that_was_translated() -> None:
    """Proves that whoever raises the version looks at its words again."""
    assert version("starlette-admin") == "1.0.3"


def test_the_date_picker_speaks_latvian(people: Browser) -> None:
    """Proves that the locale file is where starlette-admin asks for it, with its licence beside."""
    person = people("agency_reviewer", "lv")
    script = person.get("/admin/static/i18n/flatpickr/lv.js")
    assert script.status_code == 200
    assert "Pirmdiena" in script.text
    assert "MIT License" in person.get("/admin/static/i18n/flatpickr/LICENSE.md").text
    assert "flatpickr@4.6.13" in (THEIRS / "static/i18n/flatpickr/de.js").read_text()
    assert 'i18n/flatpickr/{get_locale()}.js", v="4.6.13"' in getsource(DateTimeField)


def test_labels_that_stand_in_their_templates_in_english_are_known() -> None:
    """Proves that no English label comes with a release without being mended in our templates."""
    found = {
        (file.relative_to(THEIRS / "templates").as_posix(), label)
        for file in (THEIRS / "templates").rglob("*.html")
        for label in HARD_CODED.findall(file.read_text(encoding="utf-8"))
    }
    assert found == {
        ("layout.html", "Toggle navigation"),
        ("layout.html", "Open user menu"),
        ("layout.html", "close"),
        ("login.html", "close"),
        ("_sa_templates.html", "close"),
        ("detail.html", "Search in table"),
    }
