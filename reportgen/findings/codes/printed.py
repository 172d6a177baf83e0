"""Findings about the finished document."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

PRINTED = {
    "P101": Code("文件中残留标记"),
    "P102": Code("文件内部结构有误"),
}
