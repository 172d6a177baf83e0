"""The XML of a file from outside, followed while it streams by; nothing is built of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import NoReturn
from xml.parsers import expat

from reportgen.errors import ReportgenError
from reportgen.findings import Finding, Place, Severity
from reportgen.model.addresses import column_letters, column_number
from reportgen.sources.areas import area_of

# The widest published table is 60 rows by 20 columns; a sheet of 指标 for 10,000 projects is
# 150,000 rows by 11 columns. Our readers walk from A1 to the last cell, so the box counts.
MOST_CELLS = 2_000_000
MOST_COLUMNS = 16_384  # Excel has no more
LONGEST_TAG = 1 << 20  # bytes; Excel's longest text has 32,767 characters
DEEPEST = 200  # levels of elements; a chart has some 20

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_ROW, _SHEET = f"{_MAIN}row", f"{_MAIN}sheet"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_AREAS = frozenset(f"{_MAIN}{name}" for name in ("mergeCell", "hyperlink", "comment"))
_KNOWN = _AREAS | {_ROW, _SHEET, _RELATION}
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_SAVE = "请用 Excel 或 WPS 重新保存。"
MEND_EXTENT = "请选中数据以外的行和列，整行整列删除后保存。"


class RefusedError(ReportgenError):
    """The file is not to be opened; ends inside the guard as a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def _refuse(place: Place, message: str, hint: str = _SAVE) -> NoReturn:
    raise RefusedError(Finding("D121", Severity.ERROR, place, message, hint))


class Prolog:
    """What stands before the root element: the only place for a DOCTYPE and its entities."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._root
        self._ended = False

    def feed(self, chunk: bytes) -> None:
        """Read on as far as the root; a fault after it is left to the reader to report."""
        if self._ended:
            return
        try:
            self._parser.Parse(chunk, False)
        except (expat.ExpatError, LookupError, ValueError):  # the last two: an odd encoding
            if not self._ended:
                message = "这个部件不是有效的 XML。"
                finding = Finding("D102", Severity.ERROR, self._place, message, "请重新保存。")
                raise RefusedError(finding) from None

    def _root(self, _name: str, attributes: Mapping[str, str]) -> None:
        self._ended = True
        if _STRICT in attributes.values():
            message = "这个工作簿是“Strict Open XML”格式，读不了。"
            hint = "请用 Excel 另存为“Excel 工作簿（*.xlsx）”。"
            place = Place(self._place.file)
            raise RefusedError(Finding("D102", Severity.ERROR, place, message, hint))
        self._parser.StartElementHandler = None

    def _doctype(self, *_declaration: object) -> None:
        _refuse(self._place, "这个部件含有 DOCTYPE 声明，可用来引入实体。")


class Survey:
    """The parts of a workbook: the names of its sheets, and how far their cells reach."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: dict[str, list[tuple[str, str]]] = {}  # part: ids of sheets, names
        self.targets: dict[str, dict[str, str]] = {}  # part: ids of relations, targets

    def follow(self, part: str, first: bytes, chunks: Iterable[bytes]) -> None:
        """Follow one part to its end; a fault of its XML is left to the reader to report."""
        extent = _Extent(self, part)
        try:
            extent.feed(first)
            for chunk in chunks:
                extent.feed(chunk)
        except expat.ExpatError:
            return
        except ValueError:
            message = "行号或单元格的地址有误。"
            finding = Finding("D102", Severity.ERROR, self.place(part), message, _SAVE)
            raise RefusedError(finding) from None

    def place(self, part: str, address: str = "") -> Place:
        """A cell by the name of its sheet; the part itself where it is no known sheet."""
        name = dict(self._parts()).get(part)
        return Place.cell(self.file, name, address) if name else Place.inside(self.file, part)

    def check_sheets(self) -> None:
        """A sheet that is listed a thousand times would be read a thousand times."""
        parts = [part for part, _ in self._parts()]
        if len(parts) != len(set(parts)):
            _refuse(Place(self.file), "几张工作表指向同一个部件。")

    def _parts(self) -> list[tuple[str, str]]:
        """The part and the name of every sheet that a workbook part lists."""
        found = []
        for book, sheets in self.sheets.items():
            folder, base = posixpath.split(book)
            targets = self.targets.get(posixpath.join(folder, "_rels", f"{base}.rels"), {})
            for identity, name in sheets:
                path = posixpath.join("/", folder, targets.get(identity, identity))
                found.append((posixpath.normpath(path).lstrip("/"), name))
        return found


