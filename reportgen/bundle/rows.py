"""The fixed rows of a table: their line numbers, their keys, and which rows a total adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reportgen.bundle.schema import BlockEntry, RowEntry, TableEntry
from reportgen.errors import ReportgenError
from reportgen.findings import nearest
from reportgen.model import FixedRow, plain
from reportgen.model.names import unnumbered

LINES = "行次"
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

    def __init__(self, table: TableEntry, entries: Sequence[BlockEntry]) -> None:
        self._table = table
        self._entries = entries
        self._keys: set[str] = set()
        self.blocks: list[list[Line]] = []
        last = 0
        for entry in entries:
            lines = [self._line(entry, *found) for found in numbered(entry, last)]
            self.blocks.append(lines)
            last = max((line.number for line in lines), default=last)

    def _line(self, block: BlockEntry, number: int, entry: RowEntry | None) -> Line:
        shown = number if self._table.numbered and _counts(block) else 0
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


def numbered(block: BlockEntry, last: int) -> Iterator[tuple[int, RowEntry | None]]:
    """The lines of a block with their numbers; ``last`` is that of the block before it.

    Numbers of the block's range that no row has are lines of their own.
    """
    counted = list(_counted(block, last))
    if block.numbers is None:
        yield from counted
        return
    known = {number: entry for number, entry in counted if number}
    first, end = block.numbers
    for number in range(first, min(end, first + MOST_LINES) + 1):
        yield number, known.get(number)


def _counted(block: BlockEntry, last: int) -> Iterator[tuple[int, RowEntry]]:
    """Rows with their numbers: the next one where a row of a numbered block doesn't say it."""
    number = block.numbers[0] - 1 if block.numbers else last
    for entry in block.rows:
        if entry.number is not None:
            number = entry.number or number
            yield entry.number, entry
        elif entry.texts or not (_counts(block) or block.numbers):
            yield 0, entry
        else:
            number += 1
            yield number, entry


def _counts(block: BlockEntry) -> bool:
    return LINES in block.columns


def misplaced(block: BlockEntry, last: int) -> Iterator[tuple[int, str, str]]:
    """Rows whose number is taken, or is not in the block's range: index, message and hint."""
    taken: set[int] = set()
    for index, (number, entry) in enumerate(_counted(block, last)):
        shown = entry.label or "、".join(entry.texts)
        if block.numbers and not block.numbers[0] <= number <= block.numbers[1]:
            first, end = block.numbers
            message = f"“{shown}”的行次 {number} 不在 [{first}, {end}] 里，印不出来。"
            yield index, message, "请改“行次”，没有行次的写成“文字”的表不写 [首, 尾]。"
        elif number and number in taken:
            yield index, f"“{shown}”的行次 {number} 已经有一行。", "请核对各行的“行次”。"
        taken.add(number)
