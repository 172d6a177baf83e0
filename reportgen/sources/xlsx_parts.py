"""The parts of a .xlsx that say how its sheets are read: their names and formats."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.parsers import expat

from reportgen.sources.number_formats import BUILTIN, Format

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
FROM_1900, FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - no zone
_CHUNK = 1 << 16  # bytes that are inflated at a time
Attributes = Mapping[str, str]


def chunks(path: Path, part: str) -> Iterator[bytes]:
    """A part of the zip, inflated little by little; nothing where it is not there."""
    with zipfile.ZipFile(path) as archive:
        if part not in archive.NameToInfo:
            return
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def _elements(path: Path, part: str, start: Callable[[str, Attributes], None]) -> None:
    """Tell of every element of a part where it begins."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    for chunk in chunks(path, part):
        parser.Parse(chunk, False)


@dataclass(frozen=True, slots=True)
class Listing:
    """The visible sheets (name, part) of a workbook, and the parts that they share."""

    sheets: tuple[tuple[str, str], ...]
    styles: str
    strings: str
    epoch: datetime = FROM_1900


def listing(path: Path) -> Listing:
    """Which sheets can be seen, in the order of the workbook; KeyError where it is none."""
    book = _typed(_relations(path, ""), "officeDocument") or "xl/workbook.xml"
    relations = _relations(path, book)
    sheets: list[tuple[str, str]] = []
    epoch = FROM_1900

    def start(name: str, attributes: Attributes) -> None:
        nonlocal epoch
        if name == f"{MAIN}workbookPr" and attributes.get("date1904") in ("1", "true"):
            epoch = FROM_1904
        elif name == f"{MAIN}sheet" and attributes.get("state", "visible") == "visible":
            kind, target = relations.get(attributes.get(f"{_OFFICE} id", ""), ("", ""))
            if kind == "worksheet":
                sheets.append((attributes.get("name", ""), target))

    if not any(chunks(path, book)):
        raise KeyError(book)
    _elements(path, book, start)
    styles, strings = _typed(relations, "styles"), _typed(relations, "sharedStrings")
    return Listing(tuple(sheets), styles, strings, epoch)


_Relations = dict[str, tuple[str, str]]  # by id: the kind and the part


def _relations(path: Path, part: str) -> _Relations:
    folder, name = posixpath.split(part)
    found: _Relations = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == _RELATION:
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            found[attributes.get("Id", "")] = kind, target.lstrip("/")

    _elements(path, posixpath.join(folder, "_rels", f"{name}.rels"), start)
    return found


def _typed(relations: _Relations, kind: str) -> str:
    return next((part for is_kind, part in relations.values() if is_kind == kind), "")


def formats(path: Path, part: str) -> list[Format]:
    """The number format of each style of cells, by the number that cells give."""
    codes = dict(BUILTIN)
    numbers: list[int] = []
    inside = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name == f"{MAIN}numFmt" and attributes.get("numFmtId", "").isdecimal():
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name in (f"{MAIN}cellXfs", f"{MAIN}cellStyles", f"{MAIN}dxfs"):
            inside = name == f"{MAIN}cellXfs"
        elif inside and name == f"{MAIN}xf":
            numbers.append(int(attributes.get("numFmtId", "0")))

    if part:
        _elements(path, part, start)
    return [Format(codes.get(number, "General")) for number in numbers]
