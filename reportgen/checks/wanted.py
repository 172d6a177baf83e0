"""What templates ask users for: last years, budgets, uses, texts; found without rendering."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeGuard

from jinja2 import TemplateError, nodes

from reportgen.checks.questions import THIS_YEAR, Subject, Text, Wanted
from reportgen.checks.spared import spared, spared_by_name, text_name
from reportgen.checks.template import Parsed, parsed, templates_of
from reportgen.language import ReportEnvironment
from reportgen.model import BUDGET, LEVELS, RELATIONS, USE
from reportgen.narrative import FILTERS, TESTS

_BASES = (*RELATIONS, BUDGET)
_ROWS = ("行", *LEVELS)
_LISTING = ("列示", "非零")
_SUBJECTS = "科目说明"
_DEEPEST = 8
_Scope = dict[str, tuple[Subject, ...]]
"""What local names stand for: one subject, each of a list, or none that users know of."""


def wanted(environment: ReportEnvironment, names: Sequence[str], tables: Sequence[str]) -> Wanted:
    """What the templates ask for, with all that they extend or include.

    A block that a child writes anew counts as the child writes it.
    """
    found = [t for _, _, t in templates_of(environment, names) if not isinstance(t, TemplateError)]
    walk = _Walk(frozenset(tables), _macros(found))
    for template in found:
        walk.template(template)
    return walk.wanted


def wanted_by_rules(
    environment: ReportEnvironment, conditions: Iterable[str], tables: Sequence[str]
) -> Wanted:
    """What the conditions of rules ask for; one that can't be read is a finding elsewhere."""
    walk = _Walk(frozenset(tables), {})
    for condition in conditions:
        with suppress(TemplateError):
            walk.template(parsed(environment, f"{{{{ {condition} }}}}", "rules.yaml"))
    return walk.wanted


def _macros(templates: Sequence[Parsed]) -> Mapping[str, nodes.Macro]:
    """Every macro by name; those of a child come first."""
    found = [macro for template in reversed(templates) for macro in template.of(nodes.Macro)]
    return {macro.name: macro for macro in found}


@cache
def _base(kind: str, name: str) -> tuple[int, str] | None:
    """Which argument of a filter or test is the base to compare with, and its default."""
    function: Callable[..., Any] | None = (FILTERS if kind == "filter" else TESTS).get(name)
    parameters = [*inspect.signature(function).parameters.values()] if function else []
    # the scope and the figure come before the arguments that authors write
    for number, parameter in enumerate(parameters[2:]):
        if parameter.default in _BASES:
            return number, str(parameter.default)
    return None


