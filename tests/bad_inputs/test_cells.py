"""Cells that hold something else than a plain number."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

Book = Callable[..., None]
Found = Callable[..., Mapping[str, str]]
Write = Callable[..., None]
SPOT = "决算表.xlsx[公开03表]!D10"


@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        pytest.param("约七百万", "D108", "“行政运行基本支出”应为数字，现为“约七百万”", id="text"),
        pytest.param("7518127.01元", "D108", "没有数据时留空", id="unit in the cell"),
        pytest.param("7,51,8127.01", "D108", "应为数字", id="commas astray"),
        pytest.param("NaN", "D108", "现为“NaN”", id="nan as text"),
        pytest.param(True, "D108", "应为数字", id="true"),
        pytest.param(datetime(2022, 1, 1), "D108", "现为“2022-01-01”", id="date"),  # noqa: DTZ001
        pytest.param("#DIV/0!", "D109", "错误值 #DIV/0!", id="division by zero"),
        pytest.param("#REF!", "D109", "请改正公式或填入数字", id="lost reference"),
        pytest.param("=SUM(D11:D14)", "D110", "重新计算后保存", id="formula not calculated"),
    ],
)
def test_no_number(cell: Write, found: Found, value: object, code: str, said: str) -> None:
    cell(SPOT, value)
    told = found()
    assert list(told) == [f"错误 {SPOT} {code}"]
    assert said in told[f"错误 {SPOT} {code}"]


def test_a_sheet_that_was_never_calculated_is_told_once(book: Book, found: Found) -> None:
    def change(workbook: Workbook) -> None:
        for row in workbook["公开05表"]["C8:E11"]:
            for cell in row:
                cell.value = "=1+1"
        for spot in ("C8", "C9"):
            workbook["公开03表"][spot].value = "=1+1"

    book("决算表.xlsx", change)
    told = {head: said for head, said in found().items() if head.endswith("D110")}
    assert list(told) == [
        "错误 决算表.xlsx[公开03表]!C8 D110",
        "错误 决算表.xlsx[公开03表]!C9 D110",
        "错误 决算表.xlsx[公开05表] D110",
    ]
    assert "有12格公式没有计算结果：C8:E8、C9:E9、C10:E10、C11:E11。" in list(told.values())[-1]


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        pytest.param("决算表.xlsx[公开01表]!C14", "多", "D108", id="fixed rows"),
        pytest.param("决算表.xlsx[公开06表]!D7", "=C7", "D110", id="economic codes"),
        pytest.param("决算表.xlsx[公开07表]!L8", "#NUM!", "D109", id="single row"),
        pytest.param("决算表.xlsx[公开10表]!C15", "七辆", "D108", id="count of cars"),
        pytest.param("补充数据.xlsx[机构运行]!B12", "#N/A", "D109", id="names and values"),
        pytest.param("补充数据.xlsx[上年数]!D13", "=1+1", "D110", id="last year"),
        pytest.param("项目.xlsx[资金]!G2", "九十", "D108", id="funds"),
        pytest.param("项目.xlsx[项目]!J2", "优秀", "D108", id="score"),
        pytest.param("项目.xlsx[项目]!I2", "=A1", "D110", id="text by a formula"),
        pytest.param("项目.xlsx[指标]!H2", "#N/A", "D109", id="points"),
        pytest.param("原因.xlsx[原因]!I2", "#VALUE!", "D109", id="reason"),
        pytest.param("补充数据.xlsx[用途]!C2", "=B2", "D110", id="use"),
        pytest.param("补充数据.xlsx[年初预算]!C3", "若干", "D108", id="budget"),
        pytest.param("补充数据.xlsx[绩效汇总]!B2", "十二", "D108", id="count"),
    ],
)
def test_other_workbooks(cell: Write, found: Found, place: str, value: str, code: str) -> None:
    cell(place, value)
    assert f"错误 {place} {code}" in found()


def _rewritten(path: Path, part: str, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text, count = re.subn(old, new, parts[part].decode("utf-8"))
    assert count == 1
    parts[part] = text.encode("utf-8")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize("value", ["NaN", "nan", "INF", "-inf", "1e400"])
def test_nan_as_a_number(folder: Path, found: Found, value: str) -> None:
    part = "xl/worksheets/sheet3.xml"
    _rewritten(folder / "决算表.xlsx", part, r'(<c r="D10"[^>]*>)<v>[^<]*', rf"\1<v>{value}")
    told = found()
    assert list(told) == [f"错误 {SPOT} D109"]
    assert "错误值" in told[f"错误 {SPOT} D109"]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("7518127.01", id="text"),
        pytest.param("7,518,127.01", id="commas"),
        pytest.param("７，５１８，１２７．０１", id="full-width"),
        pytest.param(" 7518127.01 \n", id="blanks"),
        pytest.param("+7518127.01", id="plus"),
        pytest.param(7518127.0100000001, id="residue of a float"),
    ],
)
def test_numbers_that_are_understood(cell: Write, found: Found, value: object) -> None:
    cell(SPOT, value)
    assert found() == {}


@pytest.mark.parametrize("value", ["(123)", "-123", "（１２３）", "−123"])
def test_negatives(cell: Write, found: Found, value: str) -> None:
    cell("决算表.xlsx[公开03表]!D11", value)
    told = found()
    assert list(told) == [
        "错误 决算表.xlsx[公开03表]!C11 D212",
        "错误 决算表.xlsx[公开03表]!D9 D211",
        "错误 决算表.xlsx[公开05表]!D11 D306",
    ]
    assert "相差123.00" in told["错误 决算表.xlsx[公开03表]!C11 D212"]
    blamed = "最可能填错的是决算表.xlsx[公开03表]!D11，现为-123.00，应为0.00（多填）"
    assert blamed in told["错误 决算表.xlsx[公开03表]!C11 D212"]
    assert "最可能填错的也是" in told["错误 决算表.xlsx[公开03表]!D9 D211"]


@pytest.mark.parametrize("value", ["——", "-", "—", "/", None, "  "])
def test_no_amount(cell: Write, found: Found, value: str | None) -> None:
    cell("决算表.xlsx[公开03表]!D11", value)
    assert found() == {}


@pytest.mark.parametrize(
    ("place", "amount"),
    [
        pytest.param("决算表.xlsx[公开03表]!C7", "62,287,177.64", id="tree"),
        pytest.param("决算表.xlsx[公开01表]!C33", "62,298,177.64", id="fixed rows"),
        pytest.param("决算表.xlsx[公开07表]!G8", "20,288.20", id="single row"),
        pytest.param("决算表.xlsx[公开06表]!C34", "46,638,830.63", id="economic codes"),
    ],
)
def test_a_blank_total_is_computed(cell: Write, found: Found, place: str, amount: str) -> None:
    cell(place, None)
    told = found()
    assert list(told) == [f"提示 {place} D116"]
    assert f"空白，已按明细计算为{amount}" in told[f"提示 {place} D116"]


def test_more_decimals_than_published(cell: Write, found: Found) -> None:
    cell("决算表.xlsx[公开01表]!C14", 17000.005)
    told = found()
    assert "提示 决算表.xlsx[公开01表]!C14 D117" in told
    assert "公开时四舍五入" in told["提示 决算表.xlsx[公开01表]!C14 D117"]


def test_the_example_has_none_of_this(folder: Path, found: Found) -> None:
    assert found() == {}
    assert openpyxl.load_workbook(folder / "决算表.xlsx")["公开03表"]["D10"].value == 7518127.01
