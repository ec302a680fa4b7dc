"""Every read of the product, a part of the facade: what people may look at, and nothing changes.

A read is called with a store and an order, as a command is; a partner's people see their own
partner only, and what belongs to others is “not found” (AUT-603). Names are imported from the area
they belong to, as in `from skola_finance.queries.claims import claims_page`; `READS` holds all.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skola_finance.queries import (
    accounts,
    approval,
    claims,
    journal,
    money,
    partners,
    programme,
    reports,
    review,
    rules,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_AREAS = (accounts, approval, claims, journal, money, partners, programme, reports, review, rules)

READS: Mapping[str, Any] = MappingProxyType(
    {name: getattr(area, name) for area in _AREAS for name in area.__all__}
)
"""Every read, and every shape that one answers with, by name."""

__all__ = ["READS"]
