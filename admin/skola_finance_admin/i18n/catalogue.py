"""Gettext catalogues: ours for the pages, and one in Latvian for starlette-admin's own texts.

The catalogues are text files, one for each part of the pages (`lv/*.po`); they are read once, when
the server starts, so that no compiled file can be older than its text.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from starlette_admin import i18n as library
from starlette_admin.i18n import get_locale
from starlette_admin.i18n import gettext as _gettext
from starlette_admin.i18n import lazy_gettext as _lazy
from starlette_admin.i18n import ngettext as _ngettext

from skola_finance import Language

if TYPE_CHECKING:
    from decimal import Decimal

    from babel.messages.catalog import Catalog

    from skola_finance import Text

LANGUAGES = (Language.LV, Language.EN)
PLURALS = "nplurals=3; plural=(n % 10 == 1 && n % 100 != 11 ? 0 : n != 0 ? 1 : 2);"
"""Latvian: 1, 21, 31 …; 2, 10, 11 …; 0."""


def catalogues() -> dict[str, Catalog]:
    """Read every Latvian catalogue by the name of its file."""
    found = {}
    for file in sorted(files(__package__).joinpath("lv").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".po"):
            with file.open("rb") as stream:
                found[file.name.removesuffix(".po")] = read_po(stream, locale="lv")
    return found


def install_latvian() -> None:
    """Teach starlette-admin Latvian; it brings eight languages, and ours is not among them."""
    library.translations["lv"] = _latvian()
    if "lv" not in library.SUPPORTED_LOCALES:
        library.SUPPORTED_LOCALES.append("lv")


@cache
def _latvian() -> Translations:
    merged = Translations()
    for catalogue in catalogues().values():
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        merged.merge(Translations(fp=compiled))
    merged.plural = _latvian_plural
    return merged


def _latvian_plural(number: float | Decimal) -> int:
    if number % 10 == 1 and number % 100 != 11:  # noqa: PLR2004 - eleven
        return 0
    return 1 if number != 0 else 2


def language() -> Language:
    """Give the language of the request that is being answered."""
    return Language.LV if get_locale() == "lv" else Language.EN


def gettext(message: str) -> str:
    """Say an English message in the language of the request."""
    return _gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Say a message with a number in the language of the request."""
    return _ngettext(one, many, number) % {"number": number}


def lazy(message: str) -> str:
    """Keep a message to be said when it is shown, in the language of that request."""
    return _lazy(message)


def of_text(text: Text) -> str:
    """Give a text of the library in the language of the request."""
    return text.in_(language())
