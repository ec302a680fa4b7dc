"""What every command's inputs must be: values that both databases hold as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skola_finance.usecases.wording import unusable_input

CENTS_BELOW = 10**11
"""Amounts stay below 10^9 €, so that no sum of them leaves 64 bits (D-01)."""
NUMBERS_BELOW = 2**63


def check_storable(inputs: Mapping[str, Any]) -> None:
    """Refuse text and numbers that a database cannot hold, at whatever depth.

    Raises: CommandRefused WFL-518 for text with characters that are none (NUL, half of a
        surrogate pair), for amounts of 10^9 € and more, and numbers beyond 64 bits.
    """
    for name, value in inputs.items():
        _check(name, name, value)


def _check(argument: str, name: str, value: Any) -> None:  # noqa: ANN401 - plain JSON
    if isinstance(value, Mapping):
        for key, each in value.items():
            _check(argument, argument, key)
            _check(argument, key, each)
    elif isinstance(value, list):
        for each in value:
            _check(argument, name, each)
    elif isinstance(value, str):
        if "\x00" in value or any("\ud800" <= one <= "\udfff" for one in value):
            raise unusable_input(
                argument,
                lv="tekstā ir zīmes, ko nevar glabāt",
                en="its text has characters that cannot be kept",
            )
    elif isinstance(value, int):
        below = CENTS_BELOW if name.endswith("cents") else NUMBERS_BELOW
        if not -below < value < below:
            raise unusable_input(argument, lv="skaitlis ir par lielu", en="the number is too large")
