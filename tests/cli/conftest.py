"""What the tests of the command line share."""

from __future__ import annotations

import pytest

from tests.cli.command import Command


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Give the command line, ready to run."""
    return Command(monkeypatch, capsysbinary)
