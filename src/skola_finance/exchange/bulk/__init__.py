"""Engines beyond the embedded one, for lines larger than memory or than one machine.

The rules are the same expressions on each; only where frames are computed differs. DuckDB comes
with the extra `duckdb`, Spark with the extra `spark`.
"""
