"""Claims: lines as rows of a table, rules as expressions over its columns, verdicts in cents.

Purpose: take a claim, judge it in five stages under a rulebook, and say for each cent what became
of it and why.

May import: `problems`, `money`, `rulebook`, `funding`, narwhals and Polars. Knows nothing of
storage, web or files.

The way of a claim: `prepare` (columns that rules compare) → `line_stage` → `group_stage` →
`ceilings` and `derived` → `explain` (texts) → `Assessment`.
"""
