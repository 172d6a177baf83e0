"""Templates that yield bytes: fixed text is encoded once, when the template is compiled.

A document.xml is mostly fixed text; joining and encoding it anew for every record would
cost more than all tags together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import Template, nodes
from jinja2.compiler import Frame
from jinja2.runtime import Context

from reportgen.language import ReportEnvironment
from reportgen.language.compiler import COMPOSED, CountingGenerator, typed
from reportgen.language.environment import Safe, as_syntax_error, finalizer
from reportgen.language.limits import SHORT
from reportgen.language.marks import quoted, quoted_bytes, strip
from reportgen.language.operators import Typed
from reportgen.render.word.merge import FUNCTION, STATES, merge
from reportgen.render.word.simple import FreeName, FreeRun, parse_folded
from reportgen.render.word.tabs import SEEN, TAB
from reportgen.render.word.xml import is_special

_FIXED = "fixed_"
_COMPOSED_KINDS = (Safe, Typed)


class ByteGenerator(CountingGenerator):
    """Writes what goes straight to the document as bytes; macros and sets stay text."""

    _direct = False

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """The module; its fixed texts stand at the end, each once: table rows repeat them."""
        self._fixed: dict[bytes, int] = {}
        super().visit_Template(node, frame)
        for text, number in self._fixed.items():
            self.writeline(f"{_FIXED}{number} = {text!r}")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Output; only where it isn't gathered in a buffer does it go to the document."""
        self._direct = frame.buffer is None and not frame.require_output_check
        if not self._direct:
            node.nodes = [part for item in node.nodes for part in _expanded(item)]
            super().visit_Output(node, frame)
            return
        for part in map(typed, node.nodes):
            if isinstance(part, nodes.TemplateData):
                self.writeline(f"yield {self._fixed_name(part.data)}", part)
            elif isinstance(part, nodes.Const) and isinstance(part.value, FreeRun):
                self._write_run(part.value)
            else:
                self.writeline("yield environment.printed(context, ", part)
                self.visit(part, frame)
                self.write(")")

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        """A constant, or a name of a free run that is gathered in a buffer."""
        if isinstance(node.value, FreeName):
            self.write(f"context.resolve({str(node.value)!r})")
        else:
            super().visit_Const(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call; a merged cell asks thirty times a form, so it goes straight to its answer."""
        if not (isinstance(node.node, nodes.Name) and node.node.name == FUNCTION):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("environment.merged(context, ")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def length(self, part: nodes.Expr) -> int:
        """How many characters a part prints; a run is as long as its pieces."""
        if isinstance(part, nodes.Const) and isinstance(part.value, FreeRun):
            return sum(SHORT if is_name else len(text) for text, _, is_name in part.value)
        return super().length(part)

    def _write_run(self, run: FreeRun) -> None:
        """Fixed texts and names of the context, which need no variables of their own."""
        for text, line, is_name in run:
            if line != self._last_line:
                self._write_debug_info = self._last_line = line
            if is_name:
                self.writeline(f"yield environment.printed(context, context.resolve({text!r}))")
            else:
                self.writeline(f"yield {self._fixed_name(text)}")

    def _fixed_name(self, text: str) -> str:
        return f"{_FIXED}{self._fixed.setdefault(text.encode('utf-8'), len(self._fixed))}"


def _expanded(node: nodes.Expr) -> Iterable[nodes.Expr]:
    """A free run as nodes of Jinja, for what isn't written straight to the document."""
    if isinstance(node, nodes.Const) and isinstance(node.value, FreeRun):
        return node.value.nodes()
    return [node]


class WordEnvironment(ReportEnvironment):
    """The environment of Word templates: yields bytes, and reads plain tags by itself."""

    code_generator_class = ByteGenerator

    def __init__(self, escape: Callable[[str], str], **options: Any) -> None:
        super().__init__(lambda text: escape(quoted(text)), **options)
        self.printed = printed(finalizer(escape))
        self.merged = merge

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        whole = super()._parse
        with as_syntax_error(name):
            return parse_folded(source, lambda text: whole(text, name, filename))


def printed(finalize: Callable[..., Any]) -> Callable[[Context, Any], bytes]:
    """Return what turns a value into bytes: plain short texts at once, the rest by ``finalize``."""

    def to_bytes(context: Context, value: Any) -> bytes:
        if type(value) is str and len(value) <= SHORT:
            is_common = value.isprintable() and not ("&" in value or "<" in value or ">" in value)
            if is_common or not is_special(value):
                return value.encode("utf-8")
        text = finalize(context, value)
        if TAB in text:
            context[STATES][SEEN] = True
        data = strip(text).encode("utf-8") if type(value) is int else text.encode("utf-8")
        if isinstance(value, _COMPOSED_KINDS):
            context[STATES].setdefault(COMPOSED, []).append(data)
        return data

    return to_bytes


def render_chunks(template: Template, context: Mapping[str, Any]) -> list[bytes]:
    """Render a template that was compiled with ByteGenerator: fixed texts and values in turn."""
    try:
        return list(template.root_render_func(template.new_context(dict(context))))  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - Jinja puts the template's lines into the traceback
        template.environment.handle_exception()
        raise AssertionError("unreachable") from None


def fixed_texts(template: Template) -> dict[int, bytes]:
    """The fixed texts of a template that was compiled with ByteGenerator, by their identity.

    So a rendering whose marks nobody asks for costs nothing more: values are told from the
    template's own texts when somebody does.
    """
    names = template.root_render_func.__globals__
    return {id(value): value for name, value in names.items() if name.startswith(_FIXED)}


def with_quotes(
    chunks: Iterable[bytes], fixed: Mapping[int, bytes], composed: Iterable[bytes]
) -> bytes:
    """The rendered text with every value of an input marked, but those that were marked before."""
    own = fixed.keys() | {id(chunk) for chunk in composed}
    return b"".join(chunk if id(chunk) in own else quoted_bytes(chunk) for chunk in chunks)
