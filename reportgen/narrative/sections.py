"""The narrative: narrative.md rendered block by block, with citations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context

from reportgen.findings import Place
from reportgen.language import PAGE, Page, ReportEnvironment
from reportgen.language.limits import limited
from reportgen.language.location import FAILURES, report_failure, template_line
from reportgen.language.messages import chinese
from reportgen.language.printable import cleaned
from reportgen.narrative.charts import CAPTIONS, Captions, Filling
from reportgen.narrative.scope import WORDING
from reportgen.narrative.wording import Wording


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of the narrative: Markdown with citation marks."""

    name: str
    markdown: str


@limited()
def render_sections(
    environment: ReportEnvironment,
    template_name: str,
    names: Sequence[str],
    context: Mapping[str, Any],
    wording: Wording,
    page: Page,
) -> dict[str, Section]:
    """Render the blocks ``names``; a fault in a block is a finding with its line."""
    try:
        template = environment.get_template(template_name)
    except TemplateSyntaxError as error:
        place = Place.line(error.name or template_name, error.lineno)
        page.findings.error(
            "T102", place, f"模板语法错误：{chinese(str(error.message))}。", "请检查标签是否成对。"
        )
        return {}
    except TemplateNotFound as error:
        page.findings.error("D101", Place(template_name), f"找不到模板“{error.name}”。")
        return {}
    try:
        state = _prepared(template, {**context, CAPTIONS: Captions(), PAGE: page, WORDING: wording})
    except FAILURES as error:
        report_failure(error, template_line(error, page.place), page.findings)
        return {}
    sections = {}
    for name in names:
        page.place = Place.inside(template_name, name)
        page.questions.begin()
        if name not in state.blocks:
            message = f"narrative.md 没有“{name}”这一块。"
            page.findings.error("T101", page.place, message, f"请加 {{% block {name} %}}。")
            continue
        try:
            text = "".join(state.blocks[name][0](state))
        except FAILURES as error:
            report_failure(error, template_line(error, page.place), page.findings)
            continue
        text = page.questions.placed(text, page.figures)
        sections[name] = Section(name, cleaned(text, page.place, page.findings))
    page.questions.close()
    return _captioned(sections, page)


def _captioned(sections: Mapping[str, Section], page: Page) -> dict[str, Section]:
    """The sections with the captions they speak of: all charts have their numbers now."""
    filling = Filling(page)
    filling.questions()
    return {
        name: Section(name, filling.text(section.markdown)) for name, section in sections.items()
    }


class _Quiet(dict[str, list[Any]]):
    """Blocks that are collected while the top level runs, and print nothing."""

    def __getitem__(self, name: str) -> list[Any]:
        return [lambda _context: iter(())]


def _prepared(template: Template, context: Mapping[str, Any]) -> Context:
    """A context after the top level of the template and its parents has run.

    Blocks of all levels are then known, and so are top-level macros and settings.
    """
    state = template.new_context(dict(context))
    state.blocks = _Quiet(state.blocks)
    for _ in template.root_render_func(state):
        pass
    state.blocks = dict(state.blocks.items())
    return state
