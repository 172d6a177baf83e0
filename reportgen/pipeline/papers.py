"""The office's working papers: the trace, and a copy of the Word file with comments."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.language.documents import STYLES, markdown_lines, word_lines
from reportgen.language.lines import Line
from reportgen.model.chart import Chart
from reportgen.outputs.links import Links
from reportgen.outputs.rows import note, trace_rows
from reportgen.outputs.trace import Source, trace
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.publication import Publication
from reportgen.version import VERSION

_PUBLISHED = "表数"
"""A cell of a published table says one cell of the same table: no comment, the trace has it."""


def working_papers(
    prepared: Prepared, publication: Publication, office: Path, *, annotated: bool
) -> dict[str, bytes]:
    """The files by name; ``office`` is the folder they will lie in, links start there."""
    papers = {f"{publication.name}.trace.xlsx": _trace(prepared, publication, office)}
    if annotated and publication.pressed is not None:
        papers[f"{publication.name}-批注.docx"] = _annotated(prepared, publication)
    return papers


def _trace(prepared: Prepared, publication: Publication, office: Path) -> bytes:
    assert prepared.page
    inputs = prepared.inputs
    return trace(
        f"{publication.name} 数据来源底稿",
        trace_rows(_lines(publication, prepared.page.charts), prepared.page.citations),
        judged=prepared.judged,
        found=prepared.findings,
        waivers=prepared.waivers,
        sources=_sources(prepared, inputs),
        links=Links(office, inputs),
    )


def _lines(publication: Publication, charts: Sequence[Chart]) -> Iterator[Line]:
    """The lines of the Word file, or of the Markdown where no Word file is made."""
    pressed = publication.pressed
    if pressed is None:
        return markdown_lines(publication.marked)
    with zipfile.ZipFile(io.BytesIO(pressed.content)) as archive:
        styles = archive.read(STYLES)
    return word_lines({STYLES: styles, **pressed.marked}, contents=False, charts=charts)


def _sources(prepared: Prepared, inputs: list[Path]) -> Iterator[Source]:
    yield from map(Source.of, inputs)
    assert prepared.bundle
    for bundle in filter(None, (prepared.bundle, prepared.form)):
        yield Source(f"模板 {bundle.name}", bundle.digest())
    yield Source("程序版本", VERSION)


def _annotated(prepared: Prepared, publication: Publication) -> bytes:
    # only --annotate needs it
    from reportgen.render.word.annotate import annotate

    assert prepared.page
    assert publication.pressed
    notes = {
        citation.number: note(citation)
        for citation in prepared.page.citations
        if citation.made != _PUBLISHED
    }
    return annotate(publication.pressed.content, publication.pressed.marked, notes)
