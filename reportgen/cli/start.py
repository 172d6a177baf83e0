"""reportgen init: a new report folder, and what to do with it."""

from __future__ import annotations

from pathlib import Path

import typer

from reportgen.bundle import Bundle, available, load_bundle, search_path
from reportgen.cli.show import show_findings
from reportgen.errors import ReportgenError, UsageError
from reportgen.findings import Findings

OK, FOUND = 0, 1
_NEXT = """\
接下来：
  1. 填 report.yaml：单位、层级、年度、上年；
  2. 用 Excel 或 WPS 填各工作簿里浅黄色的格（每个工作簿里有“填表说明”），用记事本填文字.md；
  3. 运行 reportgen check "{folder}"，照提示改正；
  4. 运行 reportgen check "{folder}" --reasons，填写写出的原因.xlsx；
  5. 没有错误了，运行 reportgen render "{folder}" -o out。"""


_NEXT_BATCH = """\
接下来：
  1. 用 Excel 或 WPS 填项目.xlsx 里浅黄色的格（怎样填见“填表说明”）；
  2. 运行 reportgen batch "{folder}/项目.xlsx" -t {bundle} -o out --year 2022 --unit 某市某局
     （年度、单位写自己的），一个项目生成一份。"""


def init_folder(name: str, folder: Path | None, *, templates: Path | None) -> int:
    """Make a report folder for a bundle; nothing that exists is touched."""
    if templates is not None and not templates.is_dir():
        raise UsageError(f"找不到模板文件夹“{templates}”。")
    folders = search_path(templates)
    if not name or folder is None:
        lacking = "模板名称和文件夹" if not name else "文件夹"
        raise UsageError(
            f"请写{lacking}，例如：reportgen init {name or '模板名称'} 我的报告。"
            f"可用的模板：{_usable(folders)}。"
        )
    findings = Findings()
    bundle = load_bundle(name.strip().strip("/"), folders, findings)
    if bundle is not None and bundle.settings.abstract:
        below = _usable(folders, below=bundle)
        raise UsageError(f"模板“{bundle.name}”仅供继承，请用它的下级模板：{below}。")
    if bundle is not None:
        # the library that draws workbooks is imported only here
        from reportgen.pipeline.starter import put_folder, starter_files
        from reportgen.pipeline.starter.folder import check_target

        check_target(folder)
        files = starter_files(bundle)
        if put_folder(folder, files, findings):
            typer.echo(f"已建立 {folder}：{'、'.join(files)}")
            told = _NEXT_BATCH if bundle.settings.subject == "项目" else _NEXT
            typer.echo(told.format(folder=folder, bundle=bundle.name))
    if len(findings):
        show_findings(findings, colour=True, roots=folders)
    return FOUND if findings.has_errors else OK


def _usable(folders: tuple[Path, ...], below: Bundle | None = None) -> str:
    """The bundles that reports can use; with ``below`` those that inherit from it."""
    names = []
    for name, _ in available(folders):
        try:
            bundle = load_bundle(name, folders, Findings())
        except ReportgenError:
            continue
        if bundle is None or bundle.settings.abstract:
            continue
        if below is None or below.folders[0] in bundle.folders:
            names.append(name)
    return "、".join(names) or "无"
