"""The facade: what another program imports, and all that the web edge may."""

from __future__ import annotations

import skola_finance
from skola_finance import commands, signing_in
from skola_finance.queries import READS
from skola_finance.usecases.permissions import every_use_case


def test_every_name_of_the_package_leads_somewhere() -> None:
    """Proves that no name of the lazy facade is a promise of nothing."""
    assert [name for name in skola_finance.__all__ if not hasattr(skola_finance, name)] == []


def test_every_use_case_is_a_command_of_the_facade() -> None:
    """Proves that a new use case cannot be forgotten where others look for it."""
    assert dict(commands.COMMANDS) == every_use_case()
    assert {name: getattr(commands, name) for name in commands.COMMANDS} == every_use_case()
    assert {*commands.COMMANDS, "COMMANDS", "UseCase"} == set(commands.__all__)


def test_no_read_and_no_way_of_signing_in_is_a_command() -> None:
    """Proves that what stands behind the other doors changes nothing under a command id."""
    others = {*READS, *signing_in.__all__}
    assert len(others) == len(READS) + len(signing_in.__all__)
    assert others.isdisjoint(commands.COMMANDS)
    assert all(callable(each) for each in READS.values())
    assert all(callable(getattr(signing_in, name)) for name in signing_in.__all__)
