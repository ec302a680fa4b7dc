"""Who may come in: signing in, sessions, second factors, own passwords, tokens of programs.

What changes an account is a command, journalled and sealed like every other. Sessions and failed
tries are no part of the record: they are kept, and end, without a word in the journal (D-21).
The time is told; browsers, cookies and addresses are the edge's business.
"""
