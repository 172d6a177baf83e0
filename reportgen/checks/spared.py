"""Texts that a template looks for before it prints them: they may stay unwritten."""

from __future__ import annotations

from jinja2 import nodes

_TEXTS, _ABSENT = "文字", "缺"


def spared(test: nodes.Node) -> tuple[str, bool] | None:
    """The text that a condition looks for, and whether it is there where the condition holds.

    ``文字.人员情况 is 缺`` gives (人员情况, False), ``文字.人员情况`` alone (人员情况, True).
    """
    holds = True
    while isinstance(test, nodes.Not):
        holds, test = not holds, test.node
    if isinstance(test, nodes.Test) and test.name == _ABSENT:
        holds, test = not holds, test.node
    if not isinstance(test, nodes.Getattr):
        return None
    is_text = isinstance(test.node, nodes.Name) and test.node.name == _TEXTS
    return (test.attr, holds) if is_text else None
