"""The nearest known name to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return a hint that names the closest choice, or an empty string.

    >>> nearest("收入总记", ["收入总计", "支出总计"])
    '是否应为“收入总计”？'
    >>> nearest("完全不同", ["abc"])
    ''
    """
    found = get_close_matches(word, list(choices), n=1, cutoff=0.5)
    return f"是否应为“{found[0]}”？" if found else ""
