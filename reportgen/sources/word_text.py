"""The paragraphs of a part of a Word file as a reader sees them.

Text that was inserted under revision counts, text that was deleted doesn't; a text box is
read once, unless its ``copies`` for old programs are asked for; numbers of pages, which Word
fills in, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from reportgen.sources.word import W, part_name
from reportgen.sources.word_styles import Outline, own_level

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _T, _R, _TC = f"{W}p", f"{W}t", f"{W}r", f"{W}tc"
_FIELD, _CODE, _SIMPLE = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_READ = (_P, _T, _FIELD, _CODE, _SIMPLE, *_SIGNS)
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_COPY = f"{_MC}Fallback"
_UNUSUAL = (*_DELETED, _COPY, f"{W}txbxContent")
_PAGES = re.compile(r"\s*(?:PAGE|PAGEREF|NUMPAGES|SECTION|SECTIONPAGES)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\t\s*\d*\s*$")


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its element, its pieces of text, and what its style makes of it."""

    element: Any
    number: int
    level: int = 0
    is_entry: bool = False
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text; an entry of the contents without its page."""
        text = "".join(self.pieces)
        return _PAGE_NUMBER.sub("", text) if self.is_entry else text


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, and whether its result has begun."""

    code: str = ""
    result: bool = False

    def hides(self) -> bool:
        return not self.result or _PAGES.match(self.code) is not None


class PartText:
    """A part: its paragraphs in order, and the spot of each in words."""

    def __init__(self, part: str, root: Any, outline: Outline, *, copies: bool = False) -> None:
        self._prefix = part_name(part)
        self._root = root
        self._outline = outline
        self._fields: list[_Field] = []
        self._hidden = _DELETED if copies else _DELETED | {_COPY}
        self.paragraphs = list(self._read())

    def spot(self, paragraph: Paragraph) -> str:
        """Where a paragraph stands: 第12段, 表3 行2 单元格4, with the part's name before it."""
        cell = next(paragraph.element.iterancestors(_TC), None)
        if cell is None:
            return f"{self._prefix}第{paragraph.number}段"
        return self._prefix + self._cells.get(cell, "表格")

    @cached_property
    def _cells(self) -> Mapping[Any, str]:
        """The spot of every cell."""
        found = {}
        for number, table in enumerate(self._root.iter(f"{W}tbl"), start=1):
            for row, line in enumerate(table.iterchildren(f"{W}tr"), start=1):
                for column, cell in enumerate(line.iterchildren(_TC), start=1):
                    found[cell] = f"表{number} 行{row} 单元格{column}"
        return found

    def _read(self) -> Iterator[Paragraph]:
        """Every paragraph that a reader sees, its text put together."""
        unusual = next(self._root.iter(*_UNUSUAL), None) is not None
        known: dict[Any, Paragraph] = {}
        skipped: set[Any] = set()
        current: Paragraph | None = None
        for element in self._root.iter(*_READ):
            tag = element.tag
            if tag == _P:
                current = known[element] = self._begun(element, len(known) + 1)
            elif tag == _FIELD:
                self._turn(element.get(f"{W}fldCharType"))
            elif tag == _CODE:
                if self._fields:
                    self._fields[-1].code += element.text or ""
            elif tag == _SIMPLE:
                if _PAGES.match(element.get(f"{W}instr", "")):
                    skipped.update(element.iter(_T))
            elif element not in skipped and not any(f.hides() for f in self._fields):
                owner = self._owner(element, known) if unusual else current
                if owner is not None and (tag == _T or element.getparent().tag == _R):
                    owner.pieces.append(element.text or "" if tag == _T else _SIGNS[tag])
        yield from known.values()

    def _turn(self, kind: str | None) -> None:
        """A sign of a field: it begins, its result begins, it ends."""
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].result = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _begun(self, element: Any, number: int) -> Paragraph:
        properties = element.find(f"{W}pPr")
        named = None if properties is None else properties.find(f"{W}pStyle")
        style = "" if named is None else named.get(f"{W}val", "")
        in_contents = any(f.result and _CONTENTS.match(f.code) for f in self._fields)
        is_entry = in_contents or style in self._outline.entries
        level = own_level(properties)
        if level is None:
            level = self._outline.levels.get(style, 0)
        return Paragraph(element, number, 0 if is_entry else level, is_entry)

    def _owner(self, element: Any, known: Mapping[Any, Paragraph]) -> Paragraph | None:
        """The innermost paragraph around a text; ``None`` where the text is not to be seen."""
        owner = None
        for parent in element.iterancestors():
            if parent.tag in self._hidden:
                return None
            if owner is None and parent.tag == _P:
                owner = known.get(parent)
        return owner
