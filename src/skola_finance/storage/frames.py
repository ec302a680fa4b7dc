"""Frames of lines and plans as bytes, and the digest that says whether they were changed."""

from __future__ import annotations

import hashlib
from io import BytesIO

import polars as pl

from skola_finance.ledger.digests import LEARNER_COLUMNS

_NULL = "\x00"


def pack(frame: pl.DataFrame) -> bytes:
    """Write a frame as Parquet."""
    buffer = BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=False)
    return buffer.getvalue()


def unpack(content: bytes) -> pl.DataFrame:
    """Read a frame back."""
    return pl.read_parquet(BytesIO(content))


def frame_digest(frame: pl.DataFrame) -> str:
    """Digest what a frame says, without a learner's columns: SHA-256 in hex.

    Columns are taken in alphabetical order, so that the digest outlives the erasure of a learner
    and a column that is added empty.
    """
    names = sorted(name for name in frame.columns if name not in LEARNER_COLUMNS)
    told = [name for name in names if frame[name].null_count() < frame.height]
    text = frame.select(told).write_csv(null_value=_NULL, quote_style="always")
    return hashlib.sha256(f"{frame.height}\n{text}".encode()).hexdigest()
