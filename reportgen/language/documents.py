"""Documents read as lines: a Word file's parts, and Markdown; marked ones and finished ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from reportgen.language.chart_lines import ChartLines
from reportgen.language.lines import Line
from reportgen.model.chart import Chart
from reportgen.sources.word import PARSER
from reportgen.sources.word_styles import Outline
from reportgen.sources.word_text import PartText

if TYPE_CHECKING:  # it is imported only where Markdown is read
    from markdown_it import MarkdownIt

STYLES = "word/styles.xml"
BODY = "word/document.xml"
_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BREAK = re.compile(r"\\?\n")


def text_parts(names: Iterator[str] | list[str]) -> list[str]:
    """The parts that hold text, the body first.

    >>> text_parts(["word/footer1.xml", "word/document.xml", "word/styles.xml"])
    ['word/document.xml', 'word/footer1.xml']
    """
    found = (name for name in names if _TEXT_PART.fullmatch(name))
    return sorted(found, key=lambda name: (name != BODY, name))


def read_part(name: str, xml: bytes, outline: Outline, *, copies: bool = False) -> PartText:
    """A part's paragraphs; lxml.etree.XMLSyntaxError where it is no XML."""
    return PartText(name, etree.fromstring(xml, PARSER), outline, copies=copies)


def word_lines(
    parts: Mapping[str, bytes], *, contents: bool = True, charts: Sequence[Chart] = ()
) -> Iterator[Line]:
    """The lines of a Word file by its parts, marked or not; of ``charts`` their data.

    Without ``contents`` its entries are left out, and headers and footers that say the same,
    for an office program writes them anew for every section.
    """
    repeated: set[str] = set()
    drawn = ChartLines(parts, charts)
    outline = Outline.read(parts[STYLES]) if STYLES in parts else Outline()
    for name in text_parts(list(parts)):
        part = read_part(name, parts[name], outline)
        for paragraph in part.paragraphs:
            if name == BODY:
                yield from drawn.of(paragraph.element)
            if not paragraph.pieces or (paragraph.is_entry and not contents):
                continue
            line = Line.of(part.spot(paragraph), paragraph.text, paragraph.level)
            if contents or name == BODY or line.text not in repeated:
                yield line
            if name != BODY:
                repeated.add(line.text)


def markdown_lines(text: str) -> Iterator[Line]:
    """The lines of a Markdown document: headings, paragraphs, cells of tables.

    What stands inside a line is taken as it is written, only escapes are undone: so a mark
    beside a sign of emphasis changes nothing.
    """
    level = table = row = column = 0
    for token in _blocks().parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "table_open":
            table, row = table + 1, 0
        elif token.type == "tr_open":
            row, column = row + 1, 0
        elif token.type in ("th_open", "td_open"):
            column += 1
        elif token.type == "table_close":
            row = 0
        elif token.type in ("inline", "fence", "code_block") and token.content:
            number = (token.map or [0])[0] + 1
            spot = f"表{table} 行{row} 单元格{column}" if row else f"第{number}行"
            yield Line.of(spot, _plain(token.content), level)
            level = 0


@cache
def _blocks() -> MarkdownIt:
    """The parser of blocks; what stands in a line is left as it is."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("inline")


def _plain(content: str) -> str:
    r"""A line without Markdown's escapes.

    >>> _plain("A\\*B\\\n丙")
    'A*B\n丙'
    """
    return _ESCAPED.sub(r"\1", _BREAK.sub("\n", content))
