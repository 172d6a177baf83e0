"""Hygiene: what must not stand in texts that are published."""
