"""Findings about the files that are written."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

FILES = {
    "F101": Code("输出文件已存在"),
    "F102": Code("文件名已调整"),
    "F103": Code("文件写入失败"),
    "F121": Code(
        "原因表没有写入",
        "原因.xlsx 里有手工填写的内容，不能保证原样保留时，宁可不写。",
        "原因.xlsx: F121 这个文件正在 Excel 或 WPS 中打开，没有写入。"
        "请先保存并关闭它，再运行一次；已经关闭的，删去锁定文件。",
        "照提示处理（关闭文件、去掉只读、移走图片、把公式改为文字、"
        "改用 .xlsx），再运行 reportgen check --reasons。",
    ),
}
