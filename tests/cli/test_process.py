"""The command as a process of its own: what it loads, and what it writes to any terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
HEAVY = ("polars", "openpyxl", "sqlmodel", "narwhals", "python_calamine", "rich")

LOADED = """
import sys
from skola_finance.cli import main
sys.argv = ["skola-finance", *sys.argv[1:]]
try:
    main()
finally:
    heavy = [name for name in {heavy!r} if name in sys.modules]
    sys.stderr.write(",".join(heavy))
"""


def process(
    *arguments: str, code: str = "", ascii_only: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Run Python with our source, in a terminal that may know no letters but English ones."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "NO_COLOR": "1"}
    environment.pop("PYTHONUTF8", None)
    if ascii_only:
        environment |= {"PYTHONIOENCODING": "ascii", "LANG": "C", "LC_ALL": "C"}
    start = ["-c", code] if code else ["-m", "skola_finance.cli"]
    return subprocess.run(  # noqa: S603 - our own command, with arguments written in the test
        [sys.executable, *start, *arguments], capture_output=True, check=False, env=environment
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("split", "15951890.00", "--json"),
        ("split", "1.00", "2.00", "--claims", "--json"),
        ("rules", "list", "--json"),
        ("rules", "show", "ELG-110", "--json"),
    ],
)
def test_small_commands_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """Proves that a script may call them a thousand times: no engine, no workbook, no screen."""
    ran = process(*arguments, code=LOADED.format(heavy=HEAVY))
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)


@pytest.mark.parametrize("arguments", [("split", "1.00"), ("rules", "show", "FUN-701")])
def test_tables_for_people_load_no_database_and_no_workbook(arguments: tuple[str, ...]) -> None:
    """Proves that a table costs a library of tables and nothing else."""
    heavy = tuple(name for name in HEAVY if name != "rich")
    if arguments[0] == "rules":
        heavy = ("openpyxl", "sqlmodel", "python_calamine")
    ran = process(*arguments, code=LOADED.format(heavy=heavy))
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_json_is_utf_8_whatever_the_terminal_says() -> None:
    """Proves that Latvian letters reach other programs whole."""
    ran = process("rules", "show", "ELG-110", "--json", ascii_only=True)
    assert ran.returncode == 0
    shown = json.loads(ran.stdout.decode("utf-8"))
    assert shown["title"] == "Lasītprasmes atbalsts ārpus 1.–3. klases"
    assert "Lasītprasmes" in ran.stdout.decode("utf-8")


@pytest.mark.parametrize("arguments", [("split", "1.00"), ("rules", "show", "ELG-110")])
def test_a_terminal_without_our_letters_gets_what_it_can_show(arguments: tuple[str, ...]) -> None:
    """Proves that a table is never answered with a traceback."""
    ran = process(*arguments, ascii_only=True)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.isascii()
    assert b"?" in ran.stdout


def test_a_refusal_is_one_line_and_exit_2_for_the_shell_too() -> None:
    """Proves the contract from outside, in a terminal that knows no Latvian letters."""
    for ascii_only in (False, True):
        ran = process("rules", "show", "ELG-999", ascii_only=ascii_only)
        assert ran.returncode == 2
        assert ran.stdout == b""
        assert ran.stderr.count(b"\n") == 1
        assert ran.stderr.startswith(b"RUL-431 ")


def test_importing_the_package_costs_next_to_nothing() -> None:
    """Proves that the facade loads a name only when it is used (D-14)."""
    code = f"import sys, skola_finance; print([one for one in {HEAVY!r} if one in sys.modules])"
    ran = process(code=code)
    assert ran.stdout.strip() == b"[]"
