"""What an editor did to a document, as far as it touched a numeral.

Unchanged paragraphs and rows are found first, then what was moved, then clauses of the rest,
and only what is left is compared piece by piece: so one edit makes nothing after it wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from reportgen.checks.document.changes import Added, Edits, Removed
from reportgen.checks.document.sequence import opcodes
from reportgen.checks.document.stretch import Stretch
from reportgen.checks.document.tokens import Token
from reportgen.checks.document.units import Clause, Unit, cell_of, clauses, out_of_order, units
from reportgen.language.lines import Line

_MOST_PIECES = 4000  # on either side: more are compared by their numerals alone


class _Keyed(Protocol):
    @property
    def key(self) -> str:
        """What is the same in an item that stayed."""

    @property
    def moved_key(self) -> str:
        """What is the same in an item that was moved."""


_Item = TypeVar("_Item", bound=_Keyed)
Block = tuple[list[_Item], list[_Item]]


def compare(expected: Iterable[Line], found: Iterable[Line]) -> Edits:
    """Compare a document as printed, with its spans, with one that may have been edited."""
    edits = Edits()
    printed, edited = units(expected), units(found)
    edits.out_of_order = out_of_order(edited)
    edits.total = sum(len(unit.tokens) for unit in printed)
    blocks, same, moved = _align(printed, edited)
    for mine, theirs in same + moved:
        _keep(mine.tokens, theirs.tokens, edits)
    edits.rewritten += sum(mine.headings[-1:] != theirs.headings[-1:] for mine, theirs in moved)
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
) -> tuple[list[Block[_Item]], list[tuple[_Item, _Item]], list[tuple[_Item, _Item]]]:
    """What differs, in blocks, the pairs that are equal, and those that are but were moved."""
    blocks: list[Block[_Item]] = []
    same: list[tuple[_Item, _Item]] = []
    for sign, a, b, c, d in opcodes([i.key for i in printed], [i.key for i in edited]):
        if sign == "equal":
            same += zip(printed[a:b], edited[c:d], strict=True)
        else:
            blocks.append((list(printed[a:b]), list(edited[c:d])))
    gone = Counter(item.moved_key for block in blocks for item in block[0])
    new = Counter(item.moved_key for block in blocks for item in block[1])
    again = gone & new
    moved: list[tuple[_Item, _Item]] = []
    if again:
        left, right = Counter(again), Counter(again)
        taken = [(_without(mine, left), _without(theirs, right)) for mine, theirs in blocks]
        moved += _pairs(
            [item for (_, out), _ in taken for item in out],
            [item for _, (_, out) in taken for item in out],
        )
        blocks = [(mine, theirs) for (mine, _), (theirs, _) in taken if mine or theirs]
    return blocks, same, moved


def _without(items: Sequence[_Item], moved: Counter[str]) -> tuple[list[_Item], list[_Item]]:
    """The items that stay in their block, and those that are found elsewhere."""
    stay: list[_Item] = []
    out: list[_Item] = []
    for item in items:
        if moved[item.moved_key] > 0:
            moved[item.moved_key] -= 1
            out.append(item)
        else:
            stay.append(item)
    return stay, out


def _pairs(mine: Sequence[_Item], theirs: Sequence[_Item]) -> Iterator[tuple[_Item, _Item]]:
    """Moved items with what they became; there are as many of each key."""

    def by_key(item: _Item) -> str:
        return item.moved_key

    return zip(sorted(mine, key=by_key), sorted(theirs, key=by_key), strict=True)


def _keep(mine: Sequence[Token], theirs: Sequence[Token], edits: Edits) -> None:
    """Pieces that say the same; a number may be written in another way."""
    edits.kept += len(mine)
    edits.respelt += sum(
        a.is_numeral and a.text != b.text for a, b in zip(mine, theirs, strict=True)
    )


def _compare_clauses(gone: Sequence[Unit], new: Sequence[Unit], edits: Edits) -> None:
    """Paragraphs that were rewritten, split or joined: clause by clause."""
    blocks, same, moved = _align(list(clauses(gone)), list(clauses(new)))
    for mine, theirs in same + moved:
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


def _place_key(token: Token) -> str:
    """A piece of a table is the same only in the same column."""
    return f"{cell_of(token.line)}{token.key}"


def _compare_tokens(out: Sequence[Clause], into: Sequence[Clause], edits: Edits) -> None:
    """A stretch that was rewritten, piece by piece."""
    mine = [token for clause in out for token in clause.tokens]
    theirs = [token for clause in into for token in clause.tokens]
    if max(len(mine), len(theirs)) > _MOST_PIECES:
        mine = [token for token in mine if token.is_numeral]
        theirs = [token for token in theirs if token.is_numeral]
    codes = opcodes([_place_key(t) for t in mine], [_place_key(t) for t in theirs])
    edits.rewritten += 1
    for sign, a, b, c, d in codes:
        if sign == "equal":
            _keep(mine[a:b], theirs[c:d], edits)
    Stretch(mine, theirs, codes, out[0].unit.headings).report(edits)