class _Extent:
    """One part: counts as openpyxl does, which takes any child of a row for a cell."""

    def __init__(self, survey: Survey, part: str) -> None:
        self._survey, self._part = survey, part
        self._depth = self._cells = self._fed = self._area = 0
        self._row = self._column = self._rows = self._columns = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def feed(self, chunk: bytes) -> None:
        """Read on; a tag without an end would be read again with every chunk."""
        self._parser.Parse(chunk, False)
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG:
            _refuse(Place.inside(self._survey.file, self._part), "这个部件的一个 XML 标签过长。")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth = depth = self._depth + 1
        if depth == self._cells and name != _ROW:
            self._cell(attributes.get("r"))
        elif name in _KNOWN:
            self._known(name, attributes)
        if depth > DEEPEST:
            _refuse(Place.inside(self._survey.file, self._part), "这个部件的 XML 嵌套过深。")

    def _known(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == _ROW:
            self._begin_row(attributes.get("r"))
        elif name in _AREAS:
            self._merge(attributes.get("ref", ""))
        elif name == _RELATION:
            targets = self._survey.targets.setdefault(self._part, {})
            targets[attributes.get("Id", "")] = attributes.get("Target", "")
        elif _ID in attributes:
            names = self._survey.sheets.setdefault(self._part, [])
            names.append((attributes[_ID], attributes.get("name", "")))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth < self._cells - 1:
            self._cells = 0

    def _begin_row(self, number: str | None) -> None:
        if self._cells:
            raise ValueError  # a row in a row: openpyxl would read its cells twice
        self._row = int(number.partition(".")[0]) if number else self._row + 1
        self._column, self._cells = 0, self._depth + 1

    def _cell(self, address: str | None) -> None:
        row, column = self._row, self._column + 1
        if address:
            letters = address.rstrip("0123456789")
            row = int(address[len(letters) :])
            column = _COLUMNS.get(letters) or column_number(letters)
        self._column = column
        if row > self._rows or column > self._columns:
            self._grow(row, column)

    def _grow(self, row: int, column: int) -> None:
        if column > MOST_COLUMNS:
            raise ValueError
        self._rows, self._columns = max(row, self._rows), max(column, self._columns)
        if self._rows * self._columns > MOST_CELLS:
            self._stray(f"{column_letters(column)}{row}")

    def _stray(self, address: str) -> NoReturn:
        message = (
            f"到这个单元格为止，表有 {self._rows:,} 行 {self._columns:,} 列，"
            f"超过 {MOST_CELLS:,} 格；它可能是误填，或只有格式。"
        )
        _refuse(self._survey.place(self._part, address), message, MEND_EXTENT)

    def _merge(self, area: str) -> None:
        """Openpyxl makes a cell of every cell of an area."""
        top, left, bottom, right = area_of(area)
        rows = abs((bottom or 1) - (top or 1)) + 1
        self._area += rows * (abs((right or 1) - (left or 1)) + 1)
        if self._area > MOST_CELLS:
            message = f"合并单元格、超链接或批注的区域超过 {MOST_CELLS:,} 格。"
            _refuse(self._survey.place(self._part, area), message, "请取消这个区域后保存。")


_COLUMNS = {column_letters(number): number for number in range(1, 703)}
