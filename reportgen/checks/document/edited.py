"""A document that was edited by hand, held against what the data say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from reportgen.checks.document.changes import Added, Changed, Edits, Removed
from reportgen.checks.document.edits import compare
from reportgen.checks.document.expected import Expected
from reportgen.checks.document.tokens import Token, tokens
from reportgen.checks.document.units import cell_of
from reportgen.findings import Findings, Place, Severity
from reportgen.language.lines import Line
from reportgen.model import Figure

_LEAST_KEPT = 30  # per cent of a document: with less it is not a copy of this report
_MOST_CHANGED = 50  # per cent of its citations, the same
_FEW = 8  # changed citations are no sign of another report
_EXCERPT = 30
_SHOWN = 6
_MOST_CELLS = 3
_TELLING = 4  # digits from which on a numeral can be told to repeat a figure
_STOPS = "，,；;。、"
_DATA = "以数据为准时请改回；数据有误时请改数据后重新生成。"
_SOURCE = "请核对来源；需要保留的，请写进文字或模板。"


def check_edited(
    file: str, printed: Iterable[Line], found: Iterable[Line], expected: Expected
) -> Findings:
    """Every edit that changed a figure, with the cells that the data come from."""
    findings = Findings()
    edits = compare(printed, found)
    report = _Report(file, expected, findings)
    if report.is_another(edits):
        message = "与按数据生成的文件大不相同，可能是另一份报告、另一年度的文件，或大部分已经重写。"
        findings.error("P115", Place(file), message, "请核对文件夹和文件是否对应。")
        return findings
    alike = Counter((changed.was, changed.now) for changed in edits.changed if changed.number <= 0)
    for changed in edits.changed:
        many = alike.pop((changed.was, changed.now), 0) if changed.number <= 0 else 1
        if many:
            report.changed(changed, many)
    for removed in edits.removed:
        report.removed(removed)
    for added in edits.added:
        report.added(added)
    report.note(edits)
    return findings


class _Report:
    """Turns edits into findings."""

    def __init__(self, file: str, expected: Expected, findings: Findings) -> None:
        self._file = file
        self._expected = expected
        self._findings = findings

    def is_another(self, edits: Edits) -> bool:
        """Whether so little is left, or so many figures differ, that it is another document."""
        cited = {change.number for change in edits.changed if change.number > 0}
        many = len(cited) * 100 > _MOST_CHANGED * len(self._expected.citations)
        return edits.kept * 100 < _LEAST_KEPT * edits.total or (many and len(cited) > _FEW)

    def changed(self, edit: Changed, many: int) -> None:
        """A figure that says something else than the data; of the same edits only the first."""
        source = self._source(edit.number)
        now, was = _cut(edit.now.rstrip(_STOPS), 80), _cut(edit.was.rstrip(_STOPS), 80)
        again = f"（另有{many - 1}处相同）" if many > 1 else ""
        message = f"{_under(edit.headings)}文件中为“{now}”，{source}“{was}”{again}。"
        self._findings.error("P111", Place.inside(self._file, edit.spot), message, _DATA)

    def removed(self, edit: Removed) -> None:
        """Figures that are gone, however many, are one finding."""
        numerals = edit.numerals
        shown = "、".join(token.text for token in numerals[:_SHOWN])
        more = "等" if len(numerals) > _SHOWN else ""
        headings = edit.headings
        heading = next((unit.text for unit in edit.units if unit.level), "")
        if heading:
            headings = headings[:-1] if headings[-1:] == (heading,) else headings
            what = f"从“{_cut(heading)}”起删去了{len(edit.units)}段（行）"
        elif len(edit.units) > 1:
            what = f"从“{_cut(edit.units[0].text)}”起删去了{len(edit.units)}段（行）"
        else:
            what = f"删去了“{_cut(_words(edit.tokens))}”"
        count = f"{len(numerals)}个数" if len(numerals) > 1 else "数"
        cells = self._cells(numerals)
        message = f"{_under(headings)}{what}，其中的{count}（{shown}{more}）没有了{cells}。"
        self._findings.error("P112", Place(self._file), message, _DATA)

    def added(self, edit: Added) -> None:
        """Numerals that came from nowhere; dates, and figures said again, are no matter."""
        new = list(self._without_source(edit.tokens))
        if new:
            shown = "、".join(f"“{token.text}”" for token in new[:_SHOWN])
            more = "等" if len(new) > _SHOWN else ""
            words = _cut(new[0].line.text.strip())
            message = f"{_under(edit.headings)}“{words}”中新写的{shown}{more}没有来源。"
            place = Place.inside(self._file, new[0].line.spot)
            in_table = bool(cell_of(new[0].line))  # of the published tables nothing may differ
            severity = Severity.ERROR if in_table else Severity.WARNING
            self._findings.add("P113", severity, place, message, _SOURCE)

    def note(self, edits: Edits) -> None:
        """What was edited besides."""
        place = Place(self._file)
        if edits.respelt:
            message = f"有{edits.respelt}个数只是写法不同（千分位、全角等），数值相同。"
            self._findings.note("P116", place, message)
        told = len(edits.changed) + len(edits.removed) + len(edits.added)
        if edits.rewritten and not told:
            self._findings.note("P114", place, f"有{edits.rewritten}处文字改动，没有改动数字。")
        elif edits.rewritten:
            self._findings.note("P114", place, f"改动过文字或数字的地方共{edits.rewritten}处。")

    def _source(self, number: int) -> str:
        """Where the printed text came from, in words."""
        citation = self._expected.citation(number)
        if citation is None:
            return "按填报的文字应为" if number == 0 else "模板原文为"
        cells = _cells(citation.figures)
        return f"按数据（{cells}）应为" if cells else "按数据应为"

    def _cells(self, numerals: Sequence[Token]) -> str:
        """The cells behind the first of the figures that are gone."""
        numbers = dict.fromkeys(token.owner for token in numerals if token.owner > 0)
        if not numbers:
            return ""
        citation = self._expected.citation(next(iter(numbers)))
        cells = _cells(citation.figures) if citation else ""
        return f"，“{citation.text}”出自{cells}" if citation and cells else ""

    def _without_source(self, pieces: Sequence[Token]) -> Iterator[Token]:
        known = self._repeated
        for token in pieces:
            if token.is_numeral and (token.key not in known or cell_of(token.line)):
                free = self._expected.allowed.without_source(token.line.text)
                if any(token.start < m.end() and m.start() < token.end for m in free):
                    yield token

    @cached_property
    def _repeated(self) -> set[str]:
        """The numerals of figures that are long enough to be told again."""
        found = (
            token.key
            for citation in self._expected.citations
            for token in tokens(Line("", citation.text))
        )
        return {key for key in found if sum(sign.isdecimal() for sign in key) >= _TELLING}


def _under(headings: Sequence[str]) -> str:
    """The heading under which something stands."""
    return f"“{_cut(headings[-1])}”下，" if headings else ""


def _words(pieces: Sequence[Token]) -> str:
    """Pieces of one place, as they are written."""
    line = pieces[0].line
    own = [token for token in pieces if token.line is line]
    return line.text[own[0].start : own[-1].end]


def _cut(text: str, longest: int = _EXCERPT) -> str:
    """The beginning of a text.

    >>> _cut("甲" * 40) == "甲" * 30 + "……"
    True
    """
    return text if len(text) <= longest else text[:longest] + "……"


def _cells(figures: Iterable[Figure]) -> str:
    """Figures with their cells: 收入总计 决算表.xlsx[公开01表]!C9."""
    shown = []
    for figure in figures:
        places = [str(place) for place in figure.places]
        more = f"等{len(places)}格" if len(places) > _MOST_CELLS else ""
        cells = "、".join(places[:_MOST_CELLS]) + more
        shown.append(f"{figure.name} {cells}".strip())
    return "；".join(shown)
