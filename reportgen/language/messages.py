"""What Jinja and Python say of a faulty template or expression, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

_TOKENS: Mapping[str, str] = MappingProxyType(
    {
        "end of print statement": "“}}”",
        "end of statement block": "“%}”",
        "end of template": "文件结尾",
        "name": "名称",
        "string": "文字",
        "integer": "整数",
        "float": "小数",
        "template data / text": "文字",
    }
)
_KINDS = {"filter": "过滤器", "test": "判断"}
_ENDS = frozenset({"}", "}}", "%}", "end of print statement", "end of statement block"})


def _token(name: str) -> str:
    return _TOKENS.get(name, f"“{name}”")


def _unexpected(found: re.Match[str]) -> str:
    name, wanted = found["name"], found["wanted"]
    if name in _ENDS:
        return f"没有写完，缺少{_token(wanted)}" if wanted else "没有写完"
    return f"多了{_token(name)}，这里应为{_token(wanted)}" if wanted else f"多了{_token(name)}"


def _expected(found: re.Match[str]) -> str:
    wanted, name = found["wanted"], found["name"]
    if wanted in _ENDS:
        return f"{_token(name)}处应当结束，或缺少运算符号"
    if name in _ENDS:
        return f"没有写完，缺少{_token(wanted)}"
    return f"{_token(name)}处应为{_token(wanted)}"


def _unclosed(found: re.Match[str]) -> str:
    return f"“{found['tag']}”没有结束，缺少“end{found['tag']}”"


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"unexpected '(?P<name>.+?)'(?:, expected '(?P<wanted>.+?)')?"), _unexpected),
    (re.compile(r"expected token '(?P<wanted>.+?)', got '(?P<name>.+?)'"), _expected),
    (
        re.compile(r"Expected an expression, got '(?P<name>.+?)'"),
        lambda found: f"{_token(found['name'])}前面缺少名称或式子",
    ),
    (
        re.compile(
            r"Unexpected end of template\..*needs to be closed is '(?P<tag>\w+)'", re.DOTALL
        ),
        _unclosed,
    ),
    (re.compile(r"Unexpected end of template"), lambda _found: "有的标签没有结束"),
    (
        re.compile(r"Encountered unknown tag '(?P<tag>\w+)'.*", re.DOTALL),
        lambda found: f"不认识标签“{found['tag']}”，或它没有对应的开头",
    ),
    (
        re.compile(r"unexpected char '(?P<sign>.+?)' at \d+", re.DOTALL),
        lambda found: f"有不能用的符号“{found['sign']}”",
    ),
    (
        re.compile(r"No (?P<kind>filter|test) named '(?P<name>.+?)'"),
        lambda found: (
            f"没有“{found['name']}”这个{'过滤器' if found['kind'] == 'filter' else '判断'}"
        ),
    ),
    (
        re.compile(r"block '(?P<name>.+?)' defined twice"),
        lambda found: f"块“{found['name']}”写了两次",
    ),
    (
        re.compile(r"\w+\(\) missing \d+ required (?:positional|keyword-only) arguments?: .*"),
        lambda _found: "过滤器或函数缺少参数",
    ),
    (
        re.compile(r"\w+\(\) takes .* positional arguments? but .* given"),
        lambda _found: "过滤器或函数的参数太多",
    ),
    (
        re.compile(r"\w+\(\) got an unexpected keyword argument '(?P<name>.+?)'"),
        lambda found: f"过滤器或函数没有“{found['name']}”这个参数",
    ),
    (
        re.compile(r"'(?P<sign>.+?)' not supported between instances of .*"),
        lambda found: f"“{found['sign']}”两边不能比较",
    ),
    (
        re.compile(r"unsupported operand type\(s\) for (?P<sign>\S+): .*"),
        lambda found: f"“{found['sign']}”两边不能计算",
    ),
    (re.compile(r"'(?P<kind>\w+)' object is not iterable"), lambda _found: "这里要用清单"),
)


def chinese(message: str) -> str:
    """A message in Chinese, without its full stop; one that is not known as it is.

    >>> chinese("unexpected '}', expected ')'"), chinese("unexpected ')'")
    ('没有写完，缺少“)”', '多了“)”')
    >>> chinese("expected token 'end of print statement', got '乙'")
    '“乙”处应当结束，或缺少运算符号'
    >>> chinese("Encountered unknown tag 'edfor'."), chinese("文件不是 UTF-8 编码")
    ('不认识标签“edfor”，或它没有对应的开头', '文件不是 UTF-8 编码')
    >>> chinese("share() missing 1 required positional argument: 'whole'")
    '过滤器或函数缺少参数'
    """
    plain = message.strip().rstrip("。.")
    for pattern, words in _PATTERNS:
        match = pattern.match(plain)
        if match:
            return words(match)
    return plain
