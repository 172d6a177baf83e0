"""A copy of the example, its 原因.xlsx, and the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.cli.app import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))


@pytest.fixture
def reasons(folder: Path) -> Path:
    return folder / "原因.xlsx"


@pytest.fixture
def edit() -> Callable[..., None]:
    """edit(path, change): change the first sheet of a workbook."""

    def change_sheet(path: Path, change: Callable[[Any], object]) -> None:
        book = openpyxl.load_workbook(path)
        change(book.worksheets[0])
        book.save(path)

    return change_sheet


@pytest.fixture
def amount(folder: Path) -> Callable[[str, object], None]:
    """amount(name, value): last year's figure of a vocabulary name or a class."""

    def change(name: str, value: Any) -> None:
        book = openpyxl.load_workbook(folder / "补充数据.xlsx")
        sheet = book["上年数"]
        row = next(row for row in sheet.iter_rows(min_row=2) if str(row[1].value) == name)
        row[3].value = value
        book.save(folder / "补充数据.xlsx")

    return change


@pytest.fixture
def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """check(*options): exit code, stdout and stderr of ``reportgen check``."""

    def call(*options: str) -> tuple[int, str, str]:
        code = run(["check", str(folder), "--no-color", *options])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return call
