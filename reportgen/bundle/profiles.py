"""Table profiles from tables.yaml: heads, keys, fixed rows and what they add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from reportgen.bundle.added import enlarged
from reportgen.bundle.fitting import first_text, variants
from reportgen.bundle.schema import BlockEntry, Head, LowHead, RowEntry, TableEntry
from reportgen.model import TOTAL, Block, Column, FixedRow, Layout, Profile


def profile(name: str, entry: TableEntry) -> Profile:
    """Build the profile of one table."""
    layout = Layout(entry.layout)
    entries = entry.blocks or [BlockEntry.model_validate({"列": entry.columns})]
    entries = enlarged(entries, entry.added)
    codes = [str(code) for block in entries for code in block.codes]
    seen: Counter[str] = Counter()
    blocks = tuple(_block(block, codes, seen, entry) for block in entries)
    return Profile(
        name=name,
        number=entry.number,
        title=first_text(entry.title),
        layout=layout,
        blocks=blocks,
        note=first_text(entry.note),
        empty=first_text(entry.empty),
        landscape=entry.direction == "横向",
        totals=tuple(
            FixedRow(label, label, parts=tuple(str(part) for part in parts))
            for label, parts in entry.totals.items()
        ),
        sums=_frozen(entry.sums),
        column_aliases=_aliases(entry.column_aliases, entry.renamed_columns),
        row_aliases=_aliases(entry.row_aliases, entry.renamed_rows),
        variants=variants({"title": entry.title, "note": entry.note, "empty": entry.empty}),
    )


def _frozen(lists: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(value) for key, value in lists.items()})


def _aliases(
    aliases: Mapping[str, Sequence[str]], renamed: Mapping[str, str]
) -> Mapping[str, tuple[str, ...]]:
    """Other spellings; what a bundle renames still answers to the name its parent gave it."""
    found = {name: list(own) for name, own in aliases.items()}
    for old, new in renamed.items():
        known = [old, *found.pop(old, ()), *found.get(new, ())]
        found[new] = [name for name in dict.fromkeys(known) if name != new]
    return _frozen(found)


def _block(entry: BlockEntry, codes: Sequence[str], seen: Counter[str], table: TableEntry) -> Block:
    upper = (entry.name,) if entry.name else ()
    columns = []
    for found in _paths(entry.columns, upper):
        path = (*found[:-1], table.renamed_columns.get(found[-1], found[-1]))
        key = "/".join(path)
        seen[key] += 1
        columns.append(Column(path, key if seen[key] == 1 else f"{key}#{seen[key]}"))
    rows = _coded(entry.codes, codes) if entry.codes else _numbered(entry)
    named = (replace(row, label=table.renamed_rows.get(row.label, row.label)) for row in rows)
    return Block(entry.name, tuple(columns), tuple(named))


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
        name=entry.name,
    )


def line_numbers(text: str) -> Iterator[str]:
    """Line numbers as written.

    >>> list(line_numbers("1-3+28"))
    ['1', '2', '3', '28']
    """
    for piece in filter(None, text.split("+")):
        first, _, last = piece.partition("-")
        yield from (str(number) for number in range(int(first), int(last or first) + 1))
