"""Paying: orders, advances, corrections, irregularities, recoveries, the final balance."""
