"""The ten published tables: every cell of the workbook is printed, and nothing else is."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from markdown_it import MarkdownIt

from reportgen.pipeline.job import Job
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import compose

EXAMPLE = Path(__file__).parent.parent / "examples" / "jincheng-2022"
SHEETS = [f"公开{number:02}表" for number in range(1, 11)]
STATISTICS = "公开10表"  # its heads stand inside the table: compared apart
Grid = list[list[str]]


def plain(text: object) -> str:
    return re.sub(r"\s", "", "" if text is None else str(text)).translate(
        str.maketrans("()", "（）")
    )


# The workbook -----------------------------------------------------------------------------


@cache
def workbook() -> openpyxl.Workbook:
    return openpyxl.load_workbook(EXAMPLE / "决算表.xlsx", data_only=True)


def written(value: object, *, whole: bool) -> str:
    """A cell as it is to be printed: amounts with two decimals, whole numbers as they are."""
    if isinstance(value, int | float):
        number = Decimal(str(value))
        return str(number) if whole else f"{number:.2f}"
    return re.sub("^—+$", "——", plain(value))  # 不适用, of whatever length it was typed


def sheet_rows(name: str) -> list[tuple[object, ...]]:
    """The rows between the unit line and the notes."""
    rows: list[tuple[object, ...]] = list(workbook()[name].iter_rows(values_only=True))
    end = next(i for i, row in enumerate(rows) if str(row[0]).startswith("注："))
    return rows[3:end]


def sheet_grid(name: str) -> Grid:
    """The same as printed texts; line numbers, 栏次 and counts are whole numbers."""
    rows = sheet_rows(name)
    leaves = [plain(cell) for cell in rows[1]]
    return [
        [written(cell, whole=is_whole(row, leaf)) for cell, leaf in zip(row, leaves, strict=True)]
        for row in rows
    ]


def is_whole(row: tuple[object, ...], leaf: str) -> bool:
    numbers = [cell for cell in row if isinstance(cell, int | float)]
    index = numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 2
    return leaf == "行次" or "栏次" in row or index or "辆" in str(row[0]) or "用车" in str(row[0])


def heads(name: str) -> int:
    """How many rows of the sheet's grid are heads."""
    return {"公开06表": 2, "公开07表": 4}.get(name, 3)


# The documents ----------------------------------------------------------------------------


@cache
def documents() -> dict[str, bytes]:
    files = compose(prepare(Job(EXAMPLE)), ["md", "docx"]).files
    return {name.rpartition(".")[2]: content for name, content in files.items()}


@cache
def markdown_parts() -> dict[str, tuple[list[str], Grid, list[str]]]:
    """By 公开0N表: the paragraphs before the table, its rows, the paragraphs after it."""
    found: dict[str, tuple[list[str], Grid, list[str]]] = {}
    paragraphs: list[str] = []
    grid: Grid = []
    name = ""
    tokens = MarkdownIt("commonmark").enable("table").parse(documents()["md"].decode("utf-8"))
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            name, paragraphs, grid = "", [], []
        elif token.type == "paragraph_open":
            text = following.content
            paragraphs.append(text)
            if text.startswith("公开"):
                name = text[:5]
                found[name] = (paragraphs, grid, paragraphs)
        elif token.type == "tr_open":
            grid.append([])
        elif token.type in ("th_open", "td_open"):
            grid[-1].append(plain(text_of(following.content)))
    return found


def text_of(markdown: str) -> str:
    """The text of inline Markdown."""
    children = MarkdownIt("commonmark").parseInline(markdown)[0].children or []
    return "".join(child.content for child in children)


