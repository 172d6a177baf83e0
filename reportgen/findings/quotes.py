"""Quotes round a name that holds quotes itself: “三公”经费 stands in single ones."""

from __future__ import annotations


def told_apart(text: str) -> str:
    """Write quotes round other quotes as single ones; what stands in them is as it was typed.

    >>> told_apart("缺少““三公”经费”（未提供）。")
    '缺少‘“三公”经费’（未提供）。'
    >>> told_apart("请填“年度”或“单位”。"), told_apart("缺少“九、“三公”经费、“运行”经费”一节")
    ('请填“年度”或“单位”。', '缺少‘九、“三公”经费、“运行”经费’一节')
    >>> told_apart("缺了“三公”，多了”。"), told_apart("““三公”")
    ('缺了“三公”，多了”。', '““三公”')
    """
    if text.count("“") < 2:
        return text
    signs, opened = list(text), list[tuple[int, bool]]()
    for at, sign in enumerate(text):
        if sign == "“":
            if opened:
                opened[-1] = (opened[-1][0], True)
            opened.append((at, False))
        elif sign == "”" and not opened:
            return text
        elif sign == "”":
            start, holds_quotes = opened.pop()
            if holds_quotes:
                signs[start], signs[at] = "‘", "’"
    return text if opened else "".join(signs)
