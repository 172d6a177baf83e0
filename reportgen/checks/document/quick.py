"""A part of a Word file that raises no question, told from its XML alone.

Thousands of forms are read back; to take each to paragraphs would cost ten times its
rendering. What is in doubt here is read in full by the gate: this is a sieve, no judge.
"""

from __future__ import annotations

import re

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.leftovers import leftover, shows_tag
from reportgen.language.marks import QUOTED, Span

_SPAN = re.compile(
    "\ue000([\ue010-\ue019]+)\ue001([^<\ue000-\ue003]*)\ue002|\ue003([^\ue000-\ue003]*)\ue002"
)
_DIGITS = {0xE010 + digit: str(digit) for digit in range(10)}
_HARD = (
    *("<w:instrText", "<w:fldSimple", "<w:del", "<w:moveFrom", "<w:txbxContent", ":Fallback"),
    *("&", "\ue000", "\ue001", "\ue002", "\ue003"),
)
_TEXT = re.compile(">[^<]+")
_ASKED = re.compile("[0-9\uff10-\uff19【{}]|N[aoA]|nan").search
_LONGEST = 13  # longer than any word of a program's, as XML has it
_ELEMENT = re.compile("<[^>]*>")


def cited_plainly(marked: str, expected: Expected) -> set[int] | None:
    """The citations of a part in which all is well at first sight; ``None`` where one must look."""
    seen: set[int] = set()
    faults: list[str] = []

    def check(match: re.Match[str]) -> str:
        digits, text, quoted = match.groups()
        if digits is None:
            whole = [Span(QUOTED, 0, len(quoted))]
            doubtful = len(quoted) < _LONGEST or "【" in quoted
            if shows_tag(quoted) or (doubtful and leftover(quoted, whole)):
                faults.append(quoted)
            return ""
        number = int(digits.translate(_DIGITS))
        citation = expected.citation(number)
        if citation is None or citation.text != text:
            faults.append(text)
        seen.add(number)
        return ""

    rest = _SPAN.sub(check, marked)
    if faults or any(sign in rest for sign in _HARD):
        return None
    position = 0
    for match in _TEXT.finditer(rest):
        if match.start() < position or not _ASKED(match.group()):
            continue
        start = rest.rfind("<w:p>", position, match.start())
        start = max(start, rest.rfind("<w:p ", max(start, position), match.start()))
        position = rest.find("</w:p>", match.end())
        text = _ELEMENT.sub("", rest[start:position])
        if start < 0 or leftover(text, ()) or any(expected.allowed.unexplained(text)):
            return None
    return seen
