"""Sentences that one template takes from another: what a file exports, and who asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from jinja2 import nodes

from reportgen.findings import Findings, Place, nearest


def exports(tree: nodes.Template) -> set[str]:
    """Macros, imports and settings of the top level: blocks and other templates see them."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, nodes.Macro):
            found.add(node.name)
        elif isinstance(node, nodes.FromImport):
            found.update(here for _, here in _imported(node))
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            found.add(node.target.name)
    return found


def check_imports(
    imports: Iterable[tuple[str, nodes.FromImport]],
    exported: Mapping[str, AbstractSet[str]],
    findings: Findings,
) -> None:
    """What a template imports from another one stands there; if not: T101 at its line."""
    for file, node in imports:
        source = node.template.value if isinstance(node.template, nodes.Const) else ""
        if source not in exported:
            continue  # told already: there is no such file, or it can't be parsed
        known = exported[source]
        for name, _ in _imported(node):
            if name not in known:
                hint = nearest(name, known) or f"可用：{'、'.join(sorted(known)) or '无'}。"
                message = f"“{source}”里没有“{name}”。"
                findings.error("T101", Place.line(file, node.lineno), message, hint)


def _imported(node: nodes.FromImport) -> Iterator[tuple[str, str]]:
    """What is imported: its name in the other file and its name here."""
    for name in node.names:
        yield (name, name) if isinstance(name, str) else name
