"""A chart of a finished Word file, read back: its figures, its workbook, its typed numerals."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from lxml import etree

from reportgen.checks.document.expected import Expected
from reportgen.checks.document.reading import Reading
from reportgen.language.marks import read
from reportgen.model.chart import Chart
from reportgen.sources.word_charts import related, relations_of
from reportgen.sources.word_plots import Cached, Plotted, plotted, typed_texts, workbook_cells

_HINT = "请报告这个问题；版面里画好的图，可以改用程序画的图。"


def is_chart(name: str) -> bool:
    """Whether a part is a chart."""
    return name.startswith("word/charts/chart") and name.endswith(".xml")


def check_chart(
    name: str, marked: bytes, archive: zipfile.ZipFile, expected: Expected, reading: Reading
) -> None:
    """Hold a chart's cached values against the citations, and its workbook against both."""
    try:
        promised, found = plotted(marked), plotted(archive.read(name))
    except (etree.XMLSyntaxError, KeyError):
        return  # told as a part that is missing or no XML
    chart = _declared(promised, expected)
    if chart is None:
        if any(series.values for series in found):
            reading.error("P117", name, "画的数都没有来源。", _HINT)
        return
    spot = f"图表“{chart.name}”"
    for message in _differences(chart, promised, found, expected, reading):
        reading.error("P117", spot, message, _HINT)
    for message in _workbook(name, found, archive):
        reading.error("P117", spot, message, _HINT)
    for text in typed_texts(marked):
        reading.line(*read(text), lambda: spot)


def _declared(promised: Sequence[Plotted], expected: Expected) -> Chart | None:
    """The chart that a part's marks say it is."""
    numbers = {
        span.number
        for series in promised
        for value in series.values
        for span in read(value.text)[1]
    }
    return next((chart for chart in expected.charts if numbers & chart.citations), None)


def _differences(
    chart: Chart,
    promised: Sequence[Plotted],
    found: Sequence[Plotted],
    expected: Expected,
    reading: Reading,
) -> Iterator[str]:
    """What the finished chart shows beside what was computed for it."""
    if len(found) != len(chart.series):
        yield f"应有{len(chart.series)}个系列，现有{len(found)}个。"
        return
    for declared, series, marks in zip(chart.series, found, promised, strict=True):
        names = tuple(_plain(category) for category in chart.categories)
        if tuple(_plain(one.text) for one in series.categories) != names:
            yield f"系列“{series.name}”的类别与正文的不同。"
        if len(series.values) != len(declared.points):
            yield f"系列“{series.name}”应有{len(declared.points)}个数，现有{len(series.values)}个。"
            continue
        for number, (point, value) in enumerate(zip(declared.points, series.values, strict=True)):
            spans = read(marks.values[number].text)[1]
            citation = expected.citation(spans[0].number if spans else 0)
            if citation is None or citation.number != point.citation:
                yield f"“{series.category(number)}”画的数没有来源。"
                continue
            reading.see(citation.number)
            if _number(value.text) != _number(citation.text.replace(",", "")):
                yield (
                    f"“{series.category(number)}”画的是“{value.text}”，算出的是“{citation.text}”。"
                )


def _workbook(name: str, found: Sequence[Plotted], archive: zipfile.ZipFile) -> Iterator[str]:
    """Where the embedded workbook says something else than the chart."""
    try:
        relations = archive.read(relations_of(name))
        targets = related(relations, name).values()
        book = next(target for target in targets if target.endswith(".xlsx"))
        cells = workbook_cells(archive.read(book))
    except (KeyError, StopIteration, zipfile.BadZipFile, etree.XMLSyntaxError):
        yield "里面没有可以打开的数据表。"
        return
    for series in found:
        for cached in (*series.head, *series.categories, *series.values):
            text = cells.get((cached.sheet, cached.address), "")
            if not _agree(cached, text):
                yield f"画的是“{cached.text}”，数据表{cached.address}格是“{text}”。"


def _agree(cached: Cached, text: str) -> bool:
    if _plain(cached.text) == _plain(text):
        return True
    number = _number(cached.text)
    return number is not None and number == _number(text)


def _plain(text: str) -> str:
    return "".join(text.split())


def _number(text: str) -> Decimal | None:
    """A number, ``None`` for what is none.

    >>> _number("12.30") == _number("12.3"), _number("甲"), _number("nan")
    (True, None, None)
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
