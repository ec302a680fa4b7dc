"""`split` and `allocate`: the programme's money, without a claim."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Annotated

import typer

from skola_finance.cli.options import AsJson, Lang, Programme, ProgrammeOption, print_json
from skola_finance.funding import apportion
from skola_finance.money import Money, eur, format_amount, plain, to_cents
from skola_finance.problems import Language, Problem, Severity, SkolaError, Text, Where
from skola_finance.usecases.split import split_allocation, split_claims

_HEADS = {
    Language.LV: ("Kopā", "ESF+", "Valsts budžets"),
    Language.EN: ("Total", "ESF+", "State budget"),
}
WEIGHT_COLUMNS = ("partner", "weight")


class UnusableWeightFile(SkolaError, ValueError):
    """A file of weights that cannot be read (FUN-715)."""


def split(
    amounts: Annotated[list[str], typer.Argument(metavar="SUMMA…", help="Eiro · Euros.")],
    programme: ProgrammeOption = Programme.SKOLA_KOPIENA,
    *,
    claims: Annotated[
        bool, typer.Option("--claims", help="Secīgi pārskati · Successive claims (D-03).")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = Language.LV,
) -> None:
    """Finansējuma dalījums: ESF+ un valsts budžets · Split by source."""
    money = [eur(amount) for amount in amounts]
    if claims or len(money) > 1:
        parts = split_claims(money, programme=programme.value)
    else:
        parts = [split_allocation(money[0], programme=programme.value)]
    rows = [(part.total, part.esf_plus, part.state) for part in parts]
    if as_json:
        keyed = [
            dict(zip(("total", "esf_plus", "state"), map(_plain, row), strict=True)) for row in rows
        ]
        print_json({"claims": keyed} if claims or len(money) > 1 else keyed[0])
        return
    _print_table(_HEADS[lang], [[_shown(one, lang) for one in row] for row in rows])


def allocate(
    total: Annotated[str, typer.Argument(metavar="KOPSUMMA", help="Eiro · Euros.")],
    weights: Annotated[
        Path, typer.Option("--weights", help="CSV ar kolonnām partner,weight · CSV of weights.")
    ],
    *,
    as_json: AsJson = False,
    lang: Lang = Language.LV,
) -> None:
    """Partneru finansējuma sadale pēc svariem · Apportioning among partners (D-04)."""
    whole = eur(total)
    parts = apportion(whole, weights=_read_weights(weights))
    if as_json:
        listed = [{"partner": name, "amount": _plain(amount)} for name, amount in parts.items()]
        print_json({"total": _plain(whole), "parts": listed})
        return
    heads = ("Partneris", "Summa") if lang is Language.LV else ("Partner", "Amount")
    rows = [[name, _shown(amount, lang)] for name, amount in parts.items()]
    _print_table(heads, [*rows, ["Kopā" if lang is Language.LV else "Total", _shown(whole, lang)]])


def _plain(money: Money) -> str:
    return plain(to_cents(money))


def _shown(money: Money, language: Language) -> str:
    return format_amount(to_cents(money), language)


def _print_table(heads: tuple[str, ...], rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for index, head in enumerate(heads):
        is_name = index == 0 and heads not in _HEADS.values()
        table.add_column(head, justify="left" if is_name else "right", no_wrap=not is_name)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _read_weights(path: Path) -> list[tuple[str, int]]:
    """Read partners and whole-number weights in the order of the file.

    Raises:
        UnusableWeightFile: FUN-715, naming the row.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, None, "datni nevar nolasīt", "the file cannot be read") from error
    dialect = csv.excel()
    dialect.delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), dialect=dialect, restval="")
    heads = list(reader.fieldnames or ())
    if any(heads.count(name) != 1 for name in WEIGHT_COLUMNS):
        raise _unusable(
            path,
            1,
            "vajadzīga tieši viena kolonna partner un viena weight",
            "exactly one column partner and one weight is needed",
        )
    found = []
    for row in reader:
        partner, weight = row["partner"].strip(), row["weight"].strip()
        # More cells than headings: a decimal comma, most likely, and half of a weight.
        if None in row or not weight.isdecimal() or not weight.isascii() or not partner:
            raise _unusable(
                path,
                reader.line_num,
                f"svars „{weight}” nav vesels skaitlis, trūkst partnera vai rindā ir liekas šūnas",
                f"the weight “{weight}” is no whole number, the partner is missing or the row has "
                "too many cells",
            )
        found.append((partner, int(weight)))
    return found


def _unusable(path: Path, row: int | None, lv: str, en: str) -> UnusableWeightFile:
    return UnusableWeightFile(
        Problem(
            code="FUN-715",
            severity=Severity.ERROR,
            message=Text(lv=f"Svaru datne nav lietojama: {lv}.", en=f"Weights: {en}."),
            hint=Text(
                lv="Vajadzīgs CSV ar kolonnām „partner” un „weight” (veseli skaitļi).",
                en="Needed is a CSV with the columns “partner” and “weight” (whole numbers).",
            ),
            where=Where(file=path.name, row=row),
        )
    )
