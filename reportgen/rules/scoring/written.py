"""How people write quantities: signs, words for them, units, dates that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

PERCENT = "%"
MULTIPLES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
NOT_GIVEN = frozenset(
    ["", "未填报", "未填", "未设置", "未设定", "无", "/", "\\", "-", "--", "—", "——"]
)
_SIGNS = {
    "≥": "≥ ≧ ⩾ >= => 大于等于 大于或等于 不低于 不少于 不小于 不得低于 不得少于 至少 达到",
    "≤": "≤ ≦ ⩽ <= =< 小于等于 小于或等于 不高于 不超过 不多于 不大于 不得高于 不得超过 至多",
    ">": "> 大于 高于 超过 多于 超",
    "<": "< 小于 低于 少于",
    "=": "= == 等于",
}
BEFORE = {word: sign for sign, words in _SIGNS.items() for word in words.split()}
AFTER = {
    **dict.fromkeys(("及以上", "以上"), "≥"),
    **dict.fromkeys(("及以下", "以下", "以内", "之内", "内"), "≤"),
}
_ABOUT = ("大约", "约为", "约", "将近", "接近", "近", "大概")


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"[^\d,;:()。、]*?(?:(?<=[^%\d])\((?!含)[^\d%()]{1,2}\))?"  # 台(套)
QUANTITY = re.compile(
    rf"(?P<before>{_any(BEFORE)})?(?P<about>{_any(_ABOUT)})?(?P<share>百分之)?"
    rf"(?P<digits>{_NUMBER})(?P<multiple>[万亿]?)(?P<more>[余多])?"
    rf"(?P<unit>{_UNIT})(?:\(含\))?(?P<around>左右|上下)?(?P<after>{_any(AFTER)})?",
    re.ASCII,
)
RANGE = re.compile(
    rf"(?P<low>{_NUMBER})(?P<own>[万亿]?{_UNIT})(?:[-~—–至到]+)(?P<high>{_NUMBER})(?P<unit>[万亿]?{_UNIT})",
    re.ASCII,
)
DATED = re.compile(r"\d[年月日号]|第\d|\d季度|\d{4}[-./]\d", re.ASCII)
JOINTS = re.compile(r"[/\\.·每]")
IN_BRACKETS = re.compile(r"\(.*\)")
DATES = frozenset({"年", "月", "日", "号", "季度"})
DURATIONS = frozenset({"年", "月", "个月", "季度", "个季度"})
NO_UNIT = re.compile(r"[-~—–至到]|(?<![/\\.·每])[年月季]|[前后内]$")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
PLAIN = _NARROW | {ord("㎡"): "平方米", ord("㎥"): "立方米", ord("−"): "-"}
