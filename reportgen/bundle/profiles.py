"""Table profiles from tables.yaml: heads, keys, fixed rows and what they add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from reportgen.bundle.schema import BlockEntry, Head, LowHead, RowEntry, TableEntry
from reportgen.model import TOTAL, Block, Column, FixedRow, Layout, Profile


def profile(name: str, entry: TableEntry) -> Profile:
    """Build the profile of one table."""
    layout = Layout(entry.layout)
    entries = entry.blocks or [BlockEntry.model_validate({"列": entry.columns})]
    codes = [str(code) for block in entries for code in block.codes]
    seen: Counter[str] = Counter()
    blocks = tuple(_block(block, codes, seen) for block in entries)
    return Profile(
        name=name,
        number=entry.number,
        title=entry.title,
        layout=layout,
        blocks=blocks,
        note=entry.note,
        empty=entry.empty,
        landscape=entry.direction == "横向",
        totals=tuple(
            FixedRow(label, label, parts=tuple(str(part) for part in parts))
            for label, parts in entry.totals.items()
        ),
        sums=_frozen(entry.sums),
        column_aliases=_frozen(entry.column_aliases),
        row_aliases=_frozen(entry.row_aliases),
    )


def _frozen(lists: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(value) for key, value in lists.items()})


def _block(entry: BlockEntry, codes: Sequence[str], seen: Counter[str]) -> Block:
    upper = (entry.name,) if entry.name else ()
    columns = []
    for path in _paths(entry.columns, upper):
        key = "/".join(path)
        seen[key] += 1
        columns.append(Column(path, key if seen[key] == 1 else f"{key}#{seen[key]}"))
    rows = _coded(entry.codes, codes) if entry.codes else _numbered(entry)
    return Block(entry.name, tuple(columns), tuple(rows))


def _paths(
    heads: Sequence[Head] | Sequence[LowHead], upper: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """Every leaf with the heads over it, left to right."""
    for head in heads:
        if isinstance(head, str):
            yield (*upper, head)
        else:
            for name, below in head.items():
                yield from _paths(below, (*upper, name))


def _coded(own: Mapping[str | int, str], codes: Sequence[str]) -> Iterator[FixedRow]:
    """Codes of 经济分类; a 类 adds up its 款, in whatever block they stand."""
    for code, label in own.items():
        key = str(code)
        parts = tuple(c for c in codes if len(key) == 3 and c[:-2] == key)
        yield FixedRow(label, key, parts=parts)


def _numbered(entry: BlockEntry) -> Iterator[FixedRow]:
    """Rows by line number; numbers without a label are printed with the number alone."""
    if entry.numbers is None:
        yield from (_row(row) for row in entry.rows)
        return
    known = {row.number: row for row in entry.rows}
    for number in range(entry.numbers[0], entry.numbers[1] + 1):
        yield _row(known[number]) if number in known else FixedRow("", str(number), number)


def _row(entry: RowEntry) -> FixedRow:
    return FixedRow(
        label=entry.label,
        key=str(entry.number) if entry.number else entry.label or TOTAL,
        number=entry.number,
        unit=entry.unit,
        parts=tuple(line_numbers(str(entry.parts))),
        literal=tuple(entry.texts),
    )


def line_numbers(text: str) -> Iterator[str]:
    """Line numbers as written.

    >>> list(line_numbers("1-3+28"))
    ['1', '2', '3', '28']
    """
    for piece in filter(None, text.split("+")):
        first, _, last = piece.partition("-")
        yield from (str(number) for number in range(int(first), int(last or first) + 1))
