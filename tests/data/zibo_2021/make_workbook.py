"""Make the example's 决算表.xlsx from 决算表.txt: one sheet a table, laid out as published.

    python tests/data/zibo_2021/make_workbook.py

决算表.txt holds 公开01–09表 of a published 2021 disclosure (淄博高新技术产业开发区人社中心, 万元),
line by line and digit by digit as printed, columns divided by tabs. Only heads that were repeated
on a second page were left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "决算表.txt"
WORKBOOK = FOLDER.parents[2] / "examples" / "zibo-2021" / "决算表.xlsx"
AMOUNT = re.compile(r"-?\d+(\.\d+)?")
CODE = re.compile(r"\d{3}|\d{5}|\d{7}")
MERGED = {  # the heads, as far as they span several cells
    "公开01表": ["A4:C4", "D4:F4"],
    "公开02表": ["A4:B4", *(f"{letter}4:{letter}5" for letter in "CDEFGHI"), "A6:B6", "A7:B7"],
    "公开03表": ["A4:B4", *(f"{letter}4:{letter}5" for letter in "CDEFGH"), "A6:B6", "A7:B7"],
    "公开04表": ["A4:C4", "D4:I4"],
    "公开05表": ["A4:B4", "C4:E4", "A6:B6", "A7:B7"],
    "公开06表": ["A4:C4", "D4:I4", "A39:B39", "D39:H39"],
    "公开07表": [
        *("A4:F4", "G4:L4", "C5:E5", "I5:K5"),
        *(f"{letter}5:{letter}6" for letter in "ABFGHL"),
    ],
    "公开08表": ["A4:B4", "C4:C5", "D4:D5", "E4:G4", "H4:H5"],
    "公开09表": ["A4:B4", "C4:E4"],
}


def tables(text: str) -> Iterator[list[list[str]]]:
    """The tables of 决算表.txt as rows of cells: title, number, unit line, heads, data, notes."""
    for block in text.split("\n\n"):
        yield [line.split("\t") for line in block.strip("\n").split("\n")]


def width(rows: Sequence[Sequence[str]]) -> int:
    """How many columns a table has: heads and line of 栏次 are the widest rows."""
    return max(len(row) for row in rows[3:])


def content(text: str, row: Sequence[str], column: int) -> str | int | float | None:
    """A cell: codes are texts, line numbers and amounts are numbers, the rest as it is."""
    following = row[column + 1] if len(row) > column + 1 else ""
    is_code = CODE.fullmatch(text) and following and not AMOUNT.fullmatch(following)
    if not text:
        return None
    if is_code or not AMOUNT.fullmatch(text):
        return text
    return float(Decimal(text)) if "." in text else int(text)


def fill(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Write a table; its number and its unit stand in the last column."""
    last = width(rows)
    sheet.cell(1, 1, rows[0][0])
    sheet.cell(2, last, rows[1][0])
    owner, unit = rows[2]
    sheet.cell(3, 1, owner)
    sheet.cell(3, last, unit)
    for number, row in enumerate(rows[3:], start=4):
        for column, text in enumerate(row):
            sheet.cell(number, column + 1, content(text, row, column))
        if len(row) == 1 and len(row[0]) > len("合计"):
            sheet.merge_cells(f"A{number}:{get_column_letter(last)}{number}")
    sheet.merge_cells(f"A1:{get_column_letter(last)}1")
    for area in MERGED[rows[1][0]]:
        sheet.merge_cells(area)


def workbook() -> openpyxl.Workbook:
    """The nine tables, a sheet each."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in tables(SOURCE.read_text(encoding="utf-8")):
        fill(book.create_sheet(rows[1][0]), rows)
    return book


if __name__ == "__main__":
    workbook().save(WORKBOOK)
