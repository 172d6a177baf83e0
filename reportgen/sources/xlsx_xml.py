"""The rows of a sheet's XML, followed by a parser: any XML that says what it means."""

from __future__ import annotations

from collections.abc import Sequence
from xml.parsers import expat

from reportgen.model.addresses import column_number
from reportgen.sources.streamed import Row, Value
from reportgen.sources.xlsx_parts import MAIN, Attributes
from reportgen.sources.xlsx_values import Values

_ROW, _CELL, _FORMULA, _READ_ALOUD = (f"{MAIN}{name}" for name in ("row", "c", "f", "rPh"))
_VALUE, _TEXT = f"{MAIN}v", f"{MAIN}t"
INLINE = "inlineStr"


class RowReader:
    """Follows the XML of a sheet; ``number`` is that of the row that it came to."""

    def __init__(self, values: Values) -> None:
        self.number = 0
        self._value = values.value
        self._rows: list[Row] = []
        self._cells: dict[int, Value] = {}
        self._row, self._column = "", 0
        self._cell: Attributes = {}
        self._pieces: list[str] = []
        self._formula: list[str] = []
        self._inside = self._aloud = self._calculated = False
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes) -> Sequence[Row]:
        """The rows that end in a chunk; ValueError or LookupError where they make no sense."""
        self._rows = []
        self._parser.Parse(chunk, False)
        return self._rows

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == _CELL:
            self._cell, self._pieces, self._formula = attributes, [], []
        elif name == _VALUE:
            self._inside = self._cell.get("t") != INLINE
        elif name == _TEXT:
            self._inside = self._cell.get("t") == INLINE and not self._aloud
        elif name == _FORMULA:
            self._formula, self._calculated = ["="], True
        elif name == _ROW:
            self._row = attributes.get("r", "").partition(".")[0]
            self.number = int(self._row) if self._row else self.number + 1
            self._row = str(self.number)
            self._cells, self._column = {}, 0
        elif name == _READ_ALOUD:
            self._aloud = True

    def _text(self, data: str) -> None:
        if self._inside:
            self._pieces.append(data)
        elif self._calculated:
            self._formula.append(data)

    def _end(self, name: str) -> None:
        if name in (_VALUE, _TEXT):
            self._inside = False
        elif name == _FORMULA:
            self._calculated = False
        elif name == _CELL:
            self._end_cell(self._cell)
        elif name == _ROW:
            self._rows.append((self.number, self._cells))
        elif name == _READ_ALOUD:
            self._aloud = False

    def _end_cell(self, cell: Attributes) -> None:
        self._column += 1
        if address := cell.get("r"):
            self._column = column_number(address.removesuffix(self._row))
        text = "".join(self._pieces)
        formula = "".join(self._formula)
        value = self._value(cell.get("t", "n"), cell.get("s", "0"), text, formula)
        if value is not None:
            self._cells[self._column] = value
