"""Finished files are read back from their bytes and held against what was rendered."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol
from xml.parsers import expat

from lxml import etree

from reportgen.checks.document.charts import check_chart, is_chart
from reportgen.checks.document.expected import Expected
from reportgen.checks.document.leftovers import has_marks, has_tags
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.document.reading import TEMPLATE, Reading
from reportgen.checks.document.sieve import Sieve
from reportgen.findings import Finding, Findings, Place
from reportgen.language.documents import STYLES, markdown_lines, read_part, text_parts
from reportgen.language.marks import read, strip, strip_bytes
from reportgen.language.pieces import Pieces
from reportgen.packing import Frame
from reportgen.sources.word_styles import Outline


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
    promised = {line.spot: line for line in markdown_lines(marked)}
    for line in markdown_lines(content.decode("utf-8", "replace")):
        own = promised.get(line.spot)
        spans = own.spans if own and own.text == line.text else ()
        reading.line(line.text, spans, lambda line=line: line.spot)  # type: ignore[misc]
    reading.finish()
    return findings


class Printed(Protocol):
    """A finished Word file, its changed parts with their marks, and the pieces of some of them."""

    @property
    def content(self) -> bytes:
        """The file."""

    @property
    def pieces(self) -> Mapping[str, Pieces]:
        """The changed parts, where each is nothing but what its template printed."""

    @property
    def marked(self) -> Mapping[str, bytes]:
        """The changed parts with marks; made when they are asked for."""


class WordGate:
    """The gate for the documents of one template: parts that never change are read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, Allowed], Sequence[Finding]] = {}
        self._outline: tuple[int, Outline] | None = None
        self._sieve = Sieve()
        self._frames: dict[tuple[frozenset[str], Allowed], Frame] = {}

    def read_back(self, file: str, printed: Printed, expected: Expected) -> Findings:
        """What is wrong with a document; in full only where its pieces leave a doubt."""
        if self.passes(printed.content, printed.pieces, expected):
            return Findings()
        found = self.check(file, printed.content, printed.marked, expected)
        if not found:
            self.learn(printed.pieces)
        return found

    def passes(self, content: bytes, pieces: Mapping[str, Pieces], expected: Expected) -> bool:
        """Whether a Word file raises no question, told from its pieces; else it is to be checked.

        The first file of a template has to be: then its fixed parts are known.
        """
        if not pieces or expected.sections or expected.charts:
            return False
        key = frozenset(pieces), expected.allowed
        frame = self._frames.get(key) or self._sound_frame(content, *key)
        if frame is None:
            return False
        self._frames[key] = frame
        changed = frame.read(content)
        return changed is not None and all(
            self._sieve.passes(data, pieces[name], expected) for name, data in changed.items()
        )

    def learn(self, pieces: Mapping[str, Pieces]) -> None:
        """Know a template by a file that was checked, and nothing found in it."""
        for part in pieces.values():
            self._sieve.learn(part)

    def _sound_frame(
        self, content: bytes, changing: Collection[str], allowed: Allowed
    ) -> Frame | None:
        """What a file has in common with others, where nothing was found in it."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile:
            return None
        with archive:
            for name, info in archive.NameToInfo.items():
                known = self._known.get((name, info.CRC, allowed))
                if name not in changing and _is_xml(name) and known != []:
                    return None
            frame = Frame.of(content, archive, changing)
            return frame if frame and changing == set(frame.changing) else None

    def check(
        self, file: str, content: bytes, marked: Mapping[str, bytes], expected: Expected
    ) -> Findings:
        """Read a finished Word file back; what is wrong with it."""
        findings = Findings()
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self._check(file, archive, marked, expected, findings)
        except (zipfile.BadZipFile, zlib.error):
            findings.error("P102", Place(file), "写出的文件不是有效的 .docx 文件。", TEMPLATE)
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
        for name in sorted(marked.keys() - names.keys()):
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
                if is_chart(name):
                    check_chart(name, marked[name], archive, expected, reading)
            elif _is_xml(name):
                key = (name, info.CRC, expected.allowed)
                if key not in self._known:
                    data, found = archive.read(name), Findings()
                    static = replace(expected, sections={}, charts=())
                    alone = Reading(file, static, found)
                    _read_part(name, data, data, outline, alone)
                    if is_chart(name):
                        check_chart(name, data, archive, static, alone)
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


def _is_xml(name: str) -> bool:
    """Whether a part is read as XML."""
    return name.endswith((".xml", ".rels"))


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
        reading.error("P102", name, message, TEMPLATE)
        return
    reading.promise(marked.decode("utf-8", "replace"))
    for paragraph in part.paragraphs:
        if paragraph.pieces:
            text, spans = read(paragraph.text)
            reading.line(text, spans, lambda p=paragraph: part.spot(p))  # type: ignore[misc]
