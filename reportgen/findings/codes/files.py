"""Findings about the files that are written."""

from __future__ import annotations

from reportgen.findings.codes.code import Code

FILES = {
    "F101": Code(
        "输出文件已存在",
        why="同名的文件可能已经校对、修改或公开过，不问就覆盖会丢失这些修改。",
        example="晋城_人社局-2022年度单位决算公开.md: F101 输出文件已存在，没有覆盖。"
        "请换一个输出文件夹，或加 --overwrite。",
        repair="换一个输出文件夹；确定不要旧文件的，加 --overwrite。",
    ),
    "F102": Code(
        "文件名已调整",
        why="单位名称里有系统不允许用在文件名里的字符，文件名与单位名称因此略有不同，"
        "内容不受影响。",
        example="report.yaml: F102 “晋城/人社局-2022年度单位决算公开”不能用作文件名，"
        "已改为“晋城_人社局-2022年度单位决算公开”。",
        repair="一般不用处理；可以改用不带 / : * ? 等字符的名称。",
    ),
    "F103": Code(
        "文件写入失败",
        why="文件没有写成，原有的文件保持原样，不会留下半份文件。",
        example="out: F103 文件写不进去：同名的不是文件夹。请核对磁盘空间、文件夹权限，"
        "并关闭正在打开的文件。",
        repair="关闭正在用 Word、Excel 打开的同名文件，核对磁盘空间和文件夹权限后重新生成。",
    ),
    "F121": Code(
        "原因表没有写入",
        "原因.xlsx 里有手工填写的内容，不能保证原样保留时，宁可不写。",
        "原因.xlsx: F121 这个文件正在 Excel 或 WPS 中打开，没有写入。"
        "请先保存并关闭它，再运行一次；已经关闭的，删去锁定文件。",
        "照提示处理（关闭文件、去掉只读、移走图片、把公式改为文字、"
        "改用 .xlsx），再运行 reportgen check --reasons。",
    ),
}
