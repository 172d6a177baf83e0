"""A published disclosure in 万元 (tests/data/zibo_2021): its tables agree but for 尾差."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.findings import Finding, Severity
from reportgen.findings.codes.sums import SUMS
from reportgen.model import Figure, Table
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare

DATA = Path(__file__).parent / "data"
FOLDER = DATA / "zibo_2021"
SETTINGS = """\
模板: final-accounts/shandong-2021
单位: 淄博高新技术产业开发区人社中心
层级: 部门
年度: 2021
上年: 新设单位
"""
ROUNDED = {  # the totals that were rounded apart from their parts, by at most (n + 1) / 2 units
    "公开02表!C8": ("2,076.30万元", "2,076.31万元", "0.01万元"),
    "公开02表!D8": ("2,076.30万元", "2,076.31万元", "0.01万元"),
    "公开06表!C6": ("810.81万元", "810.84万元", "0.03万元"),
    "公开06表!F6": ("27.88万元", "27.92万元", "0.04万元"),
}
EXPLAINED: Mapping[str, str] = {}
"""Codes of other findings that are right here, each with why: only the tables are given."""


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_workbook", FOLDER / "make_workbook.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("淄博")
    (folder / "report.yaml").write_text(SETTINGS, encoding="utf-8")
    shutil.copy(_maker().WORKBOOK, folder)
    return prepare(Job(folder), Gate.DATA)


def _agreement(prepared: Prepared) -> list[Finding]:
    """What the totals of tables.yaml and the rules of rules.yaml say."""
    assert prepared.bundle
    codes = {*SUMS, *(rule.code for rule in prepared.bundle.reconciliations)}
    return [finding for finding in prepared.findings if finding.code in codes]


# The workbook against what was printed ------------------------------------------------------


def _written(sheet: Worksheet) -> list[list[str]]:
    rows = sheet.iter_rows(values_only=True)
    return [["" if value is None else str(value) for value in row] for row in rows]


def _padded(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def test_every_printed_row_stands_in_the_workbook() -> None:
    """Row by row and cell by cell, zeros trimmed and blanks blank as they were printed."""
    maker = _maker()
    book = openpyxl.load_workbook(maker.WORKBOOK)
    printed = list(maker.tables(maker.SOURCE.read_text(encoding="utf-8")))
    assert [rows[1][0] for rows in printed] == book.sheetnames
    for rows in printed:
        sheet = book[rows[1][0]]
        wanted = [_padded(row, sheet.max_column) for row in rows[3:]]
        assert _written(sheet)[3:] == wanted
        heads = [cell for row in _written(sheet)[:3] for cell in row if cell]
        assert heads == [cell for row in rows[:3] for cell in row]


def test_the_workbook_holds_as_many_numbers_as_were_printed() -> None:
    """Line numbers, 栏次 and codes included: counted in the published document."""
    book = openpyxl.load_workbook(_maker().WORKBOOK)
    cells = [cell for sheet in book for row in _written(sheet) for cell in row]
    assert sum(cell.replace(".", "").isdigit() for cell in cells) == 447


# What the checks say of it ------------------------------------------------------------------


def test_every_table_is_read(prepared: Prepared) -> None:
    tables = {name: value for name, value in prepared.context.items() if isinstance(value, Table)}
    assert list(tables) == [f"表{number:02}" for number in range(1, 10)]
    assert {table.unit_name for table in tables.values()} == {"万元"}
    assert {table.owner for table in tables.values()} == {"淄博高新技术产业开发区人社中心"}
    assert [name for name, table in tables.items() if table.is_empty] == ["表08", "表09"]


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("表01", "27", "金额", "21140700"),
        ("表01", "58", "决算数", "21361700"),
        ("表03", "20807", "项目支出", "8969200"),
        ("表04", "收入总计", "收入/金额", "21366100"),
        ("表04", "59", "支出/一般公共预算财政拨款", "21361700"),
        ("表05", "合计", "小计", "21361700"),
        ("表06", "30201", "金额", "88300"),
        ("表06", "公用经费合计", "基本支出", "278800"),
        ("表07", "1", "预算数/公务接待费", "10000"),
        ("表07", "1", "决算数/合计", "8600"),
    ],
)
def test_figures_are_read(
    prepared: Prepared, table: str, row: str, column: str, value: str
) -> None:
    """By the names of the parent bundle too, where this one renames heads or rows."""
    found = prepared.context[table][row, column]
    assert isinstance(found, Figure)
    assert str(found.value.to_integral_value()) == value


def test_the_printed_names_are_the_province_s(prepared: Prepared) -> None:
    tables = prepared.context
    assert [c.leaf for c in tables["表01"].profile.columns if c.is_value] == ["金额", "金额"]
    assert tables["表04"].row("32").label == "总计"
    assert next(c.leaf for c in tables["表09"].profile.columns if c.is_value) == "小计"


def test_agreement_is_broken_by_rounding_only(prepared: Prepared) -> None:
    wrong = [f for f in _agreement(prepared) if f.severity is not Severity.NOTE]
    assert wrong == []


def test_every_difference_of_rounding_is_a_note(prepared: Prepared) -> None:
    rounded = [finding for finding in prepared.findings if "尾差" in finding.message]
    assert {(f.code, f.severity) for f in rounded} == {("D211", Severity.NOTE)}
    said = {f"{f.place.sheet}!{f.place.address}": f.message for f in rounded}
    assert said.keys() == ROUNDED.keys()
    for cell, (stated, added, difference) in ROUNDED.items():
        assert re.search(f"{stated}.*明细之和{added}.*相差{difference}。", said[cell])


def test_nothing_else_is_found(prepared: Prepared) -> None:
    """Of reading, of heads, of parts that are missing: nothing that EXPLAINED doesn't list."""
    own = set(_agreement(prepared))
    others = [
        finding
        for finding in prepared.findings
        if finding not in own
        and (finding.severity is not Severity.NOTE or finding.code.startswith("D1"))
        and finding.code not in EXPLAINED
    ]
    assert others == []
