"""Published projects: what their forms must say, each lack at its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.checks.hygiene.leftovers import says_nothing
from reportgen.findings import Findings, Place, Severity
from reportgen.model import Blank, Figure, Project, SheetRow
from reportgen.rules.outline import Forms
from reportgen.rules.scoring import ScoredProject
from reportgen.rules.text_rules import TextRules
from reportgen.rules.wording import shown

_LONGEST = 16
_POINTS, _COMPUTED = "得分", ("自评得分", "自评等级")


def check_forms(
    projects: Sequence[Project], forms: Forms, rules: TextRules, findings: Findings
) -> None:
    """Check the form of every project that is given; blank scores are computed, not missing."""
    check = _FormCheck(forms, rules, findings)
    for project in projects:
        check.project(project)
        if isinstance(project, ScoredProject):
            rows, is_scored = project.rows, True
        else:
            rows, is_scored = project.indicators, False
        for fields, row in zip(rows, project.indicator_rows, strict=False):
            check.indicator(fields, row, is_scored=is_scored)


class _FormCheck:
    """One run over projects."""

    def __init__(self, forms: Forms, rules: TextRules, findings: Findings) -> None:
        self._forms = forms
        self._rules = rules
        self._findings = findings

    def _add(self, code: str, place: Place, message: str, hint: str) -> None:
        severity = self._rules.levels.get(code, Severity.ERROR)
        if severity is not None:
            self._findings.add(code, severity, place, message, hint)

    def _says_none(self, text: Any) -> bool:
        short = isinstance(text, str) and len(text) < _LONGEST
        return short and says_nothing(text, self._rules.none)

    def project(self, project: Project) -> None:
        """Required fields are filled in; substantial ones say more than 无."""
        place = project.row.place if project.row else (lambda _column: Place("项目.xlsx"))
        for name in self._forms.required:
            blank = _blank(project, name)
            if blank is not None:
                blank.report(self._findings, place(name))
        for name in self._forms.substantial:
            if self._says_none(project.fields.get(name)):
                text = project.fields[name]
                message = f"项目“{project.name}”的“{name}”只写了“{text}”。"
                self._add("W107", place(name), message, "请写出实际内容。")

    def indicator(self, fields: Mapping[str, Any], row: SheetRow, *, is_scored: bool) -> None:
        """Required columns are filled in; a score below the weight has its reason.

        Of an indicator that was scored, why it has no score is told already.
        """
        label = fields.get("三级指标") or f"第{row.number}行"
        for name in self._forms.indicator:
            if fields.get(name) is None and not (is_scored and name == _POINTS):
                message = f"指标“{label}”没有填“{name}”。"
                self._add("W108", row.place(name), message, "请补填。")
        score, weight = fields.get(_POINTS), fields.get("分值")
        if not (isinstance(score, Figure) and isinstance(weight, Figure)):
            return
        name = self._forms.deviation
        reason = fields.get(name) if name else "有"
        if score < weight and (reason is None or self._says_none(reason)):
            message = f"指标“{label}”得分{shown(score)}，低于分值{shown(weight)}，没有写“{name}”。"
            self._add("W109", row.place(name), message, "请写明偏差原因和改进措施。")


def _blank(project: Project, name: str) -> Blank | None:
    """What a required field still waits for; ``None`` where it is written or computed.

    Why a total can't be computed from the indicators is told where they are scored.
    """
    if project.fields.get(name) is not None:
        return None
    if name in _COMPUTED and isinstance(project, ScoredProject):
        found = project.lookup(name)
        return found if isinstance(found, Blank) and not project.indicators else None
    return project.blank(name)
