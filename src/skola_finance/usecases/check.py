"""Checking a claim workbook: read, settle, assess, annotate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from skola_finance.claims.assess import assess_claim
from skola_finance.exchange.parquet import read_lines
from skola_finance.exchange.workbook.read import read_claim
from skola_finance.rulebook import load_rulebook, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    import polars as pl

    from skola_finance.claims.assessment import Assessment
    from skola_finance.claims.claim import Claim
    from skola_finance.problems import Language
    from skola_finance.rulebook import Rulebook

Progress: TypeAlias = "Callable[[str], None]"
PARQUET = ".parquet"


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook's claim and the verdict on it."""

    claim: Claim
    assessment: Assessment


def rulebook_with(
    programme: str, *, settings: Path | None = None, rules: Path | None = None
) -> Rulebook:
    """Load a rulebook and lay a settings file over it.

    Raises:
        UnusableRules: RUL-4xx, a rule or settings file cannot be trusted.

    """
    rulebook = load_rulebook(programme, rules=rules)
    if settings is None:
        return rulebook
    return rulebook.with_settings(load_settings(settings, rulebook=rulebook))


def read_history(paths: Sequence[Path]) -> list[Claim | pl.DataFrame]:
    """Read earlier claims: workbooks, which are assessed first, or approved lines in Parquet."""
    return [
        read_lines(path) if path.suffix.lower() == PARQUET else read_claim(path) for path in paths
    ]


def check_workbook(
    path: Path,
    *,
    rulebook: Rulebook,
    on: date,
    history: Sequence[Path] = (),
    progress: Progress = lambda _: None,
) -> Checked:
    """Read a claim workbook and assess it.

    Args:
        path: the workbook.
        rulebook: the rules, with settings laid over them.
        on: the day of assessment.
        history: earlier claims, in their order; none given is said where it matters.
        progress: told what is being done, in English keywords: `read`, `history`, `assess`.

    Raises:
        UnusableWorkbook: WBK-4xx or CLM-211, the file as a whole cannot be used.

    """
    progress("read")
    claim = read_claim(path, programme=rulebook.programme)
    earlier = None
    if history:
        progress("history")
        earlier = read_history(history)
    progress("assess")
    assessment = assess_claim(claim, rulebook=rulebook, on=on, history=earlier)
    return Checked(claim, assessment)


def annotate_workbook(source: Path, checked: Checked, out: Path, *, language: Language) -> None:
    """Give the workbook back with amounts and problems on its cells."""
    from skola_finance.exchange.workbook.annotate import annotate  # noqa: PLC0415 - openpyxl is slow to load

    annotate(source, checked.assessment, out, claim=checked.claim, language=language)
