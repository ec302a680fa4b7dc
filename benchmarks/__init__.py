"""Measurements of speed and memory: never part of the tests, always side by side in one run."""
