"""加行: rows that a bundle adds to a fixed table of its parent, each at its line number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportgen.bundle.numbering import with_numbers
from reportgen.bundle.schema import BlockEntry, RowEntry, TableEntry


def enlarged(blocks: Sequence[BlockEntry], added: Iterable[RowEntry]) -> list[BlockEntry]:
    """The blocks, whose rows have numbers, with the added rows in the order of theirs."""
    found = list(blocks)
    for row in added:
        place = _block_of(row.number or 0, found)
        block = found[place]
        number = row.number or 0
        after = (i for i, other in enumerate(block.rows) if (other.number or 0) > number)
        index = next(after, len(block.rows))
        rows = [*block.rows[:index], row, *block.rows[index:]]
        found[place] = block.model_copy(update={"rows": rows})
    return found


def _block_of(number: int, blocks: Sequence[BlockEntry]) -> int:
    """The last block that begins at this line or before it."""
    began = [index for index, block in enumerate(blocks) if number >= _first(block)]
    return began[-1] if began else 0


def _first(block: BlockEntry) -> int:
    if block.numbers:
        return block.numbers[0]
    return min((row.number for row in block.rows if row.number), default=1)


def added_faults(entry: TableEntry) -> Iterator[tuple[int, str, str]]:
    """(index, message, repair) of rows that can't be added."""
    blocks = with_numbers(entry.blocks)
    known = {row.number for block in blocks for row in block.rows if row.number}
    for index, row in enumerate(entry.added):
        if entry.layout != "定行" or not entry.blocks:
            yield index, "版式不能加行。", "只有“定行”的表写加行。"
        elif not row.number:
            yield index, "加行没有写行次。", "请写出行次，印在哪一行由它决定。"
        elif row.number in known:
            yield index, f"加行的行次 {row.number} 已经有了。", "改名称的写“改行名”。"
        else:
            known.add(row.number)
