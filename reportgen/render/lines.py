"""Finished documents with their citation marks, as lines in page order."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from reportgen.language.lines import Line
from reportgen.sources.word import PARSER, W, paragraphs, part_name

_HEADING = re.compile(r"(?:heading|标题) ([1-9])", re.IGNORECASE)
_MARKDOWN_HEADING = re.compile(r"(#{1,6}) +")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def word_lines(content: bytes, marked: Mapping[str, bytes]) -> Iterator[Line]:
    """The paragraphs of the body, then of the other parts, from the marked parts of a file."""
    levels = _levels(content)
    for part in sorted(marked, key=lambda name: name != "word/document.xml"):
        if part.startswith("word/"):
            root = etree.fromstring(marked[part], PARSER)
            for paragraph, spot, text in paragraphs(root):
                style = paragraph.find(f"{W}pPr/{W}pStyle")
                level = levels.get(style.get(f"{W}val"), 0) if style is not None else 0
                yield Line.of(part_name(part) + spot, text, level)


def _levels(content: bytes) -> dict[str, int]:
    """The level of each heading style, by its id."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/styles.xml"), PARSER)
    found = {}
    for style in root.iter(f"{W}style"):
        name = style.find(f"{W}name")
        match = _HEADING.fullmatch(name.get(f"{W}val", "")) if name is not None else None
        if match:
            found[style.get(f"{W}styleId", "")] = int(match[1])
    return found


def markdown_lines(text: str) -> Iterator[Line]:
    """The lines of a marked Markdown text; a table's row is a line for each of its cells."""
    table = row = 0
    inside = False
    for number, line in enumerate(text.split("\n"), start=1):
        heading = _MARKDOWN_HEADING.match(line)
        is_row = line.startswith("|")
        if is_row and not inside:
            table, row = table + 1, 0
        inside = is_row
        if not is_row:
            body = line[heading.end() :] if heading else line
            level = len(heading[1]) if heading else 0
            yield Line.of(f"第{number}行", _ESCAPED.sub(r"\1", body), level)
        elif not _RULE.fullmatch(line):
            row += 1
            for index, cell in enumerate(_BAR.split(line)[1:-1], start=1):
                text = _ESCAPED.sub(r"\1", cell.strip())
                yield Line.of(f"表{table} 行{row} 单元格{index}", text)
