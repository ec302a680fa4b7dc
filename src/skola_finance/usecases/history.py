"""What earlier claims used up, as a frame of approved lines.

Earlier means approved by a number: the gap-free order of D-03 says which claims a verdict knew, so
that it can be worked out again years later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA
from skola_finance.claims.history import STANDS
from skola_finance.storage.frames import unpack
from skola_finance.storage.repositories.earlier_claims import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow

_NAMED: Mapping[str, pl.DataType] = {
    "programme": pl.String(),
    "partner_reg_no": pl.String(),
    "claim_id": pl.String(),
    "period_from": pl.Date(),
    "period_to": pl.Date(),
}
HISTORY_SCHEMA: Mapping[str, pl.DataType] = {
    **LINE_SCHEMA,
    **_NAMED,
    "eligible_cents": pl.Int64(),
    "unfunded_cents": pl.Int64(),
    STANDS: pl.Boolean(),
}
_PARTNERS_OWN = frozenset({"specialist_ref"})
"""Pseudonyms that a partner makes itself: the same one elsewhere is another person."""


def basis_now(repositories: Repositories) -> dict[str, int]:
    """Give the last approval number of every programme."""
    return repositories.programmes.last_approvals()


def shared_values(frame: pl.DataFrame) -> dict[str, list[str]]:
    """Give the learners, documents, specialists and projects that lines name."""
    return {
        name: frame[name].drop_nulls().unique().sort().to_list()
        for name in SHARED
        if name in frame.columns
    }


def history_frame(
    repositories: Repositories,
    *,
    family: Iterable[str],
    frame: pl.DataFrame,
    basis: Mapping[str, int],
    without: int | None,
) -> pl.DataFrame:
    """Give the approved lines that a claim is judged beside.

    Args:
        repositories: the database.
        family: the partner, and those that it has taken over.
        frame: the prepared lines of the claim, with `document_key`.
        basis: the last approval number of each programme that counts.
        without: the claim itself, where it was approved before.

    Returns: every line of the family, in both programmes, and the claims of others that share a
        learner, a document or a project with this one.
    """
    family = list(family)
    own = repositories.claims.approved(partners=family, basis=basis, without=without)
    shared = {
        name: values for name, values in shared_values(frame).items() if name not in _PARTNERS_OWN
    }
    others = repositories.claims.sharing(shared, basis=basis, without=without)
    ids = {claim.id for claim in own} | others
    return frame_of(repositories, ids, basis=basis, family=family)


def frame_of(
    repositories: Repositories,
    ids: Iterable[int],
    *,
    basis: Mapping[str, int],
    family: Iterable[str],
) -> pl.DataFrame:
    """Give the approved lines of claims; lines of a predecessor count as the partner's own."""
    ids = set(ids)
    family = list(family)
    amounts = _amounts(repositories, ids, basis)
    frames = []
    for claim, version in repositories.claims.frames(ids):
        lines = unpack(version.frame)
        partner = family[0] if claim.partner_reg_no in family else claim.partner_reg_no
        frames.append(_with_claim(lines, claim, partner=partner))
    if not frames:
        return pl.DataFrame(schema=dict(HISTORY_SCHEMA))
    together = pl.concat(frames).join(
        amounts, on=["_claim", "line_no"], how="left", maintain_order="left"
    )
    return together.with_columns(pl.col("eligible_cents", "unfunded_cents").fill_null(0)).select(
        *HISTORY_SCHEMA
    )


def _with_claim(lines: pl.DataFrame, claim: ClaimRow, *, partner: str) -> pl.DataFrame:
    return lines.select(*LINE_SCHEMA).with_columns(
        pl.lit(claim.id, dtype=pl.Int64).alias("_claim"),
        pl.lit(claim.programme).alias("programme"),
        pl.lit(partner).alias("partner_reg_no"),
        pl.lit(claim.key).alias("claim_id"),
        pl.lit(claim.period_from, dtype=pl.Date).alias("period_from"),
        pl.lit(claim.period_to, dtype=pl.Date).alias("period_to"),
    )


def _amounts(
    repositories: Repositories, ids: Iterable[int], basis: Mapping[str, int]
) -> pl.DataFrame:
    rows = [
        (one.claim_id, one.line_no, one.approved_cents, one.unfunded_cents, one.stands)
        for one in repositories.claims.standing(ids, basis=basis)
    ]
    return pl.DataFrame(
        rows,
        schema={
            "_claim": pl.Int64,
            "line_no": pl.Int64,
            "eligible_cents": pl.Int64,
            "unfunded_cents": pl.Int64,
            STANDS: pl.Boolean,
        },
        orient="row",
    )
