"""A workbook of projects that a test fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Rows = Sequence[Sequence[Any]]
PROJECT = ("序号", "项目名称", "公开自评表", "涉密")
FUND = ("项目名称", "资金来源", "全年预算数", "全年执行数")
MARK = ("项目名称", "三级指标", "调整后指标值", "实际完成值", "分值", "得分")


def save(path: Path, **sheets: Rows) -> Path:
    """Write the sheets; of each the first row holds the heads."""
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if sheets:
        book.remove(book.worksheets[0])
    book.save(path)
    return path


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """write(names, marks, funds): a workbook of these rows without their heads."""

    def written(projects: Rows, marks: Rows = (), funds: Rows = (), **more: Rows) -> Path:
        return save(
            tmp_path / "项目.xlsx",
            项目=[PROJECT, *projects],
            资金=[FUND, *funds],
            指标=[MARK, *marks],
            **more,
        )

    return written
