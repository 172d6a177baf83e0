"""What an editor did to a document, as far as it touched a numeral.

Unchanged paragraphs and rows are found first, then what was moved, then clauses of the rest,
and only what is left is compared piece by piece: so one edit makes nothing after it wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from reportgen.checks.document.sequence import Opcode, opcodes
from reportgen.checks.document.tokens import TYPED, Token
from reportgen.checks.document.units import Clause, Unit, clauses, out_of_order, units
from reportgen.language.lines import Line

_RISE, _FALL = frozenset("增升涨"), frozenset("减降跌")
_MOST_PIECES = 4000  # on either side: more are compared by their numerals alone


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Item = TypeVar("_Item", bound=_Keyed)
Block = tuple[list[_Item], list[_Item]]


@dataclass(frozen=True)
class Changed:
    """A figure that says something else; ``number`` is its citation's, 0 or less for others."""

    number: int
    was: str
    now: str
    spot: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Removed:
    """Pieces that are gone: whole ``units``, or a part of one."""

    tokens: Sequence[Token]
    units: Sequence[Unit]
    headings: tuple[str, ...]

    @property
    def numerals(self) -> list[Token]:
        """The numerals that are gone with them."""
        return [token for token in self.tokens if token.is_numeral]


@dataclass(frozen=True)
class Added:
    """New pieces that hold numerals."""

    tokens: Sequence[Token]
    headings: tuple[str, ...]


@dataclass
class Edits:
    """All that was edited; ``kept`` and ``total`` count the pieces of the document as printed."""

    changed: list[Changed] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    rewritten: int = 0
    respelt: int = 0
    out_of_order: set[int] = field(default_factory=set)
    kept: int = 0
    total: int = 0


def compare(expected: Iterable[Line], found: Iterable[Line]) -> Edits:
    """Compare a document as printed, with its spans, with one that may have been edited."""
    edits = Edits()
    printed, edited = units(expected), units(found)
    edits.out_of_order = out_of_order(edited)
    edits.total = sum(len(unit.tokens) for unit in printed)
    blocks, same = _align(printed, edited)
    for mine, theirs in same:
        _keep(mine.tokens, theirs.tokens, edits)
    for gone, new in blocks:
        if gone and new:
            _compare_clauses(gone, new, edits)
        elif gone:
            _remove(gone, edits)
        else:
            _add([token for unit in new for token in unit.tokens], new[0].headings, edits)
    return edits


def _align(
    printed: Sequence[_Item], edited: Sequence[_Item]
) -> tuple[list[Block[_Item]], list[tuple[_Item, _Item]]]:
    """What differs, in blocks, and the pairs that are equal, moved ones included."""
    blocks: list[Block[_Item]] = []
    same: list[tuple[_Item, _Item]] = []
    for sign, a, b, c, d in opcodes([i.key for i in printed], [i.key for i in edited]):
        if sign == "equal":
            same += zip(printed[a:b], edited[c:d], strict=True)
        else:
            blocks.append((list(printed[a:b]), list(edited[c:d])))
    gone = Counter(item.key for block in blocks for item in block[0])
    new = Counter(item.key for block in blocks for item in block[1])
    moved = gone & new
    if moved:
        left, right = Counter(moved), Counter(moved)
        taken = [(_without(mine, left), _without(theirs, right)) for mine, theirs in blocks]
        same += _pairs(
            [item for (_, out), _ in taken for item in out],
            [item for _, (_, out) in taken for item in out],
        )
        blocks = [(mine, theirs) for (mine, _), (theirs, _) in taken if mine or theirs]
    return blocks, same


def _without(items: Sequence[_Item], moved: Counter[str]) -> tuple[list[_Item], list[_Item]]:
    """The items that stay in their block, and those that are found elsewhere."""
    stay: list[_Item] = []
    out: list[_Item] = []
    for item in items:
        if moved[item.key] > 0:
            moved[item.key] -= 1
            out.append(item)
        else:
            stay.append(item)
    return stay, out


def _pairs(mine: Sequence[_Item], theirs: Sequence[_Item]) -> Iterator[tuple[_Item, _Item]]:
    """Moved items with what they became; there are as many of each key."""

    def by_key(item: _Item) -> str:
        return item.key

    return zip(sorted(mine, key=by_key), sorted(theirs, key=by_key), strict=True)


def _keep(mine: Sequence[Token], theirs: Sequence[Token], edits: Edits) -> None:
    """Pieces that say the same; a number may be written in another way."""
    edits.kept += len(mine)
    edits.respelt += sum(
        a.is_numeral and a.text != b.text for a, b in zip(mine, theirs, strict=True)
    )


def _compare_clauses(gone: Sequence[Unit], new: Sequence[Unit], edits: Edits) -> None:
    """Paragraphs that were rewritten, split or joined: clause by clause."""
    blocks, same = _align(list(clauses(gone)), list(clauses(new)))
    for mine, theirs in same:
        _keep(mine.tokens, theirs.tokens, edits)
    for out, into in blocks:
        if out and into:
            _compare_tokens(out, into, edits)
        elif out:
            _remove_clauses(out, gone, edits)
        else:
            _add(
                [token for clause in into for token in clause.tokens], into[0].unit.headings, edits
            )


def _remove_clauses(out: Sequence[Clause], gone: Sequence[Unit], edits: Edits) -> None:
    """Clauses that are gone; where they make up whole units, these are named."""
    count = Counter(id(clause.unit) for clause in clauses(gone))
    lost = Counter(id(clause.unit) for clause in out)
    whole = [unit for unit in gone if lost[id(unit)] == count[id(unit)]]
    if whole and sum(lost.values()) == sum(lost[id(unit)] for unit in whole):
        _remove(whole, edits)
        return
    pieces = [token for clause in out for token in clause.tokens]
    edits.rewritten += 1
    if any(token.is_numeral for token in pieces):
        edits.removed.append(Removed(pieces, (), out[0].unit.headings))


