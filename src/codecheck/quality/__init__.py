"""Instruments for rule authors: what shows whether rules are right, and whether they stay so."""
