"""check --reasons: where anything typed would be lost, nothing is written."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

Check = Callable[..., tuple[int, str, str]]
Amount = Callable[[str, object], None]
ROOT = Path(__file__).parents[2]


def told(err: str, code: str) -> list[str]:
    """The lines of the console that carry a code."""
    return [line for line in err.splitlines() if f" {code} " in line]


def obstacle_lock(path: Path) -> None:
    path.with_name(f"~${path.name}").write_bytes(b"")


def obstacle_read_only(path: Path) -> None:
    path.chmod(0o444)


def obstacle_formula(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["D5"] = '="上"&"年"'
    book.save(path)


def obstacle_no_workbook(path: Path) -> None:
    path.write_bytes("不是工作簿".encode())


def obstacle_other_sheet(path: Path) -> None:
    shutil.copy(path.with_name("项目.xlsx"), path)


def obstacle_chart(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book.worksheets[0], min_col=5, min_row=2, max_row=4))
    book.worksheets[0].add_chart(chart, "N2")
    book.save(path)


def obstacle_misspelt(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["I1"] = "原应"
    book.save(path)


def obstacle_extension(path: Path) -> None:
    """A drop-down whose choices stand on another sheet, as Excel writes it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    main = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    extension = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{main}">'
        '<x14:dataValidations count="0"/></ext></extLst></worksheet>'
    )
    parts[sheet] = parts[sheet].replace(b"</worksheet>", extension.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.filterwarnings("ignore:Data Validation extension")
@pytest.mark.parametrize(
    ("obstacle", "said"),
    [
        (obstacle_lock, "正在 Excel 或 WPS 中打开"),
        (obstacle_read_only, "只读"),
        (obstacle_formula, "!D5: F121 这一格是公式"),
        (obstacle_no_workbook, "读不出原因表"),
        (obstacle_other_sheet, "读不出原因表"),
        (obstacle_chart, "图表"),
        (obstacle_misspelt, "表头有写错的栏"),
        (obstacle_extension, "引用别的工作表的下拉选项"),
    ],
)
def test_what_would_be_lost_is_not_written(
    folder: Path,
    reasons: Path,
    check: Check,
    amount: Amount,
    obstacle: Callable[[Path], None],
    said: str,
) -> None:
    obstacle(reasons)
    amount("公务接待费", 9000)
    before = reasons.read_bytes()
    files = sorted(folder.iterdir())
    code, out, err = check("--reasons")
    assert code == 1
    assert said in told(err, "F121")[0]
    assert "已写入" not in out
    assert (reasons.read_bytes(), sorted(folder.iterdir())) == (before, files)


@pytest.mark.parametrize(
    ("name", "said"), [("原因.xls", "应为 .xlsx"), ("../别处.xlsx", "不在报告文件夹里")]
)
def test_a_name_that_is_not_written_to(folder: Path, check: Check, name: str, said: str) -> None:
    path = folder / "report.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("原因: 原因.xlsx", f"原因: {name}"), encoding="utf-8")
    code, _, err = check("--reasons")
    assert code == 1
    assert said in told(err, "F121")[0]
    assert not (folder / name).exists()


def test_a_folder_that_can_not_be_written_to(
    folder: Path, reasons: Path, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    reasons.unlink()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("reportgen.outputs.write.tempfile.mkstemp", refuse)
    code, out, err = check("--reasons")
    assert (code, "已写入" in out, reasons.exists()) == (1, False, False)
    assert "没有权限" in told(err, "F103")[0]


def test_a_template_that_fails_writes_nothing(folder: Path, reasons: Path, check: Check) -> None:
    templates = Path(shutil.copytree(ROOT / "templates", folder.parent / "模板"))
    path = templates / "final-accounts" / "shanxi-2022" / "narrative.md"
    path.write_text(path.read_text(encoding="utf-8") + "{% if %}", encoding="utf-8")
    before = reasons.read_bytes()
    code, _, err = check("--reasons", "--templates", str(templates))
    assert (code, reasons.read_bytes()) == (1, before)
    assert "没有写入原因表" in err
