"""What a template that extends another writes in vain: blocks and words that nothing prints."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from jinja2 import nodes

from reportgen.findings import nearest


def unprinted(
    name: str, trees: Mapping[str, nodes.Template], sections: Collection[str]
) -> Iterator[tuple[int, str, str]]:
    """(line, message, repair) of each block that no parent has, and of words outside blocks.

    The ``sections`` of a bundle are printed by their blocks, whatever the parents have.
    """
    body = trees[name].body
    if not any(isinstance(node, nodes.Extends) for node in body):
        return
    known = {*sections, *(block.name for block in _inherited(name, trees))}
    for node in body:
        if isinstance(node, nodes.Block) and node.name not in known:
            hint = nearest(node.name, known) or "请核对名称，或写进 bundle.yaml 的“章节”。"
            yield node.lineno, f"上级没有“{node.name}”这个 block，写了也不印。", hint
        elif isinstance(node, nodes.Output) and _says_something(node):
            yield _line(node), "这里的文字在 block 以外，写了也不印。", "请移到 block 里，或删去。"


def _inherited(name: str, trees: Mapping[str, nodes.Template]) -> Iterator[nodes.Block]:
    """The blocks of all that a template extends."""
    seen = {name}
    while True:
        above = [
            node.template.value
            for node in trees[name].find_all(nodes.Extends)
            if isinstance(node.template, nodes.Const)
        ]
        if not above or above[0] not in trees or above[0] in seen:
            return
        name = above[0]
        seen.add(name)
        yield from trees[name].find_all(nodes.Block)


def _says_something(output: nodes.Output) -> bool:
    return any(
        not isinstance(node, nodes.TemplateData) or node.data.strip() for node in output.nodes
    )


def _line(output: nodes.Output) -> int:
    """The line of the first word."""
    first = output.nodes[0]
    if not isinstance(first, nodes.TemplateData):
        return output.lineno
    blank = first.data[: len(first.data) - len(first.data.lstrip())]
    return first.lineno + blank.count("\n")
