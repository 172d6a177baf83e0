"""Captions of charts: over or under them, and in the sentences that speak of them."""

from __future__ import annotations

from dataclasses import replace

from reportgen.findings import nearest
from reportgen.language import Page
from reportgen.language.awaited import Awaited, filled
from reportgen.language.marks import quoted
from reportgen.language.sentences import plain
from reportgen.model.chart import ChartKind
from reportgen.narrative.phrases import fill
from reportgen.narrative.wording import ChartWords

CAPTIONS = "图名"


class Captions:
    """图名 in the narrative: ``.收入构成`` is that chart's caption, wherever the chart stands."""

    def lookup(self, name: str) -> Awaited:
        """The caption of a chart by its name; no chart has its number yet."""
        return Awaited(name)

    __getitem__ = lookup


def caption(words: ChartWords, number: int, kind: ChartKind, title: str) -> str:
    """A caption; the ``title`` is written for where it will stand."""
    called = words.kinds.get(kind.value, kind.value)
    return fill(words.caption, {"号": quoted(str(number)), "标题": title, "类型": called})


class Filling:
    """The captions that a narrative asked for, once all its charts are known."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._charts = {chart.name: chart for chart in page.charts}
        self._told: set[str] = set()

    def text(self, markdown: str) -> str:
        """A section with its captions."""
        return filled(markdown, self._caption)

    def questions(self) -> None:
        """The sentences by which questions are known, with their captions."""
        items = self._page.questions.items
        items[:] = [
            replace(item, sentence=filled(item.sentence, lambda name: plain(self._caption(name))))
            for item in items
        ]

    def _caption(self, name: str) -> str:
        chart = self._charts.get(name)
        if chart is not None and chart.markdown:
            return chart.markdown
        if name not in self._told and name not in self._page.undrawn:
            self._told.add(name)
            place = self._page.awaited.get(name, self._page.place)
            code, message, hint = self._fault(name)
            self._page.findings.error(code, place, message, hint)
        return f"【待填写：图名“{name}”】"

    def _fault(self, name: str) -> tuple[str, str, str]:
        if name in self._charts:
            message = f"“{CAPTIONS}.{name}”是空的：wording.yaml 的“图表”没有写“题”。"
            return "T111", message, "请写上题；图上不要图名的，写“题位: 无”。"
        message = f"“{CAPTIONS}.{name}”没有图：正文没有写（或这次没有印出）图表“{name}”。"
        hint = nearest(name, self._charts) or "请改正名称；有时不画的图，图名与图写在同一个 if 里。"
        return "T101", message, hint
