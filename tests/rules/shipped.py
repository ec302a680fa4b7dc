"""The rules that ship, loaded once for all tests of this folder."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from skola_finance.problems import Language
from skola_finance.rulebook import load_rulebook
from skola_finance.rulebook.model import PROGRAMMES
from skola_finance.rulebook.vector_file import load_bases, load_vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from skola_finance.rulebook import Rule, Rulebook
    from skola_finance.rulebook.vector_file import Bases, Vector


@lru_cache
def book(programme: str) -> Rulebook:
    """Give the shipped rulebook of a programme, without settings."""
    return load_rulebook(programme)


@lru_cache
def bases() -> Mapping[str, Bases]:
    """Give the perfect lines of both programmes."""
    return load_bases()


@lru_cache
def vectors() -> tuple[Vector, ...]:
    """Give every shipped vector."""
    return load_vectors()


def rules() -> list[Rule]:
    """Give every shipped rule once, in the order of the files."""
    found = {one.file: one for programme in PROGRAMMES for one in book(programme).rules.values()}
    return [found[file] for file in sorted(found)]


def vectors_of(rule: Rule) -> list[Vector]:
    """Give the vectors beside a rule."""
    file = rule.file.replace(".toml", ".vectors.toml")
    return [one for one in vectors() if one.file == file]


def texts(rule: Rule) -> Iterator[tuple[str, Language, str]]:
    """Give every text of a rule with its name and language."""
    named = {"title": rule.title}
    for variant, finding in rule.findings.items():
        own = f"{variant}." if variant else ""
        named |= {f"{own}message": finding.message, f"{own}hint": finding.hint}
    for (name, text), language in product(named.items(), Language):
        yield name, language, text.in_(language)
