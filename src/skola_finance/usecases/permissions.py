"""The page `docs/permissions.md`, drawn from the code: who may do which command.

`python -m skola_finance.usecases.permissions` prints it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

from skola_finance import usecases
from skola_finance.usecases.use_case import USE_CASES
from skola_finance.workflow import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.usecases.use_case import UseCase

_MAY = "●"

_HEAD = """# Permissions: commands and roles

Generated from the use cases by `make docs`; a test holds it equal to the code. The role is checked
before anything else: whoever is not marked is refused (`AUT-601`) and learns nothing more. What
belongs to another partner is “not found” (`AUT-603`) for a partner's people. The state of the thing
and four eyes may say no as well: `workflow.md`. What only reads is not listed.
"""


def every_use_case() -> Mapping[str, UseCase[Any]]:
    """Import every module of use cases; gives all that change something, by name."""
    for module in walk_packages(usecases.__path__, f"{usecases.__name__}."):
        import_module(module.name)
    return USE_CASES


def page() -> str:
    """Draw the whole page: one table for each folder of use cases."""
    by_folder: dict[str, list[UseCase[Any]]] = {}
    for case in every_use_case().values():
        by_folder.setdefault(folder_of(case), []).append(case)
    parts = [_HEAD]
    parts += [_section(folder, cases) for folder, cases in sorted(by_folder.items())]
    return "\n".join(parts)


def folder_of(case: UseCase[Any]) -> str:
    """Give the folder of use cases, or the module, that a command stands in."""
    below = case.body.__module__.removeprefix(f"{usecases.__name__}.")
    return below.partition(".")[0]


def _section(folder: str, cases: Iterable[UseCase[Any]]) -> str:
    head = ("command", "latviski", "in English", *Role)
    rows = [
        (
            f"`{case.name}`",
            case.title.lv,
            case.title.en,
            *(_MAY if role in case.roles else "" for role in Role),
        )
        for case in sorted(cases, key=lambda each: each.name)
    ]
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join([f"## {folder}", "", *("| " + " | ".join(one) + " |" for one in lines), ""])


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
