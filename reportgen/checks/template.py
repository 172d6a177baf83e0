"""The template gate: does a template ask only for names and filters that exist?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates, find_undeclared_variables

from reportgen.checks.imports import check_imports, exports
from reportgen.checks.unprinted import unprinted
from reportgen.findings import Findings, Place, nearest
from reportgen.language import ReportEnvironment
from reportgen.language.environment import KEPT_FILTERS, names_of
from reportgen.language.messages import chinese
from reportgen.model import BUDGET, RELATIONS, Absent, Figure

_Node = TypeVar("_Node", bound=nodes.Node)
_JINJA_NAMES = frozenset(
    {"super", "self", "loop", "caller", "varargs", "kwargs", "range", "namespace"}
)


def check_sources(
    environment: ReportEnvironment,
    names: Sequence[str],
    context: Mapping[str, Any],
    findings: Findings,
) -> bool:
    """Check templates and all that they extend or include; every fault at its line.

    Returns whether all of them can be compiled.
    """
    sound = True
    exported: dict[str, AbstractSet[str]] = {}
    imports: list[tuple[str, nodes.FromImport]] = []
    trees: dict[str, nodes.Template] = {}
    for name, _, template in templates_of(environment, names):
        if isinstance(template, TemplateSyntaxError):
            report_syntax(template, Place.line(name, template.lineno), findings)
            sound = False
        elif isinstance(template, TemplateError):
            findings.error("D101", Place(name), "找不到这个模板文件。", "请补上或改正文件名。")
            sound = False
        else:
            for line, message, code, hint in faults(template, environment, context):
                findings.error(code, Place.line(name, line), message, hint)
                sound = sound and code != "T104"
            trees[name] = template.tree
            exported[name] = exports(template.tree)
            imports += [(name, node) for node in template.of(nodes.FromImport)]
    for name in trees:
        for line, message, hint in unprinted(name, trees, context):
            findings.error("T109", Place.line(name, line), message, hint)
    check_imports(imports, exported, findings)
    return sound


def templates_of(
    environment: ReportEnvironment, names: Iterable[str]
) -> Iterator[tuple[str, str, Parsed | TemplateError]]:
    """Templates with all that they extend or include, each once: name, source and syntax.

    Of one that is missing or can't be parsed the error is given.
    """
    queue, seen = list(names), set()
    while queue:
        name = queue.pop(0)
        if name in seen or environment.loader is None:
            continue
        seen.add(name)
        source = ""
        try:
            source = environment.loader.get_source(environment, name)[0]
            template = parsed(environment, source, name)
        except (TemplateNotFound, TemplateSyntaxError) as error:
            yield name, source, error
            continue
        queue += template.references
        yield name, source, template


def report_syntax(
    error: TemplateSyntaxError, place: Place, findings: Findings, words: str = ""
) -> None:
    """A syntax error in Chinese, with the words around it and Jinja's own behind."""
    shown = f"（“{words}”）" if words else ""
    message = f"模板语法错误{shown}：{chinese(str(error.message))}。"
    findings.error("T102", place, message, "请检查标签是否成对、括号和引号是否齐全。")


@dataclass(frozen=True)
class Parsed:
    """A template's syntax tree, walked once: its nodes by kind, and the names that it asks for.

    ``references`` are the templates that it extends or includes.
    """

    tree: nodes.Template
    asked: frozenset[str]
    references: tuple[str, ...]
    kinds: Mapping[type[nodes.Node], Sequence[nodes.Node]]

    def of(self, kind: type[_Node]) -> Sequence[_Node]:
        """The nodes of a kind, from the first line on."""
        return cast(Sequence[_Node], self.kinds.get(kind, ()))


@lru_cache(maxsize=128)
def parsed(environment: ReportEnvironment, source: str, name: str) -> Parsed:
    """Parse a template, once for each text; TemplateSyntaxError where it can't be."""
    tree = environment.parse(source, name, name)
    kinds: dict[type[nodes.Node], list[nodes.Node]] = {}
    for node in tree.find_all(nodes.Node):
        kinds.setdefault(type(node), []).append(node)
    references = tuple(found for found in find_referenced_templates(tree) if found)
    return Parsed(tree, frozenset(_asked(tree, environment)), references, kinds)


