"""The table of contents: a field whose entries are the document's own headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.language.marks import strip
from reportgen.render.word.styles import Styles
from reportgen.render.word.xml import paragraph, run

PLACE = "<w:p><w:r><w:t>\ue0f0</w:t></w:r></w:p>"
_HEADING = re.compile(
    r'<w:p(?: [^>]*)?>(?:(?!</w:p>).)*?<w:pStyle w:val="([^"]+)"/>.*?</w:p>', re.DOTALL
)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r>'
    '<w:instrText xml:space="preserve"> TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def fill(document: str, styles: Styles) -> str:
    """Put the contents where a template has ``{{p 目录 }}``; Word refreshes the page numbers."""
    if PLACE not in document:
        return document
    entries = list(_headings(document, styles))
    lines = []
    for number, (level, text) in enumerate(entries):
        style = styles.id(f"toc {level}", f"目录 {level}")
        start = _BEGIN if number == 0 else ""
        end = _END if number == len(entries) - 1 else ""
        lines.append(paragraph(start + run(text) + end, style))
    return document.replace(PLACE, "".join(lines) or PLACE, 1)


def _headings(document: str, styles: Styles) -> Iterator[tuple[int, str]]:
    levels = {styles.heading(level): level for level in (1, 2) if styles.heading(level)}
    for match in _HEADING.finditer(document):
        if match.group(1) in levels:
            text = "".join(_TEXT.findall(match.group()))
            if text:
                yield levels[match.group(1)], _plain(strip(text))


def _plain(text: str) -> str:
    """Undo the three escapes of XML text: the entry is escaped again when written."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
