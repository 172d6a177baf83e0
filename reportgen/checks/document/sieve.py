"""Forms of one template, told sound from the pieces that they were joined of.

Nearly every byte of a thousand forms is the template's own. Each of its fixed texts is looked
at once, and of a form only what may be wrong with it alone: whether its elements close, what
its values print, and which words meet in a paragraph. What is in doubt is read in full by the
gate: this is a sieve, no judge, and it knows only what the judge has read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from string import ascii_letters, digits

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.fixed import Fixed
from reportgen.checks.document.leftovers import leftover
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.document.quick import is_asked, is_plain
from reportgen.language.marks import OPEN, cited_bytes
from reportgen.language.pieces import Pieces

_CITED = OPEN.encode("utf-8")
_BROKEN = rb"[\x00-\x1f<>&]|\xee[\x80-\x83]|\xef\xbf[\xbe\xbf]"
_is_broken = re.compile(_BROKEN).search
_asks = re.compile(_BROKEN + rb"|[{}]|\xe3\x80\x90|N[aoA]|nan").search
_BREAK = b'</w:t><w:br/><w:t xml:space="preserve">'
_BRACKET = "【".encode()
_TEXT = ("w:p", "w:r", "w:t")
_SPELLED = re.compile(rb"&(?:amp|lt|gt);|" + _BREAK)
_VALUE, _LOOSE = "\ue000", "\ue001"
"""Stand in a line for values: one that parts the words around it, and one that may join them."""
_EDGES = frozenset((digits + ascii_letters + ",.%").encode())
_LEADS = _EDGES | frozenset(b"\xee\xef")
"""With the lead bytes of marks and of full-width signs."""
_WIDE = b"\xef\xbc"
_PARTS = "0-9A-Za-z,.%\uff05\uff0c\uff0e\uff10-\uff19"
_joins = re.compile(f"[{_PARTS}年月]{_LOOSE}|{_LOOSE}[{_PARTS}]").search
"""Whether a loose value stands beside what it may make another numeral or word of."""
_MOST = 4096
"""Points that are kept; a template has some hundreds."""


@dataclass(slots=True, eq=False)
class _Point:
    """A point within a part: what is open there, and the paragraph's words so far.

    ``after`` is where one gets from here by a fixed text (by its identity) or by a value (by
    the sign that stands for it); forms go the same ways.
    """

    opened: tuple[str, ...] = ()
    line: str = ""
    after: dict[int | str, _Point] = field(default_factory=dict)


class Sieve:
    """Knows the fixed texts of a template from files in which nothing was found."""

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
                sign = _LOOSE if _is_loose(chunk) else _VALUE
                follow = point.after.get(sign) or self._valued(point, sign, expected.allowed)
            else:
                text, follow = chunk, self._followed(point, chunk, expected.allowed)
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

    def _valued(self, point: _Point, sign: str, allowed: Allowed) -> _Point:
        """Where a value leads to; several that meet are as one."""
        line = point.line if point.line.endswith(sign) else point.line + sign
        follow = point.after[sign] = self._point(point.opened, line, allowed)
        return follow

    def _followed(self, point: _Point, chunk: bytes, allowed: Allowed) -> _Point | None:
        """Where a fixed text leads to; ``None`` where something there has to be looked at."""
        piece = self._known.get(id(chunk))
        if piece is None:
            return None
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

    def learn(self, pieces: Pieces) -> None:
        """Take in the fixed texts of a part that was read in full, and nothing found in it."""
        own = (chunk for chunk in pieces.chunks if id(chunk) in pieces.fixed)
        self._known |= {id(c): Fixed.of(c) for c in own if id(c) not in self._known}


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
    if _BRACKET in chunk or _is_broken(_SPELLED.sub(b"", chunk)):
        return None
    return chunk if is_plain(chunk.decode("utf-8")) else None


def _is_loose(chunk: bytes) -> bool:
    """Whether a value is empty, a figure, or begins or ends like a part of a numeral or word."""
    return not chunk or chunk[0] in _LEADS or chunk[-1] in _EDGES or chunk[-3:-1] == _WIDE


def _may_stand(line: str, allowed: Allowed) -> bool:
    """Whether nothing is left in the fixed words of a paragraph, and every numeral allowed."""
    if not is_asked(line.replace(_LOOSE, "")):
        return True
    return not _joins(line) and not leftover(line, ()) and not any(allowed.unexplained(line))
