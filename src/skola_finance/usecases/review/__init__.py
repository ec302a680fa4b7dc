"""Reviewing claims: risk and sample, checklist, questions, decisions on lines, recommendation."""
