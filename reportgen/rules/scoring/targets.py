"""Targets and actual values as people write them: ≥56个, 1000元/人, ≤35.425万元, 及时, 未填报."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

PERCENT = "%"
_MULTIPLES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_NOT_GIVEN = frozenset(
    ["", "未填报", "未填", "未设置", "未设定", "无", "/", "\\", "-", "--", "—", "——"]
)
_SIGNS = {
    "≥": "≥ ≧ ⩾ >= => 大于等于 大于或等于 不低于 不少于 不小于 不得低于 不得少于 至少 达到",
    "≤": "≤ ≦ ⩽ <= =< 小于等于 小于或等于 不高于 不超过 不多于 不大于 不得高于 不得超过 至多",
    ">": "> 大于 高于 超过 多于",
    "<": "< 小于 低于 少于",
    "=": "= == 等于",
}
_BEFORE = {word: sign for sign, words in _SIGNS.items() for word in words.split()}
_AFTER = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤"}


def _any(words: dict[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_QUANTITY = re.compile(
    rf"(?P<before>{_any(_BEFORE)})?(?P<share>百分之)?"
    r"(?P<digits>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<multiple>[万亿]?)"
    rf"(?P<unit>[^\d,;:。、()]*?)(?:\(含\))?(?P<after>{_any(_AFTER)})?",
    re.ASCII,
)
_JOINTS = re.compile(r"[/\\.·每]")
_DURATIONS = frozenset({"年", "月", "个月", "季度", "个季度"})
_NO_UNIT = re.compile(r"[-~—–至到年月季]|[前后内]$")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_PLAIN = _NARROW | {ord("㎡"): "平方米", ord("㎥"): "立方米", ord("−"): "-"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its sign and unit; 万 and 亿 are multiplied out, a percentage is of 100.

    ``sign`` is one of ≥ > ≤ < = or empty, ``text`` number and unit as they are written.
    """

    sign: str
    value: Decimal
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A target that is said in words: 及时, 持续提高, 2022年12月底前."""

    text: str


Target = Quantity | Words | None
"""What a cell says; ``None`` where nothing is filled in."""


def parse(text: str) -> Target:
    r"""Read a target or an actual value.

    >>> parse("≥56个")
    Quantity(sign='≥', value=Decimal('56'), unit='个', text='56个')
    >>> def shown(text):
    ...     found = parse(text)
    ...     return f"{found.sign} {found.value} {found.unit}"
    >>> shown("＝100％"), shown("≥1000人/次"), shown("400元\\人"), shown("不少于 1,200 人次")
    ('= 100 %', '≥ 1000 人次', ' 400 元人', '≥ 1200 人次')
    >>> shown("≤35.425万元"), shown("(=2.61万元)"), shown("5天以内"), shown("90%（含）以上")
    ('≤ 354250.000 元', '= 26100.00 元', '≤ 5 天', '≥ 90 %')
    >>> parse("持续提高"), parse("未填报"), parse("2022年12月底前"), parse("3-5天")
    (Words(text='持续提高'), None, Words(text='2022年12月底前'), Words(text='3-5天'))
    """
    return _parsed(text)


@lru_cache(maxsize=8192)
def _parsed(text: str) -> Target:
    """Many projects have the same targets; each text is read once."""
    plain = _bare("".join(text.translate(_PLAIN).split()))
    if plain in _NOT_GIVEN:
        return None
    found = _QUANTITY.fullmatch(plain)
    if found is None or not _is_unit(found["unit"]):
        return Words(text.strip())
    value = Decimal(found["digits"].replace(",", "")) * _MULTIPLES[found["multiple"]]
    sign = _BEFORE.get(found["before"]) or _AFTER.get(found["after"], "")
    unit = PERCENT if found["share"] else _JOINTS.sub("", found["unit"])
    stated = f"{found['digits']}{found['multiple']}{PERCENT if found['share'] else found['unit']}"
    return Quantity(sign, value, unit, stated)


def _bare(text: str) -> str:
    """A text without the brackets that stand round it as a whole."""
    inner = text[1:-1]
    is_wrapped = text[:1] == "(" and text[-1:] == ")" and not set(inner) & set("()")
    return inner if is_wrapped else text


def _is_unit(unit: str) -> bool:
    """Whether what follows a number is a unit, and no date, range or sentence."""
    return unit in _DURATIONS or not _NO_UNIT.search(unit)


def is_comparable(target: Quantity, actual: Quantity) -> bool:
    """Whether two quantities have one unit; an actual value may leave it out, but not %.

    >>> is_comparable(parse("≥5次"), parse("7次")), is_comparable(parse("≥5次"), parse("7"))
    (True, True)
    >>> is_comparable(parse("≥5次"), parse("7期")), is_comparable(parse("≥95%"), parse("0.96"))
    (False, False)
    """
    return actual.unit == target.unit or (not actual.unit and target.unit != PERCENT)
