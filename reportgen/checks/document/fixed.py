"""A fixed text of a Word template, taken to pieces once for all its documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Self

from reportgen.checks.document.leftovers import has_tags
from reportgen.checks.document.quick import BOX, HARD, is_asked

_PAGE_NUMBER = re.compile(r"<w:instrText(?: [^<>]*)?>[^<>]*</w:instrText>")
_ODD = (BOX, *(sign for sign in HARD if sign != "&"))
_is_mark = re.compile("[\ue000-\ue0ff]").search
_DECLARATION = re.compile(r"\s*<\?xml [^<>]*\?>\s*")
_TAG = re.compile(r'<(/?)([\w:.-]+)(?:\s+[\w:.-]+="[^"<>]*")*\s*(/?)>')


@dataclass(frozen=True, slots=True)
class Fixed:
    """A fixed text of a template; one that is odd can't be told without what stands around it.

    ``closes`` are the elements that were open before it, the innermost last, ``opens`` those
    that it leaves open. The first of its ``lines`` goes on with the paragraph before, the last
    is gone on with; of those between, which are paragraphs of its own, some ask for a look.
    The ``text`` is held so that its identity can't pass to another.
    """

    text: bytes
    is_odd: bool
    closes: tuple[str, ...]
    opens: tuple[str, ...]
    has_elements: bool
    lines: tuple[str, ...]

    @classmethod
    def of(cls, chunk: bytes) -> Self:
        """A fixed text taken to pieces."""
        source = _PAGE_NUMBER.sub("", _DECLARATION.sub("", chunk.decode("utf-8")))
        closes: list[str] = []
        opens: list[str] = []
        lines, position = [""], 0
        tags = list(_TAG.finditer(source))
        has_elements = not all(end for end, _, _ in (match.groups() for match in tags))
        is_odd = has_tags(chunk) or any(sign in source for sign in _ODD)
        for match in tags:
            lines[-1] += source[position : match.start()]
            position = match.end()
            end, name, empty = match.groups()
            if name == "w:p":
                lines.append("")
            if end and opens:
                is_odd = opens.pop() != name or is_odd
            elif end:
                closes.insert(0, name)
            elif not empty:
                opens.append(name)
        lines[-1] += source[position:]
        is_odd = is_odd or any("<" in line or ">" in line or _is_mark(line) for line in lines)
        first, *others = map(unescape, lines)
        own = tuple(line for line in others[:-1] if is_asked(line))
        around = (first, *own, *others[-1:])
        return cls(chunk, is_odd, tuple(closes), tuple(opens), has_elements, around)
