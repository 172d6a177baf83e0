"""Figures as findings show them: exact, in base units, with their cells."""

from __future__ import annotations

from reportgen.model import Figure, Kind


def shown(figure: Figure) -> str:
    """The exact value with thousands separators; amounts in 元 with at least two decimals.

    >>> from decimal import Decimal
    >>> shown(Figure("", Decimal("62287177.6"))), shown(Figure("", Decimal(7), Kind.COUNT))
    ('62,287,177.60', '7')
    """
    value = figure.value.normalize()
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"{value:,.{max(decimals, 2 if figure.kind is Kind.AMOUNT else 0)}f}"


def difference(left: Figure, right: Figure) -> str:
    """The absolute difference of two figures, as ``shown`` writes it."""
    return shown(Figure("", abs(left.value - right.value), left.kind))


def with_cell(figure: Figure) -> str:
    """A figure with its first cell in brackets, where it has one."""
    cell = f"（{figure.places[0]}）" if figure.places else ""
    return f"{figure.name}{shown(figure)}{cell}"