def faults(
    template: Parsed, environment: ReportEnvironment, names: Mapping[str, Any] | None
) -> Iterator[tuple[int, str, str, str]]:
    """Yield (line, message, code, hint) for every unknown name, attribute and filter.

    With ``None`` for the names any name will do.
    """
    context, tree = names or {}, template.tree
    asked = template.asked if names is not None else frozenset()
    unknown = asked - context.keys() - _JINJA_NAMES - exports(tree)
    for node in template.of(nodes.Name):
        if node.ctx == "load" and node.name in unknown:
            hint = nearest(node.name, _names(context)) or "请用 templates fields 查名称。"
            yield node.lineno, f"未知的名称“{node.name}”。", "T101", hint
    for output in template.of(nodes.Output):
        for printed in output.nodes:
            yield from _bare(printed, context)
    for getter in template.of(nodes.Getattr):
        yield from _attribute(getter, context, unknown)
    for filtering in template.of(nodes.Filter):
        if filtering.name not in environment.filters:
            hint = (
                nearest(filtering.name, environment.filters) or "请用 templates fields 查过滤器。"
            )
            yield filtering.lineno, f"未知的过滤器“{filtering.name}”。", "T104", hint
    for test in template.of(nodes.Test):
        if test.name not in environment.tests:
            hint = (
                nearest(test.name, environment.tests) or f"可用：{'、'.join(environment.tests)}。"
            )
            yield test.lineno, f"未知的判断“{test.name}”。", "T104", hint


def _asked(tree: nodes.Template, environment: ReportEnvironment) -> set[str]:
    """The names that come from the context; Jinja looks only where all filters are known."""
    known = environment.overlay()
    known.filters = {f.name: names_of for f in tree.find_all(nodes.Filter)}
    known.tests = {t.name: names_of for t in tree.find_all(nodes.Test)}
    tree.set_environment(known)
    return find_undeclared_variables(tree)


def _names(context: Mapping[str, Any]) -> Iterable[str]:
    return (name for name in context if not name.startswith("_"))


def _bare(node: nodes.Node, context: Mapping[str, Any]) -> Iterator[tuple[int, str, str, str]]:
    """A figure that is printed as it is, or by way of ~, %, format, a list or a filter of Jinja."""
    name = _figure_name(node, context)
    if name:
        hint = f"请写成 {{{{ {name}|金额 }}}} 之类。"
        yield node.lineno, f"“{name}”没有格式就输出。", "T103", hint
    for part in _parts(node):
        yield from _bare(part, context)


def _figure_name(node: nodes.Node, context: Mapping[str, Any]) -> str:
    """The name under which a node stands for a figure; '' where it doesn't."""
    if isinstance(node, nodes.Getattr) and node.attr in (*RELATIONS, BUDGET):
        owner = _figure_name(node.node, context)
        return f"{owner}.{node.attr}" if owner else ""
    name = node.name if isinstance(node, nodes.Name) else ""
    return name if isinstance(context.get(name), Figure | Absent) else ""


_PARTS: Mapping[type[nodes.Node], Callable[[Any], Iterable[nodes.Node]]] = {
    nodes.Concat: lambda node: node.nodes,
    nodes.List: lambda node: node.items,
    nodes.Tuple: lambda node: node.items,
    nodes.Dict: lambda node: [pair.value for pair in node.items],
    nodes.Mod: lambda node: [node.left, node.right],
    nodes.CondExpr: lambda node: filter(None, [node.expr1, node.expr2]),
    nodes.Filter: lambda node: [node.node] if node.name in KEPT_FILTERS and node.node else [],
    nodes.Call: lambda node: node.args if isinstance(node.node, nodes.Getattr) else [],
}


def _parts(node: nodes.Node) -> Iterable[nodes.Node]:
    """What is printed along with a node: members of lists, operands of ~ and %, arguments."""
    return _PARTS.get(type(node), lambda _: ())(node)


def _attribute(
    node: nodes.Getattr, context: Mapping[str, Any], unknown: AbstractSet[str]
) -> Iterator[tuple[int, str, str, str]]:
    """An attribute of a top-level name that the value doesn't have."""
    if not isinstance(node.node, nodes.Name) or node.node.name in unknown:
        return
    value = context.get(node.node.name)
    known = names_of(value)
    if known and node.attr not in known and not isinstance(value, Mapping):
        hint = nearest(node.attr, known) or f"可用：{'、'.join(known)}。"
        yield node.lineno, f"“{node.node.name}”没有“{node.attr}”。", "T101", hint
