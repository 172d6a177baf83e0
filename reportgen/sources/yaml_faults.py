"""What is wrong with a text that is no YAML, in the words of those who wrote it."""

from __future__ import annotations

import re

from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

_LONGEST = 1000
_DUPLICATE = re.compile(r'found duplicate key "(.+?)" with value')
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
    found = _UNQUOTED.search(_STRING.sub("", line.partition(" #")[0]))
    if found is None:
        return hint
    key, value = found[1], found[2].strip()
    shown = f'{key}: "{value}"' if key else f'"{value}"'
    return f"带填空 {{……}} 的文字要加引号，写成 {shown}。"
