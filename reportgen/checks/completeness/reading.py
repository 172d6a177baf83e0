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

_HEADING = re.compile(r"^(#{1,6})[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
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
        self.headings = tuple(_headings(self.text))
        stated = sorted((span.start, span.number) for span in spans)
        self._positions = [position for position, _ in stated]
        self._stated = [citations[number - 1] for _, number in stated]

    def place(self, title: str = "") -> Place:
        """The section, or a heading in it."""
        return Place.inside(self.file, f"{self.name} {title}".rstrip())

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


def same(title: str, wanted: str) -> bool:
    """Whether two headings read the same, but for blanks, quotes and brackets."""
    return plain(title) == plain(wanted)


def _headings(text: str) -> Iterator[Found]:
    matches = list(_HEADING.finditer(text))
    for number, match in enumerate(matches):
        level = len(match[1])
        later = matches[number + 1 :]
        own_end = later[0].start() if later else len(text)
        higher = (other.start() for other in later if len(other[1]) <= level)
        end = next(higher, len(text))
        yield Found(level, unescaped(match[2]), match.start(), match.end(), own_end, end)
