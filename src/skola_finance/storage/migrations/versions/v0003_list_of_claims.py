"""Indexes for the list of claims: each of its orders, one partner's, and search by number.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_claim_newest", ["programme", "id"]),
    ("ix_claim_period", ["programme", "period_to", "id"]),
    ("ix_claim_claimed", ["programme", "claimed_cents", "id"]),
    ("ix_claim_partner_state", ["programme", "partner_reg_no", "state", "id"]),
)


def upgrade() -> None:
    """Make the indexes."""
    for name, columns in _INDEXES:
        op.create_index(name, "claim", columns)
    op.create_index(
        "ix_claim_no",
        "claim",
        ["programme", "claim_no"],
        postgresql_ops={"claim_no": "text_pattern_ops"},
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_claim_no", table_name="claim")
    for name, _columns in reversed(_INDEXES):
        op.drop_index(name, table_name="claim")
