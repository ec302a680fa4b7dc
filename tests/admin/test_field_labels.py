"""Names of fields: whoever reads a refusal finds in it the word that stands on the form."""

from __future__ import annotations

import ast
from importlib.resources import files
from inspect import signature
from pathlib import Path

import pytest
import skola_finance_admin
from skola_finance_admin.web.forms import unusable_field

import skola_finance
from skola_finance import field_label
from skola_finance.commands import COMMANDS
from skola_finance.usecases.field_labels import LABELS
from skola_finance.usecases.wording import unusable_input

REFUSING = {"unusable_input", "unusable_field"}
READING = {"text", "cents", "optional_cents", "whole", "day", "optional_day", "choice", "file"}
OF_PROGRAMS = frozenset(
    {"back", "by_bank", "confirmed", "demo", "illustrative", "session", "show", "spares", "then"}
    | {"command_id", "thing", "wrapped_secret"}
)
"""What nobody types: pages and programs send it."""


def named_in(root: Path) -> set[str]:
    """Read every name of a field that the code reads from a form, or refuses."""
    calls = (
        node
        for file in root.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args
    )
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
        if (isinstance(call.func, ast.Name) and call.func.id in REFUSING)
        or (
            isinstance(call.func, ast.Attribute)
            and call.func.attr in READING
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "form"
        )
    }


def test_every_field_has_a_name_for_people() -> None:
    """Proves that no refusal names a field by its name in the code."""
    typed = named_in(Path(str(files(skola_finance_admin))))
    typed |= named_in(Path(str(files(skola_finance))))
    typed |= {
        name
        for command in COMMANDS.values()
        for name in list(signature(command.body).parameters)[1:]
    }
    assert len(typed) > 100
    assert typed - set(LABELS) - OF_PROGRAMS == set()


@pytest.mark.parametrize(
    ("name", "lv", "en"),
    [
        ("executed_on", "Lauks „Banka samaksāja”:", "Field “Paid by the bank on”:"),
        ("answer-publicity", "Lauks „Atbilde”:", "Field “Answer”:"),
        ("cents:SK-00001-0001", "Lauks „Summa”:", "Field “Amount”:"),
    ],
)
def test_a_refusal_speaks_of_the_field_and_keeps_its_name_for_programs(
    name: str, lv: str, en: str
) -> None:
    """Proves it for a form and for a command; and a day at the end needs no second full stop."""
    for refuse in (unusable_field, unusable_input):
        problem = refuse(name, lv="jābūt līdz 22.11.2026.", en="it must be by 2026-11-22").problem
        assert problem.message.lv == f"{lv} jābūt līdz 22.11.2026."
        assert problem.message.en == f"{en} it must be by 2026-11-22."
        assert problem.subject == name


def test_what_has_no_other_name_keeps_its_own() -> None:
    """Proves that an input of programs is named as they know it."""
    assert field_label("wrapped_secret").lv == "wrapped_secret"
