"""The names that templates, rules and sentences share, with what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.bundle import Bundle
from reportgen.findings import Findings, nearest
from reportgen.language import ReportEnvironment
from reportgen.model import RELATIONS, UNREAD, Absent, Blank
from reportgen.narrative.phrases import fill
from reportgen.pipeline.inputs import Inputs
from reportgen.rules import FUNCTIONS, derive
from reportgen.sources.settings import Settings
from reportgen.sources.texts import Text

REPORT_NAMES = (
    "单位",
    "年度",
    "上年度",
    "层级",
    "本部门",
    "新设",
    "表单位",
    "表部分",
    "表头",
    "封面",
    "标题",
    "项目",
    "指标",
    "文字",
    "表格",
    "用途",
)


class Texts(Mapping[str, Any]):
    """The texts of 文字.md by heading; one that is not written yet is a blank to fill."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = texts
        self._asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self._asked.add(name)
        hint = nearest(name, self._texts) or f"请在文字.md里写“# {name}”。"
        text = self._texts.get(name)
        if text is not None and not text.lines and not text.parts:
            text = None  # a heading with nothing under it
        return text or Blank(f"文字“{name}”", "N106", hint)

    def unused(self) -> Iterator[tuple[str, str]]:
        """The texts that no template has asked for, each with the nearest that is missing."""
        missing = self._asked - self._texts.keys()
        for name in self._texts.keys() - self._asked:
            yield name, nearest(name, missing) or "请核对标题，或删去。"

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def vocabulary(
    inputs: Inputs,
    settings: Settings,
    bundle: Bundle,
    environment: ReportEnvironment,
    findings: Findings,
) -> dict[str, Any]:
    """Return every name: the report's own, tables, supplement, projects, derived figures."""
    open_projects = [project for project in inputs.projects if project.fields.get("涉密") != "是"]
    names: dict[str, Any] = {
        **{relation: relation for relation in RELATIONS},
        **FUNCTIONS,
        **report_names(settings, bundle),
        **_unread(bundle, inputs),
        **inputs.tables,
        **inputs.supplement.values,
        **inputs.supplement.lists,
        "项目": open_projects,
        "指标": [indicator for project in open_projects for indicator in project.indicators],
        "文字": Texts(inputs.texts),
        "表格": list(inputs.tables.values()),
        "用途": _uses(inputs),
    }
    derived = derive(list(bundle.derivations), names, inputs.relations, environment, findings)
    return {**names, **derived}


def _unread(bundle: Bundle, inputs: Inputs) -> dict[str, Any]:
    """Tables that could not be read; whatever is asked of them is absent."""
    tables = (profile for profile in bundle.profiles if profile.name not in inputs.tables)
    return {table.name: Absent(table.title, UNREAD) for table in tables}


def report_names(settings: Settings, bundle: Bundle) -> dict[str, Any]:
    """The names that come from report.yaml."""
    names: dict[str, Any] = {
        "单位": settings.unit,
        "年度": settings.year,
        "上年度": settings.year - 1,
        "层级": settings.level,
        "本部门": f"本{settings.level}",
        "新设": settings.last_year == "新设单位",
        "表单位": bundle.wording.table_unit,
        "封面": settings.cover,
    }
    slots = {name: str(value) for name, value in names.items()}
    return {
        **names,
        "标题": fill(bundle.settings.heading, slots),
        "表部分": fill(bundle.settings.tables_heading, slots),
        "表头": [fill(pattern, slots) for pattern in bundle.settings.table_caption],
    }


def _uses(inputs: Inputs) -> dict[str, str]:
    """Uses given by name alone, for sentences about what is no single figure."""
    return {
        name: text
        for table, name, _, key, text, _ in inputs.relations.texts
        if not table and key == "用途"
    }
