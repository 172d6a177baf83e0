"""原因.xlsx as a file: what is written is what is read, at every edge of a cell."""

from __future__ import annotations

import warnings
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color

from reportgen.findings import Findings
from reportgen.outputs.reasons_book import Line, Value, changed, drawn
from reportgen.sources.reasons import COLUMNS, ReasonRow, read_reasons
from reportgen.sources.supplement import Supplement

ROW: dict[str, Value] = {"项目": "收入总计", "基准": "上年", "原因": "甲", "状态": "已填"}


def read(path: Path) -> ReasonRow:
    findings = Findings()
    sheet = read_reasons(path, Supplement(), findings)
    assert not list(findings)
    assert sheet is not None
    return sheet.rows[0]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("62373182.64", "#,##0.00"),
        ("-0.01", "#,##0.00"),
        ("0.00", "#,##0.00"),
        ("9999999999999.99", "#,##0.00"),
        ("90071992547409.93", "#,##0.00"),
        ("3", "#,##0"),
    ],
)
def test_numbers_come_back_exactly(tmp_path: Path, number: str, shown: str) -> None:
    path = tmp_path / "原因.xlsx"
    path.write_bytes(drawn("原因", COLUMNS, [Line(0, {**ROW, "本年数": Decimal(number)})]))
    stated = read(path).figures[0]
    assert stated is not None
    assert stated.value == Decimal(number)
    assert not stated.agrees(Decimal(number) + Decimal("0.51"))
    assert openpyxl.load_workbook(path).worksheets[0]["F2"].number_format == shown


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@甲", "=cmd|' /C calc'!A0", "<甲>&“乙”\n丙"])
def test_texts_come_back_as_texts(tmp_path: Path, text: str) -> None:
    path = tmp_path / "原因.xlsx"
    path.write_bytes(drawn("原因", COLUMNS, [Line(0, {**ROW, "原因": text, "句子": text})]))
    assert read(path).text == text
    cells = openpyxl.load_workbook(path).worksheets[0][2]
    assert [cell.data_type for cell in cells if cell.value == text] == ["s", "s"]


def test_coloured_words_stay_coloured(tmp_path: Path) -> None:
    path = tmp_path / "原因.xlsx"
    path.write_bytes(drawn("原因", COLUMNS, [Line(0, ROW)]))
    book = openpyxl.load_workbook(path)
    words = CellRichText("项目", TextBlock(InlineFont(color=Color("FFFF0000")), "减少"))
    book.worksheets[0]["J2"].value = words
    book.save(path)
    path.write_bytes(changed(path, "原因", 1, COLUMNS, [Line(2, {"状态": "待复核"})]))
    assert read(path).text == "项目减少"
    assert openpyxl.load_workbook(path, rich_text=True).worksheets[0]["J2"].value == words


def test_a_new_workbook_is_ready_to_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "原因.xlsx"
    path.write_bytes(drawn("原因", COLUMNS, [Line(0, {**ROW, "原因": None})]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert sheet["J2"].number_format == "@"
    assert sheet["J2"].fill.fgColor.rgb == "00FFF8DC"
    assert sheet["B2"].alignment.wrap_text
    prompts = [rule.prompt for rule in sheet.data_validations.dataValidation if rule.prompt]
    assert prompts == ["只写事由，不写“主要原因是”，结尾不加标点。"]
    (choices,) = (r for r in sheet.data_validations.dataValidation if r.type == "list")
    assert choices.formula1 == '"待填写,已填,待复核,已复核,不再需要"'
    assert not choices.showErrorMessage
