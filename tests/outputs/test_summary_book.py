"""The workbook of 汇总表: rows that are spliced in stand where they belong, whatever they hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest

from reportgen.outputs import summary_rows
from reportgen.outputs.summary_book import Group, summary_book
from reportgen.outputs.summary_rows import Cell

COLUMNS = ("序号", "项目名称", "自评得分", "自评等级")


def group(title: str, *rows: Sequence[Cell]) -> Group:
    return Group(title, len(rows), rows)


def shown(content: bytes) -> list[list[object]]:
    """The cells of each row, read by the numbers that they have."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def test_groups_stand_under_their_lines_and_notes_behind() -> None:
    first = [(1, "甲", Decimal("98.50"), "优"), (2, "=乙&<_x000D_>", Decimal("100.00"), "优")]
    content = summary_book(
        "题", "单位：某局", COLUMNS, [group("一", *first), group("二", (1, "", "", ""))], ["注一"]
    )
    blank = [None] * 3
    assert shown(content) == [
        ["题", *blank],
        ["单位：某局", *blank],
        list(COLUMNS),
        ["一", *blank],
        [1, "甲", 98.5, "优"],
        [2, "=乙&<_x005F_x000D_>", 100, "优"],  # as a file has it: openpyxl does not decode it
        ["二", *blank],
        [1, *blank],
        ["注一", *blank],
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sorted(map(str, sheet.merged_cells.ranges)) == [
        "A1:D1",
        "A2:D2",
        "A4:D4",
        "A7:D7",
        "A9:D9",
    ]
    assert [sheet[f"{letter}5"].number_format for letter in "ABCD"] == ["0", "@", "0.00", "@"]
    assert [sheet[f"{letter}5"].alignment.horizontal for letter in "ABCD"] == [
        "center",
        None,
        "center",
        "center",
    ]
    assert sheet["B6"].quotePrefix


@pytest.mark.parametrize("together", [1, 2, 500])
def test_groups_of_any_length_without_a_line(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary_rows, "_TOGETHER", together)
    groups = [group("", ("甲",), ("乙",)), group("", ("丙",)), group("", ("丁",), ("戊",))]
    content = summary_book("", "", ["项目名称"], groups, [])
    assert shown(content) == [["项目名称"], ["甲"], ["乙"], ["丙"], ["丁"], ["戊"]]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert b'<dimension ref="A1:A6"/>' in archive.read("xl/worksheets/sheet1.xml")


def test_without_a_group_there_is_a_head() -> None:
    assert shown(summary_book("题", "", COLUMNS, [], [])) == [["题", None, None, None], [*COLUMNS]]


def test_a_number_that_no_cell_holds_is_a_text() -> None:
    third = Decimal(1) / Decimal(3)
    [_, line] = shown(summary_book("", "", COLUMNS, [group("", (1, "甲", third, ""))], []))
    assert line == [1, "甲", f"{third:f}", None]


def test_rows_are_as_high_as_their_texts() -> None:
    rows = [(1, "甲", "", ""), (2, "长" * 60, "", ""), (3, "一\n二\n三", "", "")]
    sheet = openpyxl.load_workbook(
        io.BytesIO(summary_book("", "", COLUMNS, [group("", *rows)], []))
    ).active
    assert sheet is not None
    assert [sheet.row_dimensions[n].height for n in (2, 3, 4)] == [20.25, 45, 45]
