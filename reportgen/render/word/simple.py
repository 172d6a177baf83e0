"""Plain tags such as ``{{ 单位 }}`` read without Jinja's lexer and parser.

A drawn table has a plain tag in every cell, thousands of them between long pieces of XML.
Jinja gets the source with every run of XML and plain tags folded into one short word; in the
tree that it returns the words are unfolded again. What isn't plain is Jinja's alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jinja2 import nodes

_TAG = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_PLAIN = re.compile(r"{{\s*([^\W\d]\w*)\s*}}")
_WORDS = frozenset(
    {"true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if", "else"}
)
_UNSAFE = re.compile(r"{%\s*raw\b|{%[-+]|[-+]%}|{{[-+]|[-+]}}|{#-|-#}")
_KNOWN = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
_TAG_START = re.compile(r"{[{%#]")
_OPEN, _CLOSE = "\ue120", "\ue121"
_FOLDED = re.compile(f"{_OPEN}(\\d+)\n*{_CLOSE}")


Piece = tuple[str, int, bool]
"""A piece of XML or the name of a plain tag: the text, its line, whether it is a name."""
Run = list[Piece]


class FreeName(str):
    """A name of the context that stands where Jinja has written its variables already."""

    __slots__ = ()


class FreeRun(tuple[Piece, ...]):
    """Pieces that ask for nothing but names of the context: the generator writes them itself."""

    __slots__ = ()

    def nodes(self) -> Iterator[nodes.Expr]:
        """The same as nodes of Jinja."""
        for text, line, is_name in self:
            if is_name:
                yield nodes.Const(FreeName(text), lineno=line)
            else:
                yield nodes.TemplateData(text, lineno=line)


Parse = Callable[[str], nodes.Template]


def parse_folded(source: str, parse: Parse) -> nodes.Template:
    """Parse a template; ``parse`` is Jinja's own and decides wherever it is in doubt."""
    if _UNSAFE.search(source) or _OPEN in source:
        return parse(source)
    runs: list[Run] = []
    folded = "".join(_fold(source, runs))
    if _TAG_START.search(_TAG.sub("", source)) or any(map(_is_cut, _TAG.findall(folded))):
        return parse(source)
    tree = parse(folded)
    bound = _bound(tree)
    for output in tree.find_all(nodes.Output):
        output.nodes = [part for node in output.nodes for part in _unfold(node, runs, bound)]
    return tree


def _is_cut(tag: str) -> bool:
    """Whether what looks like a tag's end stands in a string of the tag."""
    return bool(tag.count('"') % 2 or tag.count("'") % 2)


def _bound(tree: nodes.Template) -> frozenset[str]:
    """Every name that a template sets somewhere: by a loop, an assignment, a macro."""
    names = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    names |= {macro.name for macro in tree.find_all(nodes.Macro)}
    return frozenset(names) | _KNOWN


def _fold(source: str, runs: list[Run]) -> Iterator[str]:
    """The tags that aren't plain as they stand, and a word for everything between them."""
    run: Run = []
    line, begun, position = 1, 1, 0
    for match in _TAG.finditer(source):
        text = source[position : match.start()]
        if text:
            run.append((text, line, False))
        line += text.count("\n")
        tag = match.group()
        plain = _PLAIN.fullmatch(tag)
        if plain and plain.group(1) not in _WORDS:
            run.append((plain.group(1), line, True))
            line += tag.count("\n")
        else:
            yield _word(run, runs, line - begun)
            yield tag
            line += tag.count("\n")
            run, begun = [], line
        position = match.end()
    rest = source[position:]
    if rest:
        run.append((rest, line, False))
    yield _word(run, runs, line + rest.count("\n") - begun)


def _word(run: Run, runs: list[Run], lines: int) -> str:
    """The word that stands for a run, with as many line ends as it has."""
    if not run:
        return ""
    runs.append(run)
    line_ends = "\n" * lines
    return f"{_OPEN}{len(runs) - 1}{line_ends}{_CLOSE}"


def _unfold(node: nodes.Expr, runs: list[Run], bound: frozenset[str]) -> Iterator[nodes.Expr]:
    match = _FOLDED.fullmatch(node.data) if isinstance(node, nodes.TemplateData) else None
    if match is None:
        yield node
        return
    free: Run = []
    for piece in runs[int(match.group(1))]:
        text, line, is_name = piece
        if is_name and text in bound:
            yield nodes.Const(FreeRun(free), lineno=line)
            yield nodes.Name(text, "load", lineno=line)
            free = []
        else:
            free.append(piece)
    yield nodes.Const(FreeRun(free), lineno=node.lineno)
