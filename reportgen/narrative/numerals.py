"""Numbers to text: grouping by babel on a number that is rounded already."""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import lru_cache

from babel import Locale
from babel.numbers import NumberPattern, parse_pattern

from reportgen.model import half_up
from reportgen.model.rounding import CONTEXT

LOCALE = Locale("zh", script="Hans", territory="CN")
_THOUSAND = 1000
_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


@lru_cache(maxsize=64)
def _pattern(places: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * places if places else ""))


@lru_cache(maxsize=4096)
def numeral(value: Decimal, places: int = 2, *, grouping: bool = True, trim: bool = False) -> str:
    """Write a number rounded half up; ``trim`` drops trailing zeros of the decimals.

    Scores and weights come again thousands of times in a batch, so answers are kept.

    >>> numeral(Decimal("62373182.64")), numeral(Decimal("-0.004"))
    ('62,373,182.64', '0.00')
    >>> numeral(Decimal("2.665")), numeral(Decimal("0.125")), numeral(Decimal("2.6649999"))
    ('2.67', '0.13', '2.66')
    >>> numeral(Decimal("25.10"), trim=True), numeral(Decimal("3.00"), trim=True)
    ('25.1', '3')
    >>> numeral(Decimal("12345.6"), 0, grouping=False)
    '12346'
    """
    rounded = half_up(value, places)
    has_groups = grouping and abs(rounded) >= _THOUSAND
    text = _grouped(rounded, places) if has_groups else f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if trim and "." in text else text


def _grouped(rounded: Decimal, places: int) -> str:
    with localcontext(CONTEXT):
        text: str = _pattern(places).apply(rounded, LOCALE)
    return text


def percent(ratio: Decimal, places: int = 2, *, trim: bool = False) -> str:
    """Write a ratio as a percentage.

    >>> percent(Decimal("0.475443")), percent(Decimal("0.435150")), percent(Decimal(1))
    ('47.54%', '43.52%', '100.00%')
    >>> percent(Decimal("0.2510"), trim=True), percent(Decimal("12"))
    ('25.1%', '1,200.00%')
    """
    return numeral(CONTEXT.multiply(ratio, Decimal(100)), places, trim=trim) + "%"


def chinese(number: int) -> str:
    """Write a whole number from 0 to 9999 in Chinese numerals.

    >>> [chinese(n) for n in (0, 1, 10, 11, 20, 101, 110, 1010, 2022)]
    ['零', '一', '十', '十一', '二十', '一百零一', '一百一十', '一千零一十', '二千零二十二']
    >>> chinese(10000)
    Traceback (most recent call last):
    ...
    ValueError: 中文数只写到 9999：10000
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"中文数只写到 9999：{number}")
    digits = str(number)
    parts = [
        (_DIGITS[int(digit)] + _PLACES[len(digits) - index - 1]) if digit != "0" else "零"
        for index, digit in enumerate(digits)
    ]
    text = "".join(parts)
    while "零零" in text:
        text = text.replace("零零", "零")
    text = text.rstrip("零") or "零"
    return text.removeprefix("一") if 10 <= number < 20 else text
