"""`rules list`, `rules show`, `rules test`: the rulebook, read and proved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skola_finance.cli.options import (
    AsJson,
    Lang,
    OnOption,
    Programme,
    ProgrammeOption,
    RulesOption,
    day_or_today,
    print_json,
)
from skola_finance.money import Rate, plain
from skola_finance.problems import Language
from skola_finance.rulebook import Boundary, load_rulebook
from skola_finance.rulebook.kinds import Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from skola_finance.claims.vectors import Outcome
    from skola_finance.problems import Citation
    from skola_finance.rulebook import Rule, Version
    from skola_finance.rulebook.timeline import Edge

FAILED = 1

app = typer.Typer(help="Noteikumu krājums · The rulebook.")


@app.callback(invoke_without_command=True)
def show_help(context: typer.Context) -> None:
    """Noteikumu krājums · The rulebook."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command("list")
def list_rules(
    programme: ProgrammeOption = Programme.SKOLA_KOPIENA,
    rules: RulesOption = None,
    *,
    as_json: AsJson = False,
    lang: Lang = Language.LV,
) -> None:
    """Visi noteikumi ar redakcijām un avotu · Every rule with its versions and source."""
    book = load_rulebook(programme.value, rules=rules)
    listed = [_summary(rule, lang) for rule in book.rules.values()]
    if as_json:
        print_json({"programme": book.programme, "rulebook_digest": book.digest, "rules": listed})
        return
    from skola_finance.cli.render import print_rules

    print_rules(book, lang)


@app.command("show")
def show_rule(
    code: Annotated[str, typer.Argument(metavar="KODS", help="Piem., ELG-110 · A code.")],
    programme: ProgrammeOption = Programme.SKOLA_KOPIENA,
    on: OnOption = None,
    rules: RulesOption = None,
    *,
    as_json: AsJson = False,
    lang: Lang = Language.LV,
) -> None:
    """Viens noteikums: teksts, redakcijas, vērtības, avots · One rule."""
    book = load_rulebook(programme.value, rules=rules)
    rule = book.rule(code.upper())
    day = day_or_today(on) if on is not None else None
    versions = rule.versions if day is None else book.candidates(rule.code, on=day)
    if day is not None and not versions:
        book.at(rule.code, on=day)
    if as_json:
        own = rule.findings[""]
        texts = {"message": own.message.in_(lang), "hint": own.hint.in_(lang)}
        shown = {**_summary(rule, lang), **texts}
        shown["versions"] = [_version(rule, version) for version in versions]
        print_json(shown)
        return
    from skola_finance.cli.render import print_rule

    print_rule(rule, versions, lang)


@app.command("test")
def run_all_vectors(
    rules: RulesOption = None, *, as_json: AsJson = False, lang: Lang = Language.LV
) -> None:
    """Visi pārbaudes piemēri · Every vector of both programmes."""
    from skola_finance.claims.vectors import run_vectors
    from skola_finance.cli.progress import shown_progress

    with shown_progress(lang) as tell:
        outcomes: list[Outcome] = []
        for outcome in run_vectors(rules):
            tell("vectors", len(outcomes))
            outcomes.append(outcome)
    red = [outcome for outcome in outcomes if not outcome.is_green]
    if as_json:
        failures = [
            {
                "rule": one.vector.code,
                "file": one.vector.file,
                "name": one.vector.name,
                "faults": list(one.faults),
            }
            for one in red
        ]
        print_json({"vectors": len(outcomes), "failed": len(red), "failures": failures})
    else:
        from skola_finance.cli.render import print_outcomes

        print_outcomes(outcomes, lang)
    if red:
        raise typer.Exit(FAILED)


def _summary(rule: Rule, language: Language) -> dict[str, Any]:
    return {
        "code": rule.code,
        "title": rule.title.in_(language),
        "kind": rule.kind_name,
        "stage": rule.stage.value,
        "effect": rule.effect.value,
        "severity": rule.severity.value,
        "anchor": rule.anchor,
        "versions": [
            {
                "from": edge(version.starts),
                "to": edge(version.ends),
                "citation": citation(version.citation),
            }
            for version in rule.versions
        ],
    }


def _version(rule: Rule, version: Version) -> dict[str, Any]:
    return {
        "from": edge(version.starts),
        "to": edge(version.ends),
        "values": values_as(rule, version, money=plain, day=date.isoformat),
        "note": version.note,
        "citation": citation(version.citation),
    }


def edge(value: Edge) -> str | None:
    """Give an edge of a period: a date, or the key of a boundary that is not established."""
    if isinstance(value, Boundary):
        return value.key
    return None if value is None else value.isoformat()


def values_as(
    rule: Rule,
    version: Version,
    *,
    money: Callable[[int], str],
    day: Callable[[date], str],
) -> dict[str, Any]:
    """Give the values of a version as JSON can hold them, with amounts and days as text."""
    shapes = {**rule.kind.needs, **rule.kind.may}

    def shown(value: Any, shape: Shape) -> Any:  # noqa: ANN401 - a tree of values
        if isinstance(value, Mapping):
            return {key: shown(one, shape) for key, one in value.items()}
        if isinstance(value, tuple):
            return [shown(one, shape) for one in value]
        if isinstance(value, date):
            return day(value)
        if shape in (Shape.MONEY, Shape.AMOUNTS):
            return money(value)
        return str(value) if isinstance(value, Rate) else value

    return {key: shown(value, shapes[key]) for key, value in version.values.items()}


def citation(cited: Citation) -> dict[str, Any]:
    """Give a citation under the keys of the contract."""
    return {
        "act": cited.act,
        "locator": cited.locator,
        "uri": cited.uri,
        "status": cited.status.value,
    }
