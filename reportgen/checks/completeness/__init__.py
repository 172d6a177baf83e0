"""Completeness: every part, heading, table, count and statement that the outline asks for."""
