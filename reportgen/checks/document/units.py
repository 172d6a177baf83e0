"""Lines grouped to what an editor moves, deletes and adds: paragraphs and rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportgen.checks.document.tokens import Token, tokens
from reportgen.language.lines import Line

_ENDS = frozenset("。；;,：:、！？!?")


@dataclass(frozen=True)
class Unit:
    """A paragraph or a row: its pieces, and the headings it stands under."""

    tokens: Sequence[Token]
    headings: tuple[str, ...]
    level: int = 0

    @property
    def key(self) -> str:
        """What it is compared by: the same words and the same numbers, in the same cells."""
        return "\u241f".join(f"{cell_of(token.line)}{token.key}" for token in self.tokens)

    @property
    def moved_key(self) -> str:
        """What it is found again by elsewhere."""
        return self.key

    @property
    def text(self) -> str:
        """The unit as it is written; cells stand apart."""
        return " ".join(dict.fromkeys(token.line.text.strip() for token in self.tokens))


@dataclass(frozen=True)
class Clause:
    """A stretch of a unit up to a stop, or a cell."""

    tokens: Sequence[Token]
    unit: Unit

    @property
    def key(self) -> str:
        """What it is compared by."""
        return "\u241f".join(f"{cell_of(token.line)}{token.key}" for token in self.tokens)

    @property
    def moved_key(self) -> str:
        """What it is found again by elsewhere: a figure in another row is something else."""
        line = self.tokens[0].line
        return f"{line.spot}\u241f{self.key}" if cell_of(line) else self.key


def cell_of(line: Line) -> str:
    """The place of a cell in its row; '' for a line that is none."""
    return line.spot.rpartition("单元格")[2] if "单元格" in line.spot else ""


def units(lines: Iterable[Line]) -> list[Unit]:
    """The paragraphs and rows of a document that hold something, in order."""
    found = []
    headings: dict[int, str] = {}
    for _, group in groupby(enumerate(lines), key=_row):
        members = [line for _, line in group]
        pieces = [token for line in members for token in tokens(line)]
        level = members[0].level
        if level and pieces:
            headings = {depth: text for depth, text in headings.items() if depth < level}
            headings[level] = members[0].text.strip()
        if pieces:
            found.append(Unit(pieces, tuple(headings[depth] for depth in sorted(headings)), level))
    return found


def out_of_order(found: Iterable[Unit]) -> set[int]:
    """The list and heading numbers that don't follow the one before, by the ids of their lines."""
    wrong: set[int] = set()
    before: dict[tuple[tuple[str, ...], str], int] = {}
    for unit in found:
        token = next((token for token in unit.tokens if token.is_list_number), None)
        if token is not None and token.key.isdecimal():
            above = unit.headings[:-1] if unit.level else unit.headings
            place = (above, "".join(t.key for t in unit.tokens[:3] if not t.is_list_number)[:1])
            if int(token.key) != before.get(place, 0) + 1:
                wrong.add(id(token.line))
            before[place] = int(token.key)
    return wrong


def _row(numbered: tuple[int, Line]) -> str:
    """The row that a cell belongs to; a paragraph is by itself."""
    number, line = numbered
    row, cell, _ = line.spot.partition(" 单元格")
    return row if cell else f"{number}"


def clauses(found: Iterable[Unit]) -> Iterator[Clause]:
    """Units cut at stops and at the ends of cells."""
    for unit in found:
        begun: list[Token] = []
        for token, following in zip(unit.tokens, [*unit.tokens[1:], None], strict=True):
            begun.append(token)
            if following is None or following.line is not token.line or token.key in _ENDS:
                yield Clause(begun, unit)
                begun = []
