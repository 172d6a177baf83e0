"""A part of a Word file that raises no question, told from its XML alone.

Thousands of forms are read back; to take each to paragraphs would cost ten times its
rendering. What is in doubt here is read in full by the gate: this is a sieve, no judge.
"""

from __future__ import annotations

import re
from functools import lru_cache

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.leftovers import leftover, shows_tag
from reportgen.checks.document.numerals import Allowed
from reportgen.language.marks import BETWEEN, CLOSE, OPEN, QUOTE, QUOTED, Span

_DIGITS = {0xE010 + digit: str(digit) for digit in range(10)}
HARD = (OPEN, QUOTE, "&", "【", "w:instrText", "w:fldSimple", "<w:del", "<w:moveFrom", ":Fallback")
BOX = "txbxContent"
"""What stands where a paragraph's words can't be told without reading it."""
_TEXT = re.compile(r">[^<\s][^<]*")
_ODD = re.compile("[【{}]|N[aoA]|nan").search
is_asked = re.compile("[0-9\uff10-\uff19【{}]|N[aoA]|nan").search
"""Whether a text holds what has to be looked at: a numeral, or what may be left over."""
_ELEMENT = re.compile("<[^>]*>")


def cited_plainly(marked: str, expected: Expected) -> set[int] | None:
    """The citations of a part in which all is well at first sight; ``None`` where one must look."""
    seen: set[int] = set()
    kept: list[str] = []
    *pieces, last = marked.split(CLOSE)
    for piece in pieces:
        before, quote, value = piece.rpartition(QUOTE)
        if quote and OPEN not in value:
            if not is_plain(value):
                return None
        else:
            before, _, cited = piece.rpartition(OPEN)
            digits, _, value = cited.partition(BETWEEN)
            number = digits.translate(_DIGITS)
            citation = expected.citation(int(number)) if number.isdecimal() else None
            if citation is None or citation.text != value:
                return None
            seen.add(citation.number)
        kept.append(before)
    rest = "".join([*kept, last])
    if BOX in rest or any(sign in rest for sign in HARD):
        return None
    return seen if _is_explained(rest, expected) else None


def is_plain(value: str) -> bool:
    """Whether a text of an input is nothing to look at."""
    if not _ODD(value):
        return True
    return not shows_tag(value) and not leftover(value, [Span(QUOTED, 0, len(value))])


def _is_explained(rest: str, expected: Expected) -> bool:
    """Whether nothing is left, and every numeral allowed, where values were taken out."""
    position = 0
    for match in _TEXT.finditer(rest):
        if match.start() < position or not is_asked(match.group()):
            continue
        start = rest.rfind("<w:p>", position, match.start())
        start = max(start, rest.rfind("<w:p ", max(start, position), match.start()))
        position = rest.find("</w:p>", match.end())
        if start < 0 or not _is_allowed(rest[start:position], expected.allowed):
            return False
    return True


@lru_cache(maxsize=1024)
def _is_allowed(paragraph: str, allowed: Allowed) -> bool:
    """Whether a paragraph's fixed text may stand; forms of one template have the same ones."""
    text = _ELEMENT.sub("", paragraph)
    return not leftover(text, ()) and not any(allowed.unexplained(text))
