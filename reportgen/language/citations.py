"""What one rendering keeps: the citations of its figures and its findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from reportgen.findings import Findings, Place
from reportgen.language.marks import mark
from reportgen.language.questions import Questions
from reportgen.model import Figure
from reportgen.model.chart import Chart

PAGE = "_page"
"""The name under which a rendering finds its page."""


class Number(NamedTuple):
    """One number of a citation: as printed, what it was before rounding, and how it was made.

    ``text`` holds the unit or the %; ``value`` is in the base unit (元, 1 = 100%). ``figure``
    knows names and cells by its origin; its own value differs from ``value`` where a rate is
    computed on printed figures, and ``rounding`` then says so.
    """

    text: str
    value: Decimal
    figure: Figure
    rounding: str


class Citation(NamedTuple):
    """A figure as printed: its text, the figures behind it and how it was made.

    A batch makes them by the ten thousand, as plain tuples with names.
    """

    number: int
    text: str
    figures: tuple[Figure, ...]
    made: str
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedForm:
    """A form that stands in the narrative: its project, and which citations are its own."""

    number: int
    project: Any
    citations: tuple[Citation, ...]


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
    forms: list[PlacedForm] = field(default_factory=list)
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

    def again(self, form: PlacedForm) -> Page:
        """A page on which a form is printed once more: the same figures, the same citations.

        What is found while that is done is told there, and is not told twice.
        """
        return _Again(self.place, citations=self.citations, known=_by_text(form.citations))

    def figures(self, number: int) -> tuple[Figure, ...]:
        """The figures behind a citation."""
        return self.citations[number - 1].figures


_Known = dict[tuple[str, str], list[Citation]]


def _by_text(citations: Iterable[Citation]) -> _Known:
    known: _Known = {}
    for citation in citations:
        known.setdefault((citation.text, citation.made), []).append(citation)
    return known


@dataclass
class _Again(Page):
    """A page that cites what another rendering of the same form has cited."""

    known: _Known = field(default_factory=dict)

    def cite(
        self,
        text: str,
        figures: tuple[Figure, ...],
        made: str,
        numbers: tuple[Number, ...] = (),
    ) -> str:
        """The mark of the citation that says the same of the same figures, or of a new one."""
        for citation in self.known.get((text, made), ()):
            if citation.figures == figures:
                return mark(citation.number, text)
        return super().cite(text, figures, made, numbers)
