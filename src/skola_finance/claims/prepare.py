"""What is computed once, when lines come in, so that rules only compare.

Document keys, semesters, registration numbers, individual plans and the register of institutions
become plain columns here; everything later is arithmetic on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from skola_finance.claims import columns
from skola_finance.claims.calendar import BOUNDS, Calendar
from skola_finance.claims.claim import LINE_SCHEMA, REVIEW_SCHEMA
from skola_finance.claims.groups import group_columns
from skola_finance.claims.plans import plan_columns
from skola_finance.claims.registration import is_registration_number
from skola_finance.problems import Problem, Severity, SkolaError, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.claims.claim import ClaimHeader
    from skola_finance.rulebook import Rulebook, Setting

CODES: Mapping[str, pl.Enum] = {
    column.key: pl.Enum(list(column.codes))
    for column in (*columns.LINE_COLUMNS, columns.COLUMN["partner_kind"])
    if column.codes is not None
}
"""Closed lists as enumerations: comparing a code is comparing a small number."""

TEXTS = tuple(column.frame for column in columns.LINE_COLUMNS if column.type is columns.Type.TEXT)
"""Columns of free text."""

INSTITUTION = "institution."
"""Begins the keys that say which institutions are a partner's, and on which days."""

_HEADER_COLUMNS: Mapping[str, pl.DataType] = {
    "partner_reg_no": pl.String(),
    "partner_kind": pl.String(),
    "agreement_on": pl.Date(),
    "period_from": pl.Date(),
    "period_to": pl.Date(),
}


class UnknownCodes(SkolaError, ValueError):
    """A frame holds codes that are not in the vocabulary (CLM-212)."""


def prepare(
    lines: pl.DataFrame,
    *,
    rulebook: Rulebook,
    header: ClaimHeader | None = None,
    plans: pl.DataFrame | None = None,
    claim_id: str = "",
    first_key: int = 0,
) -> pl.DataFrame:
    """Add every column that the rules compare.

    Args:
        lines: columns of `LINE_SCHEMA`; missing columns count as empty. Columns of the header
            may stand on the lines themselves, as they do in bulk frames, and a reviewer's
            decisions as columns of `REVIEW_SCHEMA`; without them nobody decided anything.
        rulebook: gives the bounds of the semesters and the register of institutions.
        header: facts of the whole claim, for the columns the frame does not have.
        plans: individual plans, columns of `PLAN_SCHEMA`; None if they were not given.
        claim_id: the claim the lines belong to, where the frame does not say.
        first_key: the first `line_key`; keys count up from it.

    Raises:
        UnknownCodes: CLM-212, a code column holds something else.

    """
    frame = _with_decisions(_with_missing_columns(lines, header, claim_id))
    frame = _with_codes(_without_blanks(frame))
    frame = frame.with_columns(
        (pl.int_range(pl.len(), dtype=pl.Int64) + first_key).alias("line_key"),
        pl.lit(value=True).alias("is_of_programme"),
        pl.col("line_no").fill_null(pl.int_range(pl.len(), dtype=pl.Int64)),
    )
    frame = Calendar(rulebook).add_to(frame)
    frame = frame.with_columns(
        document_key(),
        *_registration_columns(frame),
        _economic_group(),
        _support(),
        pl.col("partner_reg_no").is_not_null().alias("is_partner_named"),
        # Groups are told apart by partner and claim; nobody named is one partner, not many.
        pl.col("partner_reg_no", "claim_id").fill_null(""),
    )
    frame = _with_register(frame, rulebook)
    return plan_columns(frame, plans).with_columns(group_columns())


def _with_missing_columns(
    lines: pl.DataFrame, header: ClaimHeader | None, claim_id: str
) -> pl.DataFrame:
    missing: list[pl.Expr] = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in LINE_SCHEMA.items()
        if name not in lines.columns
    ]
    for name, dtype in _HEADER_COLUMNS.items():
        if name not in lines.columns:
            missing.append(pl.lit(getattr(header, name, None), dtype=dtype).alias(name))
    is_header_given = header is not None or "partner_kind" in lines.columns
    missing.append(pl.lit(value=is_header_given).alias("is_header_given"))
    if "is_unreadable" not in lines.columns:
        missing.append(pl.lit(value=False).alias("is_unreadable"))
    if "claim_id" not in lines.columns:
        missing.append(pl.lit(claim_id).alias("claim_id"))
    return lines.with_columns(missing)


def _with_decisions(frame: pl.DataFrame) -> pl.DataFrame:
    """Complete a reviewer's decisions; where nobody decided, a constant column costs nothing."""
    given = [name for name in REVIEW_SCHEMA if name in frame.columns]
    frame = frame.with_columns(
        *(pl.col(name).cast(REVIEW_SCHEMA[name]) for name in given),
        *(
            pl.lit(None, dtype=dtype).alias(name)
            for name, dtype in REVIEW_SCHEMA.items()
            if name not in given
        ),
    )
    return frame.with_columns(
        pl.col("review_limit_cents").clip(lower_bound=0),
        pl.col("is_parked").fill_null(value=False),
    )