@cache
def word_parts() -> dict[str, tuple[list[str], Grid]]:
    """By 公开0N表: the paragraphs around the table, and the table with spans as blanks."""
    found: dict[str, tuple[list[str], Grid]] = {}
    name = ""
    for block in docx.Document(io.BytesIO(documents()["docx"])).iter_inner_content():
        if isinstance(block, Paragraph):
            if block.style and block.style.name.startswith("Heading"):
                name = ""
            if re.fullmatch(r"公开\d\d表", block.text.strip()):
                name = block.text.strip()
                found[name] = ([], [])
            if name and block.text:
                found[name][0].append(block.text)
        elif name:
            found[name][1].extend(word_grid(block))
    return found


def word_grid(table: Table) -> Iterator[list[str]]:
    for row in table._tbl.tr_lst:
        cells: list[str] = []
        for cell in row.tc_lst:
            continued = cell.vMerge == "continue"
            text = "" if continued else "".join(paragraph.text for paragraph in cell.p_lst)
            cells += [plain(text), *[""] * (cell.grid_span - 1)]
        yield cells


def settled(grid: Grid) -> Grid:
    """人员经费合计 stands over the merged cells of code and name: in either of them."""
    for row in grid:
        for index, text in enumerate(row[1:]):
            if text.endswith("经费合计") and not row[index]:
                row[index], row[index + 1] = text, ""
    return grid


# The comparison ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in SHEETS if name != STATISTICS])
def test_every_cell_stands_in_the_word_table(name: str) -> None:
    assert settled(word_parts()[name][1]) == sheet_grid(name)


@pytest.mark.parametrize("name", [name for name in SHEETS if name != STATISTICS])
def test_every_cell_stands_in_the_markdown_table(name: str) -> None:
    _, grid, _ = markdown_parts()[name]
    assert settled(grid[1:]) == sheet_grid(name)[heads(name) :]


@pytest.mark.parametrize("name", [name for name in SHEETS if name != STATISTICS])
def test_every_head_stands_in_the_markdown_table(name: str) -> None:
    """A pipe table has one head row: the upper heads are joined to the lower, or 项目 is left."""
    said = Counter(part for head in markdown_parts()[name][1][0] for part in head.split("·"))
    wanted = {text for row in sheet_grid(name)[: heads(name)] for text in row if text}
    wanted = {text for text in wanted if not text.isdigit()} - {
        "栏次",
        "项目",
        "人员经费",
        "公用经费",
    }
    assert wanted - set(said) == set()
    assert set(said) - wanted == set()


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_statistics_table(ending: str) -> None:
    """公开10表: the same cells; 项目 is printed once, 统计数 beside the section's title."""
    grid = markdown_parts()[STATISTICS][1] if ending == "md" else word_parts()[STATISTICS][1]
    wanted = Counter(text for row in sheet_grid(STATISTICS) for text in row if text)
    wanted["项目"] = 1
    assert Counter(text for row in grid for text in row if text) == wanted
    ours = [row for row in grid if row[1].isdigit()]
    assert ours == [row for row in sheet_grid(STATISTICS) if row[1].isdigit()]


@pytest.mark.parametrize("name", SHEETS)
def test_what_stands_around_the_table(name: str) -> None:
    """Title, number, unit line and notes, in Word and in Markdown."""
    rows = list(workbook()[name].iter_rows(values_only=True))
    unit_line = [plain(cell) for row in rows[1:3] for cell in row if cell]
    notes = [plain(row[0]) for row in rows if str(row[0]).startswith(("注：", "说明："))]
    before, _, _ = markdown_parts()[name]
    assert [plain(text) for text in before] == ["".join(unit_line), *notes]
    assert "".join(plain(text) for text in word_parts()[name][0]) == "".join([*unit_line, *notes])
    assert f"、{rows[0][0]}\n" in documents()["md"].decode("utf-8")


def test_all_ten_tables_are_there() -> None:
    assert list(markdown_parts()) == SHEETS
    assert list(word_parts()) == SHEETS
    numbers = [
        cell
        for name in SHEETS
        for row in sheet_rows(name)
        for cell in row
        if isinstance(cell, float)
    ]
    assert len(numbers) > 150
