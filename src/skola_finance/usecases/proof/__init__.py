"""Proving what is kept: recomputing verdicts, balances and chains, copies, and what-if."""
