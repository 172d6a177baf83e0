"""Addresses of cells, and the ranges they make up."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = re.compile("[A-Z]{1,3}")
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
    column = _column(letters)
    return (column, int(row)) if column and row and len(row) <= 7 and row[0] != "0" else None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    """The number of a column, from 1 on; 0 for what is none."""
    if not _LETTERS.fullmatch(letters):
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
