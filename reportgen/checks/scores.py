"""Published projects: each indicator's score held against its method."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.checks.hygiene.leftovers import says_nothing
from reportgen.findings import Findings
from reportgen.model import Project
from reportgen.rules import Forms, TextRules
from reportgen.rules.scoring import ScoringSettings, score_indicator

_DEVIATION = "偏差原因分析及改进措施"


def check_scores(
    projects: Sequence[Project],
    settings: ScoringSettings,
    forms: Forms,
    rules: TextRules,
    findings: Findings,
) -> None:
    """Score the indicators of every project that is published; say where a score differs."""
    name = forms.deviation or _DEVIATION
    for project in projects:
        if not project.is_published:
            continue
        for fields, row in zip(project.indicators, project.indicator_rows, strict=True):
            score = score_indicator(fields, row, settings, findings)
            reason = fields.get(name)
            if score is None or not score.excess:
                continue
            if reason is None or says_nothing(str(reason), rules.none):
                label = fields.get("三级指标") or f"第{row.number}行"
                message = f"指标“{label}”{score.excess}，没有写“{name}”。"
                findings.warning("S105", row.place(name), message, "请写明超额完成的原因。")
