"""Recomputing every verdict that was kept, under the very rules, settings and history it used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import SkolaError
from skola_finance.usecases.assessing import judge
from skola_finance.usecases.proof.differences import verdict_differs

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from skola_finance.problems import Problem
    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import AssessmentRow, ClaimRow, ClaimVersionRow
    from skola_finance.usecases.assessing import Judged
    from skola_finance.usecases.store import Store

PAGE = 200


def verdict_problems(
    store: Store, repositories: Repositories, counts: Counter[str]
) -> Iterator[Problem]:
    """Recompute every kept verdict and name those that come out otherwise."""
    after = 0
    while True:
        rows = repositories.claims.assessments(after=after, limit=PAGE)
        for row in rows:
            claim = repositories.claims.get(row.claim_id)
            version = repositories.claims.version(row.claim_id, row.version)
            if claim is None or version is None:
                yield verdict_differs(row.id, str(row.claim_id), "")
                continue
            if is_erased(repositories, row, version):
                counts["erased"] += 1
                continue
            counts["verdicts"] += 1
            yield from _compared(store, repositories, row, claim, version)
        if len(rows) < PAGE:
            return
        after = rows[-1].id


def _compared(
    store: Store,
    repositories: Repositories,
    row: AssessmentRow,
    claim: ClaimRow,
    version: ClaimVersionRow,
) -> Iterator[Problem]:
    try:
        judged = recompute(store, repositories, row, claim, version)
    except SkolaError as error:
        yield verdict_differs(row.id, claim.key, error.problem.message.en)
        return
    totals = judged.assessment.totals
    found = (totals.claimed_cents, totals.eligible_cents, totals.ineligible_cents)
    kept = (row.claimed_cents, row.eligible_cents, row.ineligible_cents)
    if judged.result_digest != row.result_digest or found != kept:
        yield verdict_differs(row.id, claim.key, f"{kept} → {found}")


def recompute(
    store: Store,
    repositories: Repositories,
    row: AssessmentRow,
    claim: ClaimRow,
    version: ClaimVersionRow,
) -> Judged:
    """Judge a claim again as a kept verdict did: same rules, settings, history and decisions.

    Raises: SkolaError STO-912 where its rules or settings are not there or were changed.
    """
    return judge(
        store,
        repositories,
        claim,
        version,
        on=row.assessed_on,
        rulebook=rulebook_of(store, repositories, row),
        basis=row.basis,
        family=row.family,
        decisions_no=row.decisions_no,
    )


def rulebook_of(store: Store, repositories: Repositories, row: AssessmentRow) -> Rulebook:
    """Give the rulebook and settings that a verdict used, as they are kept under their digests.

    Raises: SkolaError STO-912.
    """
    rulebook = store.rulebook(repositories, row.rulebook_digest)
    return store.settings(repositories, row.settings_digest, rulebook)


def is_erased(repositories: Repositories, row: AssessmentRow, version: ClaimVersionRow) -> bool:
    """Say whether learners were erased from the claim, or from one that it was judged beside."""
    return version.erased_at is not None or repositories.claims.has_erased(basis=row.basis)
