"""Figures from figures: totals, related figures, derived figures, reconciliations."""
