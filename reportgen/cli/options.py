"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Form(StrEnum):
    """How findings are shown."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    XLSX = "xlsx"


Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="报告文件夹（里面有 report.yaml）。")
]
Templates = Annotated[
    Path | None, typer.Option("--templates", metavar="DIR", help="先在这个文件夹里找模板。")
]
TemplateName = Annotated[str, typer.Argument(metavar="NAME", help="模板名称。")]
Colour = Annotated[bool, typer.Option("--color/--no-color", help="用颜色显示。")]
OutputFormat = Annotated[
    Form | None,
    typer.Option(
        "--output-format",
        help="结果的格式：full 逐项详列（默认），concise 一项一行，json 供程序读取，"
        "xlsx 工作簿（须写 --output-file）。",
    ),
]
OutputFile = Annotated[
    Path | None,
    typer.Option("--output-file", metavar="FILE", help="结果写入这个文件，不显示在屏幕上。"),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select", metavar="CODE", help="只看这些代码；可写多个，可写开头，如 D3、C1,T101。"
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="CODE", help="不看这些代码；写法同 --select。"),
]
Statistics = Annotated[bool, typer.Option("--statistics", help="末尾按代码统计个数。")]
Strict = Annotated[bool, typer.Option("--strict", help="有警告也按有错误退出。")]
OverwriteResult = Annotated[bool, typer.Option("--overwrite", help="--output-file 已存在时覆盖。")]
