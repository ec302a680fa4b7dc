"""What registers know of a partner, offered in a workbook: anything else may be typed as well."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl


@dataclass(frozen=True, slots=True)
class Known:
    """What a workbook of one partner can offer.

    Attributes:
        plans: rows of the sheet `Plans`, columns of `PLAN_SCHEMA`; None leaves it empty.
        values: by column key, what is offered in a drop-down.
        institutions: names and registration numbers, for the sheet of instructions.
    """

    plans: pl.DataFrame | None = None
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    institutions: Sequence[tuple[str, str]] = ()


NOTHING_KNOWN = Known()
