"""Codes of 功能分类科目: in one column, or 类, 款 and 项 in columns apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportgen.model import LEVELS, plain
from reportgen.model.names import fold_digits
from reportgen.sources.cells import Cell, Sheet

_LENGTHS = frozenset(LEVELS.values())
_PART = 3  # digits of a 类 at most; a longer text is a whole code


@dataclass
class Codes:
    """Reads the code of one row after the other; rows may leave out what stands above them."""

    sheet: Sheet
    columns: Sequence[int]
    above: list[str] = field(default_factory=lambda: ["", "", ""])

    def read(self, row: int) -> tuple[str, Cell]:
        """The code of a row as it is written, joined where its parts stand apart; its cell."""
        cells = [self.sheet.at(row, column) for column in self.columns]
        texts = [fold_digits("".join(cell.text.split())) for cell in cells]
        first = next((cell for cell in cells if cell.text), cells[0])
        if len(texts) > 1 and all(text.isdigit() for text in texts if text):
            return joined(texts, self.above), first
        return next(filter(None, texts), ""), first


def level_columns(sheet: Sheet, rows: Iterable[int]) -> tuple[int, ...]:
    """The columns under the heads 类, 款 and 项; none where the heads don't have all three."""
    for row in rows:
        found = {plain(cell.text): cell.column for cell in sheet.row(row) if cell.text}
        if found.keys() >= LEVELS.keys():
            return tuple(found[level] for level in LEVELS)
    return ()


def is_code(key: str) -> bool:
    """Whether ``key`` is as long as the code of a 类, a 款 or a 项."""
    return key.isascii() and key.isdigit() and len(key) in _LENGTHS


def joined(texts: Sequence[str], above: list[str]) -> str:
    """The code of a row from 类, 款 and 项; ``above`` keeps the higher levels of rows above.

    >>> above = ["", "", ""]
    >>> [joined(texts, above) for texts in (["208", "", ""], ["", "5", ""], ["", "", "01"])]
    ['208', '20805', '2080501']
    >>> joined(["210", "11", "01"], above), joined(["21013", "", ""], above)
    ('2101101', '21013')
    """
    deepest = max((level for level, text in enumerate(texts[:3]) if text), default=-1)
    if deepest < 0:
        return ""
    if len(texts[deepest]) > _PART:
        return texts[deepest]
    for level, text in enumerate(texts[:3]):
        if text:
            above[level:] = [text.zfill(2), *[""] * (2 - level)]
    return "".join(above)
