"""Findings about report.yaml and the files of a bundle."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

CONFIGURATION = {
    "C101": Code("未知的设置项"),
    "C102": Code("设置项重复"),
    "C103": Code("缺少必填的设置项"),
    "C104": Code("设置项的值不合要求"),
    "C105": Code("YAML 语法错误"),
    "C106": Code("豁免没有用到"),
}
