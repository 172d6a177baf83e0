"""The fixed rows of a table: their line numbers, their keys, and which rows a total adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.bundle.added import enlarged
from reportgen.bundle.numbering import counts_lines, with_numbers
from reportgen.bundle.schema import BlockEntry, RowEntry, TableEntry
from reportgen.errors import ReportgenError
from reportgen.findings import nearest
from reportgen.model import FixedRow, plain
from reportgen.model.names import unnumbered

_NUMBERS = re.compile(r"\d{1,6}(-\d{1,6})?(\+\d{1,6}(-\d{1,6})?)*")
_SPAN = re.compile(r"(.+?)\s+至\s+(.+)")
MOST_LINES = 1000

Parts = str | int | Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: its number (0 for none), its row, and the entry it was made from."""

    number: int
    row: FixedRow
    entry: RowEntry | None = None


class RowError(ReportgenError):
    """What is wrong with a 和; the second argument is the hint."""


class Lines:
    """All fixed rows of a table, block by block.

    A row's key is its line number where that is printed, and else its name or its label; a
    key that is taken gets the block's name behind it.
    """

    def __init__(self, table: TableEntry) -> None:
        self._table = table
        self._keys: set[str] = set()
        self.entries = enlarged(with_numbers(table.blocks), table.added)
        self.blocks = [
            [self._line(entry, *found) for found in _filled(entry)] for entry in self.entries
        ]

    def _line(self, block: BlockEntry, number: int, entry: RowEntry | None) -> Line:
        shown = number if self._table.numbered and counts_lines(block) else 0
        if entry is None:
            return Line(number, FixedRow("", str(shown) if shown else f"#{number}", shown))
        label = self._table.renamed_rows.get(entry.label, entry.label)
        name = (entry.name or label).replace("/", "／")
        row = FixedRow(
            label=label,
            key=self._key(str(shown) if shown else name, block.name) if name else "",
            number=shown,
            unit=entry.unit,
            literal=tuple(entry.texts),
            name=entry.name,
        )
        return Line(number, row, entry)

    def _key(self, wanted: str, block: str) -> str:
        choices = [wanted, *([f"{wanted}（{block}）"] if block else [])]
        choices += [f"{wanted}#{count}" for count in range(2, len(self._keys) + 3)]
        key = next(key for key in choices if key not in self._keys)
        self._keys.add(key)
        return key

    def rows(self, block: int) -> Iterator[FixedRow]:
        """The rows of a block; a 和 that is not understood adds up nothing."""
        for line in self.blocks[block]:
            parts: Parts = line.entry.parts if line.entry else ""
            try:
                yield replace(line.row, parts=tuple(self.parts(parts, block)))
            except RowError:
                yield line.row

    def misplaced(self) -> Iterator[tuple[RowEntry, str, str]]:
        """Rows whose number is taken, or is not in their block's range: message and hint.

        Another block may count its lines from 1 again.
        """
        for block in self.entries:
            taken: set[int] = set()
            for row in block.rows:
                number, shown = row.number or 0, row.label or "、".join(row.texts)
                first, end = block.numbers or (number, number)
                if not first <= number <= end:
                    message = f"“{shown}”的行次 {number} 不在 [{first}, {end}] 里，印不出来。"
                    yield row, message, "请改这一行的“行次”，或栏组的“行次”。"
                elif number and number in taken:
                    message = f"“{shown}”的行次 {number} 已经有一行。"
                    yield row, message, "请核对各行的“行次”。"
                taken.add(number)

    def parts(self, spec: Parts, block: int) -> Iterator[str]:
        """The keys of the rows that 和 names: line numbers, or a list of names.

        The block's own rows come first. RowError where it is no such thing.
        """
        if isinstance(spec, str | int):
            yield from self._counted(str(spec), block) if spec != "" else ()
            return
        for part in spec:
            span = _SPAN.fullmatch(str(part).strip())
            if str(part).isdigit():
                yield from self._counted(str(part), block)
            elif span:
                yield from self._span(span[1], span[2], block)
            else:
                yield self._named(str(part), block).key

    def _counted(self, text: str, block: int) -> Iterator[str]:
        pieces = [piece.partition("-") for piece in text.split("+")]
        if not _NUMBERS.fullmatch(text) or any(e and int(a) > int(e) for a, _, e in pieces):
            hint = "请写成 1-8 或 1-8+28 这样的形式，或写成行名的列表。"
            raise RowError(f"“和: {text}”不是行次。", hint)
        for first, _, last in pieces:
            yield from self._range(int(first), int(last or first), text, block)

    def _range(self, first: int, last: int, text: str, block: int) -> Iterator[str]:
        own = {line.number: line.row for line in self.blocks[block] if line.number}
        known = {line.number: line.row for lines in self.blocks for line in lines if line.number}
        ends = (first, last) if last - first > MOST_LINES else range(first, last + 1)
        for number in ends:
            row = own.get(number) or known.get(number)
            if row is None:
                hint = f"这张表的行次是：{'、'.join(map(str, sorted(known)[:60]))}。"
                raise RowError(f"“和: {text}”里没有第 {number} 行。", hint)
            if not row.label and first == last:
                raise RowError(f"“和: {text}”的第 {number} 行没有行名。", "请核对行次。")
            if row.label:
                yield row.key

    def _span(self, first: str, last: str, block: int) -> Iterator[str]:
        ends = [self._named(name, block) for name in (first, last)]
        for lines in self.blocks:
            rows = [line.row for line in lines if line.row.label]
            if ends[0] in rows and ends[1] in rows:
                found = rows[rows.index(ends[0]) : rows.index(ends[1]) + 1]
                if found:
                    yield from (row.key for row in found)
                    return
        message = f"“和”里的“{first} 至 {last}”不是同一栏组里由上到下的两行。"
        raise RowError(message, "请核对两个行名的先后。")

    def _named(self, name: str, block: int) -> FixedRow:
        order = [self.blocks[block], *(b for n, b in enumerate(self.blocks) if n != block)]
        for lines in order:
            found = self._spelled([line.row for line in lines]).get(plain(name))
            if found is not None:
                return found
        labels = [line.row.label for lines in order for line in lines if line.row.label]
        hint = nearest(name, labels) or f"这张表的行有：{'、'.join(labels[:20])}。"
        raise RowError(f"“和”里没有“{name}”这一行。", hint)

    def _spelled(self, rows: Sequence[FixedRow]) -> Mapping[str, FixedRow]:
        """Rows by name, label or label without its number; of two of one spelling the first."""
        labelled = [row for row in reversed(rows) if row.label]
        known = {plain(unnumbered(row.label)): row for row in labelled}
        known.update({plain(row.label): row for row in labelled})
        renamed = {new: old for old, new in self._table.renamed_rows.items()}
        known.update({plain(renamed[row.label]): row for row in labelled if row.label in renamed})
        known.update({plain(row.name): row for row in labelled if row.name})
        return known


def _filled(block: BlockEntry) -> Iterator[tuple[int, RowEntry | None]]:
    """The lines of a block; numbers of its range that no row has are lines of their own."""
    if block.numbers is None:
        yield from ((row.number or 0, row) for row in block.rows)
        return
    known = {row.number: row for row in block.rows if row.number}
    first, end = block.numbers
    for number in range(first, min(end, first + MOST_LINES) + 1):
        yield number, known.get(number)
