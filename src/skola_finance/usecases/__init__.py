"""The verbs people use: each loads what it needs, decides, and gives an answer.

May import every folder but `cli`. Knows nothing of web pages and command lines; the clock is
handed in.
"""
