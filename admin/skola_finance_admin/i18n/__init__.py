"""Words of the pages in two languages: English in the code, Latvian in the catalogues beside."""

from skola_finance_admin.i18n.catalogue import (
    LANGUAGES,
    gettext,
    install_latvian,
    language,
    lazy,
    ngettext,
    of_text,
)
from skola_finance_admin.i18n.formats import amount, count, day, moment, percent, semester

__all__ = [
    "LANGUAGES",
    "amount",
    "count",
    "day",
    "gettext",
    "install_latvian",
    "language",
    "lazy",
    "moment",
    "ngettext",
    "of_text",
    "percent",
    "semester",
]
