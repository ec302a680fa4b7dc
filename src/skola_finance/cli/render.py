"""Answers for people: tables in the terminal, the figure first, then what to do."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from skola_finance.claims.columns import COLUMN
from skola_finance.claims.shown import show_day
from skola_finance.claims.vocabulary import PROGRAMMES
from skola_finance.cli.rules import values_as
from skola_finance.cli.words import PLURALS, WORDS, count
from skola_finance.money import format_amount
from skola_finance.problems import CitationStatus, Language, Severity
from skola_finance.rulebook import Boundary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from skola_finance.claims.assessment import Assessment
    from skola_finance.claims.compare import Change, Comparison
    from skola_finance.claims.vectors import Outcome
    from skola_finance.problems import Citation, Problem
    from skola_finance.rulebook import Rule, Rulebook, Version

SHOWN = 40
"""How many findings the terminal shows; the annotated workbook and JSON hold them all."""
NOT_CHECKED = "RUL-302"
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_SIGN = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "i"}


def print_assessment(
    assessment: Assessment, language: Language, *, annotated: Path | None = None
) -> None:
    """Print a verdict: amounts, then what to mend, then what was not checked."""
    console, words = Console(), WORDS[language]
    name = PROGRAMMES[assessment.programme].in_(language)
    day = show_day(assessment.on, language)
    console.print(f"\n[bold]{escape(name)}[/bold] · {words['on']} {day}\n")
    console.print(_totals(assessment, language))
    if assessment.illustrative:
        console.print(f"[yellow]! {words['illustrative']}[/yellow]")
    found = [one for one in assessment.problems if one.code != NOT_CHECKED]
    console.print(_counts(found, assessment, language))
    alike = _alike(found)
    if alike:
        console.print(_problems(alike[:SHOWN], language))
    if len(alike) > SHOWN:
        rest = sum(len(group) for group in alike[SHOWN:])
        console.print(words["more"].format(number=rest), style="dim")
    unchecked = [one for one in assessment.problems if one.code == NOT_CHECKED]
    if unchecked:
        console.print(f"\n[cyan]i {words['unchecked']}[/cyan]")
        for line in _unchecked(unchecked, language):
            console.print(Padding(Styled(f"• {line}", style="dim"), (0, 0, 0, 2)))
    if annotated is not None:
        console.print(f"\n{words['annotated']}: [bold]{escape(str(annotated))}[/bold]")


def _unchecked(problems: list[Problem], language: Language) -> list[str]:
    """Say why each rule was not checked; those that only lack history are said together."""
    alone = [one.message.in_(language) for one in problems if one.variant != "history"]
    codes = [one.subject for one in problems if one.variant == "history"]
    if codes:
        alone.append(WORDS[language]["without_history"].format(codes=", ".join(sorted(codes))))
    return alone


def _totals(assessment: Assessment, language: Language) -> Table:
    words, totals = WORDS[language], assessment.totals
    table = Table(show_header=False, caption=words["preview"], caption_justify="left")
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    table.add_row(words["claimed"], format_amount(totals.claimed_cents, language))
    eligible = Styled(format_amount(totals.eligible_cents, language), style="bold green")
    table.add_row(Styled(words["eligible"], style="bold"), eligible)
    for key, cents in (("esf_plus", totals.esf_plus_cents), ("state", totals.state_cents)):
        table.add_row(Styled(f"  {words[key]}", style="dim"), format_amount(cents, language))
    for key, cents in (
        ("ineligible", totals.ineligible_cents),
        ("unfunded", totals.unfunded_cents),
    ):
        style = "bold red" if cents else ""
        table.add_row(words[key], Styled(format_amount(cents, language), style=style))
    return table


def _counts(found: list[Problem], assessment: Assessment, language: Language) -> Styled:
    line = Styled(f"{count(PLURALS['line'], len(assessment.lines), language)}: ")
    clean = sum(1 for one in assessment.lines if not one.problems)
    line.append(f"{clean} {WORDS[language]['clean']}")
    for severity in Severity:
        number = sum(1 for one in found if one.severity is severity)
        if number:
            line.append(", ")
            line.append(count(PLURALS[severity.value], number, language), style=_STYLE[severity])
    return line


def _alike(found: list[Problem]) -> list[list[Problem]]:
    """Gather findings that say the same of several rows, errors first, then as they stand."""
    groups: dict[tuple[object, ...], list[Problem]] = defaultdict(list)
    for one in sorted(found, key=lambda one: list(Severity).index(one.severity)):
        groups[one.severity, one.code, one.message, one.hint, one.where.sheet].append(one)
    return list(groups.values())


def _problems(alike: list[list[Problem]], language: Language) -> Table:
    words = WORDS[language]
    table = Table(show_lines=True, pad_edge=False)
    table.add_column(words["where"], min_width=14, max_width=20)
    table.add_column(words["found"], ratio=1)
    table.add_column(words["cut"], justify="right", no_wrap=True)
    for group in alike:
        cut = sum(one.cut_cents for one in group)
        shown = format_amount(cut, language) if cut else ""
        table.add_row(_place(group, language), _told(group[0], language), shown)
    return table


def _place(group: list[Problem], language: Language) -> Styled:
    problem = group[0]
    where = problem.where
    sign = f"{_SIGN[problem.severity]} {problem.code}"
    place = Styled(sign, style=_STYLE[problem.severity])
    row = f"{where.sheet or ''} {where.row or ''}".strip()
    if row:
        place.append(f"\n{row}", style="default")
    if len(group) > 1:
        rows = count(PLURALS["more_row"], len(group) - 1, language)
        others = WORDS[language]["and_rows"].format(rows=rows)
        place.append(f"\n{others}", style="default")
    if where.column in COLUMN:
        place.append(f"\n{COLUMN[str(where.column)].label.in_(language)}", style="dim")
    return place


def _told(problem: Problem, language: Language) -> Group:
    parts = [
        Styled(problem.message.in_(language)),
        Styled(f"→ {problem.hint.in_(language)}", style="green"),
    ]
    if problem.citation is not None:
        parts.append(Styled(cited(problem.citation, language), style="dim"))
    return Group(*parts)


def cited(citation: Citation, language: Language) -> str:
    """Give a citation on one line; what is not read in the source says so."""
    line = f"{citation.act}, {citation.locator}"
    if citation.status is CitationStatus.SOURCED:
        return line
    return f"{line} ({WORDS[language][citation.status.value]})"


def print_rules(book: Rulebook, language: Language) -> None:
    """Print every rule with its versions and source."""
    words = WORDS[language]
    table = Table(title=f"{book.programme} · {book.digest[:12]}", pad_edge=False)
    for key in ("code", "title", "versions", "source"):
        table.add_column(words[key], no_wrap=key == "code", ratio=None if key == "code" else 1)
    for rule in book.rules.values():
        periods = "\n".join(_period(version, language) for version in rule.versions)
        source = cited(rule.versions[-1].citation, language)
        table.add_row(rule.code, rule.title.in_(language), periods, source)
    Console().print(table)


def print_rule(rule: Rule, versions: Sequence[Version], language: Language) -> None:
    """Print one rule: its text, then each version with its values and source."""
    console, words = Console(), WORDS[language]
    own = rule.findings[""]
    console.print(f"\n[bold]{rule.code} · {escape(rule.title.in_(language))}[/bold]")
    console.print(f"{words['found']}: {escape(own.message.in_(language))}")
    console.print(f"{words['hint']}: {escape(own.hint.in_(language))}")
    console.print(
        f"[dim]{rule.kind_name} · {rule.stage.value} · {rule.effect.value} · "
        f"{words[rule.severity.value]} · {rule.file}[/dim]\n"
    )
    for version in versions:
        console.print(f"[bold]{_period(version, language)}[/bold]")
        values = values_as(
            rule,
            version,
            money=partial(format_amount, language=language),
            day=partial(show_day, language=language),
        )
        for key, value in values.items():
            console.print(f"  {key} = {escape(_plain(value))}")
        console.print(f"  [dim]{escape(cited(version.citation, language))}[/dim]")
        console.print(f"  [dim]{version.citation.uri}[/dim]")
        if version.note:
            console.print(f"  [dim]{escape(version.note)}[/dim]")


def _plain(value: object) -> str:
    match value:
        case dict():
            return "; ".join(f"{key}: {_plain(one)}" for key, one in value.items())
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _period(version: Version, language: Language) -> str:
    words = WORDS[language]

    def edge(value: object) -> str:
        return value.key if isinstance(value, Boundary) else show_day(value, language)  # type: ignore[arg-type]  # a date

    if version.starts is None and version.ends is None:
        return words["always"]
    if version.ends is None:
        return f"{words['from']} {edge(version.starts)}"
    if version.starts is None:
        return f"{words['until']} {edge(version.ends)}"
    return f"{words['from']} {edge(version.starts)} {words['until']} {edge(version.ends)}"


def print_outcomes(outcomes: list[Outcome], language: Language) -> None:
    """Print which vectors are red, and how many there are."""
    console = Console()
    red = [one for one in outcomes if not one.is_green]
    for outcome in red:
        console.print(f"[red]✗[/red] {outcome.vector.file} · {escape(outcome.vector.name)}")
        for fault in outcome.faults:
            console.print(f"  {escape(fault)}")
    rules = len({(one.vector.file) for one in outcomes})
    told = count(PLURALS["vector"], len(outcomes), language)
    words = WORDS[language]
    verdict = words["green"] if not red else words["red"].format(number=len(red))
    console.print(f"{told}, {count(PLURALS['file'], rules, language)}: {verdict}")


def print_comparison(comparison: Comparison, language: Language) -> None:
    """Print what would change: in total, by partner, semester and rule."""
    console, words = Console(), WORDS[language]
    console.print(
        f"\n{count(PLURALS['line'], comparison.lines, language)}, "
        f"{words['changed']}: [bold]{comparison.changed}[/bold]"
    )
    before, after = comparison.before_cents, comparison.after_cents
    console.print(
        f"{words['eligible']}: {format_amount(before, language)} → "
        f"[bold]{format_amount(after, language)}[/bold] "
        f"({_signed(after - before, language)})\n"
    )
    if any(one.difference_cents or one.lines for one in comparison.by_partner):
        console.print(_changes(comparison.by_partner, words["partner"], words, language))
    if any(one.name and one.lines for one in comparison.by_semester):
        console.print(_changes(comparison.by_semester, words["semester"], words, language))
    if comparison.by_rule:
        console.print(_changes(comparison.by_rule, words["rule"], words, language))


def _changes(
    changes: Sequence[Change], head: str, words: dict[str, str], language: Language
) -> Table:
    table = Table(head, pad_edge=False)
    for key in ("lines", "before", "after", "difference"):
        table.add_column(words[key], justify="right", no_wrap=True)
    for one in changes:
        table.add_row(
            one.name or "—",
            str(one.lines),
            format_amount(one.before_cents, language),
            format_amount(one.after_cents, language),
            _signed(one.difference_cents, language),
        )
    return table


def _signed(cents: int, language: Language) -> str:
    shown = format_amount(cents, language)
    return f"+{shown}" if cents > 0 else shown
