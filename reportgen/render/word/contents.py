"""The table of contents: a TOC field of our own, its entries the document's headings.

The page numbers come from LibreOffice where it is installed: a probe of the document, in
which each entry is a page reference between signs, is laid out as PDF and read back.
Without it the field is marked for refresh, and Word fills it in when the file is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from reportgen.language.marks import strip
from reportgen.render.word.styles import Styles
from reportgen.render.word.xml import paragraph, run

PLACE = "<w:p><w:r><w:t>\ue0f0</w:t></w:r></w:p>"
_PLACE = PLACE.encode("utf-8")
LEVELS = (1, 2)
SIGN = re.compile(r"@@(\d+)@(\d+)@")
_STYLE = re.compile(r'<w:pStyle w:val="([^"]+)"/>')
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_FIRST_BOOKMARK = 9000
_ESCAPES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&amp;": "&"}


class Numbers(Enum):
    """What stands for the page numbers while they are not known."""

    REFRESH = "marked for refresh"
    PROBE = "references between signs"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level, text as XML, and where its paragraph begins and ends."""

    level: int
    text: str
    start: int
    end: int


def has_contents(document: bytes) -> bool:
    """Whether the document has a place for the contents."""
    return _PLACE in document


def fill(document: bytes, styles: Styles, numbers: Mapping[int, int] | Numbers) -> bytes:
    """Put the contents in their place, and a bookmark on every heading listed."""
    if not has_contents(document):
        return document
    return _filled(document.decode("utf-8"), styles, numbers).encode("utf-8")


def _filled(document: str, styles: Styles, numbers: Mapping[int, int] | Numbers) -> str:
    headings = list(find_headings(document, styles))
    if not headings:
        return document.replace(PLACE, "<w:p/>")
    marked = _with_bookmarks(document, headings)
    lines = [_entry(number, heading, styles, numbers) for number, heading in enumerate(headings)]
    if numbers is not Numbers.PROBE:
        lines = _as_field(lines, dirty=numbers is Numbers.REFRESH)
    return marked.replace(PLACE, "".join(lines), 1).replace(PLACE, "<w:p/>")


def find_headings(document: str, styles: Styles) -> Iterator[Heading]:
    """Every heading of the listed levels, in order; a heading without text is none."""
    levels = {styles.heading(level): level for level in LEVELS if styles.heading(level)}
    for match in _STYLE.finditer(document):
        if match.group(1) in levels:
            start = max(document.rfind("<w:p>", 0, match.start()), 0)
            start = max(start, document.rfind("<w:p ", 0, match.start()))
            end = document.find("</w:p>", match.end()) + len("</w:p>")
            text = "".join(_TEXT.findall(document, match.end(), end))
            if strip(text).strip():
                yield Heading(levels[match.group(1)], text, start, end)


def _with_bookmarks(document: str, headings: Sequence[Heading]) -> str:
    parts, position = [], 0
    for number, heading in enumerate(headings):
        body = document.find("</w:pPr>", heading.start, heading.end) + len("</w:pPr>")
        ids = f'w:id="{_FIRST_BOOKMARK + number}"'
        inner = document[body : heading.end - len("</w:p>")]
        parts += [document[position:body], f'<w:bookmarkStart {ids} w:name="{_name(number)}"/>']
        parts += [inner, f"<w:bookmarkEnd {ids}/></w:p>"]
        position = heading.end
    return "".join(parts) + document[position:]


def _name(number: int) -> str:
    return f"_Toc{_FIRST_BOOKMARK + number}"


def _entry(
    number: int, heading: Heading, styles: Styles, numbers: Mapping[int, int] | Numbers
) -> str:
    page = str(numbers.get(number, "")) if isinstance(numbers, Mapping) else "1"
    reference = _field(f"PAGEREF {_name(number)} \\h", run(page) if page else "")
    if numbers is Numbers.PROBE:
        reference = run(f"@@{number}@") + reference + run("@")
    elif numbers is Numbers.REFRESH:
        reference = _field(f"PAGEREF {_name(number)} \\h", "")
    text = run(_plain(heading.text)) + "<w:r><w:tab/></w:r>" + reference
    link = f'<w:hyperlink w:anchor="{_name(number)}" w:history="1">{text}</w:hyperlink>'
    return paragraph(link, styles.id(f"toc {heading.level}", f"目录 {heading.level}"))


def _field(code: str, result: str, *, dirty: bool = False) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"{}/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    begin = mark.format("begin", ' w:dirty="true"' if dirty else "")
    return begin + instruction + mark.format("separate", "") + result + mark.format("end", "")


def _as_field(lines: Sequence[str], *, dirty: bool) -> list[str]:
    """Wrap the entries in one TOC field that begins in the first and ends behind the last."""
    begin, end = _field('TOC \\o "1-2" \\h \\z \\u', "\0", dirty=dirty).split("\0")
    first = lines[0].replace("<w:hyperlink", begin + "<w:hyperlink", 1)
    return [first, *lines[1:], paragraph(end)]


def _plain(text: str) -> str:
    """Undo the escapes of XML text: an entry is escaped again when it is written."""
    for escaped, sign in _ESCAPES.items():
        text = text.replace(escaped, sign)
    return text
