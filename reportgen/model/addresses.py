"""Addresses of cells, and the ranges they make up."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def ranges(addresses: Iterable[str]) -> list[str]:
    """Write cells that follow one another in a column or a row as ranges.

    >>> ranges(["C2", "C3", "C4", "E4", "F4", "H9"]), ranges(["Z1", "AA1", "AA1"])
    (['C2:C4', 'E4:F4', 'H9'], ['Z1:AA1', 'AA1'])
    >>> ranges(["C2", "D3"]), ranges(["C2:D2", "?"])
    (['C2', 'D3'], ['C2:D2', '?'])
    """
    runs: list[list[str]] = []
    step = (0, 0)
    for address in addresses:
        moved = _step(runs[-1][-1], address) if runs else (0, 0)
        if moved in ((0, 1), (1, 0)) and (len(runs[-1]) == 1 or moved == step):
            runs[-1].append(address)
            step = moved
        else:
            runs.append([address])
    return [f"{run[0]}:{run[-1]}" if len(run) > 1 else run[0] for run in runs]


def _step(first: str, second: str) -> tuple[int, int]:
    """How far one cell is from another, in columns and rows; (0, 0) for no addresses."""
    one, two = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(second)
    if one is None or two is None:
        return 0, 0
    return _column(two[1]) - _column(one[1]), int(two[2]) - int(one[2])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
