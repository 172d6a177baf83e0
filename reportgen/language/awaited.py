"""Texts that are known only when the whole narrative is written: the captions of its charts.

What is awaited is printed as private-use characters and filled in at the end. It passes
filters, escapes and macros as a text does, for it has no digit and no letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Self

_OPEN, _CLOSE, _ZERO = "\ue007", "\ue008", 0xE010
_DIGITS = 7  # of a character's number
_AWAITED = re.compile(f"{_OPEN}([\ue010-\ue019]+){_CLOSE}")


class Awaited(str):
    """A text by the name under which it will be known.

    >>> filled("（" + Awaited("收入") + "）", lambda name: f"图1：{name}")
    '（图1：收入）'
    """

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str) -> Self:
        """What stands on the page meanwhile."""
        digits = "".join(f"{ord(sign):0{_DIGITS}d}" for sign in name)
        text = "".join(chr(_ZERO + int(digit)) for digit in digits)
        made = super().__new__(cls, f"{_OPEN}{text}{_CLOSE}")
        made.name = name
        return made


def filled(text: str, known: Callable[[str], str]) -> str:
    """A text with all that was awaited in it; ``known`` gives each by its name."""
    if _OPEN not in text:
        return text
    return _AWAITED.sub(lambda match: known(_name(match.group(1))), text)


def _name(text: str) -> str:
    digits = "".join(str(ord(sign) - _ZERO) for sign in text)
    return "".join(chr(int(digits[n : n + _DIGITS])) for n in range(0, len(digits), _DIGITS))
