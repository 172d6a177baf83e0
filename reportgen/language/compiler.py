"""Templates compiled so that every round, call, text and list is paid for.

Jinja's sandbox asks before it calls and looks up; it does not count. This generator writes
one call into every block of statements (the body of a loop, a macro, a branch, a template)
and one around everything that makes a text or a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from reportgen.language.equality import EQUALITIES
from reportgen.language.limits import SHORT
from reportgen.language.marks import tells
from reportgen.model import BUDGET

COMPOSED = "_composed"
"""The filter through which ``{% set %}…{% endset %}`` passes: what it holds is escaped."""


class CountingGenerator(CodeGenerator):
    """Writes ``environment.tick`` and ``environment.made`` into the compiled template."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Begin every block with its price: one step, and the text it prints."""
        body = list(nodes)
        self.writeline(f"environment.tick({self._text(body)})")
        super().blockvisit(body, frame)

    def _text(self, body: Iterable[nodes.Node]) -> int:
        """How many characters a block prints at most, texts longer than SHORT apart."""
        printed = (node.nodes for node in body if isinstance(node, nodes.Output))
        return sum(self.length(part) for parts in printed for part in parts)

    def length(self, part: nodes.Expr) -> int:
        """How many characters a part of an output prints, as far as that is known."""
        return len(part.data) if isinstance(part, nodes.TemplateData) else SHORT

    def _made(self, visit: Callable[[Any, Frame], None], node: nodes.Node, frame: Frame) -> None:
        self.write("environment.made(")
        visit(node, frame)
        self.write(")")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Output; a number typed into a tag is a text of the template."""
        node.nodes = [typed(part) for part in node.nodes]
        super().visit_Output(node, frame)

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        """A constant; the gate tells texts typed into a tag from those of an input."""
        if isinstance(node.value, str) and tells(node.value):
            self.write(f"environment.typed({node.value!r})")
        else:
            super().visit_Const(node, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """A loop; an item that its condition leaves out is a step as well."""
        if node.test is not None:
            node.test = nodes.Compare(node.test, [], lineno=node.lineno)
        super().visit_For(node, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        """A list, weighed."""
        self._made(super().visit_List, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        """A map, weighed."""
        self._made(super().visit_Dict, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        """A tuple, weighed, unless it names what is assigned to."""
        if node.ctx == "load":
            self._made(super().visit_Tuple, node, frame)
        else:
            super().visit_Tuple(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """An attribute; ``.预算`` is the budget of the kind that the report speaks of."""
        if node.attr not in (BUDGET, f"{BUDGET}原因"):
            super().visit_Getattr(node, frame)
            return
        self.write("environment.budgeted(context, ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        """What a filter makes, weighed."""
        self._made(super().visit_Filter, node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        """An item; a piece of a text or list is a copy and weighed."""
        if isinstance(node.arg, nodes.Slice):
            self._made(super().visit_Getitem, node, frame)
        else:
            super().visit_Getitem(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Texts joined by ~; lists and numbers are no texts."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        """A comparison: one step, for long lists are compared item by item."""
        signs = tuple(operand.op for operand in node.ops)
        if EQUALITIES.isdisjoint(signs):
            self.write("(environment.tick() or ")
            super().visit_Compare(node, frame)
            self.write(")")
            return
        self.write(f"environment.compared(context, {signs!r}, (")
        for side in (node.expr, *(operand.expr for operand in node.ops)):
            self.visit(side, frame)
            self.write(", ")
        self.write("))")


def keep_composed(tree: nodes.Template) -> None:
    """A text set as a block was escaped piece by piece; it is no text of an input."""
    for node in tree.find_all(nodes.AssignBlock):
        if node.filter is None:
            node.filter = nodes.Filter(None, COMPOSED, [], [], None, None, lineno=node.lineno)


def typed(part: nodes.Expr) -> nodes.Expr:
    """A whole number typed into a tag as the text it prints; anything else as it is."""
    if isinstance(part, nodes.Const) and type(part.value) is int:
        return nodes.TemplateData(str(part.value), lineno=part.lineno)
    return part
