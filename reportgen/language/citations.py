"""What one rendering keeps: the citations of its figures and its findings."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.findings import Findings, Place
from reportgen.language.marks import mark
from reportgen.language.questions import Questions
from reportgen.model import Figure


@dataclass(frozen=True, slots=True)
class Citation:
    """A figure as printed: its text, the figures behind it and how it was made."""

    number: int
    text: str
    figures: tuple[Figure, ...]
    made: str


@dataclass
class Page:
    """The state of one rendering; filters reach it through the context."""

    place: Place
    findings: Findings = field(default_factory=Findings)
    citations: list[Citation] = field(default_factory=list)
    questions: Questions = field(default_factory=Questions)

    def cite(self, text: str, figures: tuple[Figure, ...], made: str) -> str:
        """Record a printed figure and return its text between marks."""
        citation = Citation(len(self.citations) + 1, text, figures, made)
        self.citations.append(citation)
        return mark(citation.number, text)
