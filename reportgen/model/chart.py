"""A chart: what it is called, and the figures that it plots."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reportgen.findings import Place


class ChartKind(StrEnum):
    """What a chart looks like, by the name that authors write."""

    COLUMN = "柱形图"
    BAR = "条形图"
    LINE = "折线图"
    PIE = "饼图"


class Labels(StrEnum):
    """What stands beside each bar, point or slice."""

    VALUE = "数值"
    SHARE = "比例"
    NONE = "无"


class CaptionAt(StrEnum):
    """Where a chart's caption stands; in sentences it may stand besides."""

    ABOVE = "上"
    BELOW = "下"
    NOWHERE = "无"


@dataclass(frozen=True, slots=True)
class Point:
    """A plotted figure: its citation, the number in the chart's unit, and its text."""

    citation: int
    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """One row of points, as many as the chart has categories."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as declared, with its figures; ``unit`` is as printed, ``caption`` too, with marks.

    ``markdown`` is the caption as Markdown; ``titled`` says that the title is printed in the
    chart too. ``places`` are the decimals of its numbers, ``None`` where each has as many as
    it needs.
    """

    name: str
    number: int
    kind: ChartKind
    labels: Labels
    caption: str
    markdown: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    places: int | None
    share_places: int
    grouping: bool
    caption_at: CaptionAt
    titled: bool
    place: Place

    @property
    def citations(self) -> frozenset[int]:
        """The numbers of its citations."""
        return frozenset(point.citation for series in self.series for point in series.points)

    @property
    def number_format(self) -> str:
        """The number format of its values, as spreadsheets write it."""
        return number_format(self.places, grouping=self.grouping)

    @property
    def description(self) -> str:
        """Its caption and figures in words, for readers who can't see it."""
        lines = [f"{self.caption or self.title}{self.unit}"]
        for series in self.series:
            named = zip(self.categories, series.points, strict=True)
            figures = "，".join(f"{category}{point.text}" for category, point in named)
            lines.append(f"{series.name}：{figures}" if len(self.series) > 1 else figures)
        return "；".join(lines) + "。"


def number_format(places: int | None, *, grouping: bool) -> str:
    """A number format of spreadsheets.

    >>> number_format(2, grouping=True), number_format(0, grouping=False)
    ('#,##0.00', '0')
    """
    if places is None:
        return "General"
    return ("#,##0" if grouping else "0") + ("." + "0" * places if places else "")
