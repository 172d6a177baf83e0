"""The options of `reportgen batch`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Source = Annotated[
    Path,
    typer.Argument(
        metavar="SOURCE",
        help="项目.xlsx（或 .csv）；放着已填自评表的文件夹；放着各部门报告文件夹的文件夹。",
    ),
]
FormTemplate = Annotated[
    str,
    typer.Option(
        "-t", "--template", metavar="NAME", help="自评表的模板，如 self-evaluation/shanxi。"
    ),
]
BatchOut = Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="输出文件夹。")]
Year = Annotated[
    int | None,
    typer.Option(
        "--year",
        metavar="YEAR",
        min=1949,
        max=2999,
        help="年度，如 2022；项目旁边有 report.yaml 的，默认照它。",
    ),
]
Unit = Annotated[str, typer.Option("--unit", metavar="NAME", help="单位；默认照 report.yaml。")]
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j", "--jobs", metavar="N", min=1, max=256, help="同时用几个进程；默认每核一个。"
    ),
]
Scheduler = Annotated[
    str,
    typer.Option("--scheduler", metavar="ADDR", help="在 dask 集群上做，如 tcp://主机:8786。"),
]
Resume = Annotated[bool, typer.Option("--resume", help="接着上次做：只做没有做好的和改动过的。")]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="同 --resume，上次失败的也重做。")
]
BatchOverwrite = Annotated[bool, typer.Option("--overwrite", help="全部重做，覆盖已有的。")]
DiscardEdits = Annotated[bool, typer.Option("--discard-edits", help="手工改过的文件也覆盖。")]
AllowErrors = Annotated[bool, typer.Option("--allow-errors", help="有错误也输出（只供内部核对）。")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只检查，不写任何文件。")]
