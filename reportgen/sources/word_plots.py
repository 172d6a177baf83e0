"""What a chart of a Word file plots, and what its workbook holds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from reportgen.sources.word import PARSER

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ADDRESS = re.compile(r"\$?([A-Z]+)\$?(\d+)")
_MOST_CELLS = 10_000


@dataclass(frozen=True, slots=True)
class Cached:
    """One text or number that a chart shows, and the cell it says it is from."""

    text: str
    sheet: str
    address: str


@dataclass(frozen=True, slots=True)
class Plotted:
    """One series of a chart: its name, its categories and its values."""

    name: str
    categories: tuple[Cached, ...]
    values: tuple[Cached, ...]
    head: tuple[Cached, ...]

    def category(self, number: int) -> str:
        """The category of a value."""
        known = self.categories
        return known[number].text if number < len(known) else f"第{number + 1}项"


def plotted(xml: bytes) -> tuple[Plotted, ...]:
    """The series of a chart; lxml.etree.XMLSyntaxError where it is no XML."""
    return tuple(_series(one) for one in etree.fromstring(xml, PARSER).iter(f"{_C}ser"))


def typed_texts(xml: bytes) -> list[str]:
    """The texts typed into a chart: titles, and labels that say something of their own."""
    paragraphs = etree.fromstring(xml, PARSER).iter(f"{_A}p")
    return ["".join(t.text or "" for t in paragraph.iter(f"{_A}t")) for paragraph in paragraphs]


def _series(series: Any) -> Plotted:
    head = tuple(_cached(series.find(f"{_C}tx")))
    name = head[0].text if head else series.findtext(f"{_C}tx/{_C}v") or ""
    return Plotted(
        name, tuple(_cached(series.find(f"{_C}cat"))), tuple(_cached(series.find(f"{_C}val"))), head
    )


def _cached(holder: Any) -> Iterator[Cached]:
    """The points of a reference in order, each with its cell."""
    if holder is None:
        return
    reference = next(iter(holder), None)
    if reference is None:
        return
    sheet, cells = _cells(reference.findtext(f"{_C}f") or "")
    for point in sorted(reference.iter(f"{_C}pt"), key=_index):
        number = _index(point)
        address = cells[number] if number < len(cells) else ""
        yield Cached(point.findtext(f"{_C}v") or "", sheet, address)


def _index(point: Any) -> int:
    index = point.get("idx", "0")
    return int(index) if index.isdecimal() else 0


def _cells(reference: str) -> tuple[str, list[str]]:
    """The sheet and the cells of a reference to a part of one column or row.

    >>> _cells("Sheet1!$B$2:$B$4"), _cells("'甲 乙'!$A$1")
    (('Sheet1', ['B2', 'B3', 'B4']), ('甲 乙', ['A1']))
    """
    sheet, _, area = reference.rpartition("!")
    ends = _ADDRESS.findall(area)
    if not ends:
        return "", []
    (left, top), (right, bottom) = ends[0], ends[-1]
    name = sheet.strip("'").replace("''", "'")
    if left != right or int(bottom) - int(top) > _MOST_CELLS:
        return name, [f"{left}{top}"] if left == right else []
    return name, [f"{left}{row}" for row in range(int(top), int(bottom) + 1)]


def workbook_cells(content: bytes) -> Mapping[tuple[str, str], str]:
    """The cells of a workbook by sheet and address; zipfile.BadZipFile where it is none.

    KeyError where it has no sheets.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        strings: list[str] = []
        if "xl/sharedStrings.xml" in names:
            items = etree.fromstring(archive.read("xl/sharedStrings.xml"), PARSER)
            strings = ["".join(t.text or "" for t in item.iter(f"{_S}t")) for item in items]
        book = etree.fromstring(archive.read("xl/workbook.xml"), PARSER)
        sheets = [sheet.get("name", "") for sheet in book.iter(f"{_S}sheet")]
        found: dict[tuple[str, str], str] = {}
        for number, sheet in enumerate(sheets, start=1):
            root = etree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"), PARSER)
            for cell in root.iter(f"{_S}c"):
                found[sheet, cell.get("r", "")] = _text(cell, strings)
        return found


def _text(cell: Any, strings: list[str]) -> str:
    """A cell's text: shared with other cells, its own, or a number."""
    value = cell.findtext(f"{_S}v") or ""
    if cell.get("t") == "s" and value.isdecimal():
        return strings[int(value)]
    return value or "".join(t.text or "" for t in cell.iterfind(f"{_S}is//{_S}t"))
