"""The files of a new report folder, in memory."""

from __future__ import annotations

from reportgen.bundle import Bundle, fitted
from reportgen.bundle.crosscheck import TABLE_SLOTS
from reportgen.checks.questions import Wanted
from reportgen.checks.wanted import wanted, wanted_by_rules
from reportgen.model.project import FUND_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.narrative import rules_environment
from reportgen.outputs.blank import List, lists_workbook, tables_workbook
from reportgen.outputs.blank.tables import Style
from reportgen.pipeline.layouts import template_environment
from reportgen.pipeline.prepare import NARRATIVE
from reportgen.pipeline.starter import guides
from reportgen.pipeline.starter.printed import Printed, printed_columns
from reportgen.pipeline.starter.projects import levels_of, project_lists
from reportgen.pipeline.starter.supplement import supplement_lists
from reportgen.pipeline.starter.texts import settings_text, texts_text
from reportgen.pipeline.starter.years import has_tables

SETTINGS, PROJECTS = "report.yaml", "项目.xlsx"


def starter_files(bundle: Bundle) -> dict[str, bytes]:
    """Every file of a new report folder by name; 原因.xlsx is written by the check.

    Where a bundle makes a document of each project, its folder holds 项目.xlsx alone.
    """
    if bundle.settings.subject == "项目":
        batch = guides.batch(bundle.name)
        lists = project_lists(bundle.scoring.grades, printed_columns(bundle))
        return {PROJECTS: _lists("项目", lists, guides.PROJECTS, batch)}
    asked = asked_by(bundle)
    title = bundle.settings.title
    files = {
        SETTINGS: settings_text(
            bundle.name, title, bundle.settings.budget, has_tables=has_tables(bundle)
        ).encode("utf-8")
    }
    if has_tables(bundle):
        files["决算表.xlsx"] = _tables(bundle)
    supplement = supplement_lists(bundle, asked, asked_by_rules(bundle))
    if supplement:
        files["补充数据.xlsx"] = _lists("补充数据", supplement, guides.SUPPLEMENT)
    columns = Printed(
        PROJECT_COLUMNS, FUND_COLUMNS, INDICATOR_COLUMNS, levels_of(_narrative(bundle))
    )
    files[PROJECTS] = _lists("项目", project_lists(bundle.scoring.grades, columns), guides.PROJECTS)
    files["文字.md"] = texts_text(
        asked, bundle.settings.sections, bundle.settings.supplement
    ).encode("utf-8")
    return files


def _narrative(bundle: Bundle) -> str:
    path = bundle.file(NARRATIVE)
    return path.read_text(encoding="utf-8") if path else ""


def asked_by(bundle: Bundle) -> Wanted:
    """What the narrative and the Markdown layout ask users for."""
    names = [bundle.template_name(name) for name in (NARRATIVE, "report.md")]
    tables = [profile.name for profile in bundle.profiles]
    return wanted(template_environment(bundle), names, tables)


def asked_by_rules(bundle: Bundle) -> Wanted:
    """What the rules ask users for."""
    conditions = [rule.condition for rule in bundle.reconciliations]
    tables = [profile.name for profile in bundle.profiles if has_tables(bundle)]
    return wanted_by_rules(rules_environment(), conditions, tables)


def _tables(bundle: Bundle) -> bytes:
    table, settings = bundle.wording.table, bundle.settings
    words = {**dict.fromkeys(TABLE_SLOTS, ""), "预算口径": settings.budget}
    words |= {"层级": "部门", "本部门": "本部门", "表单位": bundle.wording.table_unit}
    profiles = [fitted(profile, words) for profile in bundle.profiles]
    style = Style(bundle.wording.table_unit, table.decimals, table.grouping, settings.table_caption)
    guide = guides.tables(profiles, style.unit)
    asked = guides.caption_questions(settings.table_caption)
    return tables_workbook("决算表", profiles, style, guide, asked)


def _lists(
    title: str,
    lists: list[List],
    guide: guides.Guide,
    afterwards: guides.Guide = guides.AFTERWARDS,
) -> bytes:
    sheets = [f"{each.name}：{each.hint}" for each in lists]
    return lists_workbook(title, lists, {**guide, "各张表": sheets, **afterwards})
