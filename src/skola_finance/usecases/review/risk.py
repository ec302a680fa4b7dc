"""How risky a claim and its lines are, every point explained, and the sample that follows.

The score only orders work and weighs the sample: it decides nothing. The same seed, lines and
factors give the same sample on every machine, so that an auditor can draw it again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.wording import is_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimLineRow, ClaimRow
    from skola_finance.usecases.assessing import Judged

_BYTES = 8
_ALL = 1 << (8 * _BYTES)
_PRECISE = Context(prec=40)


@dataclass(frozen=True, slots=True)
class Factor:
    """One reason for a score: its name, how many points it gives, and why."""

    name: str
    points: int
    reason: Text


@dataclass(frozen=True, slots=True)
class Risk:
    """A score from 0 to 100, the sum of its factors."""

    factors: tuple[Factor, ...]

    @property
    def score(self) -> int:
        """The points together, at most 100."""
        return min(100, sum(factor.points for factor in self.factors))


FIRST_CLAIM, ERRORS, WARNINGS, LARGE, ACTUAL, CORRECTED = 20, 25, 10, 15, 15, 15
_LARGE_CENTS = 1_000_000
_SHARE = 10


def risk_of(repositories: Repositories, claim: ClaimRow, judged: Judged) -> Risk:
    """Say how closely a claim should be looked at, and why."""
    approved = repositories.claims.approved(
        partners=[claim.partner_reg_no], basis=judged.basis, without=claim.id
    )
    lines = judged.assessment.lines
    faulty = sum(line.eligible_cents != line.claimed_cents for line in lines)
    warned = sum(any(one.severity == "warning" for one in line.problems) for line in lines)
    forms = judged.frame["cost_form"].cast(str)
    actual = int((forms == "actual").sum() or 0)
    return risk_from(
        is_first=not approved,
        lines=len(lines),
        faulty=faulty,
        warned=warned,
        claimed_cents=judged.assessment.totals.claimed_cents,
        actual=actual,
        is_corrected=bool(
            repositories.payments.corrections(claim.programme, partner=claim.partner_reg_no)
        ),
    )


def risk_from(
    *,
    is_first: bool,
    lines: int,
    faulty: int,
    warned: int,
    claimed_cents: int,
    actual: int,
    is_corrected: bool,
) -> Risk:
    """Say how closely a claim should be looked at, of what is known of it.

    Args:
        is_first: whether the partner has had no claim approved yet.
        lines: of the claim.
        faulty: lines of which something was cut.
        warned: lines with a warning.
        claimed_cents: what was claimed.
        actual: lines of actual costs.
        is_corrected: whether the partner's claims were corrected before.
    """
    factors = []
    if is_first:
        factors.append(_factor("first_claim", FIRST_CLAIM, "pirmais pārskats", "a first claim"))
    if faulty * _SHARE >= lines > 0 and faulty:
        factors.append(
            _factor(
                "errors",
                ERRORS,
                _cut_lv(faulty, lines),
                f"lines cut: {faulty} of {lines}",
            )
        )
    if warned:
        factors.append(
            _factor("warnings", WARNINGS, f"brīdinājumi: {warned}", f"warnings: {warned}")
        )
    if claimed_cents >= _LARGE_CENTS:
        factors.append(_factor("large", LARGE, "liela summa", "a large sum"))
    if actual:
        factors.append(
            _factor("actual_costs", ACTUAL, f"faktiskās izmaksas: {actual}", f"actual: {actual}")
        )
    if is_corrected:
        factors.append(
            _factor(
                "corrected_before", CORRECTED, "iepriekš bijušas korekcijas", "corrected before"
            )
        )
    return Risk(tuple(factors))


def _factor(name: str, points: int, lv: str, en: str) -> Factor:
    return Factor(name, points, Text(lv=lv, en=en))


def line_weights(lines: Iterable[ClaimLineRow]) -> Mapping[str, tuple[int, tuple[Factor, ...]]]:
    """Give each line its weight in the sample, at least 1, with the reasons."""
    found = {}
    rows = list(lines)
    median = sorted(abs(line.claimed_cents) for line in rows)[len(rows) // 2] if rows else 0
    for line in rows:
        factors = []
        if line.codes:
            factors.append(
                _factor("problems", 4, f"konstatējumi: {line.codes}", f"problems: {line.codes}")
            )
        if line.cost_form == "actual":
            factors.append(_factor("actual_cost", 3, "faktiskās izmaksas", "an actual cost"))
        if abs(line.claimed_cents) > 2 * median:
            factors.append(_factor("large", 2, "liela summa", "a large sum"))
        found[line.line_id] = (1 + sum(one.points for one in factors), tuple(factors))
    return found


def draw(weights: Mapping[str, int], *, seed: str, size: int) -> tuple[str, ...]:
    """Draw lines, heavier ones more often, the same ones for the same seed.

    Each line gets a number u between 0 and 1 out of SHA-256 of seed and line; the lines with the
    smallest −ln(u)/weight are drawn (Efraimidis and Spirakis, 2006). Logarithms are decimal ones
    of fixed precision, so that no machine rounds otherwise than another.
    """
    with localcontext(_PRECISE):
        keyed = sorted(weights, key=lambda line: (_key(seed, line, weights[line]), line))
    return tuple(sorted(keyed[:size]))


def _key(seed: str, line: str, weight: int) -> Decimal:
    digest = hashlib.sha256(f"{seed}\n{line}".encode()).digest()
    number = int.from_bytes(digest[:_BYTES], "big") + 1
    return -(Decimal(number) / Decimal(_ALL)).ln() / weight


def _cut_lv(faulty: int, lines: int) -> str:
    cut = "samazināta" if is_one(faulty) else "samazinātas"
    return f"{cut} {faulty} no {lines} {'rindas' if is_one(lines) else 'rindām'}"
