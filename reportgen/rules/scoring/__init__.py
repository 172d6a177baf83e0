"""Scores of performance indicators: targets, methods, settings, and how each came about."""
