"""Table profiles from tables.yaml: heads, keys, fixed rows and what they add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from reportgen.bundle.fitting import first_text, variants
from reportgen.bundle.numbering import LINES
from reportgen.bundle.rows import Lines
from reportgen.bundle.schema import BlockEntry, Head, LowHead, TableEntry
from reportgen.model import Block, Column, FixedRow, Layout, Profile


def profile(name: str, entry: TableEntry) -> Profile:
    """Build the profile of one table."""
    layout = Layout(entry.layout)
    if LINES in entry.dropped:
        entry = entry.model_copy(update={"numbered": False})
    lines = Lines(entry)
    entries = lines.entries or [BlockEntry.model_validate({"列": entry.columns})]
    codes = [str(code) for block in entries for code in block.codes]
    seen: Counter[str] = Counter()
    blocks = tuple(
        _block(block, _rows(block, number, lines, codes, entry), seen, entry)
        for number, block in enumerate(entries)
    )
    found = Profile(
        name=name,
        number=entry.number,
        title=first_text(entry.title),
        layout=layout,
        blocks=blocks,
        note=first_text(entry.note),
        empty=first_text(entry.empty),
        landscape=entry.direction == "横向",
        indexed=entry.indexed,
        totals_first=entry.totals_at == "上",
        totals=tuple(
            FixedRow(label, label, parts=tuple(str(part) for part in parts))
            for label, parts in entry.totals.items()
        ),
        sums=_frozen(entry.sums),
        column_aliases=_aliases(entry.column_aliases, entry.renamed_columns),
        row_aliases=_aliases(entry.row_aliases, entry.renamed_rows),
        variants=variants({"title": entry.title, "note": entry.note, "empty": entry.empty}),
    )
    found = _without(found, taken_out(found, entry.dropped))
    return replace(found, main=_main(found, entry.main))


def taken_out(found: Profile, names: Iterable[str]) -> tuple[Column, ...]:
    """The columns that 去栏 names: by a head of their own, or by one over them."""
    return tuple(
        column
        for column in found.columns
        for name in names
        if column.answers_to(name, found.column_aliases) or name in column.path[:-1]
    )


def _without(found: Profile, gone: tuple[Column, ...]) -> Profile:
    """The table without some columns; sums lose those too."""
    if not gone:
        return found
    keys = {column.key for column in gone}
    blocks = tuple(
        replace(block, columns=tuple(c for c in block.columns if c.key not in keys))
        for block in found.blocks
    )
    sums = {
        name: tuple(part for part in parts if not _is_of(found, part, keys))
        for name, parts in found.sums.items()
        if not _is_of(found, name, keys)
    }
    left = {name: parts for name, parts in sums.items() if parts}
    return replace(found, blocks=blocks, sums=MappingProxyType(left), dropped=gone)


def _is_of(found: Profile, name: str, keys: set[str]) -> bool:
    """Whether a sum names one of these columns; what it doesn't know is told elsewhere."""
    try:
        return found.find(name).key in keys
    except KeyError:
        return False


def _main(found: Profile, name: str) -> str:
    """The key of the column that 主栏 names; what it doesn't know is told elsewhere."""
    try:
        return found.find(name).key if name else ""
    except KeyError:
        return ""


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


def _block(
    entry: BlockEntry, rows: Iterable[FixedRow], seen: Counter[str], table: TableEntry
) -> Block:
    upper = (entry.name,) if entry.name else ()
    columns = []
    heads = entry.columns if table.numbered else [h for h in entry.columns if h != LINES]
    for found in _paths(heads, upper):
        named = (table.renamed_columns.get(head, head) for head in found[len(upper) :])
        path = (*upper, *named)
        key = "/".join(path)
        seen[key] += 1
        columns.append(Column(path, key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return Block(entry.name, tuple(columns), tuple(rows))


def _rows(
    block: BlockEntry, number: int, lines: Lines, codes: Sequence[str], table: TableEntry
) -> Iterator[FixedRow]:
    if block.codes:
        return _coded(block.codes, codes, table.renamed_rows)
    return lines.rows(number) if lines.entries else iter(())


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


def _coded(
    own: Mapping[str | int, str], codes: Sequence[str], names: Mapping[str, str]
) -> Iterator[FixedRow]:
    """Codes of 经济分类; a 类 adds up its 款, in whatever block they stand."""
    for code, label in own.items():
        key = str(code)
        parts = tuple(c for c in codes if len(key) == 3 and c[:-2] == key)
        yield FixedRow(names.get(label, label), key, parts=parts)
