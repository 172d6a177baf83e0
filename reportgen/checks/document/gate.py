"""Finished files are read back from their bytes and held against what was rendered."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from xml.parsers import expat

from lxml import etree

from reportgen.checks.document.expected import Expected, cited
from reportgen.checks.document.leftovers import has_marks, has_tags, leftover, shows_tag
from reportgen.checks.document.numerals import Allowed, half
from reportgen.checks.document.quick import cited_plainly
from reportgen.findings import Finding, Findings, Place
from reportgen.language.documents import STYLES, markdown_lines, read_part, text_parts
from reportgen.language.marks import Span, read, strip, strip_bytes
from reportgen.sources.word_styles import Outline

_ATTRIBUTE = re.compile('="[^"]*"')
_AROUND = 12
_TEMPLATE = "请检查模板的标签。"
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
            self.error("P104", spot(), message, _TEMPLATE)

    def finish(self) -> None:
        """Numerals are explained, every citation was seen, and no section was left out."""
        for spot, text, numeral in _but_column_numbers(self._typed):
            message = f"{_shown(text, numeral)}中的“{numeral}”没有来源。"
            self.error("P105", spot, message, _SOURCE)
        for number in sorted(self._promised - self._seen):
            citation = self._expected.citation(number)
            text = citation.text if citation else str(number)
            self.error("P106", "", f"算出的“{text}”没有印在文件里。", _TEMPLATE)
        for name, markdown in self._expected.sections.items():
            numbers = cited(markdown)
            if numbers and not numbers & self._seen:
                message = f"正文“{name}”一章没有排进文件，其中有{len(numbers)}个数。"
                hint = f"请在版面里写 {{{{ {name} }}}}（Word 里单独一段写 {{{{p {name} }}}}）。"
                self._findings.warning("P107", Place(self._file), message, hint)

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


def check_markdown(file: str, content: bytes, marked: str, expected: Expected) -> Findings:
    """Read a finished Markdown document back; what is wrong with it."""
    findings = Findings()
    if content.decode("utf-8", "replace") != strip(marked):
        message = "写出的文件与生成的内容不同。"
        findings.error("P103", Place(file), message, "请报告这个问题。")
    if has_marks(content):
        findings.error("P101", Place(file), "文件中残留内部标记。", "请报告这个问题。")
    reading = Reading(file, expected, findings)
    reading.promise(marked)
    for line in markdown_lines(marked):
        reading.line(line.text, line.spans, lambda line=line: line.spot)  # type: ignore[misc]
    reading.finish()
    return findings


class WordGate:
    """The gate for the documents of one template: parts that never change are read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, Allowed], Sequence[Finding]] = {}
        self._outline: tuple[int, Outline] | None = None

    def check(
        self, file: str, content: bytes, marked: Mapping[str, bytes], expected: Expected
    ) -> Findings:
        """Read a finished Word file back; what is wrong with it."""
        findings = Findings()
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile:
            findings.error("P102", Place(file), "写出的文件不是有效的 .docx 文件。", _TEMPLATE)
            return findings
        with archive:
            self._check(file, archive, marked, expected, findings)
        return findings

    def _check(
        self,
        file: str,
        archive: zipfile.ZipFile,
        marked: Mapping[str, bytes],
        expected: Expected,
        findings: Findings,
    ) -> None:
        names = archive.NameToInfo
        reading = Reading(file, expected, findings)
        outline = self._styles(archive)
        for name in marked.keys() - names.keys():
            place = Place.inside(file, name)
            findings.error("P103", place, "写出的文件缺少这个部分。", "请报告这个问题。")
        for name, info in names.items():
            if name in marked:
                data = archive.read(name)
                if data != strip_bytes(marked[name]):
                    place = Place.inside(file, name)
                    message = "写出的文件与生成的内容不同。"
                    findings.error("P103", place, message, "请报告这个问题。")
                _read_part(name, data, marked[name], outline, reading)
            elif name.endswith((".xml", ".rels")):
                key = (name, info.CRC, expected.allowed)
                if key not in self._known:
                    data, found = archive.read(name), Findings()
                    alone = Reading(file, replace(expected, sections={}), found)
                    _read_part(name, data, data, outline, alone)
                    alone.finish()
                    self._known[key] = list(found)
                for known in self._known[key]:
                    place = replace(known.place, file=file)
                    findings.extend([replace(known, place=place)])
        reading.finish()

    def _styles(self, archive: zipfile.ZipFile) -> Outline:
        """The outline of the template's styles, read once."""
        info = archive.NameToInfo.get(STYLES)
        if info is None:
            return Outline()
        if self._outline is None or self._outline[0] != info.CRC:
            try:
                self._outline = (info.CRC, Outline.read(archive.read(STYLES)))
            except etree.XMLSyntaxError:
                return Outline()
        return self._outline[1]


def _read_part(name: str, data: bytes, marked: bytes, outline: Outline, reading: Reading) -> None:
    """A part parses, and no mark or tag is left anywhere in it; its lines are checked."""
    if has_marks(data):
        reading.error("P101", name, "文件中残留内部标记。", "请报告这个问题。")
    if has_tags(marked):
        message = "文件中有“{{”或“{%”，是没有执行的标签。"
        reading.error("P101", name, message, "请检查模板，包括批注、域和文件属性。")
    try:
        if not text_parts([name]) or reading.passes(marked.decode("utf-8", "replace")):
            expat.ParserCreate().Parse(data, True)
            return
        part = read_part(name, marked, outline, copies=True)
    except (expat.ExpatError, etree.XMLSyntaxError) as error:
        message = f"文件内部结构有误（第{error.lineno}行）。"
        reading.error("P102", name, message, _TEMPLATE)
        return
    reading.promise(marked.decode("utf-8", "replace"))
    for paragraph in part.paragraphs:
        if paragraph.pieces:
            text, spans = read(paragraph.text)
            reading.line(text, spans, lambda p=paragraph: part.spot(p))  # type: ignore[misc]
