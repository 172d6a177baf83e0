"""The names that templates, rules and sentences share, with what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportgen.bundle import Bundle
from reportgen.findings import Findings, mistaken, nearest
from reportgen.language import ReportEnvironment
from reportgen.model import (
    NO_TABLE,
    NOT_GIVEN,
    RELATIONS,
    UNREAD,
    Absent,
    AbsentTable,
    Blank,
    Profile,
    Project,
    Table,
)
from reportgen.narrative.charts import CHART_FUNCTION, chart
from reportgen.narrative.forms import FORM_FUNCTION, form
from reportgen.pipeline.inputs import Inputs
from reportgen.pipeline.names import report_names
from reportgen.pipeline.subjects import SubjectTexts
from reportgen.rules.derive import derive
from reportgen.rules.functions import FUNCTIONS
from reportgen.rules.scoring import ScoredProject, score_project
from reportgen.sources.settings import Settings
from reportgen.sources.texts import Text


class Texts(Mapping[str, Any]):
    """The texts of 文字.md by heading; one that is not written yet is a blank to fill."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = texts
        self._asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self._asked.add(name)
        slip = mistaken(name, self._texts)
        asked = f"文字.md里的“# {slip}”是否应为“# {name}”？"
        hint = asked if slip else f"请在文字.md里写“# {name}”。"
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
    texts = Texts(inputs.texts)
    projects = _scored(inputs, bundle, findings)
    missing = _missing(inputs)
    names: dict[str, Any] = {
        **{relation: relation for relation in RELATIONS},
        **FUNCTIONS,
        CHART_FUNCTION: chart,
        FORM_FUNCTION: form,
        **report_names(settings, bundle),
        **{name: Absent(name, NO_TABLE) for name in bundle.removed},
        **missing,
        **inputs.tables,
        **inputs.supplement.values,
        **inputs.supplement.lists,
        "项目": projects,
        "指标": [indicator for project in projects for indicator in project.rows],
        "文字": texts,
        "名词": list(bundle.terms),
        "科目说明": SubjectTexts(bundle.subjects, texts),
        "表格": _printed(inputs, missing),
        "用途": _uses(inputs),
    }
    derivations = [one.of_budget(names["预算口径"]) for one in bundle.derivations]
    derived = derive(derivations, names, inputs.relations, environment, findings)
    return {**names, **derived}


def _scored(inputs: Inputs, bundle: Bundle, findings: Findings) -> list[ScoredProject]:
    """The projects that are no secret, scored once for all who ask.

    What is wrong with the scores is told where they are printed: of a project that is published,
    or one whose total is to be computed.
    """
    projects = [project for project in inputs.projects if project.fields.get("涉密") != "是"]
    return [
        score_project(project, bundle.scoring, findings if _is_printed(project) else Findings())
        for project in projects
    ]


def _is_printed(project: Project) -> bool:
    return project.is_published or project.fields.get("自评得分") is None


def _missing(inputs: Inputs) -> dict[str, AbsentTable]:
    """Tables that were not read or are not given; whatever is asked of them is absent."""
    return {
        profile.name: AbsentTable(profile.title, _reason(profile, inputs), profile=profile)
        for profile in inputs.profiles
        if profile.name not in inputs.tables
    }


def _reason(profile: Profile, inputs: Inputs) -> str:
    return NOT_GIVEN if profile.name in inputs.relations.not_given else UNREAD


def _printed(inputs: Inputs, missing: Mapping[str, AbsentTable]) -> list[Table | AbsentTable]:
    """The tables of the document, in its order; those not given have their titles at least."""
    known: Mapping[str, Table | AbsentTable] = {**inputs.tables, **missing}
    return [
        known[profile.name]
        for profile in inputs.profiles
        if profile.name in inputs.tables or profile.name in inputs.relations.not_given
    ]


def _uses(inputs: Inputs) -> dict[str, str]:
    """Uses given by name alone, for sentences about what is no single figure."""
    return {
        name: text
        for table, name, _, key, text, _ in inputs.relations.texts
        if not table and key == "用途"
    }