@dataclass
class _Walk:
    """One pass over the templates, with what their local names stand for."""

    tables: frozenset[str]
    macros: Mapping[str, nodes.Macro]
    wanted: Wanted = field(default_factory=Wanted)
    _blocks: set[str] = field(default_factory=set)
    _depth: int = 0
    _block: str = ""
    _when: str = ""
    _spared: frozenset[str] = frozenset()
    _named: dict[str, str] = field(default_factory=dict)

    def template(self, template: Parsed) -> None:
        """Walk a template; its blocks are not walked in its parents."""
        self._nodes(template.tree.body, {})
        self._blocks.update(block.name for block in template.of(nodes.Block))

    def _nodes(self, found: Sequence[nodes.Node], scope: _Scope) -> None:
        for node in found:
            self._node(node, scope)

    def _node(self, node: nodes.Node, scope: _Scope) -> None:
        kind = type(node)
        if kind is nodes.Macro or (isinstance(node, nodes.Block) and node.name in self._blocks):
            return
        if isinstance(node, nodes.For):
            self._loop(node, scope)
            return
        if isinstance(node, nodes.If):
            self._condition(node, scope)
            return
        if isinstance(node, nodes.Block):
            self._block = node.name
        if isinstance(node, nodes.Assign):
            self._bind(node.target, node.node, scope)
            if isinstance(node.target, nodes.Name):
                self._named[node.target.name] = text_name(node.node)
        handler = _HANDLERS.get(kind)
        if handler:
            handler(self, node, scope)
        self._nodes([*node.iter_child_nodes()], scope)

    def _loop(self, node: nodes.For, scope: _Scope) -> None:
        """The body once, or once for each item of a list that is written out.

        {% for 评 in 评价 %}: what is asked only where the list is not empty.
        """
        self._node(node.iter, scope)
        outer = self._when
        items = node.iter.items if isinstance(node.iter, nodes.List | nodes.Tuple) else [node.iter]
        for item in items:
            own = dict(scope)
            self._bind(node.target, item, own)
            if isinstance(node.iter, nodes.Name) and node.iter.name not in scope:
                self._when = node.iter.name
            self._nodes([*filter(None, [node.test]), *node.body], own)
            self._when = outer
            self._nodes(node.else_, own)

    def _condition(self, node: nodes.If, scope: _Scope) -> None:
        """{% if 评价 %}: a list that may stay empty, and what is asked only where it is not.

        {% if 文字.人员情况 is 缺 %}: a text that may stay unwritten.
        """
        text = spared(node.test)
        if text is not None:
            name, holds = text
            there, gone = node.body, [*node.elif_, *node.else_]
            there, gone = (there, gone) if holds else (gone, there)
            self._nodes(gone, scope)
            outer_spared, self._spared = self._spared, self._spared | {name}
            self._nodes(there, scope)
            self._spared = outer_spared
            return
        self._node(node.test, scope)
        named = spared_by_name(node.test, self._named)
        if named:
            self._text(named).may_lack = True
        bare = node.test.node if isinstance(node.test, nodes.Not) else node.test
        outer = self._when
        if isinstance(bare, nodes.Name):
            self.wanted.optional.add(bare.name)
            self._when = bare.name if bare is node.test else outer
        self._nodes(node.body, scope)
        self._when = outer
        self._nodes([*node.elif_, *node.else_], scope)

    def _bind(self, target: nodes.Node, value: nodes.Node, scope: _Scope) -> None:
        if isinstance(target, nodes.Tuple) and isinstance(value, nodes.Tuple | nodes.List):
            for part, item in zip(target.items, value.items, strict=False):
                self._bind(part, item, scope)
        elif isinstance(target, nodes.Name):
            scope[target.name] = self._subjects(value, scope)

    def _subjects(self, node: nodes.Node | None, scope: _Scope) -> tuple[Subject, ...]:
        """What an expression speaks of, one by one; () where users are asked about nothing."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name, ((node.name,),))
        if isinstance(node, nodes.List | nodes.Tuple):
            return tuple(found for item in node.items for found in self._subjects(item, scope))
        if isinstance(node, nodes.CondExpr):
            return self._subjects(node.expr1, scope) + self._subjects(node.expr2, scope)
        if isinstance(node, nodes.Filter):
            subjects = self._subjects(node.node, scope)
            return tuple(s for s in subjects if node.name in _LISTING or len(s) == 2)
        return self._cells(node, scope)

    def _cells(self, node: nodes.Node | None, scope: _Scope) -> tuple[Subject, ...]:
        """表05.类, 表08['合计', '本年收入']."""
        owner = self._table(node, scope)
        if isinstance(node, nodes.Getattr) and owner and node.attr in _ROWS:
            return ((owner, "行"),)
        if isinstance(node, nodes.Getitem) and owner:
            keys = [*_constants(node.arg)]
            return ((owner, *keys),) if len(keys) == 2 else ()
        cell = self._row_cell(node, scope)
        if cell:
            return (cell,)
        if isinstance(node, nodes.Getitem) and any(_constants(node.arg)):  # 类['本年支出/合计']
            rows = self._subjects(node.node, scope)
            return tuple(row for row in rows if len(row) == 2 and row[1] == "行")
        return ()

    def _row_cell(self, node: nodes.Node | None, scope: _Scope) -> Subject:
        """表01.行['收入总计'], 表04.行['支出总计']['合计']; a row alone is its first figure."""
        keys: list[str] = []
        while isinstance(node, nodes.Getitem):
            keys[:0] = _constants(node.arg)
            node = node.node
        is_row = isinstance(node, nodes.Getattr) and node.attr == "行" and 0 < len(keys) <= 2
        owner = self._table(node, scope) if is_row else ""
        return (owner, *keys, "")[:3] if owner else ()

    def _table(self, node: nodes.Node | None, scope: _Scope) -> str:
        """The table that an attribute or an item is asked of."""
        if not isinstance(node, nodes.Getattr | nodes.Getitem):
            return ""
        found = self._subjects(node.node, scope)
        is_table = len(found) == 1 and len(found[0]) == 1 and found[0][0] in self.tables
        return found[0][0] if is_table else ""

    def ask(self, node: nodes.Node | None, relation: str, scope: _Scope) -> None:
        """Record that a relation is asked of what ``node`` speaks of."""
        for subject in self._subjects(node, scope):
            if subject[0] not in _BASES:
                self.wanted.relations.setdefault(subject, {})[relation] = None

    def attribute(self, node: nodes.Getattr, scope: _Scope) -> None:
        """收入总计.上年, 其他用车.用途, 文字.职责."""
        if isinstance(node.node, nodes.Name) and node.node.name == "文字":
            self._text(node.attr)
        elif node.attr == "分段" and isinstance(node.node, nodes.Getattr):
            self._text(node.node.attr).has_parts = True
        elif node.attr in (*_BASES, USE):
            self.ask(node.node, node.attr, scope)

    def name(self, node: nodes.Name, scope: _Scope) -> None:
        """收入总计, and whatever a local name stands for."""
        if node.ctx == "load":
            self.wanted.subjects = self.wanted.subjects or node.name == _SUBJECTS
            self.ask(node, THIS_YEAR, scope)

    def item(self, node: nodes.Getitem, scope: _Scope) -> None:
        """文字['职责'], 表08['合计', '本年收入']."""
        self.ask(node, THIS_YEAR, scope)
        if isinstance(node.node, nodes.Name) and node.node.name == "文字":
            for name in _constants(node.arg):
                self._text(name)

    def _text(self, name: str) -> Text:
        if name in self._spared:
            return Text(self._block)
        found = self.wanted.texts.setdefault(name, Text(self._block, self._when))
        if not self._when:
            found.when = ""
        return found

    def compared(self, node: nodes.Filter | nodes.Test, scope: _Scope) -> None:
        """收入总计|增减, 类|完成(年初预算), 类 is 有变化; and 绩效汇总|取('级次', '一级')."""
        kind = "filter" if isinstance(node, nodes.Filter) else "test"
        known = _base(kind, node.name)
        if known and node.node:
            number, default = known
            given = [*node.args[number : number + 1], *(pair.value for pair in node.kwargs)]
            bases = [arg.name for arg in given if isinstance(arg, nodes.Name)]
            plain = len(node.args) <= number
            named = next((base for base in bases if base in _BASES), default if plain else "")
            if named:
                self.ask(node.node, named, scope)
        if node.name == "取" and isinstance(node.node, nodes.Name) and len(node.args) == 2:
            column, value = (next(_constants(arg), "") for arg in node.args)
            columns = self.wanted.choices.setdefault(node.node.name, {})
            columns.setdefault(column, {})[value] = None

    def call(self, node: nodes.Call, scope: _Scope) -> None:
        """A macro: its body with what its arguments speak of; and what a chart compares."""
        given = {pair.key: pair.value for pair in node.kwargs}
        for base in _constants(given.get("对比", node)):
            self.ask(given.get("数据"), base, scope)
        macro = self.macros.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if macro is None or self._depth > _DEEPEST:
            return
        own = dict(scope)
        for parameter, argument in zip(macro.args, node.args, strict=False):
            own[parameter.name] = self._subjects(argument, scope)
        for pair in node.kwargs:
            own[pair.key] = self._subjects(pair.value, scope)
        self._depth += 1
        self._nodes(macro.body, own)
        self._depth -= 1


_HANDLERS: Mapping[type[nodes.Node], Callable[[_Walk, Any, _Scope], None]] = {
    nodes.Name: _Walk.name,
    nodes.Getattr: _Walk.attribute,
    nodes.Getitem: _Walk.item,
    nodes.Filter: _Walk.compared,
    nodes.Test: _Walk.compared,
    nodes.Call: _Walk.call,
}


def _constants(node: nodes.Node) -> Iterator[str]:
    """The texts of a constant, or of several in brackets (which may be folded into one)."""
    for item in node.items if isinstance(node, nodes.Tuple) else [node]:
        value = item.value if isinstance(item, nodes.Const) else None
        yield from (text for text in (value if isinstance(value, tuple) else [value]) if _is(text))


def _is(value: object) -> TypeGuard[str]:
    return isinstance(value, str)
