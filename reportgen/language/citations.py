"""What one rendering keeps: the citations of its figures and its findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from reportgen.findings import Findings, Place
from reportgen.language.marks import mark
from reportgen.language.questions import Questions
from reportgen.model import Figure
from reportgen.model.chart import Chart

PAGE = "_page"
"""The name under which a rendering finds its page."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a citation: as printed, what it was before rounding, and how it was made.

    ``text`` holds the unit or the %; ``value`` is in the base unit (元, 1 = 100%). ``figure``
    knows names and cells by its origin; its own value differs from ``value`` where a rate is
    computed on printed figures, and ``rounding`` then says so.
    """

    text: str
    value: Decimal
    figure: Figure
    rounding: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A figure as printed: its text, the figures behind it and how it was made."""

    number: int
    text: str
    figures: tuple[Figure, ...]
    made: str
    numbers: tuple[Number, ...] = ()


@dataclass
class Page:
    """The state of one rendering; filters reach it through the context.

    ``undrawn`` are the charts that could not be drawn, which is told; ``awaited`` says where
    a text was asked for that was not known yet.
    """

    place: Place
    findings: Findings = field(default_factory=Findings)
    citations: list[Citation] = field(default_factory=list)
    questions: Questions = field(default_factory=Questions)
    charts: list[Chart] = field(default_factory=list)
    undrawn: set[str] = field(default_factory=set)
    awaited: dict[str, Place] = field(default_factory=dict)

    def cite(
        self,
        text: str,
        figures: tuple[Figure, ...],
        made: str,
        numbers: tuple[Number, ...] = (),
    ) -> str:
        """Record a printed figure and return its text between marks."""
        citation = Citation(len(self.citations) + 1, text, figures, made, numbers)
        self.citations.append(citation)
        return mark(citation.number, text)

    def figures(self, number: int) -> tuple[Figure, ...]:
        """The figures behind a citation."""
        return self.citations[number - 1].figures
