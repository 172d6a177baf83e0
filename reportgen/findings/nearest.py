"""The nearest known name to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_DIGITS = str.maketrans("OIL", "011")


def nearest(word: str, choices: Iterable[str]) -> str:
    """Return a hint that names the closest choice, or an empty string.

    >>> nearest("收入总记", ["收入总计", "支出总计"])
    '是否应为“收入总计”？'
    >>> nearest("完全不同", ["abc"])
    ''
    """
    found = get_close_matches(word, list(choices), n=1, cutoff=0.5)
    return f"是否应为“{found[0]}”？" if found else ""


def mistaken(word: str, written: Iterable[str]) -> str:
    """Which of the texts that are written may stand for ``word``; an empty string where none.

    >>> mistaken("收入总计", ["收入总记", "支出"])
    '收入总记'
    """
    return next(iter(get_close_matches(word, list(written), n=1, cutoff=0.5)), "")


def nearest_code(word: str, codes: Iterable[str]) -> str:
    """Return a hint that names the closest code; letters that look like digits come first.

    >>> nearest_code("c10l", ["C106", "C101"])
    '是否应为“C101”？'
    """
    known = list(codes)
    letter, digits = word[:1].upper(), word[1:].upper().translate(_DIGITS)
    return nearest(letter + digits, known)
