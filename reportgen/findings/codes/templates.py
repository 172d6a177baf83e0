"""Findings about templates and expressions."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

TEMPLATES = {
    "T101": Code("未知的名称"),
    "T102": Code("模板语法错误"),
    "T103": Code("数字没有格式"),
    "T104": Code("未知的过滤器"),
    "T105": Code("模板运行出错"),
    "T106": Code("规则表达式有误"),
    "T107": Code("模板超出限制"),
    "T108": Code("docxtpl 的读法不同"),
}
