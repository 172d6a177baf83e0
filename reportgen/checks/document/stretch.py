"""A stretch of a document that was rewritten: what became of each figure in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from reportgen.checks.document.changes import Added, Changed, Edits, Removed
from reportgen.checks.document.sequence import Opcode
from reportgen.checks.document.tokens import TYPED, Token

_RISE, _FALL = frozenset("增升涨"), frozenset("减降跌")


@dataclass
class Stretch:
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
        if not theirs or (_numerals(mine) and not _numerals(theirs)):
            self.lost += mine
            return
        self.used.update(range(first, last))
        if _says(mine) != _says(theirs):
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
    return _numerals(pieces), signs


def _numerals(pieces: Sequence[Token]) -> list[str]:
    """The numerals of pieces, by what they are compared by."""
    return [token.key for token in pieces if token.is_numeral]


def _written(pieces: Sequence[Token]) -> str:
    """Pieces as they are written, line by line."""
    lines: dict[int, list[Token]] = {}
    for token in pieces:
        lines.setdefault(id(token.line), []).append(token)
    return " ".join(
        members[0].line.text[members[0].start : members[-1].end] for members in lines.values()
    )
