"""Findings about completeness (W) and about the texts that users write (H)."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

TEXTS: dict[str, Code] = {}
TEXTS["W101"] = Code("W101")
TEXTS["W102"] = Code("W102")
TEXTS["W103"] = Code("W103")
TEXTS["W104"] = Code("W104")
TEXTS["W105"] = Code("W105")
TEXTS["W106"] = Code("W106")
TEXTS["W107"] = Code("W107")
TEXTS["W108"] = Code("W108")
TEXTS["W109"] = Code("W109")
TEXTS["W110"] = Code("W110")
TEXTS["H101"] = Code("H101")
TEXTS["H102"] = Code("H102")
TEXTS["H103"] = Code("H103")
TEXTS["H104"] = Code("H104")
TEXTS["H105"] = Code("H105")
TEXTS["H106"] = Code("H106")
TEXTS["H107"] = Code("H107")
TEXTS["H108"] = Code("H108")
TEXTS["H109"] = Code("H109")
TEXTS["H110"] = Code("H110")
TEXTS["H111"] = Code("H111")
TEXTS["H112"] = Code("H112")
TEXTS["H113"] = Code("H113")
