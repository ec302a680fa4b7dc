"""What a value of a setting is about, in words: the partner, activity or semester of its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.claims.vocabulary import ACTIVITY
from skola_finance.problems import Text
from skola_finance.usecases.views.report_books import semester_told

if TYPE_CHECKING:
    from collections.abc import Mapping


def about_of(parameter: str, key: str, *, partners: Mapping[str, str]) -> Text | None:
    """Say what stands in the places of a parameter's key; None where it has none.

    Args:
        parameter: the key with its placeholders, such as `allocation.<partner>.<semester>`.
        key: that of a value, such as `allocation.99990100019.2025-autumn`.
        partners: names by registration number.

    Returns: names where there are any, and parts of the key as they are where there is none.
    """
    stem, places, _ = parameter.partition(".<")
    if not places:
        return None
    told = [_told(part, partners) for part in key.removeprefix(f"{stem}.").split(".")]
    return Text(lv=", ".join(one.lv for one in told), en=", ".join(one.en for one in told))


def _told(part: str, partners: Mapping[str, str]) -> Text:
    name = partners.get(part)
    if name is not None:
        return Text(lv=name, en=name)
    return ACTIVITY.get(part) or semester_told(part) or Text(lv=part, en=part)
