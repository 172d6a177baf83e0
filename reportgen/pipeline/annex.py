"""The forms of a report's projects, printed as another bundle has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.bundle import Bundle, load_bundle
from reportgen.bundle.search import find
from reportgen.findings import Findings, Place
from reportgen.narrative.forms import FormLayout
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.names import form_names
from reportgen.sources.settings import Settings

if TYPE_CHECKING:  # the press is imported only where a Word file is made
    from reportgen.render.word.press import DrawForm

FORM_TEXT, FORM_WORD = "form.md", "report.docx"


def form_bundle(bundle: Bundle, folders: Sequence[Path], findings: Findings) -> Bundle | None:
    """The bundle of forms that a bundle names (自评表); ``None`` with findings for a wrong one."""
    name = bundle.settings.form
    if not name:
        return None
    place = Place(f"{bundle.name}/bundle.yaml")
    if find(name, folders) is None:
        message, hint = f"找不到“自评表”写的模板“{name}”。", "请用 reportgen templates 查名称。"
        findings.error("C104", place, message, hint)
        return None
    form = load_bundle(name, folders, findings)
    if form is None:
        return None
    if form.settings.subject != "项目" or form.file(FORM_TEXT) is None:
        message = f"“自评表”写的“{name}”不是自评表的模板，或者没有 {FORM_TEXT}。"
        findings.error("C104", place, message, "请写 self-evaluation 里的模板。")
        return None
    return form


def form_layout(form: Bundle, settings: Settings) -> FormLayout:
    """How the forms of a report are printed in its narrative."""
    names = form_names(form, settings.year, settings.unit)
    return FormLayout(form.template_name(FORM_TEXT), form.wording, names)


def form_drawing(prepared: Prepared) -> DrawForm | None:
    """What draws the forms of a report in its Word file; ``None`` where it has none."""
    # the press is imported only where a Word file is made
    from reportgen.render.word.forms import FormBodies
    from reportgen.render.word.press import open_template

    form, page, settings = prepared.form, prepared.page, prepared.settings
    path = form.file(FORM_WORD) if form else None
    if form is None or path is None or page is None or settings is None or not page.forms:
        return None
    template = open_template(path, prepared.findings)
    if template is None:
        return None
    return FormBodies(template, form_layout(form, settings), page).body
