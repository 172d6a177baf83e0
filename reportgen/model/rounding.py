"""The one place where numbers are rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

CONTEXT = Context(prec=50, rounding=ROUND_HALF_UP)


def half_up(value: Decimal, places: int) -> Decimal:
    """Round half away from zero (四舍五入) to ``places`` decimals; never minus zero.

    >>> half_up(Decimal("2.665"), 2), half_up(Decimal("-2.665"), 2)
    (Decimal('2.67'), Decimal('-2.67'))
    >>> half_up(Decimal("0.125"), 2), half_up(Decimal("2.6649999"), 2)
    (Decimal('0.13'), Decimal('2.66'))
    >>> half_up(Decimal("-0.001"), 2), half_up(Decimal("5"), 0)
    (Decimal('0.00'), Decimal('5'))
    """
    rounded = value.quantize(_last_digit(places), context=CONTEXT)
    return rounded.copy_abs() if rounded.is_zero() else rounded


@lru_cache(maxsize=64)
def _last_digit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)
