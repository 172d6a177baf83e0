"""Forms of one template, told sound from the pieces that they were joined of.

Nearly every byte of a thousand forms is the template's own. Each of its fixed texts is looked
at once, and of a form only what may be wrong with it alone: whether its elements close, what
its values print, and which words meet in a paragraph. What is in doubt is read in full by the
gate: this is a sieve, no judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.fixed import Fixed
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.document.quick import is_allowed, is_asked, is_plain
from reportgen.language.marks import OPEN, cited_bytes
from reportgen.language.pieces import Pieces

_CITED = OPEN.encode("utf-8")
_BROKEN = rb"[\x00-\x1f<>&]|\xee[\x80-\x83]|\xef\xbf[\xbe\xbf]"
_is_broken = re.compile(_BROKEN).search
_asks = re.compile(_BROKEN + rb"|[{}]|\xe3\x80\x90|N[aoA]|nan").search
_BREAK = b'</w:t><w:br/><w:t xml:space="preserve">'
_TEXT = ("w:p", "w:r", "w:t")
_SPELLED = re.compile(rb"&(?:amp|lt|gt);|" + _BREAK)
_VALUE = "\ue000"
"""Stands in a line for values, so that no words meet across them."""
_MOST = 4096
"""Points that are kept; a template has some hundreds."""


@dataclass(slots=True, eq=False)
class _Point:
    """A point within a part: what is open there, and the paragraph's words so far.

    ``after`` is where one gets from here by a fixed text; forms go the same ways.
    """

    opened: tuple[str, ...] = ()
    line: str = ""
    after: dict[int, _Point] = field(default_factory=dict)
    value: _Point | None = None


class Sieve:
    """Knows the fixed texts of a template that have stood in a part which a parser has read."""

    def __init__(self) -> None:
        self._known: dict[int, Fixed] = {}
        self._points: dict[tuple[Allowed, tuple[str, ...], str], _Point] = {}

    def passes(self, data: bytes, pieces: Pieces, expected: Expected) -> bool:
        """Whether a finished part is what was printed, and raises no question."""
        texts: list[bytes] = []
        point = self._point((), "", expected.allowed)
        for chunk in pieces.chunks:
            follow = point.after.get(id(chunk))
            if follow is not None:
                text: bytes | None = chunk
            elif id(chunk) not in pieces.fixed:
                text = _printed(chunk, expected, point.opened[-3:])
                follow = point.value or self._valued(point, expected.allowed)
            elif id(chunk) in self._known:
                text, follow = chunk, self._followed(point, chunk, expected.allowed)
            else:
                return self._learns(data, pieces) and self.passes(data, pieces, expected)
            if text is None or follow is None:
                return False
            texts.append(text)
            point = follow
        is_closed = not point.opened and _may_stand(point.line, expected.allowed)
        return is_closed and b"".join(texts) == data

    def _point(self, opened: tuple[str, ...], line: str, allowed: Allowed) -> _Point:
        """The point that is like this; there is but one."""
        key = allowed, opened, line
        if len(self._points) >= _MOST and key not in self._points:
            self._points.clear()
        return self._points.setdefault(key, _Point(opened, line))

    def _valued(self, point: _Point, allowed: Allowed) -> _Point:
        """Where a value leads to."""
        line = point.line if point.line.endswith(_VALUE) else point.line + _VALUE
        point.value = self._point(point.opened, line, allowed)
        return point.value

    def _followed(self, point: _Point, chunk: bytes, allowed: Allowed) -> _Point | None:
        """Where a fixed text leads to; ``None`` where something there has to be looked at."""
        piece = self._known[id(chunk)]
        left = len(point.opened) - len(piece.closes)
        if piece.is_odd or left < 0 or point.opened[left:] != piece.closes:
            return None
        around = point.opened[:left]
        if piece.has_elements and around[-1:] == _TEXT[-1:]:
            return None
        line = point.line + piece.lines[0]
        if len(piece.lines) > 1:
            if not all(_may_stand(one, allowed) for one in (line, *piece.lines[1:-1])):
                return None
            line = piece.lines[-1]
        follow = self._point((*around, *piece.opens), line, allowed)
        point.after[id(chunk)] = follow
        return follow

    def _learns(self, data: bytes, pieces: Pieces) -> bool:
        """Take in the fixed texts of a part, if it is one that a parser reads."""
        try:
            expat.ParserCreate().Parse(data, True)
        except expat.ExpatError:
            return False
        own = (chunk for chunk in pieces.chunks if id(chunk) in pieces.fixed)
        self._known |= {id(chunk): Fixed.of(chunk) for chunk in own}
        return True


def _printed(chunk: bytes, expected: Expected, around: tuple[str, ...]) -> bytes | None:
    """What a value prints, where it is a whole citation or a text with nothing odd in it."""
    if chunk.startswith(_CITED):
        number, text = cited_bytes(chunk)
        citation = expected.citation(number)
        is_right = citation is not None and citation.text.encode("utf-8") == text
        return text if is_right and around == _TEXT and not _is_broken(text) else None
    if not _asks(chunk):
        return chunk
    if _BREAK in chunk and around != _TEXT:
        return None
    is_sound = not _is_broken(_SPELLED.sub(b"", chunk)) and is_plain(chunk.decode("utf-8"))
    return chunk if is_sound else None


def _may_stand(line: str, allowed: Allowed) -> bool:
    """Whether nothing is left in the fixed words of a paragraph, and every numeral allowed."""
    return not is_asked(line) or is_allowed(line, allowed)
