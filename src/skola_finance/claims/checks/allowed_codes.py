"""A code that is allowed only together with another: `column` by `by`.

Lines whose `by` code stands in no row of the table are not judged, except where `column` is the
activity itself: an activity that no row allows is at fault. `state_only` lists the activities that
the state-only bucket of money may bear; a line of these must name its bucket.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from skola_finance.claims.judgement import Flag, Judgement, Need, applies_to, is_one_of

if TYPE_CHECKING:
    from skola_finance.claims.facts import Facts
    from skola_finance.rulebook import Rule, Version


SUPPORT = "support"
"""The prepared column that tells kinds of tickets apart."""


def judge(rule: Rule, version: Version, _facts: Facts) -> Judgement:
    """Find lines whose code is not in the row of the table that speaks about them."""
    by, column, allow = (version.values[key] for key in ("by", "column", "allow"))
    applies = applies_to(rule.applies) & is_one_of(by, tuple(allow))
    allowed = nw.lit(False)  # noqa: FBT003 - a literal column
    for code, codes in allow.items():
        allowed = allowed | ((nw.col(by) == code) & is_one_of(column, codes))
    flags = [Flag(applies & ~nw.col(column).is_null() & ~allowed)]
    needs = [Need(column, applies)]
    if by == SUPPORT:
        of_tickets = nw.col("activity") == "transport"
        needs.append(Need("ticket_kind", applies_to(rule.applies) & of_tickets))
    else:
        needs.append(Need(by, applies_to(rule.applies)))
    if "state_only" in version.values:
        in_bucket = nw.col("budget_bucket") == "state_only"
        supported = is_one_of("activity", version.values["state_only"])
        flags.append(Flag(in_bucket & allowed & ~supported, "state_only"))
        # Where either money may bear a line, which one it is must be said: it is not guessed.
        needs.append(Need("budget_bucket", applies_to(rule.applies) & supported))
    return Judgement(applies=applies, flags=tuple(flags), needs=tuple(needs))