def _without_blanks(frame: pl.DataFrame) -> pl.DataFrame:
    """Read a blank text as the missing fact it is, in frames as in workbooks.

    Blanks sort before all other texts, so the lowest text of a column tells whether it has any.
    """
    frame = frame.with_columns(pl.col(TEXTS).cast(pl.String))
    lowest = frame.select(pl.col(TEXTS).min()).row(0, named=True)
    return frame.with_columns(
        pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name)).alias(name)
        for name, text in lowest.items()
        if text is not None and text < "!"
    )


def _with_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """Read code columns as enumerations; refuse a code that no list holds."""
    schema = frame.schema
    cast = {name: enum for name, enum in CODES.items() if schema[name] != enum}
    result = frame.with_columns(
        pl.col(name).cast(pl.String).cast(enum, strict=False) for name, enum in cast.items()
    )
    for name, enum in cast.items():
        if result[name].null_count() > frame[name].null_count():
            raise UnknownCodes(_unknown_codes(name, enum, frame[name]))
    return result


def _unknown_codes(name: str, enum: pl.Enum, values: pl.Series) -> Problem:
    known = set(enum.categories)
    found = sorted({str(value) for value in values.unique().drop_nulls()} - known)[:5]
    shown = ", ".join(f"“{value}”" for value in found)
    return Problem(
        code="CLM-212",
        severity=Severity.ERROR,
        message=Text(
            lv=f"Kolonnā {name} ir nezināmi kodi: {shown}.",
            en=f"The column {name} holds unknown codes: {shown}.",
        ),
        hint=Text(
            lv=f"Atļautie kodi: {', '.join(sorted(known))}.",
            en=f"Allowed codes: {', '.join(sorted(known))}.",
        ),
    )


def document_key() -> pl.Expr:
    """Give supplier, normalised number and date: what makes two documents the same one."""
    number = pl.col("document_no").str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]", "")
    supplier = pl.col("supplier_reg_no").fill_null("")
    return pl.concat_str(
        [supplier, number, pl.col("document_on").cast(pl.String)], separator="|"
    ).alias("document_key")


def _registration_columns(frame: pl.DataFrame) -> list[pl.Expr]:
    found = []
    for name in ("institution_reg_no", "supplier_reg_no", "partner_reg_no"):
        valid = [
            value for value in frame[name].unique().drop_nulls() if is_registration_number(value)
        ]
        is_valid = pl.col(name).is_in(valid)
        if name == "supplier_reg_no":
            of_entity = pl.col("supplier_kind").eq_missing("entity")
            is_valid = pl.when(of_entity).then(is_valid)
        found.append(is_valid.alias(f"{name}_ok"))
    return found


def _economic_group() -> pl.Expr:
    """Give the first two characters of a four-digit code; anything else has no group."""
    code = pl.col("economic_code")
    is_code = code.str.contains(r"^\d{4}$")
    return pl.when(is_code).then(code.str.slice(0, 2)).otherwise(pl.lit("")).alias("economic_group")


def _support() -> pl.Expr:
    """Give the activity, and for tickets also which kind of transport it was."""
    activity = pl.col("activity").cast(pl.String)
    ticket = pl.concat_str(
        [pl.lit("transport."), pl.col("ticket_kind").cast(pl.String).fill_null("unknown")]
    )
    return pl.when(activity == "transport").then(ticket).otherwise(activity).alias("support")


def prepares_alike(one: Rulebook, other: Rulebook) -> bool:
    """Say whether two rulebooks would prepare the same lines in the same way."""
    return all(
        [one.values_of(key) for key in keys] == [other.values_of(key) for key in keys]
        for keys in (BOUNDS, {*one.keys_like(INSTITUTION), *other.keys_like(INSTITUTION)})
    )


def _with_register(frame: pl.DataFrame, rulebook: Rulebook) -> pl.DataFrame:
    """Say for each line whether its institution was the partner's; empty without a register."""
    keys = rulebook.keys_like(INSTITUTION)
    partners = {key.split(".")[1] for key in keys}
    if not partners:
        return frame.with_columns(pl.lit(None, dtype=pl.Boolean).alias("institution_joined"))
    asked = ["partner_reg_no", "institution_reg_no", "activity_on"]
    terms: dict[tuple[str, str], list[Setting]] = {}
    rows = []
    # A loop, not a join with the days: most claims name a school on a handful of days, and each
    # step over a frame takes longer than all of them.
    for partner, institution, day in frame.select(asked).unique().drop_nulls().iter_rows():
        if partner not in partners:
            continue
        pair = (partner, institution)
        if pair not in terms:
            terms[pair] = _terms(rulebook, partner, institution)
        rows.append((*pair, day, any(one.covers(day) for one in terms[pair])))
    schema = pl.Schema({**frame.select(asked).schema, "institution_joined": pl.Boolean()})
    known = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.join(known, on=asked, how="left", maintain_order="left")


def _terms(rulebook: Rulebook, partner: str, institution: str) -> list[Setting]:
    """Give the periods in which an institution is a partner's."""
    found = rulebook.values_of(f"{INSTITUTION}{partner}.{institution}")
    return [one for one in found if one.value is True]
