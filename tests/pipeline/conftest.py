"""A copy of the example, its 原因.xlsx, and the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.cli.app import run
from reportgen.findings import Findings
from reportgen.language import compile_expression, compile_rule
from reportgen.narrative import narrative_environment

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"


@pytest.fixture(scope="session", autouse=True)
def _packaged_is_read_once() -> Iterator[None]:
    """The packaged bundle and its expressions are read once a session."""
    # by import_module: packages export functions of their modules' names
    module = import_module("reportgen.pipeline.prepare")

    @cache
    def packaged(name: str) -> Any:
        return load_bundle(name, search_path(), Findings())

    @cache
    def expression(source: str) -> Any:
        return compile_expression(narrative_environment(), source)

    @cache
    def rule(source: str) -> Any:
        return compile_rule(narrative_environment(), source)

    def load(name: str, folders: Sequence[Path], findings: Findings) -> Any:
        usual = tuple(folders) == search_path()
        return packaged(name) if usual else load_bundle(name, folders, findings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "load_bundle", load)
        derive, reconcile = (import_module(f"reportgen.rules.{n}") for n in ("derive", "reconcile"))
        patch.setattr(derive, "compile_expression", lambda _, source: expression(source))
        patch.setattr(reconcile, "compile_rule", lambda _, source: rule(source))
        yield


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
    """check(*options): exit code, stdout, and all that is told, a line each."""

    def call(*options: str) -> tuple[int, str, str]:
        code = run(["check", str(folder), "--no-color", *options])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, out.replace("\n    ", "") + err  # a finding and its repair in one line

    return call
