"""An explanation as text: a title, and parts under their names."""

from __future__ import annotations

from collections.abc import Sequence


def explanation(title: str, parts: Sequence[tuple[str, str]]) -> str:
    """A title and the parts that are there, each under its name.

    >>> print(explanation("D999  甲", [("为什么重要", "乙。"), ("例", "")]))
    D999  甲
    <BLANKLINE>
    为什么重要
        乙。
    """
    shown = [title]
    for name, text in parts:
        if text:
            shown += ["", name, *(f"    {line}" for line in text.splitlines())]
    return "\n".join(shown)
