"""`template`, `check` and `simulate`: claims without an account, a server or a database."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skola_finance.cli.options import (
    AsJson,
    HistoryOption,
    Lang,
    OnOption,
    ProgrammeOption,
    RulesOption,
    SettingsOption,
    day_or_today,
    print_json,
    refuse_personal_names,
)
from skola_finance.cli.rules import citation
from skola_finance.money import plain
from skola_finance.problems import Language

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.claims.assessment import Amounts, Assessment
    from skola_finance.claims.compare import Change, Comparison
    from skola_finance.cli.progress import Tell
    from skola_finance.problems import Problem

HAS_ERRORS = 1


class Layout(StrEnum):
    """How an empty claim is spread over sheets."""

    SHEETS = "sheets"
    """Narrow sheets, each with only the columns its rows need."""
    LINES = "lines"
    """One sheet with every column."""


def template(
    programme: ProgrammeOption,
    out: Annotated[Path, typer.Option("-o", "--out", help="Jaunā xlsx datne · New file.")],
    settings: SettingsOption = None,
    layout: Annotated[
        Layout,
        typer.Option("--layout", help="sheets: šauras lapas; lines: viena lapa · Layout."),
    ] = Layout.SHEETS,
    *,
    lang: Lang = Language.LV,
) -> None:
    """Tukša izdevumu pārskata darbgrāmata · An empty claim workbook."""
    from skola_finance.usecases.check import rulebook_with
    from skola_finance.usecases.template import make_template

    refuse_personal_names(out, settings)
    rulebook = rulebook_with(programme.value, settings=settings)
    today = day_or_today(None)
    make_template(out, rulebook=rulebook, on=today, language=lang, layout=layout.value)
    typer.echo(f"{'Sagatavots' if lang is Language.LV else 'Written'}: {out}")


def check(
    path: Annotated[Path, typer.Argument(metavar="FAILS.xlsx", help="Pārskats · The claim.")],
    programme: ProgrammeOption,
    settings: SettingsOption = None,
    history: HistoryOption = None,
    on: OnOption = None,
    annotated: Annotated[
        Path | None,
        typer.Option("--annotated", help="Kur rakstīt anotēto darbgrāmatu · Annotated copy."),
    ] = None,
    rules: RulesOption = None,
    *,
    as_json: AsJson = False,
    lang: Lang = Language.LV,
) -> None:
    """Pārbauda izdevumu pārskatu pirms iesniegšanas · Checks a claim before it is sent."""
    from skola_finance.cli.progress import shown_progress
    from skola_finance.usecases.check import (
        annotate_workbook,
        check_workbook,
        rulebook_with,
    )

    day = day_or_today(on)
    refuse_personal_names(path, settings, annotated, *(history or ()))
    with shown_progress(lang) as tell:
        rulebook = rulebook_with(programme.value, settings=settings, rules=rules)
        checked = check_workbook(
            path, rulebook=rulebook, on=day, history=history or (), progress=tell
        )
        if annotated is not None:
            tell("annotate")
            annotate_workbook(path, checked, annotated, language=lang)
    if as_json:
        print_json(assessment_json(checked.assessment, lang))
    else:
        from skola_finance.cli.render import print_assessment

        print_assessment(checked.assessment, lang, annotated=annotated)
    if checked.assessment.has_errors:
        raise typer.Exit(HAS_ERRORS)


def simulate(
    programme: ProgrammeOption,
    rules: RulesOption = None,
    settings: SettingsOption = None,
    history: HistoryOption = None,
    lines: Annotated[
        list[Path] | None, typer.Option("--lines", help="Rindas Parquet datnē · Lines in Parquet.")
    ] = None,
    on: OnOption = None,
    *,
    as_json: AsJson = False,
    lang: Lang = Language.LV,
) -> None:
    """Kas mainītos ar citiem noteikumiem · What would change under other rules or settings.

    Bez --lines un --history pārrēķina datubāzē glabāto · Without files: what the database holds.
    """
    from skola_finance.cli.progress import shown_progress
    from skola_finance.usecases.check import rulebook_with
    from skola_finance.usecases.simulate import simulate as run

    day = day_or_today(on)
    refuse_personal_names(settings, *(history or ()), *(lines or ()))
    with shown_progress(lang) as tell:
        if not lines and not history:
            comparison = _simulate_stored(programme.value, rules, settings, day, tell)
        else:
            before = rulebook_with(programme.value, settings=settings)
            after = rulebook_with(programme.value, settings=settings, rules=rules)
            comparison = run(
                [*(lines or ()), *(history or ())],
                before=before,
                after=after,
                on=day,
                against_stored=rules is None,
                progress=tell,
            )
    if as_json:
        print_json(comparison_json(comparison, programme.value))
        return
    from skola_finance.cli.render import print_comparison

    print_comparison(comparison, lang)


def _simulate_stored(
    programme: str, rules: Path | None, settings: Path | None, on: date, tell: Tell
) -> Comparison:
    """Re-assess what the database holds, where no files were given."""
    from skola_finance.cli.orders import order_on
    from skola_finance.rulebook import Rulebook, Setting, load_rulebook, load_settings
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.proof.simulation import simulate_stored

    def changed(present: Rulebook) -> Rulebook:
        if rules is None:
            return present
        return load_rulebook(programme, rules=rules).with_settings(present.settings)

    given: tuple[Setting, ...] = ()
    if settings is not None:
        given = load_settings(settings, rulebook=load_rulebook(programme, rules=rules))
    return simulate_stored(
        open_store(),
        order_on(on),
        programme=programme,
        rules=changed,
        settings=given,
        progress=tell,
    )


def assessment_json(assessment: Assessment, language: Language) -> dict[str, Any]:
    """Give an assessment under the keys of the contract."""
    totals = assessment.totals
    return {
        "programme": assessment.programme,
        "rulebook_digest": assessment.rulebook_digest,
        "settings_digest": assessment.settings_digest,
        "on": assessment.on.isoformat(),
        "illustrative": assessment.illustrative,
        "totals": {
            **_amounts(totals),
            "esf_plus": plain(totals.esf_plus_cents),
            "state": plain(totals.state_cents),
        },
        "lines": [
            {
                "sheet": line.sheet,
                "row": line.row,
                "line_id": line.line_id,
                **_amounts(line),
                "problems": [problem.code for problem in line.problems],
            }
            for line in assessment.lines
        ],
        "problems": [_problem(problem, language) for problem in assessment.problems],
    }


def _amounts(amounts: Amounts) -> dict[str, str]:
    return {
        "claimed": plain(amounts.claimed_cents),
        "eligible": plain(amounts.eligible_cents),
        "ineligible": plain(amounts.ineligible_cents),
        "unfunded": plain(amounts.unfunded_cents),
    }


def _problem(problem: Problem, language: Language) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "sheet": problem.where.sheet,
        "row": problem.where.row,
        "column": problem.where.column,
        "cut": plain(problem.cut_cents),
        "variant": problem.variant,
        "subject": problem.subject,
        "message": problem.message.in_(language),
        "hint": problem.hint.in_(language),
        "citation": None if problem.citation is None else citation(problem.citation),
    }


def comparison_json(comparison: Comparison, programme: str) -> dict[str, Any]:
    """Give a comparison with money as text."""

    def change(one: Change, name: str) -> dict[str, Any]:
        return {
            name: one.name,
            "lines": one.lines,
            "before": plain(one.before_cents),
            "after": plain(one.after_cents),
            "difference": plain(one.difference_cents),
        }

    return {
        "programme": programme,
        "lines": comparison.lines,
        "changed": comparison.changed,
        "eligible": {
            "before": plain(comparison.before_cents),
            "after": plain(comparison.after_cents),
            "difference": plain(comparison.after_cents - comparison.before_cents),
        },
        "by_partner": [change(one, "partner") for one in comparison.by_partner],
        "by_semester": [change(one, "semester") for one in comparison.by_semester],
        "by_rule": [change(one, "rule") for one in comparison.by_rule],
    }
