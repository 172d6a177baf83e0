"""scoring.yaml as a bundle writes it: what its schema alone can't see."""

from __future__ import annotations

from reportgen.bundle.merge import Layered
from reportgen.findings import Findings
from reportgen.rules.scoring import ScoringSettings


def check_scoring(settings: ScoringSettings, layered: Layered, findings: Findings) -> None:
    """Grades leave no total without one; what is reached has more than what is partly."""
    _check_grades(settings, layered, findings)
    high, low = settings.words.floors
    if not low < high <= 1:
        message = f"“下限”写的是{settings.words.bounds[0]}、{settings.words.bounds[1]}，顺序不对。"
        hint = "请先写达成的下限，再写部分达成的下限，都不高于100%。"
        findings.error("C104", layered.place(("定性", "下限")), message, hint)


def _check_grades(settings: ScoringSettings, layered: Layered, findings: Findings) -> None:
    """Every total from 0 on has one grade: bounds differ, and the lowest is 0."""
    bounds = list(settings.grades.values())
    place = layered.place(("等级",))
    hint = "请写各等级的下限，如“{优: 90, 良: 80, 中: 60, 差: 0}”。"
    if len(set(bounds)) < len(bounds):
        findings.error("C104", place, "“等级”里有两个等级的下限相同。", hint)
    if min(bounds, default=1) != 0:
        findings.error("C104", place, "“等级”里最低一级的下限应为0。", hint)
