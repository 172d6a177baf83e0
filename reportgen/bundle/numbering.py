"""行次: the line numbers of fixed rows; a row that doesn't say its own has the next one."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.bundle.schema import BlockEntry

LINES = "行次"


def with_numbers(blocks: Sequence[BlockEntry]) -> list[BlockEntry]:
    """The blocks with a number in every row: the next one where a row doesn't say it.

    Texts, and the rows of blocks that don't count their lines, have 0.
    """
    found = []
    last = 0
    for block in blocks:
        number = block.numbers[0] - 1 if block.numbers else last
        rows = []
        for row in block.rows:
            own = row.number
            if own is None:
                counted = not row.texts and bool(counts_lines(block) or block.numbers)
                own = number + 1 if counted else 0
            number = own or number
            rows.append(row.model_copy(update={"number": own}))
        found.append(block.model_copy(update={"rows": rows}))
        last = block.numbers[1] if block.numbers else number
    return found


def counts_lines(block: BlockEntry) -> bool:
    """Whether a block has a column for line numbers."""
    return LINES in block.columns
