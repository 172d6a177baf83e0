"""One part of a Word template: body, header, footer, notes or properties, compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from jinja2 import Template

from reportgen.language import ReportEnvironment
from reportgen.language.compiler import COMPOSED
from reportgen.language.environment import compile_source
from reportgen.language.location import WORDS
from reportgen.narrative import narrative_environment
from reportgen.render.word import merge
from reportgen.render.word.grid import fit_grids, has_drawings, needs_grid, number_drawings
from reportgen.render.word.patch import patch
from reportgen.render.word.properties import CORE
from reportgen.render.word.sections import settled
from reportgen.render.word.stream import WordEnvironment, fixed_texts, render_chunks, with_quotes
from reportgen.render.word.tabs import SEEN, resolve_tabs
from reportgen.render.word.xml import escape_property, escape_value
from reportgen.sources.word import spot_of


def _environment(escape: Callable[[str], str]) -> ReportEnvironment:
    environment = narrative_environment(escape, environment_class=WordEnvironment)
    environment.globals[merge.FUNCTION] = merge.merge
    return environment


_ENVIRONMENT = _environment(escape_value)
_PROPERTY_ENVIRONMENT = _environment(escape_property)
CONTENTS = "目录"
_TAG = re.compile(r"\{[{%#]")
_MARKUP = re.compile(r"<[^>]+>")
_DELETED = re.compile(r"<w:(del|moveFrom) [^>]*(?<!/)>.*?</w:\1>", re.DOTALL)
_AROUND = 40


@dataclass(frozen=True)
class Impression:
    """A rendered part in pieces, from which its XML is made and the quotations can be told."""

    part: Part
    chunks: Sequence[bytes]
    composed: Sequence[bytes]
    tabs: bool

    @cached_property
    def xml(self) -> bytes:
        """The XML; citation marks are still in it."""
        return self.part.finished(b"".join(self.chunks), self.tabs)

    def quoted(self) -> bytes:
        """The XML with every value of an input marked, beside the citations."""
        xml = with_quotes(self.chunks, self.part.fixed, self.composed)
        return self.part.finished(xml, self.tabs)

    @property
    def needs_finish(self) -> bool:
        """Whether something has to be put right that only the whole part shows."""
        part = self.part
        is_asked = part.grids or part.drawings or part.contents
        return is_asked or self.tabs or bool(self.composed)


@dataclass(frozen=True)
class Part:
    """A compiled part; ``source`` has one paragraph a line, so a line leads to its text.

    What must be put right after rendering is known beforehand: ``grids`` of looped columns,
    ids of ``drawings``, the table of ``contents``.
    """

    name: str
    xml: str
    source: str
    template: Template
    grids: bool
    drawings: bool
    contents: bool

    def render(self, context: Mapping[str, Any]) -> bytes:
        """Render to XML; citation marks are still in it."""
        return self.press(context).xml

    @cached_property
    def fixed(self) -> Mapping[int, bytes]:
        """The template's own texts by their identity."""
        return fixed_texts(self.template)

    def press(self, context: Mapping[str, Any]) -> Impression:
        """Render, and keep what the part is made of."""
        states = context[merge.STATES]
        chunks = render_chunks(self.template, context)
        composed = states.pop(COMPOSED, ())
        tabs = states.pop(SEEN, False)
        return Impression(self, chunks, composed, tabs)

    def finished(self, xml: bytes, tabs: bool) -> bytes:
        """Put right what only the whole part shows: tabs, ids of drawings, widths, grids."""
        if tabs:
            xml = resolve_tabs(xml.decode("utf-8")).encode("utf-8")
        if self.drawings:
            xml = number_drawings(xml.decode("utf-8")).encode("utf-8")
        xml = settled(xml)
        return fit_grids(xml) if self.grids else xml

    def around(self, line: int) -> str:
        """The spot and the words of a line of the source."""
        return described(self.name, self.xml, self.source, line)


def described(name: str, xml: str, source: str, line: int) -> str:
    """Where a line of the source stands in the template, and its words.

    The spot is that of the first paragraph with the same tag.
    """
    words = words_around(source, line)
    spot = spot_of(name, xml, words)
    return f"{spot} “{words}”附近" if spot else f"“{words}”附近"


def words_around(source: str, line: int) -> str:
    """The words of a line of XML, tags of Jinja included."""
    lines = source.split("\n")
    return _MARKUP.sub("", lines[min(line, len(lines)) - 1])[:_AROUND].strip()


def compile_part(file: str, name: str, xml: str) -> Part | None:
    """Compile a part; ``None`` where it has no tag. Raises TemplateSyntaxError."""
    if "{" not in xml:
        return None
    source = patch(_DELETED.sub("", xml))
    if not _TAG.search(source):
        return None
    is_text = name != CORE
    if is_text:
        source = source.replace("<w:p>", "\n<w:p>").replace("<w:p ", "\n<w:p ")
    environment = _ENVIRONMENT if is_text else _PROPERTY_ENVIRONMENT
    template = compile_source(environment, source, f"{file}/{name}")
    setattr(template, WORDS, partial(described, name, xml, source))
    return Part(
        name,
        xml,
        source,
        template,
        grids=is_text and needs_grid(_MARKUP.sub("", xml)),
        drawings=has_drawings(source),
        contents=CONTENTS in source,
    )
