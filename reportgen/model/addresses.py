"""Addresses of cells, and the ranges they make up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = re.compile("[A-Z]{1,3}")
_LAST = 18_278  # column ZZZ; Excel ends at XFD
_DIGITS = "0123456789"
_STEPS = ((0, 1), (1, 0))
_Spot = tuple[int, int] | None


def ranges(addresses: Iterable[str]) -> list[str]:
    """Write cells that follow one another in a column or a row as ranges.

    >>> ranges(["C2", "C3", "C4", "E4", "F4", "H9"]), ranges(["Z1", "AA1", "AA1"])
    (['C2:C4', 'E4:F4', 'H9'], ['Z1:AA1', 'AA1'])
    >>> ranges(["C2", "D3"]), ranges(["C2:D2", "?"])
    (['C2', 'D3'], ['C2:D2', '?'])
    """
    runs: list[list[str]] = []
    step = (0, 0)
    before: _Spot = None
    for address in addresses:
        spot = _spot(address)
        moved = (spot[0] - before[0], spot[1] - before[1]) if spot and before else (0, 0)
        if moved in _STEPS and (len(runs[-1]) == 1 or moved == step):
            runs[-1].append(address)
            step = moved
        else:
            runs.append([address])
        before = spot
    return [f"{run[0]}:{run[-1]}" if len(run) > 1 else run[0] for run in runs]


def _spot(address: str) -> _Spot:
    """The column and the row of a cell; ``None`` for what is no address."""
    letters = address.rstrip(_DIGITS)
    row = address[len(letters) :]
    if not _LETTERS.fullmatch(letters) or not row or len(row) > 7 or row[0] == "0":
        return None
    return column_number(letters), int(row)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a column, from 1 on; ValueError for what is none, such as a whole address.

    >>> column_number("A"), column_number("ab"), column_number("ZZZ")
    (1, 28, 18278)
    """
    capitals = letters.upper()
    if not _LETTERS.fullmatch(capitals):
        raise ValueError(f"no column: {letters}")
    number = 0
    for letter in capitals:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """The letters of a column; ValueError for a number that no column has.

    >>> column_letters(1), column_letters(26), column_letters(28), column_letters(18278)
    ('A', 'Z', 'AB', 'ZZZ')
    """
    if not 1 <= number <= _LAST:
        raise ValueError(f"no column: {number}")
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
