"""Findings about totals that tables.yaml declares, and about rules that can't be checked."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

SUMS = {
    "D200": Code("勾稽没有核对"),
    "D211": Code("合计与明细之和不等", waivable=True),
    "D212": Code("合计栏与各栏之和不等", waivable=True),
}
