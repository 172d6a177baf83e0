"""Texts and completeness: what users wrote, the narrative as rendered, the layouts."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.bundle import Bundle
from reportgen.checks.completeness.headings import HeadingCheck
from reportgen.checks.completeness.layout import Printed, check_layout, markdown_layout
from reportgen.checks.completeness.reading import SectionText
from reportgen.checks.completeness.tables import check_empty_tables
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.document.typed import report_typed
from reportgen.checks.hygiene.agreement import project_amounts, vocabulary_amounts
from reportgen.checks.hygiene.report import check_layout_words, check_narrative, check_texts
from reportgen.checks.hygiene.secret import report_secret_names
from reportgen.checks.projects import ProjectCheck
from reportgen.findings import Findings
from reportgen.language import ReportEnvironment
from reportgen.language.marks import strip
from reportgen.model import Passage
from reportgen.pipeline.inputs import Inputs
from reportgen.pipeline.job import Prepared
from reportgen.pipeline.passages import passages


def prove_inputs(prepared: Prepared, inputs: Inputs) -> None:
    """Check what users wrote and what the forms of their projects need."""
    settings, bundle, findings = prepared.settings, prepared.bundle, prepared.findings
    assert settings
    assert bundle
    rules = bundle.text_rules
    written = passages(settings, inputs.supplement, inputs.texts, inputs.projects)
    names = vocabulary_amounts(prepared.context)
    own = {project.name: project_amounts(project, rules) for project in inputs.projects}
    secret = [project.name for project in inputs.projects if project.fields.get("涉密") == "是"]
    prepared.secret = tuple(secret)
    prepared.faulty = check_texts(written, rules, settings.year, names, own, findings)
    published = [project for project in prepared.context["项目"] if project.is_published]
    ProjectCheck.of(bundle, settings.year).check_filled(published, findings)
    if bundle.outline.empty_tables and bundle.settings.printed == "全部":
        check_empty_tables(inputs.tables.values(), rules, findings)


def prove_layout(
    bundle: Bundle,
    environment: ReportEnvironment,
    name: str,
    findings: Findings,
    printed: Printed | None = None,
) -> None:
    """Check that a layout holds every section and table; ``printed`` is what a Word file prints."""
    file = bundle.template_name(name)
    found = printed or markdown_layout(environment, file)
    if found is None:
        return
    check_layout_words(found.own, bundle.text_rules, findings)
    wanted = {
        "章节": bundle.settings.sections,
        "名称": bundle.outline.layouts.get(name, ()),
    }
    check_layout(
        name if printed else file,
        found,
        wanted,
        bundle.profiles,
        bundle.settings.tables_heading,
        bundle.text_rules,
        findings,
        titles_only=bundle.settings.printed != "全部",
    )


def prove_narrative(prepared: Prepared, environment: ReportEnvironment, file: str) -> None:
    """Check the narrative as rendered against the outline, and as a text."""
    settings, bundle, page = prepared.settings, prepared.bundle, prepared.page
    assert settings
    assert bundle
    assert page
    sections = [
        SectionText(section, page.citations, file) for section in prepared.sections.values()
    ]
    rules = bundle.text_rules
    HeadingCheck(prepared.context, environment, rules, prepared.findings).check(
        bundle.outline, sections
    )
    allowed = Allowed(settings.year, prepared.numerals)
    for section in prepared.sections.values():
        report_typed(file, section.name, section.markdown, allowed, prepared.findings)
        report_secret_names(
            prepared.secret, section.name, strip(section.markdown), file, prepared.findings
        )
    titles = [project.name for project in prepared.context.get("项目", ())]
    check_narrative(
        _lines(sections), rules, settings.year, prepared.faulty, titles, prepared.findings
    )


def _lines(sections: Sequence[SectionText]) -> list[Passage]:
    return [passage for section in sections for passage in section.passages()]
