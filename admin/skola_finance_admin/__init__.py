"""The web edge of skola-finance: pages for people and an HTTP API for programs.

Thin: no arithmetic, no rule, no SQL. Everything is asked of the facade, `skola_finance`, its
`commands` and its `queries`; what is here is addresses, forms, words and looks.
"""
