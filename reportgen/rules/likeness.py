"""How a wrong number comes about: what it has in common with the right one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_TENS = (Decimal(10), Decimal(100), Decimal(1000), Decimal(10000))


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How much two numbers are like a slip of the pen, and in which words; 0 for not at all.

    1 is what chance does as well: among thirty cells one whose digits can be changed about
    so that a sum comes right is nothing to wonder at.
    """

    weight: int = 0
    words: str = ""


def likeness(stated: Decimal, right: Decimal) -> Likeness:
    """Compare what stands in a cell with what would be right.

    >>> from decimal import Decimal as D
    >>> likeness(D("1890531.00"), D("1890513.00")).words, likeness(D("38"), D("83")).words
    ('相邻两位数字颠倒', '相邻两位数字颠倒')
    >>> likeness(D("123.45"), D("193.45")).words, likeness(D("-7.5"), D("7.5")).words
    ('一位数字不同', '正负号相反')
    >>> likeness(D("1200"), D("12")).words, likeness(D("9.00"), D("0.90")).words
    ('小数点错位', '小数点错位')
    >>> likeness(D("0"), D("12")).words, likeness(D("150"), D("51")).words
    ('漏填', '两位数字颠倒')
    >>> likeness(D("12"), D("0")).words, likeness(D("24.6"), D("12.3")).words
    ('多填', '加了两次')
    >>> likeness(D("123.45"), D("678.90"))
    Likeness(weight=0, words='')
    """
    if stated == -right:
        return Likeness(3, "正负号相反")
    if not stated or not right:
        return Likeness(1, "多填" if stated else "漏填")
    if (stated < 0) != (right < 0):
        return Likeness()
    if any(stated * ten == right or right * ten == stated for ten in _TENS):
        digits = len(right.normalize().as_tuple().digits)
        return Likeness(2 if digits == 1 else 3, "小数点错位")  # 10 for 1 may be chance
    slip = _of_digits(*_digits(stated, right))
    if slip.weight:
        return slip
    return Likeness(1, "加了两次") if stated == 2 * right else Likeness()


def _digits(one: Decimal, other: Decimal) -> tuple[str, str]:
    """The digits of two numbers, position by position."""
    texts = [f"{abs(number):f}".partition(".") for number in (one, other)]
    before = max(len(whole) for whole, _, _ in texts)
    after = max(len(rest) for _, _, rest in texts)
    first, second = (whole.zfill(before) + rest.ljust(after, "0") for whole, _, rest in texts)
    return first, second


def _of_digits(stated: str, right: str) -> Likeness:
    differing = [n for n, pair in enumerate(zip(stated, right, strict=True)) if pair[0] != pair[1]]
    if len(differing) == 1:
        return Likeness(2, "一位数字不同")
    if len(differing) == 2:
        first, second = differing
        if (stated[first], stated[second]) == (right[second], right[first]):
            near = second == first + 1
            return Likeness(3, "相邻两位数字颠倒") if near else Likeness(1, "两位数字颠倒")
    return Likeness()
