"""Projects as they were read: primitives that go from process to process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from reportgen.findings import Place
from reportgen.sources.spool import Spool
from reportgen.sources.streamed import Value, text_of
from reportgen.unguarded import unguarded

_BLOCK, _BLOCKS = 16, 32  # rows that are put aside together; how many such are kept in memory


@dataclass(frozen=True, slots=True)
class Head:
    """The columns that rows share: where they stand, their names and their letters.

    ``rows`` are the rows of the columns of a form, whose cells stand one here, one there;
    empty for a list. ``sheet`` is '' for a file that has no sheets (.csv).
    """

    file: str
    sheet: str
    columns: tuple[str, ...]
    letters: tuple[str, ...]
    rows: tuple[int, ...] = ()


@unguarded(frozen=True, slots=True)
class RawRow:
    """A row: its number, and a value for each column of its head (``None``: blank)."""

    head: Head
    number: int
    values: tuple[Value | None, ...]

    def __reduce__(self) -> tuple[type[RawRow], tuple[object, ...]]:
        return RawRow, (self.head, self.number, self.values)

    def value(self, column: str) -> Value | None:
        """The value in a column; ``None`` where it is blank or the list has no such column."""
        columns = self.head.columns
        return self.values[columns.index(column)] if column in columns else None

    def text(self, column: str) -> str:
        """The text in a column; '' where nothing or an error value stands there."""
        return text_of(self.value(column))

    def place(self, column: str) -> Place:
        """The cell in a column; the first of the row where the list has no such column."""
        head = self.head
        if column in head.columns:
            return self.place_at(head.columns.index(column))
        return Place(head.file, head.sheet, f"A{self.number}")

    def place_at(self, at: int) -> Place:
        """The cell in the column at a position, counted from 0."""
        head = self.head
        number = head.rows[at] if head.rows else self.number
        return Place(head.file, head.sheet, f"{head.letters[at]}{number}")

    def texts(self) -> Mapping[str, str]:
        """The texts of all columns."""
        pairs = zip(self.head.columns, self.values, strict=True)
        return {column: text_of(value) for column, value in pairs}


class Shelf:
    """Rows of one list, put aside on disk; of each only its number is kept, from 0 on.

    They are put aside, and brought back, some at a time: neighbours are asked for together.
    """

    def __init__(self, head: Head) -> None:
        self._head, self._spool = head, Spool()
        self._load = lru_cache(maxsize=_BLOCKS)(self._spool.get)
        self._last: list[tuple[int, tuple[Value | None, ...]]] = []

    def put(self, row: RawRow) -> int:
        """Put a row of this head aside; its number."""
        number = len(self._spool) * _BLOCK + len(self._last)
        self._last.append((row.number, row.values))
        if len(self._last) == _BLOCK:
            self._spool.put(self._last)
            self._last = []
        return number

    def get(self, number: int) -> RawRow:
        """The row of a number."""
        block, at = divmod(number, _BLOCK)
        rows = self._load(block) if block < len(self._spool) else self._last
        return RawRow(self._head, *rows[at])


@dataclass(frozen=True, slots=True)
class RawProject:
    """A project with its rows of the lists; ``index`` is its place among the listed ones."""

    index: int
    name: str
    row: RawRow
    funds: tuple[RawRow, ...] = ()
    indicators: tuple[RawRow, ...] = ()

    @property
    def digest(self) -> str:
        """A SHA-256 of all that reaches a page or the trace: values and where they stand."""
        rows = (self.row, *self.funds, *self.indicators)
        heads = {id(row.head): row.head for row in rows}
        shown = (
            self.index,
            self.name,
            len(self.funds),
            [(h.file, h.sheet, h.columns, h.letters, h.rows) for h in heads.values()],
            [(row.number, row.values) for row in rows],
        )
        return hashlib.sha256(repr(shown).encode("utf-8", "backslashreplace")).hexdigest()
