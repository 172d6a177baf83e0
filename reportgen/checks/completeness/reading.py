"""A rendered section of the narrative as headings with what stands below them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportgen.checks.hygiene.corpus import HIDDEN
from reportgen.findings import Place
from reportgen.language import Citation
from reportgen.language.marks import read
from reportgen.model import Passage, plain
from reportgen.narrative import Section

_HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~#+\-.)=&\n])")
TO_FILL = re.compile("【(?:待填写|没有格式|未知名称)[^】\n]{0,200}】")
_STATED = ("金额", "计数", "数", "得分")


@dataclass(frozen=True, slots=True)
class Found:
    """A heading in the text; its own body ends at the next heading, all of it at ``end``."""

    level: int
    title: str
    start: int
    body: int
    own_end: int
    end: int


class SectionText:
    """The text of a section without marks, its headings, and the figures stated in it."""

    def __init__(self, section: Section, citations: Sequence[Citation], file: str) -> None:
        self.name = section.name
        self.file = file
        self.text, spans = read(section.markdown)
        self.headings = _headings(self.text)
        self._by_title: dict[str, list[Found]] = {}
        for found in self.headings:
            self._by_title.setdefault(plain(found.title), []).append(found)
        stated = sorted((span.start, span.number) for span in spans)
        self._positions = [position for position, _ in stated]
        self._stated = [citations[number - 1] for _, number in stated]

    def place(self, title: str = "") -> Place:
        """The section, or a heading in it."""
        return Place.inside(self.file, f"{self.name} {title}".rstrip())

    def find(self, title: str, start: int, end: int) -> Found | None:
        """The first heading of this title in a part of the text, but for blanks and quotes."""
        known = self._by_title.get(plain(title), ())
        return next((found for found in known if start <= found.start < end), None)

    def stated(self, start: int, end: int) -> set[str]:
        """The vocabulary names whose amount or count is printed in a part of the text."""
        first, last = bisect_left(self._positions, start), bisect_left(self._positions, end)
        cited = self._stated[first:last]
        return {
            citation.figures[0].key
            for citation in cited
            if citation.made in _STATED and citation.figures
        }

    def passages(self) -> Iterator[Passage]:
        """Every line, at its heading; what is still to be filled in is hidden."""
        bounds = [(0, "")] + [(found.start, found.title) for found in self.headings]
        ends = [start for start, _ in bounds[1:]] + [len(self.text)]
        for (start, title), end in zip(bounds, ends, strict=True):
            place = self.place(title)
            for line in self.text[start:end].split("\n"):
                shown = TO_FILL.sub(HIDDEN, unescaped(line)).strip()
                if shown:
                    yield Passage(shown, place)


def unescaped(text: str) -> str:
    r"""Markdown without its escapes, as a reader sees it.

    >>> unescaped("甲\\*乙\\|")
    '甲*乙|'
    """
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _headings(text: str) -> list[Found]:
    matches = list(_HEADING.finditer(text))
    starts = [match.start() for match in matches] + [len(text)]
    ends = [len(text)] * len(matches)
    opened: list[int] = []
    for number, match in enumerate(matches):
        while opened and len(matches[opened[-1]][1]) >= len(match[1]):
            ends[opened.pop()] = match.start()
        opened.append(number)
    return [
        Found(
            len(m[1]),
            unescaped(m[2].rstrip()),
            m.start(),
            m.end(),
            starts[number + 1],
            ends[number],
        )
        for number, m in enumerate(matches)
    ]
