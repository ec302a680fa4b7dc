"""The law as dated, cited data.

Purpose: load and validate `rules/**/*.toml`, lay settings over it, look a value up on a date,
and give the whole a digest that is the same on every machine.

May import: `problems` and `money`. Knows nothing of claims: a rule names its *kind*, and
`claims.checks` holds one module for each.

Promises: a rulebook that loads is whole. Every version has a citation, periods neither gap nor
overlap, every text stands in both languages, and every rule has vectors that can fail.
"""

from skola_finance.rulebook.load import load_rulebook
from skola_finance.rulebook.model import Rule, Version
from skola_finance.rulebook.parameters import Parameter, Setting
from skola_finance.rulebook.rulebook import Rulebook
from skola_finance.rulebook.settings import load_settings
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
]
