"""Expressions of rules: parsed by Jinja, each side of a comparison on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from reportgen.errors import ExpressionError
from reportgen.language.environment import ReportEnvironment
from reportgen.language.messages import chinese

_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_DECIMAL = "十进制"


@dataclass(frozen=True)
class Expression:
    """A compiled expression and the names that it asks for."""

    source: str
    names: frozenset[str]
    template: Any

    def scope(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """The names of ``context`` and of the language; made once, it serves many expressions."""
        return {**self.template.globals, **context, _DECIMAL: Decimal}

    def __call__(self, context: Mapping[str, Any]) -> Any:
        """Evaluate with the names of ``context``."""
        known = context if _DECIMAL in context else self.scope(context)
        namespace = self.template.new_context(known, shared=True)
        for _ in self.template.root_render_func(namespace):
            pass
        return namespace.vars["result"]


@dataclass(frozen=True)
class Comparison:
    """``left sign right``; a bare expression has no right side and must be true."""

    left: Expression
    sign: str = ""
    right: Expression | None = None


@lru_cache(maxsize=4096)
def compile_expression(environment: ReportEnvironment, source: str) -> Expression:
    """Compile a value; ExpressionError where the text is no expression."""
    return _compile(environment, _parse(environment, source), source)


@lru_cache(maxsize=4096)
def compile_rule(environment: ReportEnvironment, source: str) -> tuple[Comparison, ...]:
    """Compile a condition into comparisons that all must hold."""
    node = _parse(environment, source)
    return tuple(_comparisons(environment, node, source))


def _parse(environment: ReportEnvironment, source: str) -> nodes.Expr:
    try:
        tree = environment.parse("{{ " + source + " }}")
    except TemplateSyntaxError as error:
        raise ExpressionError(f"表达式“{source}”有误：{chinese(str(error.message))}。") from error
    output = tree.body[0] if len(tree.body) == 1 else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise ExpressionError(f"“{source}”不是一个表达式。")
    return output.nodes[0]


def _comparisons(environment: ReportEnvironment, node: nodes.Expr, source: str) -> list[Comparison]:
    if isinstance(node, nodes.And):
        first = _comparisons(environment, node.left, source)
        return first + _comparisons(environment, node.right, source)
    if not isinstance(node, nodes.Compare) or any(op.op not in _SIGNS for op in node.ops):
        return [Comparison(_compile(environment, node, source))]
    found: list[Comparison] = []
    left: nodes.Expr = node.expr
    for operand in node.ops:
        sides = (_compile(environment, side, source) for side in (left, operand.expr))
        found.append(Comparison(next(sides), _SIGNS[operand.op], next(sides)))
        left = operand.expr
    return found


def _compile(environment: ReportEnvironment, node: nodes.Expr, source: str) -> Expression:
    node = _with_decimals(node)
    body: list[nodes.Node] = [nodes.Assign(nodes.Name("result", "store"), node, lineno=1)]
    tree = nodes.Template(body, lineno=1)
    tree.set_environment(environment)
    try:
        names = frozenset(find_undeclared_variables(tree)) - {_DECIMAL}
        return Expression(source, names, environment.from_string(tree))
    except TemplateSyntaxError as error:
        raise ExpressionError(f"表达式“{source}”有误：{chinese(str(error.message))}。") from error


def _with_decimals(node: nodes.Expr) -> nodes.Expr:
    """Replace every float literal by an exact decimal, before anything is compiled."""
    if isinstance(node, nodes.Const) and isinstance(node.value, float):
        text = nodes.Const(repr(node.value), lineno=1)
        return nodes.Call(nodes.Name(_DECIMAL, "load", lineno=1), [text], [], None, None, lineno=1)
    for name, value in list(node.iter_fields()):
        if isinstance(value, nodes.Expr):
            setattr(node, name, _with_decimals(value))
        elif isinstance(value, list):
            items = [_with_decimals(i) if isinstance(i, nodes.Expr) else i for i in value]
            setattr(node, name, items)
    return node
