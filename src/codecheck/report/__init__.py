"""Findings out: one formatter a file. Each takes an assessment and returns text."""
