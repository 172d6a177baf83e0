"""Findings about totals that a bundle's tables.yaml declares."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

SUMS = {
    "D211": Code("合计与明细之和不等", waivable=True),
    "D212": Code("合计栏与各栏之和不等", waivable=True),
}
