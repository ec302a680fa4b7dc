"""The settings that the workflow reads, with the values that the law fixes or offers for them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from skola_finance.rulebook import load_rulebook, make_setting

if TYPE_CHECKING:
    from skola_finance.rulebook import Parameter, Rulebook, Setting


@lru_cache
def book(programme: str) -> Rulebook:
    """Give the shipped rulebook of a programme, without settings."""
    return load_rulebook(programme)


def keys_of(programme: str) -> set[str]:
    """Give the keys of a programme's parameters."""
    return {one.key for one in book(programme).parameters}


def parameter(key: str, programme: str = "skola-kopiena") -> Parameter:
    """Give a parameter, which the programme must have."""
    found = book(programme).parameter(key)
    assert found is not None, key
    return found


def setting(key: str, text: str | None = None, programme: str = "skola-kopiena") -> Setting:
    """Give a setting with the value that the law fixes or offers, or with another one."""
    found = parameter(key, programme)
    if text is None:
        (only,) = (*found.defaults, *found.offered)
        return only
    return make_setting(
        rulebook=book(programme),
        key=key,
        value=text,
        starts=None,
        ends=None,
        source=f"{found.citation.act}, {found.citation.locator}",
        status=found.citation.status,
    )
