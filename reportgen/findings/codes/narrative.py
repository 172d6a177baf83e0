"""Findings about the sentences: reasons, missing data, percentages."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

NARRATIVE = {
    "N101": Code("缺少原因"),
    "N102": Code("缺少数据"),
    "N103": Code("按印出数与按精确数计算的百分比不同"),
    "N104": Code("上年数为负，不计算百分比"),
    "N105": Code("百分比印出为0.00%或100.00%"),
    "N106": Code("缺少文字"),
}
