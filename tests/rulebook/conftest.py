"""What the tests of the rulebook share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rulebook.folder import RulesFolder, small_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> RulesFolder:
    """Give a fresh copy of the small valid rules folder."""
    return small_folder(tmp_path)
