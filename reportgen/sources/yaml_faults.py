"""What is wrong with a text that is no YAML, in the words of those who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

_LONGEST = 1000
_DUPLICATE = re.compile(r'found duplicate key "(.+?)" with value')
_COLON = re.compile(r"(?:- +)?(\w+)\s*(：|:(?=\S))\s*(.*)")
_NEAR = 3  # lines above the one where YAML gives up
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_UNQUOTED = re.compile(
    r"(?:(\w+):\s)?([^\s{}:,\[\]]*\{[^{}:,\[\]]+\}(?:[^{}:,\[\]]|\{[^{}:,]+\})*)"
)
"""A text with a slot where no quotes stand, and the key before it."""


def twice(error: DuplicateKeyError) -> str:
    """Which key of a map stands in it twice."""
    found = _DUPLICATE.match(error.problem or "")
    return f"“{found[1]}”写了两次。" if found else "这一项写了两次。"


def repair(text: str, error: MarkedYAMLError) -> str:
    """What to mend: most often it is a text with a slot, which has no quotes."""
    hint = "请检查冒号、缩进和引号。"
    mark = error.problem_mark
    lines = text.splitlines()
    line = lines[mark.line][:_LONGEST] if mark and mark.line < len(lines) else ""
    colon = _colon(lines, mark.line) if mark else ""
    if colon:
        return colon
    found = _UNQUOTED.search(_STRING.sub("", line.partition(" #")[0]))
    if found is None:
        return hint
    key, value = found[1], found[2].strip()
    shown = f'{key}: "{value}"' if key else f'"{value}"'
    return f"带填空 {{……}} 的文字要加引号，写成 {shown}。"


def _colon(lines: Sequence[str], last: int) -> str:
    """What to do about a colon that YAML doesn't take for one: 年度：2021, 年度:2021."""
    for number in range(min(last, len(lines) - 1), max(last - _NEAR, -1), -1):
        found = _COLON.fullmatch(lines[number][:_LONGEST].partition(" #")[0].strip())
        if found:
            which = "是全角的" if found[2] == "：" else "后面没有空格"
            shown = f"{found[1]}: {found[3]}".strip()
            return f"第{number + 1}行的冒号{which}，请用半角冒号，后面空一格，写成 {shown}。"
    return ""
