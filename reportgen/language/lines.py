"""A document as lines of text: headings, paragraphs and table cells, with their citations."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.language.marks import Span, read


@dataclass(frozen=True, slots=True)
class Line:
    """A heading, a paragraph or a cell: where it stands, what it says, what it cites.

    ``spot`` is the position in words a user can follow (第12段, 表3 行2 单元格4, 第88行);
    ``level`` is that of a heading (1 to 9), 0 for everything else.
    """

    spot: str
    text: str
    spans: tuple[Span, ...] = ()
    level: int = 0

    @classmethod
    def of(cls, spot: str, marked: str, level: int = 0) -> Line:
        """Make a line of text that may hold citation marks."""
        text, spans = read(marked)
        return cls(spot, text, tuple(spans), level)
