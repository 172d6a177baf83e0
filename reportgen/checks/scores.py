"""What was done far beyond its target asks for a reason."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.checks.hygiene.leftovers import says_nothing
from reportgen.findings import Findings
from reportgen.rules.outline import Forms
from reportgen.rules.scoring import ScoredProject
from reportgen.rules.text_rules import TextRules

_DEVIATION = "偏差原因分析及改进措施"


def check_scores(
    projects: Sequence[ScoredProject], forms: Forms, rules: TextRules, findings: Findings
) -> None:
    """Say where an indicator of a project passed its target by much, and nobody wrote why."""
    name = forms.deviation or _DEVIATION
    for project in projects:
        scored = zip(project.scores, project.indicators, project.indicator_rows, strict=True)
        for score, fields, row in scored:
            if score is None or not score.excess:
                continue
            reason = fields.get(name)
            if reason is None or says_nothing(str(reason), rules.none):
                label = fields.get("三级指标") or f"第{row.number}行"
                message = f"指标“{label}”{score.excess}，没有写“{name}”。"
                findings.warning("S105", row.place(name), message, "请写明超额完成的原因。")
