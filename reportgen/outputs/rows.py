"""The rows of the trace: every cited number in page order, with what it was made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.findings import Place
from reportgen.language import Citation
from reportgen.language.lines import Line
from reportgen.language.marks import Span
from reportgen.model import Figure
from reportgen.model.formula import cells, labels, names
from reportgen.narrative.exact import UNROUNDED
from reportgen.outputs.grids import Grids

JUDGED = "没有数字，按这些数判断"
"""The rounding of 与上年持平: a sentence that says something of figures and prints none."""
_END = re.compile("[。；;！？!?\n]")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A number on the page; ``value`` is None where the words of a citation hold no number."""

    section: str
    spot: str
    sentence: str
    text: str
    value: Decimal | None
    figures: tuple[Figure, ...]
    rounding: str

    @property
    def names(self) -> str:
        """The formula in names."""
        if self.value is None:
            return labels(self.figures)
        return "\n".join(dict.fromkeys(names(figure) for figure in self.figures))

    @property
    def cells(self) -> str:
        """The formula in cells."""
        return "\n".join(dict.fromkeys(filter(None, map(cells, self.figures))))

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells it was computed from, each once."""
        return tuple(dict.fromkeys(place for figure in self.figures for place in figure.places))


def trace_rows(lines: Iterable[Line], citations: Sequence[Citation]) -> Iterator[TraceRow]:
    """Yield a row for each number of each citation in ``lines``, from the first line on."""
    listed = list(lines)
    grids = Grids(listed)
    path: list[tuple[int, str]] = []
    for line in listed:
        if line.level:
            path = [entry for entry in path if entry[0] < line.level]
            path.append((line.level, line.text.strip()))
        section = " › ".join(text for _, text in path)
        for span in sorted(line.spans, key=lambda span: span.start):
            if 0 < span.number <= len(citations):
                citation = citations[span.number - 1]
                place = grids.labels(line, citation.figures) or sentence(line.text, span)
                yield from _rows(section, line.spot, place, citation)


def _rows(section: str, spot: str, place: str, citation: Citation) -> Iterator[TraceRow]:
    for number in citation.numbers:
        figures = (number.figure,)
        yield TraceRow(section, spot, place, number.text, number.value, figures, number.rounding)
    if not citation.numbers:
        yield TraceRow(section, spot, place, citation.text, None, citation.figures, JUDGED)


def note(citation: Citation) -> str:
    """What a reviewer is told of a citation: each number, its formula and its cells."""
    rows = _rows("", "", "", citation)
    return "\n".join("\n".join(filter(None, _told(row))) for row in rows)


def _told(row: TraceRow) -> Iterator[str]:
    yield f"{row.text}：{row.names}"
    yield row.cells
    yield row.rounding if row.rounding != UNROUNDED else ""


def sentence(text: str, span: Span) -> str:
    """The sentence or part of one, up to 。or ；, in which a span stands.

    >>> sentence("共3个。收入5元，增长2%；支出4元。", Span(1, 6, 8))
    '收入5元，增长2%；'
    """
    begin = max((match.end() for match in _END.finditer(text, 0, span.start)), default=0)
    end = _END.search(text, span.end)
    found = text[begin : end.end() if end else len(text)].strip()
    if len(found) <= _LONGEST:
        return found
    near = max(span.start - begin - _LONGEST // 2, 0)
    return f"…{found[near : near + _LONGEST]}…"
