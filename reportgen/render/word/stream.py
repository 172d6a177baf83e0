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

from reportgen.language.compiler import CountingGenerator
from reportgen.language.limits import SHORT


class ByteGenerator(CountingGenerator):
    """Writes what goes straight to the document as bytes; macros and sets stay text."""

    _direct = False

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Output; only where it isn't gathered in a buffer does it go to the document."""
        self._direct = frame.buffer is None
        super().visit_Output(node, frame)

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        text = "".join(group)
        return repr(text.encode("utf-8")) if self._direct else repr(text)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._direct:
            self.write("environment.printed(context, ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._direct:
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)


def printed(finalize: Callable[..., Any]) -> Callable[[Context, Any], bytes]:
    """Return what turns a value into bytes: plain short texts at once, the rest by ``finalize``."""

    def to_bytes(context: Context, value: Any) -> bytes:
        if (
            type(value) is str
            and len(value) <= SHORT
            and value.isprintable()
            and not ("&" in value or "<" in value or ">" in value)
        ):
            return value.encode("utf-8")
        return str(finalize(context, value)).encode("utf-8")

    return to_bytes


def render_bytes(template: Template, context: Mapping[str, Any]) -> bytes:
    """Render a template that was compiled with ByteGenerator."""
    try:
        return b"".join(template.root_render_func(template.new_context(dict(context))))  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - Jinja puts the template's lines into the traceback
        template.environment.handle_exception()
        raise AssertionError("unreachable") from None
