"""The parts of approved and withdrawn costs, as events put them on accounts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from skola_finance.ledger.dimensions import Dimensions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.ledger.dimensions import Quota
    from skola_finance.ledger.entry import Occasion
    from skola_finance.ledger.legs import CostPart


def cost_dimensions(
    occasion: Occasion, part: CostPart, *, partner: str, document: str
) -> Dimensions:
    """Give the dimensions of a part on the accounts of costs."""
    return Dimensions(
        occasion.programme,
        partner,
        part.quota,
        part.semester,
        part.rate_period,
        part.sub_project,
        document,
    )


def by_quota(parts: Iterable[CostPart]) -> Mapping[Quota, int]:
    """Add parts up by action quota, in cents."""
    sums: defaultdict[Quota, int] = defaultdict(int)
    for part in parts:
        sums[part.quota] += part.cents
    return sums
