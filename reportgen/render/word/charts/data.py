"""A chart's data as python-pptx takes them, and the workbook that Word opens to edit them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE

from reportgen.language.printable import printable
from reportgen.model.chart import Chart, ChartKind

TYPES = {
    ChartKind.COLUMN: XL_CHART_TYPE.COLUMN_CLUSTERED,
    ChartKind.BAR: XL_CHART_TYPE.BAR_CLUSTERED,
    ChartKind.LINE: XL_CHART_TYPE.LINE_MARKERS,
    ChartKind.PIE: XL_CHART_TYPE.PIE,
}
_MADE = datetime(1980, 1, 1, tzinfo=UTC)  # the same input gives the same bytes
_WIDE, _NARROW = 32, 16


def chart_data(chart: Chart) -> CategoryChartData:
    """The chart's data; every number is the one that is printed."""
    data = CategoryChartData(number_format=chart.number_format)
    data.categories = [one_line(category) for category in chart.categories]
    for series in chart.series:
        data.add_series(one_line(series.name), [point.value for point in series.points])
    return data


def one_line(text: str) -> str:
    """A text without line breaks and what no XML may hold."""
    return " ".join(printable(str.__str__(text)).split())


def workbook(data: CategoryChartData) -> bytes:
    """The workbook with the data, its sheet and cells as the chart refers to them."""
    content: bytes = _Writer(data).xlsx_blob  # type: ignore[no-untyped-call]
    return content


class _Writer(CategoryWorkbookWriter):
    """python-pptx's writer; a text stays a text, and the workbook carries no date."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: io.BytesIO) -> Iterator[tuple[Any, Any]]:
        with super()._open_worksheet(xlsx_file) as (book, sheet):
            book.set_properties({"created": _MADE})
            sheet.strings_to_formulas = sheet.strings_to_urls = sheet.strings_to_numbers = False
            yield book, sheet
            sheet.set_column(0, 0, _WIDE)
            sheet.set_column(1, len(self._chart_data), _NARROW)
