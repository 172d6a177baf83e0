"""自评表(项目): the form of a project in the narrative, as the bundle of forms prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template, pass_context
from jinja2.runtime import Context

from reportgen.language import PAGE, Page, PlacedForm, Safe
from reportgen.language.location import current_line
from reportgen.language.marks import mark_form
from reportgen.language.operators import open_to_templates
from reportgen.narrative.scope import WORDING
from reportgen.narrative.wording import Wording

FORM_FUNCTION = "自评表"
FORM = "_form"
"""The name under which a rendering finds how forms are printed."""
PROJECT = "项目"


@dataclass(frozen=True)
class FormLayout:
    """How a bundle of forms prints one: its Markdown ``template``, its wording, its names."""

    template: str
    wording: Wording
    names: Mapping[str, Any]

    def names_of(self, project: Any, page: Page) -> dict[str, Any]:
        """All names of the form of one project."""
        return {**self.names, PROJECT: project, PAGE: page, WORDING: self.wording}


@open_to_templates
@pass_context
def form(context: Context, project: Any = None) -> Safe:
    """自评表(project): its form; in Word it is that of the other bundle's report.docx."""
    page: Page = context[PAGE]
    layout = context.get(FORM)
    if not isinstance(layout, FormLayout):
        message = "模板没有写自评表用哪一套版面。"
        hint = "请在 bundle.yaml 写“自评表: self-evaluation/……”。"
        page.findings.error("T105", current_line(page.place), message, hint)
        return Safe("【待填写：自评表】")
    if not hasattr(project, "rows"):
        message = "“自评表”要写一个项目。"
        hint = "请写成 {{ 自评表(目) }}，目是“项目”里的一个。"
        page.findings.error("T105", current_line(page.place), message, hint)
        return Safe("【待填写：自评表】")
    before = len(page.citations)
    template = context.environment.get_template(layout.template)
    text = _rendered(template, layout.names_of(project, page))
    number = len(page.forms) + 1
    page.forms.append(PlacedForm(number, project, tuple(page.citations[before:])))
    return Safe(mark_form(number, text.strip()))


def _rendered(template: Template, names: dict[str, Any]) -> str:
    """A template as text; what fails in it goes on to the narrative's own line."""
    return "".join(template.root_render_func(template.new_context(names)))
