"""The law as dated, cited data.

Purpose: load and validate `rules/**/*.toml`, lay settings over it, look a value up on a date,
and give the whole a digest that is the same on every machine.

May import: `problems` and `money`. Knows nothing of claims: a rule names its *kind*, and
`claims.checks` holds one module for each.

Promises: a rulebook that loads is whole. Every version has a citation, periods neither gap nor
overlap, every text stands in both languages, and every rule has vectors that can fail. Whoever
keeps its texts and the records of its settings can make both again, under the same digests.
"""

from skola_finance.rulebook.load import load_rulebook, rulebook_of_texts
from skola_finance.rulebook.model import Rule, Version
from skola_finance.rulebook.parameters import Parameter, Setting
from skola_finance.rulebook.rulebook import Rulebook
from skola_finance.rulebook.settings import (
    load_settings,
    make_setting,
    setting_of_record,
    setting_record,
)
from skola_finance.rulebook.timeline import Boundary, Span

__all__ = [
    "Boundary",
    "Parameter",
    "Rule",
    "Rulebook",
    "Setting",
    "Span",
    "Version",
    "load_rulebook",
    "load_settings",
    "make_setting",
    "rulebook_of_texts",
    "setting_of_record",
    "setting_record",
]
