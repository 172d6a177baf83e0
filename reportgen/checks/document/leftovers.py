"""What must not be left in a document: tags, marks, placeholders, a program's words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.language.marks import QUOTED, Span

_TAG = re.compile(r"\{\{|\{%|%\}|\}\}")
_TAG_BYTES = re.compile(rb"\{\{|\{%|%\}|\}\}")
_MARK_BYTES = re.compile(rb"\xee[\x80-\x83]")  # U+E000 to U+E0FF; fonts of symbols use others
_QUOTED_BYTES = re.compile(rb"\xee\x80\x83.*?\xee\x80\x82", re.DOTALL)
_PLACEHOLDER = re.compile("【(?:待填写|未知名称|没有格式)[^】]*】?")
_WORD = re.compile(r"(?<![A-Za-z0-9_])(?:None|nan|NaN|NaT|<NA>)(?![A-Za-z0-9_])")
_SUSPICIOUS = re.compile(r"[【{}%]|N[aoA]|nan").search


def leftover(text: str, spans: Sequence[Span]) -> str:
    """The first thing in a line that must not be left there, or ''.

    A user's own text may hold such a word or a tag; a text that is nothing but ``nan`` is none.

    >>> leftover("完成nan元", ()), leftover("Nan Hai Co. None", [Span(0, 0, 16)])
    ('nan', '')
    >>> leftover("nan", [Span(0, 0, 3)]), leftover("原因：【待填写：甲】", ())
    ('nan', '【待填写：甲】')
    """
    if not _SUSPICIOUS(text):
        return ""
    placeholder = _PLACEHOLDER.search(text)
    if placeholder:
        return placeholder.group()
    own = [(span.start, span.end) for span in spans if span.number == QUOTED]
    for match in (*_TAG.finditer(text), *_WORD.finditer(text)):
        inside = any(start <= match.start() and match.end() <= end for start, end in own)
        if not inside or match.span() in own:
            return match.group()
    return ""


def shows_tag(text: str) -> bool:
    """Whether a line shows what looks like a tag.

    >>> shows_tag("{{ 收入总计 }}"), shows_tag("{甲}")
    (True, False)
    """
    return _TAG.search(text) is not None


def has_marks(content: bytes) -> bool:
    """Whether a finished part still holds marks."""
    return b"\xee" in content and _MARK_BYTES.search(content) is not None


def has_tags(marked: bytes) -> bool:
    """Whether a part holds tags anywhere but in the texts of an input."""
    if b"{" not in marked and b"}" not in marked:
        return False
    return _TAG_BYTES.search(_QUOTED_BYTES.sub(b"", marked)) is not None
