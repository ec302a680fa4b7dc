"""The folder law, kept by reading the source: what `import-linter` cannot see is held here.

Each law is a function from one module to the sentences that say where it is broken. Every law
is tried on all modules, and on a small breach of its own, so that none can pass by looking away.
"""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = ("src/skola_finance", "admin/skola_finance_admin")

LAYERS = (
    "problems",
    "money",
    "rulebook",
    "funding",
    "claims",
    "workflow",
    "ledger",
    "storage",
    "exchange",
    "usecases",
    "signing_in",
    "queries",
    "commands",
    "cli",
    "__init__",
    "__main__",
)
"""Lowest first, in the order of the architecture; `__init__` is the facade."""

FACADE = ("commands", "queries", "signing_in")
"""What the facade holds beside `__init__` (D-20); `queries` has a module for each area."""

PURE = frozenset(LAYERS[: LAYERS.index("ledger") + 1])
FLOAT_FREE = frozenset({"money", "funding", "claims", "ledger"})

OUTSIDE_WORLD = frozenset(
    {
        *("aiohttp", "fastapi", "flask", "httpx", "requests", "starlette", "starlette_admin"),
        *("http", "socket", "urllib", "uvicorn"),
        *("alembic", "duckdb", "psycopg", "pyspark", "sqlalchemy", "sqlite3", "sqlmodel"),
        *("openpyxl", "python_calamine", "zipfile"),
        *("click", "rich", "subprocess", "typer"),
    }
)
"""Libraries of web, database, file format, engine and screen: not for the pure folders."""

EMPTY_WORDS = frozenset(
    {"manager", "managers", "helper", "helpers", "util", "utils", "data", "info", "process"}
)
LEGAL_TERMS = ("personal_data", "in_process", "InProcess")
"""What the law, or the trade, itself calls a thing is no empty word."""
FOREIGN_NAMES = ("process_bind_param", "process_result_value")
"""Names that a library asks for."""
RECORDS = "migrations/versions/"
"""A migration is a record, made once and never edited: it is as long as the schema."""
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

