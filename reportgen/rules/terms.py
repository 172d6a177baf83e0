"""A figure as a sum of cells: which cells it was computed from, and how often each counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from reportgen.findings import Place
from reportgen.model import Figure, Origin

Terms = Mapping[Place, Decimal]
_ONE = Decimal(1)


def leaves(figure: Figure) -> dict[Place, Figure]:
    """The cells a figure was computed from, each with the figure that was read there."""
    found: dict[Place, Figure] = {}
    stack = [figure]
    while stack:
        part = stack.pop()
        if part.origin is not None:
            stack += [part.origin.right, part.origin.left]
        elif _is_cell(part):
            found[part.places[0]] = part
    return found


def terms(figure: Figure) -> Terms | None:
    """Every cell with its coefficient; ``None`` where figures were multiplied, divided or rounded.

    In 甲 - (乙 + 乙) the cell of 甲 counts once and that of 乙 minus two times.
    """
    found: defaultdict[Place, Decimal] = defaultdict(Decimal)
    stack = [(figure, _ONE)]
    while stack:
        part, coefficient = stack.pop()
        if part.origin is None:
            if len(part.places) > 1:
                return None
            if _is_cell(part):
                found[part.places[0]] += coefficient
            continue
        parts = _operands(part.origin, coefficient)
        if parts is None:
            return None
        stack += parts
    return {place: count for place, count in found.items() if count}


def _is_cell(figure: Figure) -> bool:
    return len(figure.places) == 1 and bool(figure.places[0].address)


def _operands(origin: Origin, coefficient: Decimal) -> list[tuple[Figure, Decimal]] | None:
    left, right = origin.left, origin.right
    if origin.sign == "+":
        return [(left, coefficient), (right, coefficient)]
    if origin.sign == "-":
        return [(left, coefficient), (right, -coefficient)]
    if origin.sign == "*" and not right.places:
        return [(left, coefficient * right.value)]
    if origin.sign == "*" and not left.places:
        return [(right, coefficient * left.value)]
    return None
