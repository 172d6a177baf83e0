"""Texts that a template looks for before it prints them: they may stay unwritten."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

_TEXTS, _ABSENT = "文字", "缺"


def spared(test: nodes.Node) -> tuple[str, bool] | None:
    """The text that a condition looks for, and whether it is there where the condition holds.

    ``文字.人员情况 is 缺`` gives (人员情况, False), ``文字.人员情况`` alone (人员情况, True).
    """
    test, holds = _looked_for(test)
    name = text_name(test)
    return (name, holds) if name else None


def spared_by_name(test: nodes.Node, texts: Mapping[str, str]) -> str:
    """The text that a condition looks for under a name of the template's own; else ``""``.

    ``texts`` are the texts by those names: {% set 二级 = 文字.二级预算单位 %}{% if 二级 is 缺 %}.
    """
    test, _ = _looked_for(test)
    return texts.get(test.name, "") if isinstance(test, nodes.Name) else ""


def text_name(node: nodes.Node) -> str:
    """The text that an expression is: 文字.职责; "" for any other."""
    if not isinstance(node, nodes.Getattr) or not isinstance(node.node, nodes.Name):
        return ""
    return node.attr if node.node.name == _TEXTS else ""


def _looked_for(test: nodes.Node) -> tuple[nodes.Node, bool]:
    """What a condition looks for, without ``not`` and ``is 缺``, and whether it is there then."""
    holds = True
    while isinstance(test, nodes.Not):
        holds, test = not holds, test.node
    if isinstance(test, nodes.Test) and test.name == _ABSENT:
        holds, test = not holds, test.node
    return test, holds
