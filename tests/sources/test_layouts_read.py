"""The published layouts as platforms and people leave them, read without a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.bundle import load_bundle, search_path
from reportgen.findings import Findings
from reportgen.model import Figure, Profile, Table
from reportgen.sources.tables import read_tables

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022" / "决算表.xlsx"
Change = Callable[[openpyxl.Workbook], None]


def profiles() -> tuple[Profile, ...]:
    bundle = load_bundle("final-accounts/shanxi-2022", search_path(), Findings())
    assert bundle is not None
    return bundle.profiles


def read(path: Path) -> tuple[Mapping[str, Table], Findings]:
    findings = Findings()
    return read_tables([path], profiles(), findings), findings


def values(tables: Mapping[str, Table]) -> dict[tuple[str, str, str], Decimal]:
    return {
        (name, row.key, key): cell.value
        for name, table in tables.items()
        for row in table.rows
        for key, cell in row.cells.items()
        if isinstance(cell, Figure)
    }


def wrap_names(book: openpyxl.Workbook) -> None:
    book["公开03表"]["B9"] = "人力资源和社会保\n障管理 事务"


def text_numbers(book: openpyxl.Workbook) -> None:
    book["公开03表"]["C7"] = "62,287,177.64"
    book["公开03表"]["D7"] = "８，７１４，１６３．９４"
    book["公开05表"]["C7"] = " 62281177.64 "


def float_residue(book: openpyxl.Workbook) -> None:
    book["公开01表"]["F33"] = 62287177.640000001
    book["公开03表"]["E7"] = 53567013.7 + 6000.0


def code_as_number(book: openpyxl.Workbook) -> None:
    book["公开03表"]["A8"] = 208
    book["公开03表"]["A10"] = 2080101


def half_width_brackets(book: openpyxl.Workbook) -> None:
    book["公开10表"]["A12"] = " (一) 行政单位"


def other_sheet_names(book: openpyxl.Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{number}"


def other_order(book: openpyxl.Workbook) -> None:
    book.move_sheet("公开03表", 5)


def rows_above(book: openpyxl.Workbook) -> None:
    shift_down(book["公开05表"], 3)


def heads_repeated(book: openpyxl.Workbook) -> None:
    """A page break of the platform: title, unit line and heads again in the middle."""
    sheet = book["公开05表"]
    heads = [[cell.value for cell in row] for row in sheet.iter_rows(1, 6)]
    rest = [[cell.value for cell in row] for row in sheet.iter_rows(16, sheet.max_row)]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    for number, row in enumerate([*heads, *rest], start=16):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value


def spare_rows(book: openpyxl.Workbook) -> None:
    """Rows whose formulas an office program saved as 0: they say nothing."""
    sheet = book["公开03表"]
    last = max(cell.row for cell in sheet["A"] if str(cell.value or "").isdigit())
    sheet.insert_rows(last + 1, 3)
    for row in (last + 1, last + 3):
        sheet.cell(row, 3).value = 0


def empty_rows_between(book: openpyxl.Workbook) -> None:
    sheet = book["公开05表"]
    for area in list(sheet.merged_cells.ranges):
        if area.min_row > 9:
            sheet.unmerge_cells(str(area))
    sheet.insert_rows(10, 2)


def year_in_titles(book: openpyxl.Workbook) -> None:
    """Titles with number, owner and year, and no 公开0N表."""
    for number, name in enumerate(("公开02表", "公开03表", "公开05表"), start=2):
        sheet = book[name]
        sheet["A1"] = f"表{number}：某市某局2022年度{sheet['A1'].value}"
        for row in sheet["A2:I2"]:
            for cell in row:
                cell.value = None


def codes_in_three_columns(book: openpyxl.Workbook) -> None:
    """类, 款 and 项 apart: whole codes at their level, parts, or parts under the row above."""
    for name, split in (("公开02表", _whole), ("公开03表", _parts), ("公开05表", _last)):
        sheet = book[name]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_cols(2, 2)
        sheet["A6"], sheet["B6"], sheet["C6"], sheet["D6"] = "类", "款", "项", "栏次"
        for row in range(7, sheet.max_row + 1):
            code = str(sheet.cell(row, 1).value or "")
            if code.isdigit():
                for column, text in enumerate(split(code), start=1):
                    sheet.cell(row, column).value = text or None


def _whole(code: str) -> tuple[str, ...]:
    return tuple(code if len(code) == length else "" for length in (3, 5, 7))


def _parts(code: str) -> tuple[str, ...]:
    return code[:3], code[3:5], code[5:]


def _last(code: str) -> tuple[str, ...]:
    parts = _parts(code)
    deepest = max(level for level, part in enumerate(parts) if part)
    return tuple(part if level == deepest else "" for level, part in enumerate(parts))


def shift_down(sheet: Worksheet, rows: int) -> None:
    areas = [str(area) for area in sheet.merged_cells.ranges]
    for area in areas:
        sheet.unmerge_cells(area)
    sheet.insert_rows(1, rows)
    for area in areas:
        moved = CellRange(area)
        moved.shift(row_shift=rows)
        sheet.merge_cells(str(moved))


@pytest.mark.parametrize(
    "change",
    [
        wrap_names,
        text_numbers,
        float_residue,
        code_as_number,
        half_width_brackets,
        other_sheet_names,
        other_order,
        rows_above,
        heads_repeated,
        spare_rows,
        empty_rows_between,
        year_in_titles,
        codes_in_three_columns,
    ],
)
def test_the_same_figures_are_read(change: Change, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    change(book)
    book.save(tmp_path / "决算表.xlsx")
    expected, _ = read(EXAMPLE)
    tables, findings = read(tmp_path / "决算表.xlsx")
    assert [str(finding) for finding in findings] == []
    assert values(tables) == values(expected)
    assert len(values(tables)) > 600


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    upper, lower = book["公开08表"], book["公开09表"]
    start = upper.max_row + 2
    for row in lower.iter_rows():
        for cell in row:
            upper.cell(int(cell.row or 0) + start, int(cell.column or 0), cell.value)
    for area in lower.merged_cells.ranges:
        moved = CellRange(str(area))
        moved.shift(row_shift=start)
        upper.merge_cells(str(moved))
    book.remove(lower)
    book.save(tmp_path / "决算表.xlsx")
    expected, _ = read(EXAMPLE)
    tables, findings = read(tmp_path / "决算表.xlsx")
    assert [str(finding) for finding in findings] == []
    assert values(tables) == values(expected)


def test_two_tables_side_by_side(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    left, right = book["公开05表"], book["公开03表"]
    start = left.max_column + 1
    for row in right.iter_rows():
        for cell in row:
            left.cell(int(cell.row or 0), int(cell.column or 0) + start, cell.value)
    for area in right.merged_cells.ranges:
        moved = CellRange(str(area))
        moved.shift(col_shift=start)
        left.merge_cells(str(moved))
    book.remove(right)
    book.save(tmp_path / "决算表.xlsx")
    expected, _ = read(EXAMPLE)
    tables, findings = read(tmp_path / "决算表.xlsx")
    assert [str(finding) for finding in findings] == []
    assert values(tables) == values(expected)
    figure = tables["表03"].row("合计").first
    assert isinstance(figure, Figure)
    assert str(figure.places[0]) == "决算表.xlsx[公开05表]!I7"


@pytest.mark.parametrize(
    "unit", ["金额单位：万元", "单位:万元", "（金额单位：万元）", "金额单位：万元 "]
)
def test_a_workbook_in_ten_thousands(unit: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(1, 3):
            for cell in row:
                if "金额单位" in str(cell.value):
                    cell.value = unit
    book["公开05表"]["C7"] = 6228.12
    book.save(tmp_path / "决算表.xlsx")
    tables, findings = read(tmp_path / "决算表.xlsx")
    figure = tables["表05"].row("合计")["小计"]
    assert isinstance(figure, Figure)
    assert (figure.value, figure.slack) == (Decimal(62281200), Decimal(50))
    assert not findings.has_errors
    cars = tables["表10"].row("15").first
    assert isinstance(cars, Figure)
    assert (cars.value, cars.slack) == (Decimal(7), Decimal(0))


def test_negative_numbers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    book["公开01表"]["C35"] = "(75,005.00)"
    book["公开01表"]["F35"] = -86005
    book.save(tmp_path / "决算表.xlsx")
    tables, findings = read(tmp_path / "决算表.xlsx")
    before, after = tables["表01"].row("29").first, tables["表01"].row("60").first
    assert isinstance(before, Figure)
    assert isinstance(after, Figure)
    assert (before.value, after.value) == (Decimal(-75005), Decimal(-86005))
    assert [str(finding) for finding in findings] == []


def test_blank_cells_are_remembered() -> None:
    tables, _ = read(EXAMPLE)
    assert ("208", "上级补助收入") in tables["表02"].blanks
    assert ("208", "其他收入") not in tables["表02"].blanks
