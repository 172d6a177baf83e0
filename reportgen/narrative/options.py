"""The options of filters: their Chinese names, and what each has to be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from reportgen.findings import nearest

_KEYWORDS = {
    "单位": "unit",
    "相等": "equal",
    "引语": "lead",
    "尾": "end",
    "式": "form",
    "去零": "trim",
    "写单位": "shows_unit",
    "零项": "zeros",
    "称": "called",
    "分隔": "separator",
    "栏": "column",
    "小数": "places",
}
_NAMES = {english: name for name, english in _KEYWORDS.items()}
_TRUTHS = ("trim", "shows_unit")
_PLACES = range(5)


def in_english(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options by the names of Python's parameters.

    >>> in_english({"式": "三公", "别的": 1})
    {'form': '三公', '别的': 1}
    """
    return {_KEYWORDS.get(name, name): option for name, option in options.items()}


def fault(name: str, option: Any, known: Collection[str]) -> tuple[str, str]:
    """What is wrong with an option of a filter that knows these, and the repair; or nothing.

    >>> fault("unit", 5, ["base", "unit"])
    ('过滤器的参数“单位”要写带引号的文字。', "如 单位='……'。")
    >>> fault("trim", "是", ["trim"])
    ('过滤器的参数“去零”要写 true 或 false。', '不加引号。')
    >>> fault("places", 5, ["places"])
    ('过滤器的参数“小数”要写 0 到 4 的整数。', '不加引号。')
    >>> fault("单味", "元", ["base", "unit"])
    ('这个过滤器没有参数“单味”。', '是否应为“单位”？')
    >>> fault("base", 5, ["base"]), fault("form", "三公", ["form"])
    (('', ''), ('', ''))
    """
    shown = _NAMES.get(name, name)
    if name not in known:
        own = [_NAMES[key] for key in known if key in _NAMES]
        hint = nearest(shown, own) or f"可用：{'、'.join(own) or '无'}。"
        return f"这个过滤器没有参数“{shown}”。", hint
    if name in _TRUTHS and not isinstance(option, bool):
        return f"过滤器的参数“{shown}”要写 true 或 false。", "不加引号。"
    if name == "places":
        if type(option) is int and option in _PLACES:
            return "", ""
        return f"过滤器的参数“{shown}”要写 0 到 4 的整数。", "不加引号。"
    if name in _NAMES and name not in _TRUTHS and not isinstance(option, str):
        return f"过滤器的参数“{shown}”要写带引号的文字。", f"如 {shown}='……'。"
    return "", ""
