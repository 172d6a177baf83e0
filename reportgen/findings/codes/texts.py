"""Findings about completeness and about the texts that users write."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

TEXTS: dict[str, Code] = {}
