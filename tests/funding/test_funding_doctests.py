"""The examples in the docstrings of `funding/` are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from skola_finance import funding

MODULES = [module.name for module in pkgutil.iter_modules(funding.__path__)]


@pytest.mark.parametrize("module", MODULES)
def test_docstring_examples_hold(module: str) -> None:
    """Each module is run by itself, so that a failure names it."""
    found = doctest.testmod(importlib.import_module(f"{funding.__name__}.{module}"))
    assert found.failed == 0


def test_there_are_examples_to_run() -> None:
    """Guards the test above against running nothing."""
    assert len(MODULES) > 4
