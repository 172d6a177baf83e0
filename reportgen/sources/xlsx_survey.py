"""A sheet of a .xlsx, gone through once before it is read: what stands behind its rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from reportgen.sources.areas import Range, area_of
from reportgen.sources.xlsx_parts import MAIN, chunks

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="(\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+)"')
_OVERLAP = 200  # bytes; none of the tags that are looked for is longer
_ROOT = re.compile(rb'[^<]*(?:<\?[^<]*)?<worksheet\s[^<]*\bxmlns="%s"' % MAIN.strip().encode())
_ODD = (b"<!", b"<?", b'xmlns="')  # but for those at the beginning
_ENCODINGS = ("utf-8", "utf8", "us-ascii")


@dataclass(frozen=True, slots=True)
class Survey:
    """The merged ranges, from the top; and whether rows may be looked for in the bytes.

    They may in a part in UTF-8 without comments, instructions, sections of characters or
    further namespaces without a prefix: there ``<row`` is nothing but the beginning of a row.
    """

    merged: Sequence[Range]
    is_plain: bool


def survey(path: Path, part: str) -> Survey:
    """Go through a sheet; ExpatError where it is no XML, BadZipFile where it is damaged."""
    parser = expat.ParserCreate()
    encoding = "utf-8"

    def declared(_version: str, found: str | None, _standalone: int) -> None:
        nonlocal encoding
        encoding = (found or encoding).lower()

    parser.XmlDeclHandler = declared
    merged: list[Range] = []
    before, odd, known = b"", 0, False
    for chunk in chunks(path, part):
        parser.Parse(chunk, False)
        if not before:
            known = _ROOT.match(chunk) is not None
            odd -= chunk.lstrip(b"\xef\xbb\xbf").startswith(b"<?") + known
        text = before + chunk
        # what follows the first sign of a mark is rare in sheets, and quickly looked for alone
        found = [mark for mark in _ODD if mark[1:2] in text]
        odd += sum(text.count(mark) - before.count(mark) for mark in found)
        merged += _merged(text, len(before))
        before = chunk[-_OVERLAP:]
    parser.Parse(b"", True)
    return Survey(sorted(merged), known and odd == 0 and encoding in _ENCODINGS)


def _merged(text: bytes, seen: int) -> Iterator[Range]:
    """The merged ranges that end behind what was seen: top, left, bottom, right."""
    for found in _MERGED.finditer(text) if b"mergeCell" in text else ():
        if found.end() > seen:
            yield area_of(found[1].decode())


class Covered:
    """The cells that merged ranges cover, asked for row by row from the top."""

    def __init__(self, merged: Sequence[Range]) -> None:
        self._merged, self._next = merged, 0
        self._open: list[Range] = []

    def columns(self, row: int) -> Collection[int]:
        """The columns of a row in which a range covers what stands there."""
        while self._next < len(self._merged) and self._merged[self._next][0] <= row:
            self._open.append(self._merged[self._next])
            self._next += 1
        self._open = [area for area in self._open if area[2] >= row]
        return [
            column
            for top, left, _, right in self._open
            for column in range(left + (row == top), right + 1)
        ]
