"""Findings about the files that are written."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

FILES = {
    "F101": Code("输出文件已存在"),
    "F102": Code("文件名已调整"),
    "F103": Code("文件写入失败"),
}
