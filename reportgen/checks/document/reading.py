"""A document being read back, line by line: numerals, citations, what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from reportgen.checks.document.expected import Expected, cited
from reportgen.checks.document.leftovers import leftover, shows_tag
from reportgen.checks.document.numerals import half
from reportgen.checks.document.quick import cited_plainly
from reportgen.findings import Findings, Place
from reportgen.language.marks import Span
from reportgen.model.chart import Chart

_ATTRIBUTE = re.compile('="[^"]*"')
_AROUND = 12
TEMPLATE = "请检查模板的标签。"
_SOURCE = "请改用数据或文字填写；固定的写法（如“公开01表”）请写进 bundle.yaml 的“数字白名单”。"
_Typed = tuple[str, str, str]
"""A numeral without a source: the spot of its line, the line, the numeral."""


class Reading:
    """One document being read: what was found, and which citations were seen."""

    def __init__(self, file: str, expected: Expected, findings: Findings) -> None:
        self._file = file
        self._expected = expected
        self._findings = findings
        self._promised: set[int] = set()
        self._seen: set[int] = set()
        self._typed: list[_Typed] = []

    def promise(self, marked: str) -> None:
        """Note which citations a marked text holds; those in attributes stand in no line."""
        self._promised |= cited(marked)
        if '"' in marked:
            self._seen |= cited("".join(_ATTRIBUTE.findall(marked)))

    def see(self, number: int) -> None:
        """Note that a citation stands where no line is: in a chart."""
        self._seen.add(number)

    def passes(self, marked: str) -> bool:
        """Whether a part of a Word file raises no question; its citations are then seen."""
        seen = cited_plainly(marked, self._expected)
        if seen is None:
            return False
        self._seen |= seen
        return True

    def line(self, text: str, spans: Sequence[Span], spot: Callable[[], str]) -> None:
        """Check a line: its citations, what is left in it, and numerals without a source."""
        for span in spans:
            self._check_citation(text, span, spot)
        left = leftover(text, spans)
        if left:
            message = f"文件中残留“{left}”。"
            self.error("P108", spot(), message, "请补填数据，或检查模板。")
        elif shows_tag(text):
            message = "填报的文字里有“{{”或“{%”，会照原样印出，不会换成数据。"
            place = Place.inside(self._file, spot())
            self._findings.warning("P101", place, message, "请核对填报的文字。")
        for numeral in self._expected.allowed.unexplained(text, spans):
            self._typed.append((spot(), text, numeral))

    def _check_citation(self, text: str, span: Span, spot: Callable[[], str]) -> None:
        citation = self._expected.citation(span.number)
        self._seen.add(span.number)
        printed = text[span.start : span.end]
        if span.number and (citation is None or citation.text != printed):
            computed = citation.text if citation else ""
            message = f"印出的“{printed}”与计算的“{computed}”不同。"
            self.error("P104", spot(), message, TEMPLATE)

    def finish(self) -> None:
        """Numerals are explained, every citation was seen, and no section was left out."""
        for spot, text, numeral in _but_column_numbers(self._typed):
            message = f"{_shown(text, numeral)}中的“{numeral}”没有来源。"
            self.error("P105", spot, message, _SOURCE)
        for number in sorted(self._promised - self._seen):
            citation = self._expected.citation(number)
            text = citation.text if citation else str(number)
            self.error("P106", "", f"算出的“{text}”没有印在文件里。", TEMPLATE)
        for chart in self._expected.charts:
            self._check_chart(chart)
        for name, markdown in self._expected.sections.items():
            numbers = cited(markdown)
            if numbers and not numbers & self._seen:
                message = f"正文“{name}”一章没有排进文件，其中有{len(numbers)}个数。"
                hint = f"请在版面里写 {{{{ {name} }}}}（Word 里单独一段写 {{{{p {name} }}}}）。"
                self._findings.warning("P107", Place(self._file), message, hint)

    def _check_chart(self, chart: Chart) -> None:
        """A chart of a section that is printed is printed too, with every figure."""
        sections = self._expected.sections.values()
        around = next((set(n) for m in sections if chart.citations <= (n := cited(m))), set())
        missing = len(chart.citations - self._seen)
        if missing and around & self._seen:
            message = f"图表“{chart.name}”有{missing}个数没有画在文件里。"
            self.error("P106", "", message, TEMPLATE)

    def error(self, code: str, spot: str, message: str, hint: str) -> None:
        """Record what is wrong at a spot of the document."""
        self._findings.error(code, Place.inside(self._file, spot), message, hint)


def _but_column_numbers(typed: Iterable[_Typed]) -> Iterator[_Typed]:
    """All but the rows of a table that number its columns: 1, 2, 3, …, each alone in its cell."""
    for row, found in groupby(typed, key=lambda line: line[0].partition(" 单元格")[0]):
        cells = list(found)
        numbers = [half(text).strip() for _, text, _ in cells]
        counted = [str(number) for number in range(1, len(cells) + 1)]
        if " 行" not in row or len(cells) < 2 or numbers != counted:
            yield from cells


def _shown(text: str, numeral: str) -> str:
    """A few words around a numeral."""
    at = max(text.find(numeral), 0)
    start, end = max(at - _AROUND, 0), at + len(numeral) + _AROUND
    return f"“{text[start:end].strip()}”"
