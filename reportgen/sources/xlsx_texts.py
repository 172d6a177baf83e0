"""The texts that the sheets of a .xlsx share; of a long file most of them lie on disk."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from reportgen.sources.spool import Spool
from reportgen.sources.streamed import Value, of_text
from reportgen.sources.xlsx_parts import MAIN, Attributes, chunks

_BLOCK = 1 << 14  # characters of texts that are put aside, and brought back, together
_BLOCKS = 32  # that are kept in memory


class Texts:
    """The texts that the sheets share; of a long file most of them lie on disk."""

    def __init__(self, path: Path, part: str) -> None:
        self._spool, self._firsts, self._count = Spool(), list[int](), 0
        self._load = lru_cache(maxsize=_BLOCKS)(self._spool.get)
        if part:
            self._read(path, part)

    def _read(self, path: Path, part: str) -> None:
        reader = TextReader()
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
        for chunk in chunks(path, part):
            parser.Parse(chunk, False)
            if reader.size > _BLOCK:
                self._put(reader)
        self._put(reader)

    def _put(self, reader: TextReader) -> None:
        """Put what was read aside, in blocks of about the same length."""
        block, size = list[Value | None](), 0
        for text in reader.texts:
            block.append(of_text(text))
            size += len(text)
            if size > _BLOCK:
                self._put_block(block)
                block, size = [], 0
        self._put_block(block)
        reader.texts, reader.size = [], 0

    def _put_block(self, block: Sequence[Value | None]) -> None:
        if block:
            self._firsts.append(self._count)
            self._spool.put(block)
            self._count += len(block)

    def __getitem__(self, number: int) -> Value | None:
        """The value of the text of a number; IndexError where there is none."""
        if not 0 <= number < self._count:
            raise IndexError(number)
        at = bisect_right(self._firsts, number) - 1
        block: list[Value | None] = self._load(at)
        return block[number - self._firsts[at]]


class TextReader:
    """Follows the elements of a text with its runs; how it is read aloud (rPh) is left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.size = 0
        self._pieces: list[str] = []
        self._inside = self._aloud = False

    def start(self, name: str, _attributes: Attributes) -> None:
        """An element begins."""
        if name == f"{MAIN}t":
            self._inside = not self._aloud
        elif name == f"{MAIN}rPh":
            self._aloud = True
        elif name == f"{MAIN}si":
            self._pieces = []

    def end(self, name: str) -> None:
        """An element ends."""
        if name == f"{MAIN}t":
            self._inside = False
        elif name == f"{MAIN}rPh":
            self._aloud = False
        elif name == f"{MAIN}si":
            text = "".join(self._pieces).replace("x005F_", "")
            self.texts.append(text)
            self.size += len(text) + 1

    def text(self, data: str) -> None:
        """Characters."""
        if self._inside:
            self._pieces.append(data)