CLOCKS = frozenset(
    {
        *("date.today", "datetime.today", "datetime.now", "datetime.utcnow"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
    }
)


@dataclass(frozen=True, slots=True)
class Module:
    """One source file: where it stands in the repository, and its text."""

    path: PurePosixPath
    source: str

    @property
    def layer(self) -> str:
        """Name of the folder or file directly under the package."""
        return self.path.parts[2].removesuffix(".py")

    @property
    def is_admin(self) -> bool:
        """Tell whether the module belongs to the web edge."""
        return self.path.parts[0] == "admin"

    def nodes(self) -> Iterator[ast.AST]:
        """Walk the syntax tree."""
        return ast.walk(ast.parse(self.source))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Give line and full dotted name of everything imported, type-only imports included."""
        for node in self.nodes():
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = ".".join(filter(None, (self._package(node.level), node.module)))
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)

    def _package(self, level: int) -> str:
        """Name the package that `level` leading dots of a relative import stand for."""
        return ".".join(self.path.parts[1:-level]) if level else ""

    def at(self, line: int, fault: str) -> str:
        """Say where a fault stands, as an editor understands it."""
        return f"{self.path}:{line}: {fault}"


def read_modules() -> list[Module]:
    """Read every module of the product, tests and scripts left out."""
    return [
        Module(PurePosixPath(file.relative_to(REPOSITORY).as_posix()), file.read_text("utf-8"))
        for folder in SOURCES
        for file in sorted((REPOSITORY / folder).rglob("*.py"))
    ]


def dotted(node: ast.AST) -> str:
    """Spell a name or a chain of attributes: `datetime.datetime.now`; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return ""


def words(name: str) -> set[str]:
    """Split a name at underscores and at changes of case, in lower case."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


# ── the laws ─────────────────────────────────────────────────────────────────────────────────


def imports_only_lower_folders(module: Module) -> Iterator[str]:
    """Let a folder import only folders below it, and keep exchange and storage apart."""
    if module.is_admin:
        return
    if module.layer not in LAYERS:
        yield module.at(1, f"{module.layer} is in no layer; the architecture gives it a place")
        return
    for line, name in module.imports():
        package, _, rest = name.partition(".")
        if package != "skola_finance":
            continue
        target = rest.split(".")[0]
        target = target if target in LAYERS else "__init__"
        if LAYERS.index(target) > LAYERS.index(module.layer):
            yield module.at(line, f"{module.layer} is below {target} and may not import it")
        elif {target, module.layer} == {"storage", "exchange"}:
            yield module.at(line, f"{module.layer} and {target} know nothing of each other")


def admin_imports_only_the_facade(module: Module) -> Iterator[str]:
    """Let the web edge take names only from the facade: the package and its three lists."""
    for line, name in module.imports():
        package, _, rest = name.partition(".")
        part, _, inside = rest.partition(".")
        depth = inside.count(".")
        if part in FACADE:
            inner = depth > (1 if part == "queries" else 0)
        else:
            inner = bool(inside) or rest in LAYERS
        if module.is_admin and package == "skola_finance" and inner:
            yield module.at(line, f"admin imports {name}; only the facade is open to it")


def pure_folders_know_no_outside_world(module: Module) -> Iterator[str]:
    """Keep libraries of web, database, file and screen out of the pure folders."""
    if module.is_admin or module.layer not in PURE:
        return
    for line, name in module.imports():
        library = name.split(".")[0]
        if library in OUTSIDE_WORLD:
            yield module.at(line, f"{module.layer} is pure and may not import {library}")


def files_and_functions_are_short(module: Module) -> Iterator[str]:
    """Ask for two where a file has over 400 lines or a function over 60."""
    if RECORDS in str(module.path):
        return
    count = len(module.source.splitlines())
    if count > MAX_FILE_LINES:
        yield module.at(count, f"{count} lines; a file has at most {MAX_FILE_LINES}")
    for node in module.nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                fault = f"{node.name} has {length} lines; at most {MAX_FUNCTION_LINES}"
                yield module.at(node.lineno, fault)


def names_say_something(module: Module) -> Iterator[str]:
    """Refuse a module, class or function called after a word that fits everything."""
    named = [(1, part.removesuffix(".py")) for part in module.path.parts[1:]]
    named += [
        (node.lineno, node.name)
        for node in module.nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    for line, name in named:
        if name in {*LEGAL_TERMS, *FOREIGN_NAMES}:
            continue
        for word in sorted(words(name) & EMPTY_WORDS):
            yield module.at(line, f"the name {name} says nothing by “{word}”; say what it is")


def amounts_are_never_floats(module: Module) -> Iterator[str]:
    """Refuse floats where amounts are; claims do not even divide (D-01)."""
    if module.is_admin or module.layer not in FLOAT_FREE:
        return
    for node in module.nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield module.at(node.lineno, f"{node.value!r} is a float; use cents or Decimal")
        elif isinstance(node, ast.Call) and dotted(node.func) == "float":
            yield module.at(node.lineno, "float() is called; use cents or Decimal")
        elif (
            module.layer == "claims"
            and isinstance(node, ast.BinOp | ast.AugAssign)
            and isinstance(node.op, ast.Div)
        ):
            yield module.at(node.lineno, "“/” makes a float of two whole numbers; use “//”")


def clock_is_read_at_the_edges(module: Module) -> Iterator[str]:
    """Let only the command line and the web edge ask what day it is; all else is told."""
    if module.is_admin or module.layer in {"cli", "__main__"}:
        return
    for line, name in module.imports():
        if name in CLOCKS:
            yield module.at(line, f"{name} is imported; take `on=` or `at=` instead")
    for node in module.nodes():
        if isinstance(node, ast.Attribute):
            name = ".".join(dotted(node).split(".")[-2:])
            if name in CLOCKS:
                yield module.at(node.lineno, f"{name} reads the clock; take `on=` or `at=` instead")


def money_has_one_door(module: Module) -> Iterator[str]:
    """Let only `money/` make and round money: py-moneyed takes floats, rounds half to even."""
    if not module.is_admin and module.layer == "money":
        return
    for node in module.nodes():
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func)
        if name.split(".")[-1] == "Money":
            yield module.at(node.lineno, "Money is constructed; call eur() of skola_finance.money")
        elif name == "round" or (
            isinstance(node.func, ast.Attribute) and node.func.attr == "round"
        ):
            yield module.at(node.lineno, "something is rounded; money/ holds the only roundings")


LAWS: tuple[Callable[[Module], Iterator[str]], ...] = (
    imports_only_lower_folders,
    admin_imports_only_the_facade,
    pure_folders_know_no_outside_world,
    files_and_functions_are_short,
    names_say_something,
    amounts_are_never_floats,
    clock_is_read_at_the_edges,
    money_has_one_door,
)

LONG_FUNCTION = "def f():\n" + "    x = 1\n" * MAX_FUNCTION_LINES

BREACHES = {
    "a lower folder imports a higher": ("money/a.py", "from skola_finance.claims import x"),
    "inside through the facade": ("claims/a.py", "from skola_finance import eur"),
    "up by a relative import": ("money/a.py", "from ..claims import x"),
    "storage by exchange": ("exchange/a.py", "import skola_finance.storage.tables"),
    "a folder of no layer": ("misc/a.py", ""),
    "a file library in a pure folder": ("claims/a.py", "import openpyxl.styles"),
    "a web library in the ledger": ("ledger/a.py", "from fastapi import FastAPI"),
    "a long file": ("claims/a.py", "x = 1\n" * (MAX_FILE_LINES + 1)),
    "a long function": ("claims/a.py", LONG_FUNCTION),
    "an empty class name": ("claims/a.py", "class ClaimManager: ..."),
    "an empty function name": ("claims/a.py", "def process_lines(): ..."),
    "an empty file name": ("exchange/utils.py", ""),
    "a float literal": ("funding/a.py", "x = 0.85"),
    "a float made": ("money/a.py", "x = float('1')"),
    "a division of cents": ("claims/a.py", "x = a / b"),
    "today": ("claims/a.py", "import datetime as d\nx = d.date.today()"),
    "now": ("storage/a.py", "from datetime import datetime\nx = datetime.now"),
    "the clock by its own name": ("ledger/a.py", "from time import time"),
    "money made outside": ("funding/a.py", "x = moneyed.Money('1', 'EUR')"),
    "money rounded outside": ("exchange/a.py", "x = (a + b).round(2)"),
}


def faults(module: Module) -> list[str]:
    """Try every law on one module."""
    return [fault for law in LAWS for fault in law(module)]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_module_keeps_the_law(law: Callable[[Module], Iterator[str]]) -> None:
    """Proves one law for all modules, and that there were modules to try it on."""
    modules = read_modules()
    assert any(module.layer == "problems" for module in modules)
    found = [fault for module in modules for fault in law(module)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(("path", "source"), BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_is_caught_with_its_file_and_line(path: str, source: str) -> None:
    """Proves that each law sees its own breach, once, and names the place."""
    found = faults(Module(PurePosixPath("src/skola_finance", path), source))
    assert len(found) == 1
    assert re.match(rf"src/skola_finance/{re.escape(path)}:\d+: ", found[0])


@pytest.mark.parametrize(
    "source", ["from skola_finance.money import eur", "from skola_finance import storage"]
)
def test_the_web_edge_is_held_to_the_facade(source: str) -> None:
    """Proves that the inside of the package is closed to admin, before admin exists."""
    admin = PurePosixPath("admin/skola_finance_admin/app.py")
    assert len(faults(Module(admin, source))) == 1
    assert faults(Module(admin, "from skola_finance import eur")) == []
    assert faults(Module(admin, "from skola_finance.commands import submit_claim")) == []
    assert faults(Module(admin, "from skola_finance.queries.claims import claims_page")) == []


def test_what_only_looks_like_a_breach_is_let_through() -> None:
    """Proves that the laws do not cry wolf at words inside words, refusals and edges."""
    innocent = "class Metadata: ...\ndef refuse(x): return isinstance(x, float)\nx = a // b"
    assert faults(Module(PurePosixPath("src/skola_finance/claims/a.py"), innocent)) == []
    edge = "import datetime\nx = datetime.datetime.now(tz=datetime.UTC)"
    assert faults(Module(PurePosixPath("src/skola_finance/cli.py"), edge)) == []


def test_every_folder_states_its_contract() -> None:
    """Proves that each folder of code opens with a docstring saying what it is for."""
    folders = {file.parent for part in SOURCES for file in (REPOSITORY / part).rglob("*.py")}
    assert folders
    for folder in sorted(folders):
        init = folder / "__init__.py"
        place = folder.relative_to(REPOSITORY).as_posix()
        assert init.is_file(), f"{place} has no __init__.py"
        assert ast.get_docstring(ast.parse(init.read_text("utf-8"))), f"{place}: no docstring"


def test_the_order_here_is_the_order_of_import_linter() -> None:
    """Proves that the two keepers of the folder law hold the same order."""
    config = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    contract = config["tool"]["importlinter"]["contracts"][0]
    highest_first = [re.findall(r"\w+", row) for row in contract["layers"]]
    named = [name for row in reversed(highest_first) for name in reversed(row)]
    assert tuple(named) == LAYERS[: LAYERS.index("cli") + 1]
