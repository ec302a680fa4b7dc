"""The web edge of skola-finance: pages for people and an HTTP API for programs.

Thin: no arithmetic, no rule, no SQL. Everything is asked of the facade, `skola_finance` with its
`commands`, its `queries` and `signing_in`; what is here is addresses, forms, words and looks.
"""
