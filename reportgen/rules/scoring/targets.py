"""Targets and actual values as people write them: ≥56个, 1000元/人, ≤35.425万元, 及时, 未填报."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from reportgen.rules.scoring.written import (
    AFTER,
    BEFORE,
    DATED,
    DATES,
    DURATIONS,
    IN_BRACKETS,
    JOINTS,
    MULTIPLES,
    NO_UNIT,
    NOT_GIVEN,
    PERCENT,
    PLAIN,
    QUANTITY,
    RANGE,
)

_FIRST_YEAR, _MOST_DIGITS, _SHORT, _LONGEST = 1900, 20, 12, 64


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its sign and unit; 万 and 亿 are multiplied out, a percentage is of 100.

    ``sign`` is one of ≥ > ≤ < = or empty, ``text`` number and unit as they are written;
    a ``rough`` one is stated as 约5个 or 100余人.
    """

    sign: str
    value: Decimal
    unit: str
    text: str
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Two quantities of one unit, the lower one first: 3-5天, 90%至95%."""

    low: Quantity
    high: Quantity
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A target that is said in words: 及时, 持续提高, 2022年12月底前."""

    text: str

    @property
    def has_number(self) -> bool:
        """Whether a number stands in it that is no date, and that could not be read.

        >>> Words("12,34个").has_number, Words("2022年12月底前").has_number
        (True, False)
        """
        plain = self.text.translate(PLAIN)
        has_digit = len(plain) <= _SHORT and any(sign.isdigit() for sign in plain)
        return has_digit and not DATED.search(plain)


Target = Quantity | Range | Words | None
"""What a cell says; ``None`` where nothing is filled in."""


def parse(text: str) -> Target:
    r"""Read a target or an actual value.

    >>> parse("≥56个")
    Quantity(sign='≥', value=Decimal('56'), unit='个', text='56个', rough=False)
    >>> def shown(text):
    ...     found = parse(text)
    ...     return f"{found.sign} {found.value} {found.unit}"
    >>> shown("＝100％"), shown("≥1000人/次"), shown("400元\\人"), shown("不少于 1,200 人次")
    ('= 100 %', '≥ 1000 人次', ' 400 元人', '≥ 1200 人次')
    >>> shown("≤35.425万元"), shown("(=2.61万元)"), shown("5天以内"), shown("90%（含）以上")
    ('≤ 354250.000 元', '= 26100.00 元', '≤ 5 天', '≥ 90 %')
    >>> shown("5台（套）"), shown("约5个"), shown("100余人"), shown("95%左右")
    (' 5 台', ' 5 个', ' 100 人', ' 95 %')
    >>> parse("持续提高"), parse("未填报"), parse("2022年12月底前"), parse("约5个").rough
    (Words(text='持续提高'), None, Words(text='2022年12月底前'), True)
    >>> found = parse("3-5天")
    >>> found.low.value, found.high.value, found.high.unit, found.text
    (Decimal('3'), Decimal('5'), '天', '3-5天')
    """
    return _parsed(text) if len(text) <= _LONGEST else Words(text.strip())


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Target:
    """Many projects have the same targets; each text is read once."""
    plain = _bare("".join(text.translate(PLAIN).split()).rstrip("。;.,"))
    if plain in NOT_GIVEN:
        return None
    found = QUANTITY.fullmatch(plain)
    if found is not None:
        return _quantity(found) or Words(text.strip())
    between = RANGE.fullmatch(plain)
    return (between and _range(between)) or Words(text.strip())


def _quantity(found: re.Match[str]) -> Quantity | None:
    """The quantity of a match, unless it is a date, a part of a sentence, or no amount at all."""
    digits, multiple, unit = found["digits"].replace(",", ""), found["multiple"], found["unit"]
    is_year = unit == "年" and digits.isdigit() and int(digits[:5]) >= _FIRST_YEAR
    if len(digits) > _MOST_DIGITS or is_year or not _is_unit(unit):
        return None
    sign = BEFORE.get(found["before"]) or AFTER.get(found["after"], "")
    shown = PERCENT if found["share"] else unit
    stated = f"{found['digits']}{multiple}{shown}"
    rough = bool(found["about"] or found["more"] or found["around"])
    plain = JOINTS.sub("", IN_BRACKETS.sub("", shown))
    return Quantity(sign, Decimal(digits) * MULTIPLES[multiple], plain, stated, rough)


def _range(found: re.Match[str]) -> Range | None:
    """The range of a match: both ends of one unit, which the first may leave out."""
    unit = found["unit"]
    own = found["own"] if found["own"] not in ("万", "亿") else found["own"] + unit.lstrip("万亿")
    ends = [f"{found['low']}{own or unit}", f"{found['high']}{unit}"]
    low, high = (_parsed(end) for end in ends)
    if not (isinstance(low, Quantity) and isinstance(high, Quantity)):
        return None
    is_dated = unit in DATES or DATED.search(found.group())
    if low.unit != high.unit or low.value >= high.value or is_dated:
        return None
    return Range(low, high, found.group())


def _bare(text: str) -> str:
    """A text without the brackets that stand round it as a whole."""
    inner = text[1:-1]
    is_wrapped = text[:1] == "(" and text[-1:] == ")" and not set(inner) & set("()")
    return inner if is_wrapped else text


def _is_unit(unit: str) -> bool:
    """Whether what follows a number is a unit, and no date, range or sentence."""
    return unit in DURATIONS or not NO_UNIT.search(unit)


def is_comparable(target: Quantity, actual: Quantity) -> bool:
    """Whether two quantities have one unit; an actual value may leave it out, but not %.

    >>> is_comparable(parse("≥5次"), parse("7次")), is_comparable(parse("≥5次"), parse("7"))
    (True, True)
    >>> is_comparable(parse("≥5次"), parse("7期")), is_comparable(parse("≥95%"), parse("0.96"))
    (False, False)
    """
    return actual.unit == target.unit or (not actual.unit and target.unit != PERCENT)
