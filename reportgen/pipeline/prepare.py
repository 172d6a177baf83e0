"""Read, relate, derive, check, narrate: up to a gate, and nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.checks.completeness.layout import Printed
from reportgen.checks.data import check_data
from reportgen.checks.missing import gather_missing
from reportgen.checks.reasons import Pair, check_reasons, paired
from reportgen.checks.template import check_sources
from reportgen.checks.uncalculated import gather_uncalculated
from reportgen.checks.units import check_units
from reportgen.checks.word import check_word_template
from reportgen.errors import UsageError
from reportgen.findings import Findings, Place
from reportgen.language import Page, ReportEnvironment
from reportgen.narrative import (
    render_sections,
    rules_environment,
)
from reportgen.narrative.charts import CAPTIONS
from reportgen.narrative.forms import FORM
from reportgen.pipeline.annex import form_bundle, form_layout
from reportgen.pipeline.inputs import Inputs, read_inputs
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.layouts import template_environment
from reportgen.pipeline.proof import prove_inputs, prove_layout, prove_narrative
from reportgen.pipeline.unused import report_unused
from reportgen.pipeline.vocabulary import vocabulary
from reportgen.render.markdown import ALL_SECTIONS
from reportgen.sources.reasons import ReasonSheet
from reportgen.sources.settings import read_settings

NARRATIVE = "narrative.md"


def prepare(job: Job, upto: Gate = Gate.NARRATIVE, layouts: Sequence[str] = ()) -> Prepared:
    """Prepare a report; ``layouts`` are further templates the template gate looks at.

    Raises UsageError where the bundle's name is unknown or the bundle is a parent only.
    """
    prepared = Prepared(job)
    findings = prepared.findings
    prepared.settings, prepared.waivers = read_settings(job.folder, findings)
    if prepared.settings is None:
        return prepared
    folders = search_path(job.templates)
    prepared.bundle = load_bundle(prepared.settings.template, folders, findings)
    if prepared.bundle is None:
        return prepared
    if prepared.bundle.settings.abstract:
        raise UsageError(f"模板“{prepared.bundle.name}”仅供继承，请在 report.yaml 中写下级模板。")
    if prepared.bundle.settings.subject == "项目":
        raise UsageError(
            f"模板“{prepared.bundle.name}”一个项目印一份，请用 reportgen batch 项目.xlsx "
            f"-t {prepared.bundle.name}；report.yaml 里要写报告的模板。"
        )
    prepared.form = form_bundle(prepared.bundle, folders, findings)
    is_blank = not _gather(prepared)
    gather_uncalculated(findings)
    environment = template_environment(prepared.bundle)
    sound = True
    if upto >= Gate.TEMPLATE:
        names = [prepared.bundle.template_name(name) for name in (NARRATIVE, *layouts)]
        sound = check_sources(environment, names, layout_names(prepared), findings)
        for name in layouts:
            prove_layout(prepared.bundle, environment, name, findings)
        _check_word(prepared, environment)
    if upto >= Gate.NARRATIVE and sound and not is_blank:
        _narrate(prepared, environment)
    return prepared


def _check_word(prepared: Prepared, environment: ReportEnvironment) -> None:
    bundle = prepared.bundle
    path = bundle.file("report.docx") if bundle else None
    if bundle is not None and path is not None:
        names = {**layout_names(prepared), "目录": ""}
        printed = Printed()
        faults = Findings()
        check_word_template(path, environment, names, faults, printed)
        prepared.findings.extend(faults)
        if not faults.has_errors:
            prove_layout(bundle, environment, path.name, prepared.findings, printed)


def layout_names(prepared: Prepared) -> dict[str, Any]:
    """The names a layout knows: the vocabulary, captions and sections of the narrative."""
    sections = prepared.bundle.settings.sections if prepared.bundle else []
    return {**prepared.context, **dict.fromkeys(sections, ""), CAPTIONS: "", ALL_SECTIONS: []}


def _gather(prepared: Prepared) -> bool:
    """Read and check all data; whether there is anything to speak of."""
    settings, bundle, findings = prepared.settings, prepared.bundle, prepared.findings
    assert settings
    assert bundle
    environment = rules_environment()
    inputs = read_inputs(prepared.job.folder, settings, bundle, findings)
    prepared.reasons = inputs.reasons
    prepared.context = vocabulary(inputs, settings, bundle, environment, findings)
    if prepared.form:
        prepared.context = {**prepared.context, FORM: form_layout(prepared.form, settings)}
    if _is_blank(inputs, bundle):
        place = Place(next(iter(inputs.tables.values())).place.file)
        message = "决算表里还没有填数，各张表都是空的。"
        findings.error("D131", place, message, "请先填决算表，再检查。")
        prove_inputs(prepared, replace(inputs, tables={}))
        return False
    check_data(inputs.tables, bundle.reconciliations, prepared.context, environment, findings)
    units = [prepared.job.folder / name for name in settings.files.units]
    check_units(units, inputs.profiles, bundle.transfers, inputs.tables, settings.year, findings)
    prove_inputs(prepared, inputs)
    return True


def _is_blank(inputs: Inputs, bundle: Bundle) -> bool:
    """Whether the published tables were read and hold no figure at all.

    Where a document has its figures from 本年数, the few tables given there may well be 0.
    """
    tables = inputs.tables.values() if bundle.settings.printed == "全部" else ()
    return bool(tables) and all(table.is_empty for table in tables)


def _narrate(prepared: Prepared, environment: ReportEnvironment) -> None:
    bundle = prepared.bundle
    assert bundle
    name = bundle.template_name(NARRATIVE)
    page = Page(Place(name), prepared.findings)
    prepared.page = page
    prepared.sections = render_sections(
        environment, name, bundle.settings.sections, prepared.context, bundle.wording, page
    )
    report_unused(prepared, environment, [name, bundle.template_name("report.md")])
    prove_narrative(prepared, environment, name)
    gather_missing(prepared.findings)
    check_reasons(reason_pairs(prepared), prepared.findings, is_whole=prepared.is_whole)


def reason_pairs(prepared: Prepared, sheet: ReasonSheet | None = None) -> list[Pair]:
    """The rows of 原因.xlsx (or of another ``sheet``) with the questions of the narrative."""
    rows = sheet or prepared.reasons
    questions = prepared.page.questions.items if prepared.page else []
    return paired(rows.rows if rows else (), questions)
