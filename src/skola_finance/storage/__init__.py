"""What is kept: tables, the queries over them, and the one unit of work that commits.

May import the pure folders; knows no web, no workbook and no use case. It promises: money is
whole cents in 64-bit columns, times are UTC, every query stands in a repository, and the only
`commit` in the product is the unit of work's.
"""
