"""Headings of 文字.md: two levels, and texts that nothing asks for are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from reportgen.findings import Findings
from reportgen.pipeline.job import Job
from reportgen.pipeline.prepare import prepare
from reportgen.sources.texts import read_texts

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"


@pytest.mark.parametrize("line", ["### 办公室", "#职责", "##机构"])
def test_a_heading_that_is_none_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "文字.md"
    path.write_text(f"# 职责\n甲\n{line}\n乙\n", encoding="utf-8")
    findings = Findings()
    text = read_texts(path, findings)["职责"]
    assert text.lines == ("甲", line, "乙")
    [finding] = findings
    assert (finding.code, str(finding.place)) == ("D119", "文字.md:3")


def test_texts_that_nothing_asks_for_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "报告"
    shutil.copytree(EXAMPLE, folder)
    path = folder / "文字.md"
    text = path.read_text(encoding="utf-8").replace("# 职责\n", "# 职能\n")
    path.write_text(text + "\n# 领导讲话\n略\n", encoding="utf-8")
    told = {f.message: f.hint for f in prepare(Job(folder)).findings if f.code == "D125"}
    assert told == {
        "“# 职能”下面的文字没有用到。": "是否应为“职责”？",
        "“# 领导讲话”下面的文字没有用到。": "请核对标题，或删去。",
    }


def test_texts_that_are_not_printed_this_time_are_told_in_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    folder = shutil.copytree(EXAMPLE.parent / "zibo-2021", tmp_path / "报告")
    book = openpyxl.load_workbook(folder / "补充数据.xlsx")
    book["评价"].delete_rows(2, 9)
    book.save(folder / "补充数据.xlsx")
    path = folder / "文字.md"
    path.write_text(path.read_text(encoding="utf-8").replace("## 2080199 ", "## "), "utf-8")
    told = [f for f in prepare(Job(folder)).findings if f.code == "D125"]
    assert [f.message[:7] for f in told[:3]] == ["“# 评价立项", "“# 评价总体", "“# 评价年度"]
    assert {f.hint for f in told[:-1]} == {"“评价”里没有内容，这次不印它；应当印的，请补填“评价”。"}
    assert str(told[-1].place) == "文字.md:15"
    assert told[-1].hint == "标题请以科目编码开头，如“## 2080101 行政运行”。"


def test_plain_text_under_institutions_is_printed(tmp_path: Path) -> None:
    folder = tmp_path / "报告"
    shutil.copytree(EXAMPLE, folder)
    path = folder / "文字.md"
    head, _, _ = path.read_text(encoding="utf-8").partition("# 机构设置")
    rest = "# 机构设置\n本单位不设内设机构。\n# 部门评价结论\n甲。\n# 其他需要说明的事项\n无\n"
    path.write_text(head + rest, encoding="utf-8")
    section = prepare(Job(folder)).sections["概况"].markdown
    assert "本单位不设内设机构。" in section
    assert "个内设机构。\n" not in section.replace("本单位不设内设机构。\n", "")


@pytest.mark.parametrize("value", ["涉密", "Y", "√"])
def test_secrecy_is_yes_or_no(tmp_path: Path, value: str) -> None:
    folder = tmp_path / "报告"
    shutil.copytree(EXAMPLE, folder)
    book = openpyxl.load_workbook(folder / "项目.xlsx")
    sheet = book["项目"]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "涉密")
    sheet[f"{column}2"] = value
    book.save(folder / "项目.xlsx")
    found = [f for f in prepare(Job(folder)).findings if f.code == "D115"]
    assert [str(f.place) for f in found] == [f"项目.xlsx[项目]!{column}2"]


def test_another_year_and_another_unit_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "报告"
    shutil.copytree(EXAMPLE, folder)
    path = folder / "report.yaml"
    text = path.read_text(encoding="utf-8").replace("年度: 2022", "年度: 2023")
    path.write_text(text.replace("单位: 晋城市人力资源", "单位: 泽州县人力资源"), encoding="utf-8")
    found = [(f.code, str(f.severity)) for f in prepare(Job(folder)).findings if f.code > "D122"]
    assert found.count(("D123", "错误")) == 10
    assert found.count(("D124", "警告")) == 10


def test_a_heading_that_differs_is_named_as_it_is_written(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "报告")
    path = folder / "文字.md"
    path.write_text(path.read_text("utf-8").replace("# 职责\n", "# 职责情况\n"), "utf-8")
    hints = [found.hint for found in prepare(Job(folder)).findings if found.code == "N106"]
    assert hints == ["文字.md里的“# 职责情况”是否应为“# 职责”？"]
