"""Compile a Word template once, render it many times."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from reportgen.findings import Findings, Place
from reportgen.language import PAGE, Page, Safe
from reportgen.language.limits import limited
from reportgen.language.location import FAILURES, report_failure
from reportgen.language.marks import strip_bytes
from reportgen.language.messages import chinese
from reportgen.language.pieces import Pieces
from reportgen.language.printable import printable
from reportgen.narrative import WORDING, Section, Wording
from reportgen.narrative.charts import CAPTIONS
from reportgen.render.word import contents, merge
from reportgen.render.word.charts.parts import ChartParts
from reportgen.render.word.charts.placing import Placing
from reportgen.render.word.package import Package
from reportgen.render.word.part import CONTENTS, Impression, Part, compile_part, words_around
from reportgen.render.word.styles import Styles
from reportgen.sources.guard import is_safe
from reportgen.sources.word_charts import BODY, Drawn, drawn_charts

Paginate = Callable[[bytes], Mapping[int, int] | None]
DrawForm = Callable[[int, Styles], str | None]
"""The body elements of a form by its number, in the styles of the document."""


def no_form(_number: int, _styles: Styles) -> None:
    """Forms stand as their Markdown tables."""


@dataclass(frozen=True)
class Pressed:
    """A finished document; its changed parts with their marks are made when they are asked for.

    ``pieces`` are the changed parts where each is nothing but what its template printed.
    """

    content: bytes
    mark: Callable[[], Mapping[str, bytes]]
    pieces: Mapping[str, Pieces] = field(default_factory=dict)

    @cached_property
    def marked(self) -> Mapping[str, bytes]:
        """The changed parts with marks around citations and quotations."""
        return self.mark()


class WordTemplate:
    """A Word template, patched by docxtpl's rules and compiled by our environment.

    Raises zipfile.BadZipFile where the file is no Word file.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.package = Package(path.read_bytes())
        self.styles = Styles.read(
            self.package.parts["word/styles.xml"], self.package.parts["word/document.xml"]
        )

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Every part that has a tag, compiled; TemplateSyntaxError where one can't be."""
        texts = self.package.text_parts().items()
        found = (compile_part(self.name, name, xml) for name, xml in texts)
        return tuple(part for part in found if part is not None)

    @cached_property
    def charts(self) -> tuple[Drawn, ...]:
        """The charts drawn in the template."""
        return drawn_charts(self.package.parts)

    def render(
        self,
        context: Mapping[str, Any],
        sections: Mapping[str, Section],
        wording: Wording,
        page: Page,
        paginate: Paginate | None = None,
    ) -> bytes | None:
        """Render a document; ``None`` with findings where a tag fails."""
        pressed = self.press(context, sections, wording, page, paginate)
        return pressed.content if pressed else None

    @limited()
    def press(
        self,
        context: Mapping[str, Any],
        sections: Mapping[str, Section],
        wording: Wording,
        page: Page,
        paginate: Paginate | None = None,
        draw_form: DrawForm = no_form,
    ) -> Pressed | None:
        """Render a document and keep its marked parts; ``None`` where a tag fails.

        ``paginate`` returns the page numbers of a probe's entries, for the contents.
        """
        page.place = Place(self.name)
        placing = Placing(self.package.parts, self.charts, page.charts, self.styles)
        texts = {name: self._blocks(one, placing, draw_form) for name, one in sections.items()}
        names = {
            **context,
            **texts,
            CONTENTS: Safe(contents.PLACE),
            CAPTIONS: {chart.name: chart.caption for chart in page.charts},
            merge.STATES: {},
            PAGE: page,
            WORDING: wording,
        }
        try:
            pressed = [part.press(names) for part in self.parts]
        except FAILURES as error:
            around = self._around(error)
            spot = Place.inside(self.name, around) if around else page.place
            report_failure(error, spot, page.findings)
            return None
        if not page.charts and not self.charts and not any(made.needs_finish for made in pressed):
            return self._joined(pressed)
        rendered = {made.part.name: made.xml for made in pressed}
        charts = self._charts(rendered, placing, page)
        if charts is not None:
            rendered = {name: placing.fill(name, xml) for name, xml in rendered.items()}
        numbers = self._numbers(rendered, charts, paginate) or contents.Numbers.REFRESH

        def marked() -> Mapping[str, bytes]:
            quoted = {made.part.name: made.quoted() for made in pressed}
            if charts is None:
                return self._filled(quoted, numbers)
            filled = {name: placing.fill(name, xml) for name, xml in quoted.items()}
            return {**self._filled(filled, numbers), **charts.marked}

        return Pressed(self._packed(self._filled(rendered, numbers), charts), marked)

    def _joined(self, pressed: Sequence[Impression]) -> Pressed:
        """A document whose parts are nothing but their pieces, joined."""
        pieces = {made.part.name: Pieces(made.chunks, made.part.fixed) for made in pressed}
        content = self.package.with_parts({name: one.joined() for name, one in pieces.items()})
        return Pressed(content, lambda: {made.part.name: made.quoted() for made in pressed}, pieces)

    def _blocks(self, section: Section, placing: Placing, draw_form: DrawForm) -> Safe:
        """A section of the narrative as body elements."""
        # markdown-it is imported only where there is a narrative
        from reportgen.render.word.blocks import blocks

        def form(number: int) -> str | None:
            return draw_form(number, self.styles)

        return Safe(blocks(printable(section.markdown), self.styles, placing.body, form))

    def _charts(
        self, rendered: Mapping[str, bytes], placing: Placing, page: Page
    ) -> ChartParts | None:
        """The parts of the charts that stand in the document."""
        if not page.charts and not self.charts:
            return None
        body = rendered.get(BODY) or self.package.parts[BODY]
        return placing.finish(self.name, body, page.findings)

    def _numbers(
        self, rendered: Mapping[str, bytes], charts: ChartParts | None, paginate: Paginate | None
    ) -> Mapping[int, int] | None:
        """The page numbers for the contents, where there are contents and a way to get them."""
        if paginate is None or not any(part.contents for part in self.parts):
            return None
        return paginate(self._packed(self._filled(rendered, contents.Numbers.PROBE), charts))

    def _filled(
        self, rendered: Mapping[str, bytes], numbers: Mapping[int, int] | contents.Numbers
    ) -> dict[str, bytes]:
        """The parts with their contents filled in."""
        filled = dict(rendered)
        for part in self.parts:
            if part.contents:
                filled[part.name] = contents.fill(rendered[part.name], self.styles, numbers)
        return filled

    def _packed(self, marked: Mapping[str, bytes], charts: ChartParts | None) -> bytes:
        """The Word file; the marks are gone."""
        changed = {name: strip_bytes(xml) for name, xml in marked.items()}
        if charts is not None:
            changed |= {name: strip_bytes(xml) for name, xml in charts.marked.items()}
            changed |= charts.books
        return self.package.with_parts(changed)

    def _around(self, error: Exception) -> str:
        """The spot and the words of the paragraph in which a tag failed."""
        trace, found = error.__traceback__, ""
        while trace is not None:
            file, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
            for part in self.parts:
                if file == f"{self.name}/{part.name}":
                    found = part.around(line)
            trace = trace.tb_next
        return found


def open_template(path: Path, findings: Findings) -> WordTemplate | None:
    """Open and compile a template; ``None`` with a finding where that can't be done."""
    if not is_safe(path, findings):
        return None
    try:
        template = WordTemplate(path)
        _ = template.parts
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        findings.error(
            "D102", Place(path.name), "这个文件不是有效的 .docx 文件。", "请用 Word 另存。"
        )
    except TemplateSyntaxError as error:
        words = words_around(error.source or "", error.lineno)
        place = Place.inside(path.name, f"“{words}”附近") if words else Place(path.name)
        message = f"模板语法错误：{chinese(str(error.message))}。"
        findings.error("T102", place, message, "请检查标签是否成对。")
    else:
        return template
    return None
