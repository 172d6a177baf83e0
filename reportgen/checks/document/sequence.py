"""difflib with a bound: what repeats itself a thousand times is not matched pair by pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

_MOST_PAIRS = 1_000_000

Opcode = tuple[str, int, int, int, int]


def opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode]:
    """How ``old`` becomes ``new``, as difflib has it.

    Equal items are paired with each other, so a text that repeats itself would take quadratic
    time; beyond a bound the most frequent items don't count.

    >>> opcodes("甲乙丙", "甲丙")
    [('equal', 0, 1, 0, 1), ('delete', 1, 2, 1, 1), ('equal', 2, 3, 1, 2)]
    """
    begun = _alike(old, new)
    ended = _alike(old[begun:][::-1], new[begun:][::-1])
    a, b = old[begun : len(old) - ended], new[begun : len(new) - ended]
    mine, theirs = Counter(a), Counter(b)
    pairs = sum(count * theirs[item] for item, count in mine.items())
    found: list[Opcode] = [("equal", 0, begun, 0, begun)] if begun else []
    for sign, *bounds in SequenceMatcher(None, a, b, pairs > _MOST_PAIRS).get_opcodes():
        i, j, k, m = (bound + begun for bound in bounds)
        found.append((sign, i, j, k, m))
    if ended:
        found.append(("equal", len(old) - ended, len(old), len(new) - ended, len(new)))
    return found


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many items two sequences begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))
