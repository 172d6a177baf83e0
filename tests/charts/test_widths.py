"""Charts and tables of the narrative are as wide as the text of the section they stand in."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

Print = Callable[..., Any]
NARRATIVE = "{{ 图表('图', 类型='饼', 数据=[基本, 项目]) }}\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |"
WIDE, NARROW = 297 - 60, 210 - 60
EMU = 36000  # a millimetre


def template(path: Path, *widths: int, columns: int = 1) -> Path:
    """A Word template with the narrative in its first section, and a section for each width."""
    document = docx.Document()
    document.add_paragraph("{{p 说明 }}")
    for number, width in enumerate(widths):
        section = document.add_section() if number else document.sections[0]
        wide = width == WIDE
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(297 if wide else 210), Mm(210 if wide else 297)
        section.left_margin = section.right_margin = Mm(30)
        section.gutter = 0
    if columns > 1:
        for found in document.sections[0]._sectPr.findall(qn("w:cols")):
            document.sections[0]._sectPr.remove(found)
        cols = OxmlElement("w:cols")
        cols.set(qn("w:num"), str(columns))
        cols.set(qn("w:space"), "567")
        document.sections[0]._sectPr.append(cols)
    document.save(str(path))
    return path


def shown(printed: Any) -> tuple[int, float, int]:
    """The width of the chart, its shape, and the width of the table, in millimetres."""
    document = docx.Document(io.BytesIO(printed.pressed.content))
    [chart] = document.inline_shapes
    [table] = document.tables
    grid = [int(column.get(qn("w:w"), "0")) for column in table._tbl.tblGrid]
    assert [cell.width for cell in table.rows[0].cells] == [width * 635 for width in grid]
    return round(chart.width / EMU), chart.height / chart.width, round(sum(grid) * 635 / EMU)


@pytest.mark.parametrize(
    ("widths", "width"),
    [
        pytest.param((NARROW,), NARROW, id="one section"),
        pytest.param((NARROW, WIDE), NARROW, id="the last section is landscape"),
        pytest.param((WIDE, NARROW), WIDE, id="the narrative's own section is landscape"),
        pytest.param((NARROW, WIDE, NARROW), NARROW, id="one between is landscape"),
    ],
)
def test_a_chart_is_as_wide_as_its_section(
    press: Print, tmp_path: Path, widths: tuple[int, ...], width: int
) -> None:
    printed = press(NARRATIVE, template(tmp_path / "report.docx", *widths))
    chart, shape, table = shown(printed)
    assert (chart, table) == (width, width)
    assert shape == pytest.approx(0.56, abs=0.001)
    assert printed.gate() == []


def test_in_columns_it_is_as_wide_as_one(press: Print, tmp_path: Path) -> None:
    printed = press(NARRATIVE, template(tmp_path / "report.docx", NARROW, NARROW, columns=2))
    chart, _, table = shown(printed)
    assert (chart, table) == (70, 70)


def test_on_a_low_page_it_leaves_room_for_its_caption(press: Print, tmp_path: Path) -> None:
    path = template(tmp_path / "report.docx", WIDE)
    document = docx.Document(str(path))
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(35)
    document.save(str(path))
    chart, shape, table = shown(press(NARRATIVE, path))
    assert table == WIDE
    assert chart * shape == pytest.approx(0.85 * (210 - 70), abs=1)
    assert shape == pytest.approx(0.56, abs=0.001)
