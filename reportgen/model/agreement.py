"""Agreement of two figures: equal, within rounding (尾差), or different."""

from __future__ import annotations

from enum import StrEnum

from reportgen.model.figure import Figure


class Verdict(StrEnum):
    """What comparing two figures says."""

    EQUAL = "相等"
    ROUNDING = "尾差"
    DIFFERENT = "不等"


def agree(left: Figure, right: Figure) -> Verdict:
    """Compare as intervals: a rounded number stands for all that round to it.

    The bound follows from the stated precision alone (SEC EDGAR Filer Manual 6.5.12):
    a sum of n rounded cells against a rounded total may differ by ½·unit·(n+1).

    >>> from decimal import Decimal as D
    >>> agree(Figure("a", D(500), slack=D(50)), Figure("b", D(550), slack=D(5)))
    <Verdict.ROUNDING: '尾差'>
    >>> agree(Figure("a", D("1.00")), Figure("b", D("1.01")))
    <Verdict.DIFFERENT: '不等'>
    """
    if left.value == right.value:
        return Verdict.EQUAL
    if abs(left.value - right.value) <= left.slack + right.slack:
        return Verdict.ROUNDING
    return Verdict.DIFFERENT
