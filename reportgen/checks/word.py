"""The template gate for Word: tags read with zipfile and lxml, faults named by their cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from lxml import etree

from reportgen.checks.completeness.layout import Printed
from reportgen.checks.hygiene.corpus import HIDDEN
from reportgen.checks.lints import check_company, check_names
from reportgen.checks.template import Parsed, faults, parsed, report_syntax
from reportgen.findings import Finding, Findings, Place
from reportgen.language import ReportEnvironment
from reportgen.model import Passage
from reportgen.sources.guard import is_safe
from reportgen.sources.word import PARSER, paragraphs, part_name

_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}|\{#.{0,2000}?#\}", re.DOTALL)
_PREFIX = re.compile(r"^(\{\{|\{%|\{#)(?:tr|tc|p|r)(?=\s)")
_SPAN = re.compile(r"\{%\s*(?:colspan|cellbg|merge)\s+(.*?)\s*%\}")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}")
_WIDE = re.compile("｛[｛%]|[｝%]｝")
_BLOCK = re.compile(r"\{%-?\s*(end)?(?:if|for|macro|call|filter|with|block)\b")
_UNFINISHED = "Unexpected end of template"
_UNBALANCED = re.compile("Unexpected end of template|unknown tag")
_STRUCTURE = re.compile(r"\{%-?\s*(if|for|else|endif|endfor)\b")
_MOST_ERRORS = 100
_SHOWN = 30
_PLAIN = re.compile(r"\{%\s*[vh]m\s*%\}")


def check_word_template(
    path: Path,
    environment: ReportEnvironment,
    context: Mapping[str, Any] | None,
    findings: Findings,
    printed: Printed | None = None,
) -> None:
    """Check every tag of a Word template; each fault is named by paragraph or table cell.

    With ``None`` for the context any name will do. ``printed`` takes in what it prints.
    """
    try:
        stat = path.stat()
    except OSError:
        stat = None
    template = _read(path, (stat.st_mtime_ns, stat.st_size) if stat else None)
    findings.extend(template.found)
    for part in template.parts:
        places = part.places or (Place(path.name),)
        tree = _parse(environment, list(part.lines), places, findings)
        if tree is None:
            continue
        if printed is not None:
            printed.add_lines(part.texts)
            printed.add(tree)
            printed.own += part.own
        for line, message, code, hint in faults(tree, environment, context):
            findings.error(code, places[min(line, len(places)) - 1], message, hint)


@dataclass(frozen=True)
class _Part:
    """A part as texts: all its paragraphs, and one line of source for each that has tags.

    A line number leads to the paragraph's place; ``own`` are the template's own words.
    """

    texts: tuple[str, ...]
    lines: tuple[str, ...]
    places: tuple[Place, ...]
    own: tuple[Passage, ...]


@dataclass(frozen=True)
class _Template:
    """The parts of a Word template, and what is wrong with them whatever the names are."""

    parts: tuple[_Part, ...]
    found: tuple[Finding, ...]


@lru_cache(maxsize=16)
def _read(path: Path, _stamp: tuple[int, int] | None) -> _Template:
    """Read a template; once for each state of the file, which ``_stamp`` tells apart."""
    findings = Findings()
    if not is_safe(path, findings):
        return _Template((), tuple(findings))
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            names = [name for name in archive.namelist() if _PART.fullmatch(name)]
            roots = {name: etree.fromstring(archive.read(name), PARSER) for name in names}
    except (zipfile.BadZipFile, etree.XMLSyntaxError, OSError):
        message = "这个文件不是有效的 .docx 文件。"
        findings.error("D102", Place(path.name), message, "请用 Word 另存。")
        return _Template((), tuple(findings))
    parts = [_part(path.name, name, root, findings) for name, root in roots.items()]
    return _Template(tuple(parts), tuple(findings))


def _part(file: str, name: str, root: Any, findings: Findings) -> _Part:
    texts, lines, places, own = [], [], [], []
    for paragraph, spot, text in paragraphs(root):
        place = Place.inside(file, part_name(name) + spot)
        texts.append(text)
        own.append(Passage(_TAG.sub(HIDDEN, text), place))
        if _TAG.search(text):
            lines.append(_source(text))
            places.append(place)
            check_company(paragraph, text, place, findings)
            check_names(text, place, findings)
        _check_braces(place, _TAG.sub("", text), findings)
    return _Part(tuple(texts), tuple(lines), tuple(places), tuple(own))


def _parse(
    environment: ReportEnvironment, lines: list[str], places: Sequence[Place], findings: Findings
) -> Parsed | None:
    """Parse a part; every syntax error is told, for a faulty line is put right and passed.

    A line's blocks are kept at first, so that their ends don't count as faults; where that
    doesn't help the line is left out.
    """
    file = places[0].file
    for _ in range(_MOST_ERRORS):
        source = "\n".join(lines)
        try:
            return parsed(environment, source, file)
        except TemplateSyntaxError as error:
            line = _unclosed(source) if _UNFINISHED in str(error.message) else error.lineno
            number = min(line, len(lines)) - 1
            if not lines[number]:
                return None
            report_syntax(error, places[number], findings, lines[number][:_SHOWN])
            lines[number] = (
                "" if _UNBALANCED.search(str(error.message)) else _neutral(lines[number])
            )
    return None


def _neutral(line: str) -> str:
    """The line with only what opens and closes blocks, asking for nothing."""
    words = (match.group(1) for match in _STRUCTURE.finditer(line))
    kept = {"if": "{% if 1 %}", "for": "{% for _ in [] %}"}
    neutral = "".join(kept.get(word, f"{{% {word} %}}") for word in words)
    return "" if neutral == line else neutral


def _check_braces(place: Place, rest: str, findings: Findings) -> None:
    """What is left of a paragraph without its tags must not look like half a tag."""
    if _HALF.search(rest):
        hint = "标签须写在同一段内，以 {{ }} 或 {% %} 成对。"
        findings.error("T102", place, "标签没有写完整。", hint)
    if _WIDE.search(rest):
        findings.error("T102", place, "标签用了全角花括号。", "请改为半角 {{ }} 或 {% %}。")


def _unclosed(source: str) -> int:
    """The line of the innermost tag that is opened and never closed."""
    opened: list[int] = []
    for number, line in enumerate(source.split("\n"), start=1):
        for ending in _BLOCK.findall(line):
            if not ending:
                opened.append(number)
            elif opened:
                opened.pop()
    return opened[-1] if opened else number


def _source(text: str) -> str:
    """The tags of a paragraph as plain Jinja: docxtpl's own tags become ordinary ones."""
    tags = (_PREFIX.sub(r"\1", tag) for tag in _TAG.findall(text))
    plain = (_SPAN.sub(r"{{ \1 }}", _PLAIN.sub("", tag)) for tag in tags)
    return "".join(tag.replace("\n", " ") for tag in plain)