def _remove(gone: Sequence[Unit], edits: Edits) -> None:
    edits.rewritten += 1
    removed = Removed([token for unit in gone for token in unit.tokens], gone, gone[0].headings)
    if removed.numerals:
        edits.removed.append(removed)


def _add(pieces: Sequence[Token], headings: tuple[str, ...], edits: Edits) -> None:
    edits.rewritten += 1
    if any(token.is_numeral for token in pieces):
        edits.added.append(Added(pieces, headings))


def _compare_tokens(out: Sequence[Clause], into: Sequence[Clause], edits: Edits) -> None:
    """A stretch that was rewritten, piece by piece."""
    mine = [token for clause in out for token in clause.tokens]
    theirs = [token for clause in into for token in clause.tokens]
    if max(len(mine), len(theirs)) > _MOST_PIECES:
        mine = [token for token in mine if token.is_numeral]
        theirs = [token for token in theirs if token.is_numeral]
    codes = opcodes([t.key for t in mine], [t.key for t in theirs])
    edits.rewritten += 1
    for sign, a, b, c, d in codes:
        if sign == "equal":
            _keep(mine[a:b], theirs[c:d], edits)
    _Stretch(mine, theirs, codes, out[0].unit.headings).report(edits)


@dataclass
class _Stretch:
    """Pieces before and after with the operations between them."""

    mine: Sequence[Token]
    theirs: Sequence[Token]
    codes: Sequence[Opcode]
    headings: tuple[str, ...]
    used: set[int] = field(default_factory=set)
    lost: list[Token] = field(default_factory=list)

    def report(self, edits: Edits) -> None:
        """Record what became of citations, then of other numerals, then what is new."""
        for number, start, end in list(self._citations()):
            self._compare(number, start, end, edits)
        for _, a, b, c, d in (code for code in self.codes if code[0] != "equal"):
            old = [t for t in self.mine[a:b] if t.is_numeral and t.owner <= 0]
            new = [
                self.theirs[i]
                for i in range(c, d)
                if self.theirs[i].is_numeral and i not in self.used
            ]
            for was, now in zip(old, new, strict=False):
                self._changed(was.owner, was.text, now.text, now.line.spot, edits)
            self._renumbered(self.mine[a:b], self.theirs[c:d], edits)
            self.lost += old[len(new) :]
            if new[len(old) :]:
                edits.added.append(Added(new[len(old) :], self.headings))
        if self.lost:
            edits.removed.append(Removed(self.lost, (), self.headings))

    def _renumbered(self, old: Sequence[Token], new: Sequence[Token], edits: Edits) -> None:
        """Numbers of lists: to renumber a list is no matter, to break its order is."""
        numbers = [[t for t in tokens if t.is_list_number] for tokens in (old, new)]
        for was, now in zip(*numbers, strict=False):
            if id(now.line) in edits.out_of_order:
                self._changed(TYPED, was.text, now.text, now.line.spot, edits)

    def _citations(self) -> Iterator[tuple[int, int, int]]:
        """Every citation of the stretch with its first and last piece."""
        start = 0
        for index, token in enumerate(self.mine):
            owner = token.owner
            following = self.mine[index + 1].owner if index + 1 < len(self.mine) else TYPED
            if following != owner:
                if owner > 0:
                    yield owner, start, index + 1
                start = index + 1

    def _compare(self, number: int, start: int, end: int, edits: Edits) -> None:
        """A citation beside what stands in its place now."""
        first, last = self._place(start, _begin), self._place(end, _end)
        mine, theirs = self.mine[start:end], self.theirs[first:last]
        if [t.key for t in mine] == [t.key for t in theirs]:
            return
        self.used.update(range(first, last))
        if not theirs:
            self.lost += mine
        elif _says(mine) != _says(theirs):
            was, now = _written(mine), _written(theirs)
            self._changed(number, was, now, theirs[0].line.spot, edits)

    def _place(self, index: int, side: Callable[[Opcode, int], bool]) -> int:
        """The position in the edited pieces for a position between the printed ones."""
        for code in self.codes:
            sign, a, _, c, d = code
            if side(code, index):
                if sign == "equal":
                    return c + index - a
                return c if side is _begin else d
        return len(self.theirs)

    def _changed(self, number: int, was: str, now: str, spot: str, edits: Edits) -> None:
        edits.changed.append(Changed(number, was, now, spot, self.headings))


def _begin(code: Opcode, index: int) -> bool:
    """Whether an operation holds the piece that begins here."""
    return code[1] <= index < code[2]


def _end(code: Opcode, index: int) -> bool:
    """Whether an operation holds the piece that ends here."""
    return code[1] < index <= code[2]


def _says(pieces: Sequence[Token]) -> tuple[list[str], set[str]]:
    """What a phrase says of figures: its numbers in order, and whether they rose or fell."""
    signs = {
        "rise" if sign in _RISE else "fall"
        for token in pieces
        for sign in token.key
        if sign in _RISE or sign in _FALL
    }
    return [token.key for token in pieces if token.is_numeral], signs


def _written(pieces: Sequence[Token]) -> str:
    """Pieces as they are written, line by line."""
    lines: dict[int, list[Token]] = {}
    for token in pieces:
        lines.setdefault(id(token.line), []).append(token)
    return " ".join(
        members[0].line.text[members[0].start : members[-1].end] for members in lines.values()
    )
