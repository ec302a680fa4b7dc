"""Whether something approved since the recommendation touches a claim, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.databases import KINDS, new_store
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.order import Answer


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it."""
    with new_store(request.param, tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        yield world


def _approved(world: World, **facts: str) -> tuple[int, Answer]:
    """Approve a claim of one line; gives its row and the answer."""
    answer = world.approved("liepaja.accountant", [line(**facts)])
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(answer["claim"])
        assert row is not None
        return row.id, answer


def test_claims_that_share_anything_are_found_by_the_numbers_that_count(world: World) -> None:
    """Proves each column of one question, and both ends of the numbers that it asks about."""
    learners, _ = _approved(world, learner_ref="IZG-A")
    specialists, second = _approved(world, specialist_ref="S-B")
    number = second["approval_no"]
    shared = {"learner_ref": ["IZG-A", "IZG-C"], "document_key": [], "specialist_ref": ["S-B"]}
    with world.store.reading() as repositories:
        sharing = repositories.claims.sharing
        assert sharing(shared) == {learners, specialists}
        assert sharing(shared, without=learners) == {specialists}
        assert sharing(shared, basis={SK: number}) == {learners, specialists}
        assert sharing(shared, basis={SK: number - 1}) == {learners}
        assert sharing(shared, after={SK: number - 1}) == {specialists}
        assert sharing(shared, after={SK: number}) == set()
        assert sharing({"learner_ref": ["S-B"], "specialist_ref": ["IZG-A"]}) == set()
        assert sharing({}) == set()


def test_programmes_that_a_basis_does_not_name_have_no_number_in_it(world: World) -> None:
    """Proves that what was approved in a programme opened since counts as later, never earlier."""
    row_id, answer = _approved(world, learner_ref="IZG-A")
    number, shared = answer["approval_no"], {"learner_ref": ["IZG-A"]}
    with world.store.reading() as repositories:
        sharing = repositories.claims.sharing
        assert sharing(shared, after={}) == {row_id}
        assert sharing(shared, after={"another": number}) == {row_id}
        assert sharing(shared, basis={}) == set()
        assert sharing(shared, basis={"another": number}) == set()
        both = {"another": 0, SK: number}
        assert sharing(shared, basis=both, after={"another": number}) == {row_id}


def test_more_values_than_one_question_takes_are_asked_in_parts(world: World) -> None:
    """Proves that a value in the second part is found beside a column that has only one."""
    row_id, _ = _approved(world, learner_ref="IZG-Z")
    many = [f"IZG-{number:04}" for number in range(600)]
    with world.store.reading() as repositories:
        shared = {"learner_ref": [*many, "IZG-Z"], "project_no": ["P-1"]}
        assert repositories.claims.sharing(shared) == {row_id}
