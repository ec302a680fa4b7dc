"""Every vector of the shipped rules, through the engine that judges real claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from skola_finance.claims.vectors import run_vector
from tests.rules.shipped import bases, book, rules, vectors, vectors_of

if TYPE_CHECKING:
    from skola_finance.rulebook.vector_file import Vector

AT_LEAST = 250


@pytest.mark.parametrize("vector", vectors(), ids=lambda one: f"{one.file}: {one.name}")
def test_a_vector_comes_out_as_it_says(vector: Vector) -> None:
    """Proves one case of one rule."""
    outcome = run_vector(vector, book(vector.programme), bases()[vector.programme])
    assert outcome.faults == ()
    assert outcome.is_green


def test_there_are_enough_vectors() -> None:
    """Proves the number the issue asks for, and that every rule has some of its own."""
    assert len(vectors()) >= AT_LEAST
    assert min(len(vectors_of(rule)) for rule in rules()) >= 3
