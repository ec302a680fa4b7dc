"""The examples that prove a rule, run while one looks: what is given, what must come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from skola_finance.claims.columns import CLAIM_KEYS, COLUMN, Column
from skola_finance.claims.shown import show_day
from skola_finance.claims.vectors import run_vector
from skola_finance.money import format_amount, parse_amount
from skola_finance.problems import Language, Text
from skola_finance.rulebook.vector_file import load_bases, load_vectors
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from skola_finance.rulebook.vector_file import Bases, Vector
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_CLAIM: Mapping[str, Column] = {column.key: column for column in CLAIM_KEYS}


@dataclass(frozen=True, slots=True)
class ExampleFact:
    """A fact that an example sets, beside those of a line without faults."""

    name: Text
    shown: Text


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A case of a rule, and what became of it when it was run just now.

    `name` is in English, as the rule files are. `expected` are the codes that must be found; none
    means that only figures are compared.
    """

    name: str
    facts: tuple[ExampleFact, ...]
    expected: tuple[str, ...] | None
    eligible_cents: int | None
    more_lines: int
    is_green: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExamplesRun:
    """All examples of a rule, judged by the rulebook that is in force."""

    code: str
    title: Text
    examples: tuple[RuleExample, ...]

    @property
    def green(self) -> int:
        """How many came out as expected."""
        return sum(one.is_green for one in self.examples)


def run_examples(
    store: Store,
    order: Order,  # noqa: ARG001 - every read is asked alike; this one is open to everybody
    *,
    programme: str,
    code: str,
) -> ExamplesRun:
    """Run the examples of a rule against the rulebook in force.

    The examples are those that ship with this release; where the programme has another rulebook in
    force, they say where the two differ. They are public, so everybody may read them.

    Raises: NotFound (AUT-603) for an unknown programme; UnknownRule (RUL-431).
    """
    with store.reading() as repositories:
        row = repositories.programmes.get(programme)
        if row is None:
            raise not_found(PROGRAMME)
        rulebook = store.rulebook(repositories, row.rulebook_digest)
    rule = rulebook.rule(code)
    bases = shipped_bases()[programme]
    found = []
    for vector in _vectors():
        if vector.code == code and programme == vector.programme:
            outcome = run_vector(vector, rulebook, bases)
            found.append(_example(vector, bases, outcome.faults))
    return ExamplesRun(code, rule.title, tuple(found))


@cache
def shipped_bases() -> Mapping[str, Bases]:
    """Give the lines without faults that ship with this release, by programme."""
    return load_bases()


@cache
def _vectors() -> tuple[Vector, ...]:
    return load_vectors()


def _example(vector: Vector, bases: Bases, faults: tuple[str, ...]) -> RuleExample:
    given = vector.given
    lines = given.get("lines", [given.get("line", {})])
    eligible = given.get("eligible")
    facts = [*_facts(lines[0]), *_facts(given.get("claim", {}))]
    if "on" in given and given["on"] != bases.on:
        facts.append(_fact(Text(lv="Pārbaudes diena", en="Day of assessment"), given["on"], None))
    return RuleExample(
        name=vector.name,
        facts=tuple(facts),
        expected=vector.expect,
        eligible_cents=parse_amount(eligible) if eligible is not None else None,
        more_lines=len(lines) - 1 + len(given.get("history", ())),
        is_green=not faults,
        faults=faults,
    )


def _facts(given: Mapping[str, Any]) -> Iterator[ExampleFact]:
    for key, value in given.items():
        column = COLUMN.get(key) or _CLAIM.get(key)
        name = column.label if column is not None else Text(lv=key, en=key)
        yield _fact(name, value, column)


def _fact(name: Text, value: Any, column: Column | None) -> ExampleFact:  # noqa: ANN401 - a cell of a vector
    shown = {language: _shown(value, column, language) for language in Language}
    return ExampleFact(name, Text(lv=shown[Language.LV], en=shown[Language.EN]))


def _shown(value: Any, column: Column | None, language: Language) -> str:  # noqa: ANN401 - a cell of a vector
    if isinstance(value, date):
        return show_day(value, language)
    if value == "":
        return {Language.LV: "nav norādīts", Language.EN: "not given"}[language]
    codes = column.codes if column is not None else None
    if codes is not None and value in codes:
        return codes[value].in_(language)
    if column is not None and column.type == "money" and isinstance(value, str):
        return format_amount(parse_amount(value), language)
    return _joined(value) if isinstance(value, list | tuple) else str(value)


def _joined(values: Iterable[Any]) -> str:
    return ", ".join(map(str, values))
